"""TB305 several-sources-one-target: several source texts were translated alike.

Why: two things that the source keeps apart become one for the reader. Texts that differ
only in width, case or final punctuation count as one; so do singular and plural of one
message; texts of one word are left out.

Pairs, bad:
    設定を保存する | Save the settings || 設定を読み込む | Save the settings
Pairs, good:
    設定を保存する | Save the settings || 設定を読み込む | Load the settings

日本語:
    いくつもの違う原文が、同じように訳されている。
    理由: 原文では区別されている二つのことが、読者には一つに見える。全角と半角、大文字と小文字、文末の句読点だけの違いは、同じ原文とみなす。一つのメッセージの単数形と複数形も同じ。一語だけの文は調べない。
"""

from __future__ import annotations

from termbank.checking.bilingual.bilingual_findings import pair_note, squeeze
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Pair
    from termbank.types import Finding


_LEAST = 8  # code points: shorter translations are alike for good reasons (Yes, OK)


class SeveralSourcesOneTarget:
    """Several source texts were translated alike."""

    code = "TB305"
    name = "several-sources-one-target"

    def check_pairs(self, pairs: Sequence[Pair]) -> Iterator[Finding]:
        """Yield advice for each later source with the translation of another."""
        first: dict[str, tuple[str, str]] = {}
        for pair in pairs:
            source, target = squeeze(pair.source), squeeze(pair.target)
            if len(target) < _LEAST or source == target:
                continue
            before, message = first.setdefault(target, (source, pair.message))
            if message and message == pair.message:
                continue  # singular and plural of one message
            if before != source:
                sentence = say(
                    f"別の原文と同じ訳: 「{before}」",
                    f"also the translation of: {before}",
                )
                yield pair_note(self.code, pair, sentence)


RULE = SeveralSourcesOneTarget()

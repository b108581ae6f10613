"""TB304 one-source-several-targets: one source text was translated in several ways.

Why: the same button, the same sentence, should read the same. The first translation is
taken for right. Messages with a context of their own (msgctxt) may differ.

Pairs, bad:
    保存する | Save || 保存する | Store
Pairs, good:
    保存する | Save || 開く | Open

日本語:
    同じ原文が、いくつもの訳し方をされている。
    理由: 同じボタンや同じ文は、同じように読めるべきである。最初の訳を正しいものとみなす。文脈 (msgctxt) が指定されたメッセージは、違っていてもよい。
"""

from __future__ import annotations

from termbank.checking.bilingual.bilingual_findings import pair_note, squeeze
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Pair
    from termbank.types import Finding


class OneSourceSeveralTargets:
    """One source text was translated in several ways."""

    code = "TB304"
    name = "one-source-several-targets"

    def check_pairs(self, pairs: Sequence[Pair]) -> Iterator[Finding]:
        """Yield advice for each later translation that differs from the first."""
        first: dict[tuple[str, str], str] = {}
        for pair in pairs:
            source, target = squeeze(pair.source), squeeze(pair.target)
            before = first.setdefault((source, pair.context), target)
            if before != target:
                message = say(
                    f"同じ原文の別の訳: 「{before}」",
                    f"elsewhere translated as: {before}",
                )
                yield pair_note(self.code, pair, message)


RULE = OneSourceSeveralTargets()

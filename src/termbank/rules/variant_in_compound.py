"""TB104 variant-in-compound: a deprecated spelling as a part of a longer word.

Why: クラウドサーバ is as much a second spelling as サーバ, and a search for the preferred
spelling misses it. Chance substrings (エラ in エラー) are never reported: the dictionary
must cut the word where the variant begins and ends.

Glossary:
    サーバー < サーバ

Bad:
    クラウドサーバを借りる。
Good:
    クラウドサーバーを借りる。
    サーバルキャットを見た。

Fix: safe where the dictionary cuts the word there; unsafe where it does not know the
word.

日本語:
    長い語の一部に、非推奨の表記が使われている。
    理由: 「クラウドサーバ」も「サーバ」と同じ表記ゆれで、推奨する表記で検索しても見つからない。たまたま文字が並んだだけのもの (「エラー」の中の「エラ」) は指摘しない。その表記の前後で辞書が語を区切ることを条件にしている。
    修正: 辞書がそこで語を区切るときは安全。辞書にない語では要確認。
"""

from __future__ import annotations

from termbank.checking.engine.hit_kinds import UNSURE
from termbank.checking.engine.passage import use

from .spelling_variant import SPELLING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding


class VariantInCompound:
    """Report each deprecated spelling inside a compound."""

    code = "TB104"
    name = "variant-in-compound"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield one finding for each deprecated spelling within a longer word."""
        for hit in passage.hits:
            target = hit.target
            if (
                target.status == "deprecated"
                and target.relation in SPELLING
                and hit.inside
            ):
                sure = hit.how != UNSURE
                yield passage.finding(
                    self.code,
                    hit,
                    use(target.form, target.better),
                    severity="error" if sure else "warning",
                    safe=sure,
                )


RULE = VariantInCompound()

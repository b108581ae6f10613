"""TB101 spelling-variant: a deprecated spelling of a term, standing free.

Why: two spellings of one name make a reader think of two people, and split the hits of
a search.

Glossary:
    サーバー < サーバ
    ウラジーミル < ウラジミール

Bad:
    サーバが落ちた。
    ウラジミール大統領が到着した。
Good:
    サーバーが落ちた。
    サーバルキャットを見た。
    ウラジーミル大統領が到着した。

Fix: safe. The preferred form of the same concept replaces the found form.

日本語:
    用語の非推奨の表記が、独立した語として使われている。
    理由: 一つの名前に二つの表記があると、読者は別の人や物だと思い、検索でも片方しか見つからない。
    修正: 安全。同じ概念の推奨する表記に置き換える。
"""

from __future__ import annotations

from termbank.checking.engine.passage import use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

SPELLING = ("spelling", "")  # a relation left open is taken for a spelling


class SpellingVariant:
    """Report each free-standing deprecated spelling and offer the preferred one."""

    code = "TB101"
    name = "spelling-variant"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield one finding for each deprecated spelling that stands free."""
        for hit in passage.hits:
            target = hit.target
            if (
                target.status == "deprecated"
                and target.relation in SPELLING
                and not hit.inside
            ):
                message = use(target.form, target.better)
                yield passage.finding(self.code, hit, message)


RULE = SpellingVariant()

"""TB102 retired-word: a forbidden form, or a deprecated one that is no spelling variant.

Why: a word that the project gave up (a synonym, a short name, an offensive or outdated
word) confuses readers who know only the present one.

Glossary:
    ビルド < コンパイル [synonym]
    許可リスト < ホワイトリスト [forbidden]

Bad:
    コンパイルが終わった。
    ホワイトリストに加える。
Good:
    ビルドが終わった。
    許可リストに加える。

Fix: unsafe. Another word may need another sentence around it.

日本語:
    使用禁止の語形、または表記ゆれではない非推奨の語形が使われている。
    理由: 使わないと決めた語 (同義語、略称、差別的な語、古い語) は、今の語しか知らない読者を迷わせる。
    修正: 要確認。語が変わると、前後の文も変える必要があるかもしれない。
"""

from __future__ import annotations

from termbank.checking.engine.passage import use

from .spelling_variant import SPELLING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding


class RetiredWord:
    """Report forbidden forms and retired words."""

    code = "TB102"
    name = "retired-word"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield one finding for each retired word."""
        for hit in passage.hits:
            target = hit.target
            is_other_word = target.relation not in (*SPELLING, "renamed")
            if target.status == "forbidden" or is_other_word:
                yield passage.finding(
                    self.code,
                    hit,
                    use(target.form, target.better) + _why(target.reason),
                    safe=False,
                )


def _why(reason: str) -> str:
    return f": {reason}" if reason else ""


RULE = RetiredWord()

"""TB206 okurigana: 送り仮名, or kanji beside kana, of one word in one text.

Needs no glossary: the spelling that all checked texts together use most is proposed. Runs only when
selected.

Why: 取り扱い and 取扱い, 下さい and ください look careless side by side.

Bad:
    取り扱いに注意する。取り扱いを学ぶ。取扱いを誤る。
Good:
    取り扱いに注意する。取り扱いを誤る。

Fix: unsafe. The commoner spelling replaces the rarer one.

日本語:
    一つの文章の同じ語で、送り仮名、または漢字と仮名の書き分けが混在している。
    用語集は要らない。検査した文章全体で最も多い表記を提案する。選択したときだけ働く。
    理由: 「取り扱い」と「取扱い」、「下さい」と「ください」が並ぶと、不注意に見える。
    修正: 要確認。少ない表記を多い表記に置き換える。
"""

from __future__ import annotations

from termbank.checking.inconsistent_words import KANA
from termbank.checking.majority import mixed_within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.text_collection import Collection
    from termbank.types import Finding


class Okurigana:
    """送り仮名, or kanji beside kana, of one word in one text."""

    code = "TB206"
    name = "okurigana"

    def check_files(self, passages: Collection) -> Iterator[Finding]:
        """Yield a warning for each minority spelling."""
        return mixed_within(passages, self.code, (KANA,))


RULE = Okurigana()

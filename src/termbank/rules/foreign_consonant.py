"""TB204 foreign-consonant: ヴ and バ, ティ and チ in one word of one text.

Needs no glossary: the spelling that all checked texts together use most is proposed. Runs only when
selected.

Why: ヴァイオリン and バイオリン are both right, but not side by side.

Bad:
    バイオリンを習い、バイオリンを買い、ヴァイオリンを弾く。
Good:
    バイオリンを習い、バイオリンを弾く。

Fix: unsafe. The commoner spelling replaces the rarer one.

日本語:
    一つの文章の同じ語で、ヴとバ、ティとチなどが混在している。
    用語集は要らない。検査した文章全体で最も多い表記を提案する。選択したときだけ働く。
    理由: ヴァイオリンもバイオリンも正しいが、並べて使うものではない。
    修正: 要確認。少ない表記を多い表記に置き換える。
"""

from __future__ import annotations

from termbank.checking.inconsistent_words import CONSONANT
from termbank.checking.majority import mixed_within

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.text_collection import Collection
    from termbank.types import Finding


class ForeignConsonant:
    """ヴ and バ, ティ and チ in one word of one text."""

    code = "TB204"
    name = "foreign-consonant"

    def check_files(self, passages: Collection) -> Iterator[Finding]:
        """Yield a warning for each minority spelling."""
        return mixed_within(passages, self.code, (CONSONANT,))


RULE = ForeignConsonant()

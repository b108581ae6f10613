"""TB204 foreign-consonant: ヴ and バ, ティ and チ in one word of one text.

Needs no glossary: the spelling that the text uses most is proposed. Runs only when
selected.

Why: ヴァイオリン and バイオリン are both right, but not side by side.

Bad:
    バイオリンを習い、バイオリンを買い、ヴァイオリンを弾く。
Good:
    バイオリンを習い、バイオリンを弾く。

Fix: unsafe. The commoner spelling replaces the rarer one.
"""

from __future__ import annotations

from termbank.checking.inconsistent_words import CONSONANT
from termbank.checking.majority import minority

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding


class ForeignConsonant:
    """ヴ and バ, ティ and チ in one word of one text."""

    code = "TB204"
    name = "foreign-consonant"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each minority spelling."""
        return minority(passage, self.code, (CONSONANT,))


RULE = ForeignConsonant()

"""TB201 mixed-spelling: several spellings of one word in one text.

Needs no glossary: the spelling that the text uses most is proposed. Runs only when
selected.

Why: whoever searches for one spelling misses the other.

Bad:
    サーバーを止め、サーバーを直し、サーバを起動する。
Good:
    サーバーを止め、サーバーを直し、サーバーを起動する。
    ビルを出てビールを飲む。

Fix: unsafe. The commoner spelling replaces the rarer one.
"""

from __future__ import annotations

from termbank.checking.inconsistent_words import LONG_VOWEL, OTHER_WAY
from termbank.checking.majority import minority

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding


class MixedSpelling:
    """Several spellings of one word in one text."""

    code = "TB201"
    name = "mixed-spelling"

    def check(self, passage: Passage) -> Iterator[Finding]:
        """Yield a warning for each minority spelling."""
        return minority(passage, self.code, (LONG_VOWEL, OTHER_WAY))


RULE = MixedSpelling()

"""TB307 do-not-translate: a word that both languages share was changed.

A term whose preferred forms in both languages are the same (Python, NATO) goes into the
target as it is.

Glossary:
    Python
    en: Python

Pairs, bad:
    Pythonで書く。 | Write it in Piton.
Pairs, good:
    Pythonで書く。 | Write it in Python.
"""

from __future__ import annotations

from termbank.checking.bilingual.bilingual_findings import note
from termbank.checking.bilingual.loose_renderings import stands_loosely
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Rendered
    from termbank.types import Finding


class DoNotTranslate:
    """A word that both languages share was changed."""

    code = "TB307"
    name = "do-not-translate"

    def check_renderings(self, rendered: Sequence[Rendered]) -> Iterator[Finding]:
        """Yield an error for each shared word that the target lacks."""
        for one in rendered:
            word = one.term
            if one.right or one.wrong or one.expected[:1] != (word,):
                continue
            pair = one.pair
            if stands_loosely(pair.target, (word,), pair.target_lang):
                continue
            message = say(f"「{word}」はそのまま残す", f"keep {word} as it is")
            yield note(self.code, one, None, message)


RULE = DoNotTranslate()

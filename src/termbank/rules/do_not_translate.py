"""TB307 do-not-translate: a word that both languages share was changed.

A term whose preferred forms in both languages are the same (Python, NATO) goes into the
target as it is. A word that the target lacks altogether is let be: a free translation may
leave it out.

Glossary:
    Python
    en: Python

Pairs, bad:
    Pythonで書く。 | Write it in Piton.
Pairs, good:
    Pythonで書く。 | Write it in Python.

日本語:
    両方の言語で同じ語が、訳文では変わっている。
    推奨する語形が両方の言語で同じ用語 (Python、NATO) は、訳文でもそのまま使う。訳文にその語がまったくないときは、意訳かもしれないので指摘しない。
"""

from __future__ import annotations

import re

from termbank.checking.bilingual.bilingual_findings import note
from termbank.checking.bilingual.loose_renderings import stands_loosely
from termbank.checking.bilingual.unrendered_text import rendered_text
from termbank.messages import say
from termbank.text.sounds import sound_of_kana, sound_of_latin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.checking.bilingual.renderings import Rendered
    from termbank.types import Finding


_WORD = re.compile(r"[A-Za-z]{3,}|[ァ-ヺー]{2,}")
_ALIKE = 66.0  # of 100: Piton for Python is 73, PATH 60


def _changes(word: str, target: str) -> bool:
    """Answer whether a target has the word in other letters: Piton, パイソン."""
    from rapidfuzz.fuzz import ratio

    mine = sound_of_latin(word.casefold())
    for other in _WORD.findall(target):
        if other.isascii():
            same_start = other[0].casefold() == word[0].casefold()
            if same_start and ratio(other.casefold(), word.casefold()) >= _ALIKE:
                return True
        elif mine and ratio(sound_of_kana(other), mine) >= _ALIKE:
            return True
    return False


class DoNotTranslate:
    """A word that both languages share was changed."""

    code = "TB307"
    name = "do-not-translate"

    def check_renderings(self, rendered: Sequence[Rendered]) -> Iterator[Finding]:
        """Yield an error for each shared word that the target lacks."""
        for rendering in rendered:
            word = rendering.term
            if rendering.right or rendering.wrong or rendering.expected[:1] != (word,):
                continue
            pair = rendering.pair
            if stands_loosely(pair.target, (word,), pair.target_lang):
                continue
            if not _changes(word, rendered_text(pair.target)):
                continue  # left out, as a free translation may
            message = say(f"「{word}」はそのまま残す", f"keep {word} as it is")
            yield note(self.code, rendering, None, message)


RULE = DoNotTranslate()

"""A tokeniser without a dictionary: runs of one script are words.

It is there for texts in which no dictionary helps and for machines without one; what
is mined with it is coarser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.text.kana import katakana

from .token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUN: Final = re.compile(
    r"(?P<katakana>[ァ-ヺーｦ-ﾟ]+)|(?P<kanji>[\u3400-\u9fff々〇\U00020000-\U0003ffff]+)"
    r"|(?P<hiragana>[ぁ-ゟ]+)|(?P<digits>\d+)|(?P<letters>[^\W\d_]+)|(?P<other>[^\n])"
)
_POS: Final = {
    "katakana": ("名詞", "普通名詞", "一般", "*", "*", "*"),
    "kanji": ("名詞", "普通名詞", "一般", "*", "*", "*"),
    "letters": ("名詞", "普通名詞", "一般", "*", "*", "*"),
    "digits": ("名詞", "数詞", "*", "*", "*", "*"),
    "hiragana": ("助詞", "*", "*", "*", "*", "*"),
    "other": ("補助記号", "一般", "*", "*", "*", "*"),
}


class ScriptTokeniser:
    """Words by script: katakana, kanji, hiragana, digits, letters.

    Args:
        mode: Ignored; there is one way of splitting.
        dictionary: Ignored; there is none.
    """

    version = "scripts/1 none/0"

    def __init__(self, mode: str = "C", dictionary: str | None = None) -> None:
        del mode, dictionary

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the words of a text of any length, in order; line ends are left out."""
        for run in _RUN.finditer(text):
            surface, kind = run.group(), run.lastgroup or "other"
            pos = _POS[kind]
            reading = katakana(surface)
            yield Token(surface, *run.span(), pos, surface, reading, surface, True)

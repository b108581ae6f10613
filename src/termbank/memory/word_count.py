"""Characters and words of a text as Word and the large CAT tools count them.

Every character of Chinese or Japanese script, its punctuation included, is a word; of
all else a run without a blank is one. Tags are not counted, an entity is one character.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from termbank.text.placeholders import placeholders

# Word's "Asian characters": kana, kanji, full-width forms and their punctuation.
_ASIAN: Final = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_WORD: Final = re.compile(
    r"[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]+"
)
_NOT_COUNTED: Final = frozenset(("tag", "comment"))


class Size(NamedTuple):
    """How much text there is.

    Attributes:
        characters: Without white space.
        words: East Asian characters, and words of all other scripts.
    """

    characters: int
    words: int


def size_of(text: str) -> Size:
    """Return the size of a text.

    >>> size_of("これはWordの<b>test</b>です。")
    Size(characters=15, words=9)
    >>> size_of("Press any key.")
    Size(characters=12, words=3)
    """
    plain = _counted_text(text)
    characters = len("".join(plain.split()))
    return Size(characters, len(_ASIAN.findall(plain)) + len(_WORD.findall(plain)))


def _counted_text(text: str) -> str:
    pieces, at = [], 0
    for mark in placeholders(text):
        if mark.kind == "entity":
            from html import unescape

            pieces += [text[at : mark.start], unescape(mark.text)]
        elif mark.kind in _NOT_COUNTED:
            pieces.append(text[at : mark.start])
        else:
            continue
        at = mark.end
    return "".join([*pieces, text[at:]])

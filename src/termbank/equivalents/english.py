"""English running text as words: their stems for counting, and what a term may begin with."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]\w*|_+\w+")
_TOGETHER: Final = re.compile(r"[ \u00a0]+|-|‐")

# Closed classes: a term neither opens nor closes with one of these, though it may hold
# one ("point of view").
FUNCTION_WORDS: Final = frozenset(
    """a an the this that these those my your his her its our their one no either
    neither such i you he she it we they me him us them myself yourself
    himself herself itself ourselves themselves who whom whose which what where when why
    how and or but nor so yet if then than as because while although though unless until
    since whether of in on at by for with from to into onto upon about between among
    through during within via per is are was were be been being am do does did done doing
    has have had having can could may might must shall should will would not just very
    too there here s t d ll ve re m don doesn didn isn aren wasn weren won couldn wouldn
    shouldn let lets etc e g""".split()  # noqa: SIM905 - a list of words is read as words
)
ARTICLES: Final = frozenset(("a", "an", "the"))


class Word(NamedTuple):
    """One word of an English text.

    Attributes:
        form: In lower case.
        start: First code point, counted from 0 in the text.
        end: One past the last code point.
        joined: Nothing but a space or a hyphen stands between it and the word before.
    """

    form: str
    start: int
    end: int
    joined: bool


def words(text: str) -> list[Word]:
    """Return the words and numbers of a text, in order; marks only part them.

    >>> [(word.form, word.joined) for word in words("A non-negative value, 3.")]
    [('a', False), ('non', True), ('negative', True), ('value', True), ('3', False)]
    """
    out: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        is_close = bool(out) and _TOGETHER.fullmatch(text, last, start) is not None
        out.append(Word(match.group().lower(), start, end, is_close))
        last = end
    return out


@lru_cache(maxsize=65536)
def stem(form: str) -> str:
    """Return a key shared by the inflected forms of a word; never shown.

    >>> stem("values"), stem("copies"), stem("mapped"), stem("mapping"), stem("class")
    ('valu', 'copi', 'map', 'map', 'class')
    """
    word = form
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "i"
    elif len(word) > 3 and word.endswith("s") and word[-2] not in "sui":
        word = word[:-1]
    for ending in ("ing", "ed"):
        left = word[: -len(ending)]
        if word.endswith(ending) and len(left) > 2 and any(c in "aeiouy" for c in left):
            word = left[:-1] if left[-1] == left[-2] and left[-1] not in "ls" else left
            break
    if len(word) > 4 and word.endswith("y"):
        return word[:-1] + "i"
    return word[:-1] if len(word) > 3 and word.endswith("e") else word

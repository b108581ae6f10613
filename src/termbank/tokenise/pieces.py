"""Cuts a long text where no word is cut, for tokenisers with a limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

# Sudachi refuses more than 49,149 bytes, of the text and of what it normalises to. A code
# point has at most four, but one like ㍿ or ﷺ becomes as many as eighteen.
_MOST_BYTES: Final = 49_149
LONGEST: Final = 12_000
_LONGEST_EXPANDED: Final = 900
_LINE: Final = re.compile(r"[^\n]+")
_BREAKS: Final = ("。", "」", "、", " ", "　", "・")


def pieces(text: str, longest: int = LONGEST) -> Iterator[tuple[int, str]]:
    r"""Yield (start, piece) for each line, and for the parts of overlong lines.

    Line ends are left out. An overlong line is cut after the last full stop, bracket,
    comma, space or middle dot before the limit, in this order of liking.

    >>> list(pieces("あ。い\nう", longest=2))
    [(0, 'あ。'), (2, 'い'), (4, 'う')]
    """
    for match in _LINE.finditer(text):
        start, end = match.span()
        while end - start > (most := _most(text[start : start + longest], longest)):
            cut = _cut(text, start, start + most)
            yield start, text[start:cut]
            start = cut
        yield start, text[start:end]


def _most(piece: str, longest: int) -> int:
    """Return how many code points may be taken: fewer where normalising expands them."""
    if len(piece) <= _LONGEST_EXPANDED:
        return longest
    size = len(normalize("NFKC", piece).encode("utf-8", "surrogatepass"))
    return min(longest, _LONGEST_EXPANDED) if size > _MOST_BYTES else longest


def _cut(text: str, start: int, limit: int) -> int:
    for mark in _BREAKS:
        at = text.rfind(mark, start + 1, limit)
        if at >= 0:
            return at + 1
    return limit

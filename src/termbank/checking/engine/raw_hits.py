"""Raw hits: where a target stands in the bytes of a file, shields respected.

Nothing is decoded here. UTF-8 is self-synchronising, so a pattern that is whole UTF-8
can only match whole code points.
"""

from __future__ import annotations

_INSIDE = 48  # bytes beyond a chance hit in which a hidden form may go on
_TWO_BYTES, _THREE_BYTES, _FOUR_BYTES = 0xC0, 0xE0, 0xF0  # first bytes in UTF-8

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .compiled_rules import Book

    Judging = Callable[[bytes, int, int, int], str]


def bare_hits(content: bytes, book: Book) -> list[tuple[int, int, int]]:
    """Return (start, end, target) without regard to shields: which lines matter."""
    return book.first.find(content) if book.first is not None else []


def raw_hits(
    content: bytes,
    book: Book,
    bare: Sequence[tuple[int, int, int]],
    judge: Judging | None = None,
) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, target) for each target, leftmost-longest, bytes, in order.

    Args:
        content: UTF-8.
        book: Its patterns hold no line end, so each line is searched for itself.
        bare: What :func:`bare_hits` found.
        judge: Says how a hit stands. A line whose targets all stand by chance (empty)
            is not searched for shields: this spares nearly all of that work.
    """
    covered_to = 0
    for start, end, number in bare:
        if start < covered_to:
            continue
        if judge and not judge(content, start, end, number):
            hides = number in book.rest.hiding
            if not hides or not _hides(content, start, end, book, judge):
                continue
        begin = content.rfind(b"\n", 0, start) + 1
        covered_to = content.find(b"\n", end)
        covered_to = len(content) if covered_to < 0 else covered_to
        yield from _in_line(content, begin, covered_to, book, judge)


def _hides(content: bytes, start: int, end: int, book: Book, judge: Judging) -> bool:
    """Answer whether a chance hit took its letters from a hit that begins inside it."""
    begin = start + _width(content[start])
    if book.first is None:
        return False
    for left, right, number in book.first.find(content[begin : end + _INSIDE]):
        if begin + left >= end:
            return False
        if judge(content, begin + left, begin + right, number):
            return True
    return False


def _in_line(
    content: bytes, begin: int, end: int, book: Book, judge: Judging | None
) -> Iterator[tuple[int, int, int]]:
    """Yield the hits of one line; after a chance hit the search begins inside it."""
    lines, count = book.rest.automaton, len(book.rest.targets)
    hiding = book.rest.hiding if judge else frozenset()
    at = begin
    while at < end:
        restart = end
        for left, right, number in lines.find(content[at:end]):
            start, stop = at + left, at + right
            if number >= count:
                continue
            if judge and number in hiding and not judge(content, start, stop, number):
                restart = start + _width(content[start])
                break
            yield start, stop, number
        at = restart


def _width(first: int) -> int:
    """Return the bytes of a character of UTF-8 by the first of them."""
    if first < _TWO_BYTES:
        return 1
    return 2 if first < _THREE_BYTES else 3 if first < _FOUR_BYTES else 4

"""Raw hits: where a target stands in the bytes of a file, shields respected.

Nothing is decoded here. UTF-8 is self-synchronising, so a pattern that is whole UTF-8
can only match whole code points.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .compiled_rules import Book


def bare_hits(content: bytes, book: Book) -> list[tuple[int, int, int]]:
    """Return (start, end, target) without regard to shields: which lines matter."""
    return book.first.find(content) if book.first is not None else []


def raw_hits(
    content: bytes,
    book: Book,
    bare: Sequence[tuple[int, int, int]],
    judge: Callable[[bytes, int, int, int], str] | None = None,
) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, target) for each target, leftmost-longest, bytes, in order.

    Args:
        content: UTF-8.
        book: Its patterns hold no line end, so each line is searched for itself.
        bare: What :func:`bare_hits` found.
        judge: Says how a hit stands. A line whose targets all stand by chance (empty)
            is not searched for shields: this spares nearly all of that work.
    """
    done, count, lines = 0, 0, None
    for start, end, number in bare:
        if start < done or (judge and not judge(content, start, end, number)):
            continue
        if lines is None:
            lines, count = book.rest.automaton, len(book.rest.targets)
        begin = content.rfind(b"\n", 0, start) + 1
        done = content.find(b"\n", end)
        if done < 0:
            done = len(content)
        for left, right, which in lines.find(content[begin:done]):
            if which < count:
                yield begin + left, begin + right, which

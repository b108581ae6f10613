"""Lines and columns of places in a text, in time that does not grow with the text."""

from __future__ import annotations

from bisect import bisect_right


class LineStarts:
    r"""Where the lines of a text begin; only a line feed ends one.

    >>> LineStarts("a\nbc").place(3)
    (2, 2)
    """

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        self._starts = starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)

    def place(self, at: int) -> tuple[int, int]:
        """Return line and column, both from 1, of a code point."""
        line = bisect_right(self._starts, at, hi=len(self._starts) - 1)
        return line, at - self._starts[line - 1] + 1

    def start(self, line: int) -> int:
        """Return where a line, from 1, begins."""
        return self._starts[line - 1]

r"""Positions of the protocol in a text: lines, and UTF-16 units in them.

A line ends with ``\n``, ``\r\n`` or a lone ``\r``, and with nothing else.

Source: Language Server Protocol 3.17, "Text Documents" and "Position".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from lsprotocol import types as lsp

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


class TextPositions:
    r"""Where the lines of a text begin and end, found once.

    >>> positions = TextPositions("a\r𠮷b")
    >>> positions.position(3).character, positions.offset(lsp.Position(1, 2))
    (2, 3)
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] = [0]
        self._ends: list[int] = []
        for match in _LINE_END.finditer(text):
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))

    def range(self, start: int, end: int) -> lsp.Range:
        """Return a range of the protocol from code points."""
        return lsp.Range(self.position(start), self.position(end))

    def position(self, at: int) -> lsp.Position:
        """Return the position of a code point."""
        line = bisect_right(self._starts, at) - 1
        before = self.text[self._starts[line] : min(at, self._ends[line])]
        return lsp.Position(line, len(before.encode("utf-16-le", "surrogatepass")) // 2)

    def offset(self, position: lsp.Position) -> int:
        """Return the code point of a position; one beyond a line is its end."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[position.line], self._ends[position.line]
        # No character takes less than one unit.
        line = self.text[start : min(end, start + position.character)]
        units: bytes = line.encode("utf-16-le", "surrogatepass")
        cut = position.character * 2
        # Inside a character of two units: its begin.
        if (
            b"\xd8"
            <= units[cut - 1 : cut]
            < b"\xdc"
            <= units[cut + 1 : cut + 2]
            < b"\xe0"
        ):
            cut -= 2
        return start + len(units[:cut].decode("utf-16-le", "surrogatepass"))

    def line_before(self, at: int) -> str:
        """Return what stands on the line before a code point."""
        return self.text[self._starts[bisect_right(self._starts, at) - 1] : at]

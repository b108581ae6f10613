r"""Positions of the protocol in a text: lines, and units of the agreed encoding in them.

A line ends with ``\n``, ``\r\n`` or a lone ``\r``, and with nothing else. Editors count
UTF-16 units unless server and editor agree on UTF-8 or UTF-32, which recent ones offer.

Source: Language Server Protocol 3.17, "Text Documents", "Position" and
"PositionEncodingKind".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from lsprotocol import types as lsp

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
# How Python calls an encoding of positions, and how many bytes its unit has.
_CODECS: Final = {
    "utf-8": ("utf-8", 1),
    "utf-16": ("utf-16-le", 2),
    "utf-32": ("utf-32-le", 4),
}


class TextPositions:
    r"""Where the lines of a text begin and end, found once.

    Args:
        text: The document.
        encoding: utf-8, utf-16 or utf-32: what the characters of a position count.

    >>> positions = TextPositions("a\r𠮷b")
    >>> positions.position(3).character, positions.offset(lsp.Position(1, 2))
    (2, 3)
    >>> TextPositions("a\r𠮷b", "utf-8").position(3).character
    4
    """

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self._codec, self._unit = _CODECS[encoding]
        self._starts: list[int] = [0]
        self._ends: list[int] = []
        for line_end in _LINE_END.finditer(text):
            self._ends.append(line_end.start())
            self._starts.append(line_end.end())
        self._ends.append(len(text))

    def range(self, start: int, end: int) -> lsp.Range:
        """Return a range of the protocol from code points."""
        return lsp.Range(self.position(start), self.position(end))

    def position(self, at: int) -> lsp.Position:
        """Return the position of a code point."""
        line = bisect_right(self._starts, at) - 1
        before = self.text[self._starts[line] : min(at, self._ends[line])]
        return lsp.Position(line, len(self._encode(before)) // self._unit)

    def offset(self, position: lsp.Position) -> int:
        """Return the code point of a position; one beyond a line is its end."""
        if position.line >= len(self._starts):
            return len(self.text)
        start, end = self._starts[position.line], self._ends[position.line]
        # No character takes less than one unit.
        line = self.text[start : min(end, start + position.character)]
        units = self._encode(line)
        cut = min(position.character * self._unit, len(units))
        while self._is_inside_character(units, cut):
            cut -= self._unit
        return start + len(units[:cut].decode(self._codec, "surrogatepass"))

    def line_before(self, at: int) -> str:
        """Return what stands on the line before a code point."""
        return self.text[self._starts[bisect_right(self._starts, at) - 1] : at]

    def _encode(self, text: str) -> bytes:
        return text.encode(self._codec, "surrogatepass")

    def _is_inside_character(self, units: bytes, cut: int) -> bool:
        if not 0 < cut < len(units):
            return False
        if self._unit == 1:
            return units[cut] & 0xC0 == 0x80
        if self._unit == 2:
            return 0xD8 <= units[cut - 1] < 0xDC <= units[cut + 1] < 0xE0
        return False

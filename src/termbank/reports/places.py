"""Where a finding ends, in lines and columns."""

from __future__ import annotations

from termbank.text.line_starts import LineStarts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from termbank.types import Finding


def end_of(one: Finding, files: Callable[[str], str]) -> tuple[int, int]:
    """Return line and column, from 1, just behind a finding.

    Args:
        one: The finding.
        files: Gives the text of a path; asked only where a finding may cross a line.
    """
    length = one.span.end - one.span.start
    if one.column + length < 2 or length == 0:
        return one.line, one.column
    text = files(one.path)[one.span.start : one.span.end]
    breaks = text.count("\n")
    if not breaks:
        return one.line, one.column + length
    return one.line + breaks, length - text.rfind("\n")


class Utf8Places:
    """Lines and columns in UTF-8 bytes, both from 1, of places in a text."""

    def __init__(self, text: str) -> None:
        self._text, self._lines = text, LineStarts(text)
        self._last = (0, 0, 0)  # line, place in it and byte of the last answer

    def of(self, at: int) -> tuple[int, int]:
        """Return line and column of a code point."""
        line, _ = self._lines.place(at)
        last_line, place, byte = self._last
        if line != last_line or at < place:
            place, byte = self._lines.start(line), 0
        byte += len(self._text[place:at].encode())
        self._last = line, at, byte
        return line, byte + 1

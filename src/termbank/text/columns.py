"""Text laid out by the columns a terminal gives to it: Japanese is two wide."""

from __future__ import annotations

from unicodedata import east_asian_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """Return the columns a terminal gives to the text.

    >>> width("キーウ Kyiv")
    11
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, columns: int) -> str:
    """Return the text followed by spaces up to ``columns``."""
    return text + " " * (columns - width(text))


def table(rows: Iterable[Sequence[object]], header: Sequence[str]) -> str:
    """Return rows in columns padded by display width, a rule under the header.

    >>> print(table([("キーウ", 3), ("NATO", 12)], ("form", "count")))
    form    count
    ------  -----
    キーウ  3
    NATO    12
    """
    cells = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * columns for columns in widths])
    lines = (
        "  ".join(
            padded(cell, columns) for cell, columns in zip(row, widths, strict=True)
        )
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)

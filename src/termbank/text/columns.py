"""Tables of text: by the columns a terminal gives to it (Japanese is two wide), or HTML."""

from __future__ import annotations

from unicodedata import east_asian_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NARROWEST = 8  # columns that a cell keeps however narrow the terminal is


def width(text: str) -> int:
    """Return the columns a terminal gives to the text.

    >>> width("キーウ Kyiv")
    11
    """
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def pad(text: str, columns: int) -> str:
    """Return the text followed by spaces up to ``columns``."""
    return text + " " * (columns - width(text))


def shorten(text: str, columns: int) -> str:
    """Return the text, cut with an ellipsis where it is wider than ``columns``.

    >>> shorten("サーバー機", 7), shorten("NATO", 7)
    ('サーバ…', 'NATO')
    """
    if width(text) <= columns:
        return text
    result = ""
    used = 1  # the ellipsis
    for char in text:
        used += width(char)
        if used > columns:
            break
        result += char
    return f"{result}…"


def table(
    rows: Iterable[Sequence[object]], header: Sequence[str], *, columns: int = 0
) -> str:
    """Return rows in columns padded by display width, a rule under the header.

    Args:
        rows: Cells; each is shown by its text.
        header: Names of the columns.
        columns: Width that the widest cells are cut to fit in; 0 for any.

    >>> print(table([("キーウ", 3), ("NATO", 12)], ("form", "count")))
    form    count
    ------  -----
    キーウ  3
    NATO    12
    """
    cells = [list(header), *([str(cell) for cell in row] for row in rows)]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    if columns:
        widths = _fit(widths, columns - 2 * (len(widths) - 1))
    cells.insert(1, ["-" * wide for wide in widths])
    lines = (
        "  ".join(
            pad(shorten(cell, wide), wide)
            for cell, wide in zip(row, widths, strict=True)
        )
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def _fit(widths: list[int], room: int) -> list[int]:
    """Return widths of which the widest are narrowed until all fit."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > _NARROWEST:
        widest = widths.index(max(widths))
        others = [wide for at, wide in enumerate(widths) if at != widest]
        least = max([_NARROWEST, *others], default=_NARROWEST)
        excess = sum(widths) - room
        widths[widest] = max(widths[widest] - excess, min(least, widths[widest] - 1))
    return widths


def html_table(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[object]]
) -> str:
    """Return a table with its caption above.

    >>> html_table("a<b", ["n"], [[1]])
    '<table><caption>a&lt;b</caption><thead><tr><th>n</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>'
    """
    from html import escape

    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )

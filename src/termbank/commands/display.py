"""What commands show: tables by display width, progress on a terminal, JSON lines."""

from __future__ import annotations

import sys
from unicodedata import east_asian_width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")

_BAR_CELLS = 24


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


def emit_json(value: Any) -> None:
    """Print a value as JSON, one line, Japanese unescaped."""
    import json

    print(json.dumps(value, ensure_ascii=False, default=str))


def progress(
    items: Iterable[T], label: str, *, total: int | None = None
) -> Iterator[T]:
    """Yield the items; where stderr is a terminal, draw how far they have come.

    Args:
        items: What is worked on.
        label: What is being done, one or two words.
        total: Number of items; asked of ``items`` where absent.
    """
    if not sys.stderr.isatty():
        yield from items
        return
    from time import monotonic

    count = total if total is not None else len(items)  # type: ignore[arg-type]
    drawn = 0.0
    for done, item in enumerate(items, start=1):
        yield item
        if monotonic() - drawn > 0.1 or done == count:
            drawn = monotonic()
            full = _BAR_CELLS * done // max(count, 1)
            bar = "█" * full + "░" * (_BAR_CELLS - full)
            print(f"\r{label} {bar} {done}/{count}", end="", file=sys.stderr)
    print("\r\x1b[K", end="", file=sys.stderr, flush=True)

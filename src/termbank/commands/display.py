"""What commands print: tables, JSON on one line, progress on a terminal."""

from __future__ import annotations

import sys

from termbank.terminal import JSON, write_as
from termbank.text import columns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")

__all__ = ["emit_json", "progress", "table"]

_BAR_CELLS = 24


def table(rows: Iterable[Sequence[object]], header: Sequence[str]) -> str:
    """Return rows as a table that fits the terminal; into a file it is as wide as it is."""
    room = 0
    if sys.stdout.isatty():
        from shutil import get_terminal_size

        room = get_terminal_size().columns
    return columns.table(rows, header, columns=room)


def emit_json(value: Any) -> None:
    """Print a value as JSON, one line, Japanese unescaped."""
    import json

    write_as(json.dumps(value, ensure_ascii=False, default=str) + "\n", JSON)


def progress(
    items: Iterable[T], label: str, *, total: int | None = None
) -> Iterator[T]:
    """Yield the items; where stderr is a terminal, draw how far they have come.

    Args:
        items: What is worked on.
        label: What is being done, one or two words.
        total: Number of items; asked of ``items`` where absent.
    """
    terminal = getattr(
        sys.stderr, "stream", sys.stderr
    )  # our own signs stay as they are
    if not terminal.isatty():
        yield from items
        return
    from time import monotonic

    count = total if total is not None else len(items)  # type: ignore[arg-type]
    drawn = 0.0
    for number, item in enumerate(items, start=1):
        yield item
        if monotonic() - drawn > 0.1 or number == count:
            drawn = monotonic()
            full = _BAR_CELLS * number // max(count, 1)
            bar = "█" * full + "░" * (_BAR_CELLS - full)
            print(f"\r{label} {bar} {number}/{count}", end="", file=terminal)
    print("\r\x1b[K", end="", file=terminal, flush=True)

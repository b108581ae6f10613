"""Segments out of a memory: as a frame, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ..schemas import Segments, checked
from .store import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from .store import Store


def frame(store: Store) -> pl.DataFrame:
    """Return all segments in order of entry, of schema ``Segments``."""
    text = f"SELECT {', '.join(COLUMNS)} FROM segments ORDER BY id"  # noqa: S608
    times = [
        pl.from_epoch(name, "us").dt.replace_time_zone("UTC")
        for name in ("changed", "created")
    ]
    kinds = dict.fromkeys(COLUMNS, pl.String) | {
        "changed": pl.Int64,
        "created": pl.Int64,
    }
    with store.faults():
        rows = store.connection.execute(text).fetchall()
    found = pl.DataFrame(rows, schema=kinds, orient="row").with_columns(times)
    return checked(Segments, found, "memory")


def write(segments: pl.DataFrame, path: Path) -> None:
    """Write segments in the format that the file's ending says."""
    from ..formats import write_segments

    write_segments(segments, path)

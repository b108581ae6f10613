"""Segments out of a memory: as a frame, and as a file that appears whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.atomic_files import replacing_bytes
from termbank.schemas import Segments, check_frame

from .store import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .store import Store


def frame(store: Store) -> pl.DataFrame:
    """Return all segments in order of entry, of schema ``Segments``."""
    text = f"SELECT {store.columns} FROM segments ORDER BY id"  # noqa: S608
    times = [
        pl.from_epoch(name, "us").dt.replace_time_zone("UTC")
        for name in ("changed", "created")
    ]
    kinds = dict.fromkeys(COLUMNS, pl.String()) | {
        "changed": pl.Int64(),
        "created": pl.Int64(),
    }
    with store.faults():
        rows = store.connection.execute(text).fetchall()
    segments = pl.DataFrame(rows, schema=kinds, orient="row").with_columns(times)
    return check_frame(Segments, segments, "memory")


def write(segments: pl.DataFrame, path: Path) -> None:
    """Write segments in the format that the file's ending says.

    Raises:
        InputError: No writer for this ending, or the file cannot be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        from termbank.formats import write_segments

        write_segments(segments, path)
    else:
        writer(segments, str(path))


def _parquet(segments: pl.DataFrame, path: str) -> None:
    with replacing_bytes(path) as file:
        segments.write_parquet(file)


def _table(separator: str) -> Callable[[pl.DataFrame, str], None]:
    def write_table(segments: pl.DataFrame, path: str) -> None:
        with replacing_bytes(path) as file:
            _written_times(segments).write_csv(file, separator=separator)

    return write_table


def _workbook(segments: pl.DataFrame, path: str) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("segments")
    sheet.append(segments.columns)
    for row in _written_times(segments).iter_rows():
        cells = [WriteOnlyCell(sheet, value) for value in row]
        for cell in cells:
            # A segment that begins with = is text and never a formula.
            cell.data_type = "s" if cell.value is not None else cell.data_type
        sheet.append(cells)
    with replacing_bytes(path) as file:
        book.save(file)


def _written_times(segments: pl.DataFrame) -> pl.DataFrame:
    return segments.with_columns(
        pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ")
        for name in ("changed", "created")
    )


# Tables with all columns of ``Segments``; what other tools read is written by formats.
_WRITERS: Final = {
    ".parquet": _parquet,
    ".csv": _table(","),
    ".tsv": _table("\t"),
    ".xlsx": _workbook,
}

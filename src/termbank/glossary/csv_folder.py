"""A glossary folder as four frames: reading, and writing all or nothing."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from termbank.table_columns import COLUMNS

from .csv_journal import write_texts
from .csv_snapshot import file_of
from .csv_tables import read_tables, without_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_DATES = ("since", "until")
_TIME = "when"
_QUOTED = frozenset(',"\n\r')


def read_frames(folder: str | Path) -> dict[str, pl.DataFrame]:
    """Return the frames concepts, definitions, terms and decisions of a folder.

    Args:
        folder: Folder with ``terms.csv``; each other file may be absent.

    Raises:
        FormatError: A file is broken; the error says where.
        InputError: ``folder`` is no glossary folder.
    """
    place = os.fspath(folder)
    if not os.path.isfile(file_of(place, "terms")):
        raise without_terms(place)
    tables = read_tables(place, tuple(COLUMNS))
    return {name: frame_of_rows(name, rows) for name, rows in tables.items()}


def frame_of_rows(name: str, rows: list[tuple[str, ...]]) -> pl.DataFrame:
    """Return rows of texts as the frame of a table; an empty text is null.

    Args:
        name: concepts, definitions, terms or decisions.
        rows: Values in the order of the table's columns.
    """
    columns = dict.fromkeys(COLUMNS[name], pl.String)
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    keep_empty = () if name != "decisions" else ("right",)
    empty_is_null = pl.all().exclude(keep_empty).replace("", None)
    dates = [pl.col(date).str.to_date() for date in _DATES if date in columns]
    times = [pl.col(_TIME).str.to_datetime(time_unit="us", time_zone="UTC")]
    return frame.with_columns(empty_is_null).with_columns(
        *dates, *(times if _TIME in columns else [])
    )


def write_frames(folder: str | Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write the four CSV files of a folder, which is made where absent.

    Every reader sees the former glossary or the new one, whole, at every moment and
    after an interruption at any: see :mod:`.csv_snapshot`. A file that stays the same
    is not touched.

    Args:
        folder: Where to write.
        frames: The four frames by name, in the order in which they are to stand.

    Raises:
        InputError: The folder cannot be written.
    """
    place = os.fspath(folder)
    texts = {name: _csv(frames[name]) for name in COLUMNS}
    write_texts(place, texts)


def rows_of_frame(frame: pl.DataFrame) -> list[tuple[str, ...]]:
    """Return the rows of a frame as texts, as they stand in the file."""
    return [tuple([_text(value) for value in row]) for row in frame.iter_rows()]


def csv_line(texts: Iterable[str]) -> str:
    """Return one record of a CSV file without its line end.

    >>> csv_line(["a", "b,c", ""])
    'a,"b,c",'
    """
    return ",".join(map(_field, texts))


def _csv(frame: pl.DataFrame) -> str:
    lines = [",".join(frame.columns), *map(csv_line, rows_of_frame(frame))]
    return "".join(f"{line}\n" for line in lines)


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return "" if value is None else str(value)


def _field(text: str) -> str:
    if _QUOTED.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'

"""A glossary folder as four frames: reading, and writing all or nothing."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from termbank.errors import InputError
from termbank.messages import of_system, say
from termbank.table_columns import COLUMNS

from .csv_tables import file_of, read_table, without_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    return {name: frame_of_rows(name, read_table(place, name)) for name in COLUMNS}


def frame_of_rows(name: str, rows: list[tuple[str, ...]]) -> pl.DataFrame:
    """Return rows of texts as the frame of a table; an empty text is null.

    Args:
        name: concepts, definitions, terms or decisions.
        rows: Values in the order of the table's columns.
    """
    columns = dict.fromkeys(COLUMNS[name], pl.String)
    frame = pl.DataFrame(rows, schema=columns, orient="row")
    kept = () if name != "decisions" else ("right",)
    empty_is_null = pl.all().exclude(kept).replace("", None)
    dates = [pl.col(date).str.to_date() for date in _DATES if date in columns]
    times = [pl.col(_TIME).str.to_datetime(time_unit="us", time_zone="UTC")]
    return frame.with_columns(empty_is_null).with_columns(
        *dates, *(times if _TIME in columns else [])
    )


def write_frames(folder: str | Path, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write the four CSV files of a folder, which is made where absent.

    All four are complete under other names before the first one is put in its place,
    so that a full disk or an interruption leaves the former glossary.

    Args:
        folder: Where to write.
        frames: The four frames by name, in the order in which they are to stand.

    Raises:
        InputError: The folder cannot be written.
    """
    place = Path(folder)
    scratch = {name: place / f".{name}.csv.{os.getpid()}" for name in COLUMNS}
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, path in scratch.items():
            path.write_text(_csv(frames[name]), encoding="utf-8", newline="")
        for name, path in scratch.items():
            path.replace(file_of(os.fspath(place), name))
    except OSError as fault:
        expected = say("書き込めるフォルダー", "a folder that can be written")
        raise InputError(str(place), of_system(fault), expected) from fault
    finally:
        for path in scratch.values():
            if path.parent.is_dir():
                path.unlink(missing_ok=True)


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

"""A glossary folder as four frames: reading, and writing all or nothing."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import polars as pl

from termbank.atomic_files import os_errors, replace_content
from termbank.table_columns import COLUMNS

from .csv_snapshot import file_of, journal_of, stamp, valid_journal
from .csv_tables import read_tables, without_terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
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
    kept = () if name != "decisions" else ("right",)
    empty_is_null = pl.all().exclude(kept).replace("", None)
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
    with os_errors(place):
        os.makedirs(place, exist_ok=True)
    with _only_writer(place):
        _finish_interrupted(place)
        changed = {
            name: text for name, text in texts.items() if _text_of(place, name) != text
        }
        if len(changed) > 1:
            _write_journal(place, changed)
        _put(place, changed)


def _put(place: str, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        replace_content(file_of(place, name), text.encode())
    with os_errors(place), suppress(FileNotFoundError):
        os.unlink(journal_of(place))


def _write_journal(place: str, texts: Mapping[str, str]) -> None:
    files = {name: (stamp(file_of(place, name)), text) for name, text in texts.items()}
    content = json.dumps({"files": files}, ensure_ascii=False)
    replace_content(journal_of(place), content.encode())


def _finish_interrupted(place: str) -> None:
    """Put the texts of a journal in their places that a killed writer left."""
    journal = valid_journal(place)
    if journal:
        _put(place, {name: text for name, (_, text) in journal.items()})
    with suppress(OSError):  # one that no longer holds
        os.unlink(journal_of(place))


def _text_of(place: str, name: str) -> str | None:
    try:
        with open(file_of(place, name), encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


@contextmanager
def _only_writer(place: str) -> Iterator[None]:
    """Hold a folder against other writers; where the system has no locks, hope."""
    if os.name == "nt":
        yield
        return
    from fcntl import LOCK_EX, flock

    with os_errors(place):
        number = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):
            flock(number, LOCK_EX)
        yield
    finally:
        os.close(number)


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

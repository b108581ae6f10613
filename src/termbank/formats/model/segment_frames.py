"""Bilingual files as frames of schema Segments, some thousand pairs at a time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.schemas import Segments, check_frame

from .concept_records import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Rows a frame: large enough that Polars costs nothing beside parsing, small enough that
# a frame of long segments stays near 10 MB.
ROWS: Final = 10_000
_STRINGS: Final = (
    *("segment_id", "source", "target", "source_lang", "target_lang"),
    *("previous", "next", "origin", "author", "client", "domain", "note", "method"),
    "context",
)
_TIMES: Final = ("changed", "created")
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")


def frames(
    pairs: Iterable[Segment], place: str, *, rows: int = ROWS
) -> Iterator[pl.DataFrame]:
    """Yield translated pairs in frames of at most ``rows`` rows.

    Pairs without a translation are left out; a time that is none is null.
    """
    translated_pairs = (pair for pair in pairs if pair.target and pair.source)
    while chunk := list(islice(translated_pairs, rows)):
        columns: dict[str, list[object]] = {
            name: [getattr(pair, name) for pair in chunk] for name in _STRINGS
        }
        for name in _TIMES:
            columns[name] = [time_of(getattr(pair, name)) for pair in chunk]
        dtypes: dict[str, pl.DataType] = {name: pl.String() for name in _STRINGS}
        dtypes.update(dict.fromkeys(_TIMES, pl.Datetime("us", "UTC")))
        frame = pl.DataFrame(columns, schema=dtypes)
        yield check_frame(Segments, frame, place)


def pairs_of(segments: pl.DataFrame | Iterable[pl.DataFrame]) -> Iterator[Segment]:
    """Yield the rows of frames of schema Segments as pairs."""
    for frame in [segments] if isinstance(segments, pl.DataFrame) else segments:
        names = [name for name in Segments.columns() if name in frame.columns]
        for row in frame.select(names).iter_rows(named=True):
            pair = Segment(row["source"], row["target"])
            for name, value in row.items():
                when = name in _TIMES and value is not None
                setattr(pair, name, value.isoformat() if when else value)
            yield pair


def time_of(text: str | None) -> datetime | None:
    """Return a time in UTC, None where the text is no time.

    >>> time_of("20240131T235900Z").isoformat()
    '2024-01-31T23:59:00+00:00'
    >>> time_of("2025-13-45") is None
    True
    """
    if not text:
        return None
    compact = _COMPACT.fullmatch(text.strip())
    try:
        if compact:
            year, month, day, hour, minute, second = map(int, compact.groups()[:6])
            return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)

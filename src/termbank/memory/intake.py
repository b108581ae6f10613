"""What is added to a memory: frames and bilingual files turned into rows."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from ..errors import InputError
from ..schemas import Segments, checked
from .scoring import skeleton
from .store import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BATCH: Final = 100_000  # rows turned into Python values at once
# A pair is one pair when these agree; they make its identifier.
_IDENTITY: Final = (
    "source",
    "target",
    "source_lang",
    "target_lang",
    "previous",
    "next",
    "origin",
)
_PLACES: Final = [COLUMNS.index(name) for name in _IDENTITY]
_TIMES: Final = ("changed", "created")


def batches(segments: pl.DataFrame | str | Path) -> Iterator[pl.DataFrame]:
    """Return checked frames of segments, one after another.

    Raises:
        InputError: The file cannot be read, or a column is absent.
    """
    if isinstance(segments, pl.DataFrame):
        whole: pl.DataFrame = checked(Segments, segments, "segments")
    else:
        whole = checked(Segments, read(Path(segments)), str(segments))
    return iter([whole]) if whole.height <= _BATCH else whole.iter_slices(_BATCH)


def read(path: Path) -> pl.DataFrame:
    """Return the segments of a bilingual file; identifiers of its own are dropped.

    Raises:
        InputError: Absent, or not what its ending says.
    """
    if not path.is_file():
        raise InputError(str(path), "no file", "a bilingual file")
    if path.suffix == ".parquet":
        try:
            return pl.read_parquet(path)
        except (pl.exceptions.PolarsError, OSError) as fault:
            raise InputError(str(path), str(fault), "a Parquet file") from fault
    from ..formats import read_segments

    frame: pl.DataFrame = read_segments(path)
    # Unit 1 of one file is not unit 1 of another; ours are made from the content.
    ours = pl.col("segment_id").str.contains("^[0-9a-f]{16}$")
    frame = frame.with_columns(pl.when(ours).then("segment_id").alias("segment_id"))
    return frame.with_columns(pl.col("origin").fill_null(path.name))


def rows(batch: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a checked frame as the store takes them."""
    times = [pl.col(name).dt.epoch("us") for name in _TIMES]
    for row in batch.with_columns(times).select(COLUMNS).iter_rows():
        identifier = row[0] or _identifier(row)
        yield (skeleton(row[1]), identifier, *row[1:])


def _identifier(row: tuple[str | None, ...]) -> str:
    parts = "\0".join([row[place] or "" for place in _PLACES])
    return sha256(parts.encode()).hexdigest()[:16]

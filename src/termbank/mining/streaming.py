"""Mentions written to a file while they are found, in memory that does not grow."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import polars as pl

from .consistency import consistent, known_names, merged, names_of, others_of
from .miner import Miner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

# Tables of evidence joined at once: a table a batch, of some thousand rows each.
_TABLES: Final = 32
# Parts of the table of evidence that are joined one after the other.
_SHELVES: Final = 16
# Rows of the target written at once; larger groups hold more memory while they fill.
_ROWS: Final = 50_000


def streamed(parts: Iterable[pl.DataFrame], to: Path) -> pl.LazyFrame:
    """Write mentions to a Parquet file and return a LazyFrame over it.

    Three passes: the first writes each part beside the target and counts the evidence
    for names; the second counts where these names stand as common words; the third
    gives missed names their kind. What is held is a row for each distinct name.

    Args:
        parts: Mentions, whole documents or stretches of them a part.
        to: Parquet file; it appears only when all is done.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".termbank-", dir=to.parent) as name:
        folder = Path(name)
        names = _gathered(_written(parts, folder), names_of)
        paths = sorted(folder.glob("*.parquet"))
        others = _gathered(_read(paths), lambda part: others_of(part, names))
        known = known_names(pl.concat([names, others]))
        for path in paths:
            consistent(pl.read_parquet(path), known).write_parquet(path)
        done = folder / "done"
        pl.scan_parquet(paths).sink_parquet(done, row_group_size=_ROWS)
        os.replace(done, to)
    return pl.scan_parquet(to)


def _written(parts: Iterable[pl.DataFrame], folder: Path) -> Iterator[pl.DataFrame]:
    """Write each part to a file of its own and pass it on."""
    Miner.empty().write_parquet(folder / f"{0:08}.parquet")
    yield Miner.empty()
    for number, part in enumerate(parts, start=1):
        part.write_parquet(folder / f"{number:08}.parquet")
        yield part


def _read(paths: Iterable[Path]) -> Iterator[pl.DataFrame]:
    for path in paths:
        yield pl.read_parquet(path, columns=["surface", "kind", "evidence"])


def _gathered(
    parts: Iterable[pl.DataFrame], count: Callable[[pl.DataFrame], pl.DataFrame]
) -> pl.DataFrame:
    """Return one table of the evidence of all parts."""
    shelves: list[pl.DataFrame] = []
    tables: list[pl.DataFrame] = []
    for part in parts:
        tables.append(count(part))
        if len(tables) > _TABLES:
            shelves = _shelved(shelves, tables)
            tables = []
    return merged([*shelves, *tables])


def _shelved(
    shelves: list[pl.DataFrame], tables: list[pl.DataFrame]
) -> list[pl.DataFrame]:
    """Return the shelves with the tables sorted in by a hash of the form.

    Joining and sorting a table takes several times its room for a moment: this way it is
    that of one shelf.
    """
    new = pl.concat(tables)
    shelf = new["surface"].hash() % _SHELVES
    sorted_in = [new.filter(shelf == number) for number in range(_SHELVES)]
    if not shelves:
        return [merged([table]) for table in sorted_in]
    return [merged([*pair]) for pair in zip(shelves, sorted_in, strict=True)]

"""Mentions written to a file while they are found, in memory that does not grow."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import polars as pl

from .consistency import consistent, evidence_of_names, known_names, merged
from .miner import Miner

if TYPE_CHECKING:
    from collections.abc import Iterable

# Tables of evidence joined at once: a table a batch, of some thousand rows each.
_TABLES: Final = 32
# Rows of the target written at once; larger groups hold more memory while they fill.
_ROWS: Final = 50_000


def streamed(parts: Iterable[pl.DataFrame], to: Path) -> pl.LazyFrame:
    """Write mentions to a Parquet file and return a LazyFrame over it.

    Two passes: the first writes each batch beside the target and counts the evidence
    for names; the second reads the batches again and gives missed names their kind.

    Args:
        parts: Mentions, whole documents a part.
        to: Parquet file; it appears only when all is done.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".termbank-", dir=to.parent) as name:
        folder = Path(name)
        known = known_names(_first_pass(parts, folder))
        for path in sorted(folder.glob("*.parquet")):
            consistent(pl.read_parquet(path), known).write_parquet(path)
        done = folder / "done"
        pl.scan_parquet(folder / "*.parquet").sink_parquet(done, row_group_size=_ROWS)
        os.replace(done, to)
    return pl.scan_parquet(to)


def _first_pass(parts: Iterable[pl.DataFrame], folder: Path) -> pl.DataFrame:
    Miner.empty().write_parquet(folder / f"{0:08}.parquet")
    tables = [evidence_of_names(Miner.empty())]
    for number, part in enumerate(parts, start=1):
        part.write_parquet(folder / f"{number:08}.parquet")
        tables.append(evidence_of_names(part))
        if len(tables) > _TABLES:
            tables = [merged(tables)]
    return merged(tables)

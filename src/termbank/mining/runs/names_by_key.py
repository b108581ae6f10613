"""Which names all chunks agree on, in memory that does not grow with their number.

The forms of all chunks are read range by range of their keys: as many at once as the
limit allows. What a chunk must know comes back as a table of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.mining.miner import Miner
from termbank.mining.names.document_consistency import (
    counted_forms,
    known_names,
    merge_evidence,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_KEYS: Final = 1 << 32
# Bytes that a row of forms takes while it is counted and joined, measured: 160 to 250.
_ROW: Final = 250
# Chunks whose names are read at once.
_TOGETHER: Final = 64


class NamesByKey:
    """The names that each chunk must know.

    Args:
        forms: The files of forms of all chunks, in their order.
        folder: An empty folder for what is in between.
        memory: Bytes to use at most, about.
    """

    def __init__(self, forms: Sequence[Path], folder: Path, memory: int) -> None:
        self._folder = folder
        rows = sum(_rows(path) for path in forms)
        self._ranges = max(-(-rows * _ROW // memory), 1)
        for number in range(self._ranges):
            low = number * _KEYS // self._ranges
            high = (number + 1) * _KEYS // self._ranges
            tables = (
                _in_range(path, chunk, low, high) for chunk, path in enumerate(forms)
            )
            table = pl.concat([_no_forms(), *tables])
            names = _names_of_chunks(table)
            self._none = names.clear()
            self._write(number, names)
        self._group = -1
        self._tables: dict[int, pl.DataFrame] = {}

    def of_chunk(self, chunk: int) -> pl.DataFrame:
        """Return the names a chunk must know: surface, name (kind), common."""
        group = chunk // _TOGETHER
        if group != self._group:
            files = [self._file(group, number) for number in range(self._ranges)]
            tables = [pl.read_parquet(path) for path in files if path.exists()]
            table = pl.concat([self._none, *tables])
            self._tables = {
                int(key[0]): part.drop("chunk")
                for key, part in table.partition_by("chunk", as_dict=True).items()
            }
            self._group = group
        return self._tables.get(chunk, self._none.drop("chunk"))

    def _write(self, number: int, table: pl.DataFrame) -> None:
        group = pl.col("chunk") // _TOGETHER
        groups = table.with_columns(group=group).partition_by("group", as_dict=True)
        for key, part in groups.items():
            part.drop("group").write_parquet(self._file(int(key[0]), number))

    def _file(self, group: int, number: int) -> Path:
        return self._folder / f"names-{group:06}-{number:04}.parquet"


def _names_of_chunks(table: pl.DataFrame) -> pl.DataFrame:
    """Return the known names beside each chunk that has the form."""
    evidence = merge_evidence([table.drop("chunk", "key")])
    is_name = pl.col("kind") != "term"
    names = evidence.filter(is_name)
    others = evidence.filter(~is_name & (pl.col("times") > 0))
    others = others.join(names, on="surface", how="semi", maintain_order="left")
    name_table = known_names(pl.concat([names, others])).select(
        "surface", "name", "common"
    )
    return (
        table.select("chunk", "surface")
        .unique()
        .join(name_table, on="surface")
        .sort("chunk", "surface")
    )


def _no_forms() -> pl.DataFrame:
    zero = pl.lit(0, pl.UInt32)
    return counted_forms(Miner.empty()).with_columns(key=zero, chunk=zero)


def _in_range(path: Path, chunk: int, low: int, high: int) -> pl.DataFrame:
    key = pl.col("key")
    rows = pl.scan_parquet(path).filter((key >= low) & (key < high)).collect()
    return rows.with_columns(chunk=pl.lit(chunk, pl.UInt32))


def _rows(path: Path) -> int:
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())

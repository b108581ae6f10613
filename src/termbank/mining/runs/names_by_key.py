"""Which names all chunks agree on, in memory that does not grow with their number.

The forms of all chunks are sorted into ranges of their keys, on disk, each as large as
the limit allows, and counted range by range. What a chunk must know comes back as a table of its own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from termbank.mining.miner import Miner
from termbank.mining.names.document_consistency import (
    counted_forms,
    known_names,
    merge_evidence,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
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
        self._most = max(memory // _ROW, 1)
        self._ranges = max(-(-rows // self._most), 1)
        pieces = self._sort_into_ranges(forms)
        for number in range(self._ranges):
            names = _names_of_chunks(pl.concat([_no_forms(), *pieces(number)]))
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

    def _sort_into_ranges(
        self, forms: Sequence[Path]
    ) -> Callable[[int], Iterator[pl.DataFrame]]:
        """Read each file once; return what gives the rows of a range of keys.

        With one range nothing is written in between.
        """
        bounds = [number * _KEYS // self._ranges for number in range(self._ranges + 1)]
        if self._ranges == 1:
            return lambda _: (_of_chunk(path, at) for at, path in enumerate(forms))
        waiting: list[pl.DataFrame] = []
        total = spills = 0
        for chunk, path in enumerate(forms):
            waiting.append(_of_chunk(path, chunk))
            total += waiting[-1].height
            if total >= self._most or chunk == len(forms) - 1:
                table = pl.concat(waiting).sort("key", maintain_order=True)
                ends = np.searchsorted(table["key"].to_numpy(), bounds).tolist()
                for number, (start, end) in enumerate(pairwise(ends)):
                    part = table[start:end]
                    part.write_parquet(self._spill(number, spills), compression="lz4")
                waiting, total, spills = [], 0, spills + 1
        return lambda number: (
            pl.read_parquet(self._spill(number, spill)) for spill in range(spills)
        )

    def _spill(self, number: int, spill: int) -> Path:
        return self._folder / f"forms-{number:04}-{spill:06}.spill"

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


def _of_chunk(path: Path, chunk: int) -> pl.DataFrame:
    return pl.read_parquet(path).with_columns(chunk=pl.lit(chunk, pl.UInt32))


def _rows(path: Path) -> int:
    return int(pl.scan_parquet(path).select(pl.len()).collect().item())

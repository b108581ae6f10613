"""Mentions written to a file while they are found, in memory that does not grow."""

from __future__ import annotations

import os
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.atomic_files import os_errors, scratch_folder
from termbank.mining.names.document_consistency import (
    apply_known_names,
    known_names,
    merge_evidence,
    names_of,
    others_of,
)

from .miner import Miner

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termbank.mining.tokens.text_chunks import Stretch

    from .parallel import Crew

# Tables of evidence joined at once: a table a batch, of some thousand rows each.
_TABLES: Final = 32
# Parts of the table of evidence that are joined one after the other.
_SHELVES: Final = 16
# Batches whose mentions are read again at once: each time all names are looked at, so
# fewer cost time; these hold 4 MB.
_TOGETHER: Final = 8
# Rows of the target written at once; larger groups hold more memory while they fill.
_ROWS: Final = 50_000


def mine_to_file(
    batches: Iterable[list[Stretch]], to: Path, crew: Crew
) -> pl.LazyFrame:
    """Mine into a Parquet file and return a LazyFrame over it.

    Three passes: the first writes the mentions of each batch beside the target and
    counts the evidence for names; the second counts where these names stand as common
    words; the third gives missed names their kind. What is held is a row for each
    distinct name.

    Args:
        batches: What to mine.
        to: Parquet file; it appears only when all is done.
        crew: The processes that do it.
    """
    with os_errors(to.parent):
        to.parent.mkdir(parents=True, exist_ok=True)
    with scratch_folder(str(to.parent)) as name:
        folder = Path(name)
        names = _gather(crew.mined(batches, partial(_write, folder)))
        groups = _groups(folder)
        names_file = folder / "names"
        names.write_parquet(names_file)
        others = _gather(crew.done(partial(_others, names_file), groups))
        known_file = folder / "known"
        known_names(pl.concat([names, others])).write_parquet(known_file)
        del names, others
        parts = [folder / "none"]
        Miner.empty().write_parquet(parts[0])
        parts += crew.done(partial(_settle, known_file), groups)
        _table.cache_clear()
        result = folder / "done"
        pl.scan_parquet(parts).sink_parquet(result, row_group_size=_ROWS)
        os.replace(result, to)
    return pl.scan_parquet(to)


def _write(folder: Path, number: int, mentions: pl.DataFrame) -> pl.DataFrame:
    """Write the mentions of a batch to a file of their own; return its names."""
    mentions.write_parquet(folder / f"{number:08}.parquet", compression="lz4")
    return names_of(mentions)


def _groups(folder: Path) -> list[list[Path]]:
    paths = sorted(folder.glob("*.parquet"))
    return [paths[at : at + _TOGETHER] for at in range(0, len(paths), _TOGETHER)]


def _others(names: Path, paths: list[Path]) -> pl.DataFrame:
    """Return where forms of names stand as common words."""
    mentions = pl.read_parquet(paths, columns=["surface", "kind", "evidence"])
    return others_of(mentions, _table(names))


def _settle(known_file: Path, paths: list[Path]) -> Path:
    """Give missed names their kind, in one file for several."""
    mentions = apply_known_names(pl.read_parquet(paths), _table(known_file))
    result = paths[0].with_suffix(".settled")
    mentions.write_parquet(result, compression="lz4")
    for path in paths:
        path.unlink()
    return result


@lru_cache(maxsize=1)
def _table(path: Path) -> pl.DataFrame:
    """Return the names, read once in each process and pass."""
    return pl.read_parquet(path)


def _gather(tables: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return one table of the evidence of all batches."""
    shelves: list[pl.DataFrame] = []
    new: list[pl.DataFrame] = [names_of(Miner.empty())]
    for table in tables:
        new.append(table)
        if len(new) > _TABLES:
            shelves = _shelve(shelves, new)
            new = []
    return merge_evidence([*shelves, *new])


def _shelve(
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
        return [merge_evidence([table]) for table in sorted_in]
    return [merge_evidence([*pair]) for pair in zip(shelves, sorted_in, strict=True)]

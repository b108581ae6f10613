"""The documents of a run in their order, on disk: where each came from.

A folder of Parquet files of some thousand documents each. The place of a document is the
number of its source and of its record there, so that the lists of several shards are
merged by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from termbank.atomic_files import os_errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from termbank.sources.collection import Document

_ROWS: Final = 10_000  # documents of a file
_SCHEMA: Final[dict[str, Any]] = {
    "unit": pl.UInt32,
    "record": pl.UInt32,
    "doc_id": pl.String,
    "key": pl.UInt64,
    "uri": pl.String,
    "published": pl.Date,
    "lines": pl.List(pl.UInt32),
}


class DocumentList:
    """Writes the list of a run.

    Args:
        folder: Made, and emptied of the list of an earlier run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with os_errors(folder):
            folder.mkdir(exist_ok=True)
            for path in folder.glob("*.parquet"):
                path.unlink()
        self._rows: list[tuple[object, ...]] = []
        self._files = 0

    def add(self, unit: int, record: int, key: int, document: Document) -> None:
        """Add a document at its place."""
        place = unit, record, document.doc_id, key, document.uri, document.published
        self._rows.append((*place, line_starts(document.text)))
        if len(self._rows) >= _ROWS:
            self.close()

    def close(self) -> None:
        """Write what was added."""
        if self._rows or not self._files:
            table = pl.DataFrame(self._rows, schema=_SCHEMA, orient="row")
            with os_errors(self.folder):
                table.write_parquet(self.folder / f"{self._files:06}.parquet")
            self._files += 1
            self._rows = []


def line_starts(text: str) -> list[int]:
    """Return where each line but the first begins, in code points."""
    starts, at = [], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def listed_documents(folders: Sequence[Path]) -> pl.DataFrame:
    """Return the documents of some lists in order; of equal texts the first.

    Columns: doc_id, key, and ``year`` and ``source`` to part results by.
    """
    files = [path for folder in folders for path in sorted(folder.glob("*.parquet"))]
    folder = pl.col("uri").str.extract(r"^(.*)[/\\][^/\\]*$").fill_null("")
    return (
        pl.scan_parquet(files)
        .select(
            *("unit", "record", "doc_id", "key"),
            year=pl.col("published").dt.year(),
            source=folder.cast(pl.Categorical),
        )
        .collect()
        .sort("unit", "record", maintain_order=True)
        .unique("doc_id", keep="first", maintain_order=True)
        .drop("unit", "record")
    )


def places_of(folders: Sequence[Path], doc_ids: Iterable[str]) -> pl.DataFrame:
    """Return doc_id, uri and lines of some documents, each at its first place."""
    files = [path for folder in folders for path in sorted(folder.glob("*.parquet"))]
    id_table = pl.DataFrame({"doc_id": pl.Series(sorted(doc_ids), dtype=pl.String)})
    return (
        pl.scan_parquet(files)
        .join(id_table.lazy(), on="doc_id", how="semi")
        .collect()
        .sort("unit", "record", maintain_order=True)
        .unique("doc_id", keep="first", maintain_order=True)
        .select("doc_id", "uri", "lines")
    )

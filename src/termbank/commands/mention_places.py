"""Columns that name the document and line of what was mined, beside its hash."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from termbank.sources.collection import Document


def with_places(table: pl.DataFrame, documents: Iterable[Document]) -> pl.DataFrame:
    """Return mentions or candidates with ``path`` and ``line`` (from 1).

    Of a mention they are its own, of a candidate those of its example. For office
    files a line is a paragraph, a cell or a line of a page.
    """
    from termbank.mining.runs.document_list import line_starts

    places: dict[str, tuple[str, Sequence[int]]] = {}
    for document in documents:
        if document.doc_id not in places:
            places[document.doc_id] = document.uri, line_starts(document.text)
    return add_places(table, places)


def add_places(
    table: pl.DataFrame, places: Mapping[str, tuple[str, Sequence[int]]]
) -> pl.DataFrame:
    """Return mentions or candidates with ``path`` and ``line``.

    Args:
        table: The rows.
        places: For each document its address, and where its lines but the first begin.
    """
    import polars as pl

    of_mention = "start" in table.columns
    ids, starts = (
        ("doc_id", "start") if of_mention else ("example_doc", "example_start")
    )
    lines = [
        bisect_right(places[doc_id][1], start) + 1
        for doc_id, start in table.select(ids, starts).iter_rows()
    ]
    paths = [places[doc_id][0] for doc_id in table[ids]]
    return table.with_columns(
        pl.Series("path", paths, dtype=pl.String),
        pl.Series("line", lines, dtype=pl.UInt32),
    )

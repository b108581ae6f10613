"""Columns that name the document and line of what was mined, beside its hash."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

    from termbank.sources.collection import Document


def with_places(table: pl.DataFrame, documents: Iterable[Document]) -> pl.DataFrame:
    """Return mentions or candidates with ``path`` and ``line`` (from 1).

    Of a mention they are its own, of a candidate those of its example. For office
    files a line is a paragraph, a cell or a line of a page.
    """
    import polars as pl

    of_mention = "start" in table.columns
    ids, starts = (
        ("doc_id", "start") if of_mention else ("example_doc", "example_start")
    )
    paths: dict[str, str] = {}
    ends: dict[str, list[int]] = {}
    for document in documents:
        paths.setdefault(document.doc_id, document.uri)
        ends.setdefault(document.doc_id, _line_ends(document.text))
    lines = [
        bisect_right(ends[doc_id], start) + 1
        for doc_id, start in table.select(ids, starts).iter_rows()
    ]
    return table.with_columns(
        pl.Series("path", [paths[doc_id] for doc_id in table[ids]], dtype=pl.String),
        pl.Series("line", lines, dtype=pl.UInt32),
    )


def _line_ends(text: str) -> list[int]:
    """Return where each line but the last ends, as the start of the next one."""
    ends, at = [], text.find("\n")
    while at >= 0:
        ends.append(at + 1)
        at = text.find("\n", at + 1)
    return ends

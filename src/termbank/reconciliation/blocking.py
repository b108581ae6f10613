"""Pairs worth comparing, out of all pairs of forms."""

from __future__ import annotations

from typing import Final

import polars as pl

from . import keys
from .names import name_of
from .relations import Relations

LARGEST_BLOCK: Final = 60


def candidate_pairs(forms: pl.DataFrame, relations: Relations) -> pl.DataFrame:
    """Return (left, right) row numbers, left < right, of forms in one language."""
    rows = (
        forms.select("lang", "form")
        .with_row_index("row")
        .with_columns(plain=keys.plain(pl.col("form")))
    )
    rows = rows.with_columns(
        fold=keys.folded(pl.col("plain")), bare=keys.without_no(pl.col("plain"))
    )
    blocks = [
        rows.select("lang", "row", key=pl.col(name))
        for name in ("plain", "fold", "bare")
    ]
    deleted = [
        (lang, row, fold[:i] + fold[i + 1 :])
        for lang, row, fold in rows.select("lang", "row", "fold").iter_rows()
        if len(fold) > 3
        for i in range(len(fold))
    ]
    blocks.append(
        pl.DataFrame(
            deleted,
            schema={"lang": pl.String, "row": pl.UInt32, "key": pl.String},
            orient="row",
        )
    )
    surnames = [
        (lang, row, "\0" + name.keys[-1])
        for lang, form, row in rows.select("lang", "form", "row").iter_rows()
        if len((name := name_of(form, relations)).keys) > 1
    ]
    blocks.append(
        pl.DataFrame(
            surnames,
            schema={"lang": pl.String, "row": pl.UInt32, "key": pl.String},
            orient="row",
        )
    )
    table = pl.concat(blocks).unique()
    table = table.filter(pl.len().over("lang", "key") <= LARGEST_BLOCK)
    return (
        table.join(table, on=["lang", "key"])
        .filter(pl.col("row") < pl.col("row_right"))
        .select(left="row", right="row_right")
        .unique()
        .sort("left", "right")
    )

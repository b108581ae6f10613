"""The combined score: how often a form stands alone, times its rarity elsewhere."""

from __future__ import annotations

import polars as pl


def termhood(counts: pl.DataFrame) -> pl.Series:
    """Return the combined termhood of each form."""
    idf = (pl.col("collection") / pl.col("documents")).log() + 1
    score = (pl.col("alone") + 1).log() * idf * (pl.col("words") + 1).log(2)
    return counts.select(score.alias("termhood")).to_series()

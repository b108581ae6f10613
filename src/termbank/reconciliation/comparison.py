"""The verdict on pairs of forms, whole columns at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import polars as pl
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cpdist

from . import keys
from .names import name_of
from .relations import Relations, shipped

SAME_AT: Final = 85.0
ASK_AT: Final = 70.0
SHAPE: Final = {
    "similarity": pl.Float64,
    "relation": pl.String,
    "reasons": pl.List(pl.String),
    "verdict": pl.String,
}


def compare(left: Sequence[str | None], right: Sequence[str | None]) -> pl.DataFrame:
    """Judge pairs of forms: are they one word, one concept, or neither?"""
    if len(left) != len(right):
        raise ValueError(f"left has {len(left)} forms, right has {len(right)}")
    pairs = pl.DataFrame(
        {
            "left": pl.Series(left, dtype=pl.String),
            "right": pl.Series(right, dtype=pl.String),
        }
    )
    return judged(pairs, shipped())


def judged(pairs: pl.DataFrame, relations: Relations) -> pl.DataFrame:
    """Return similarity, relation, reasons and verdict for columns left and right."""
    frame = pairs.select("left", "right")
    for side in ("left", "right"):
        frame = frame.with_columns(keys.plain(pl.col(side)).alias(f"{side}_plain"))
        frame = frame.with_columns(
            keys.folded(pl.col(f"{side}_plain")).alias(f"{side}_fold"),
            keys.without_no(pl.col(f"{side}_plain")).alias(f"{side}_no"),
        )
    close = cpdist(
        frame["left_fold"].to_list(),
        frame["right_fold"].to_list(),
        scorer=Levenshtein.normalized_similarity,
    )
    kana = r"^[ァ-ヺー・＝=゠ 　]+$"
    both_kana = pl.col("left").str.contains(kana) & pl.col("right").str.contains(kana)
    scored = frame.with_columns(
        close=pl.Series(close), part=_part_score(pairs, relations)
    ).with_columns(
        similarity=pl.when(pl.col("left_plain") == pl.col("right_plain"))
        .then(99.0)
        .when(pl.col("part") >= 0)
        .then(pl.col("part"))
        .when(pl.col("left_fold") == pl.col("right_fold"))
        .then(95.0)
        .when(pl.col("left_no") == pl.col("right_no"))
        .then(95.0)
        .when(both_kana)
        .then(pl.col("close") * 90)
        .otherwise(pl.col("close") * 60),
    )
    return scored.select(
        "similarity",
        relation=pl.when(pl.col("similarity") >= ASK_AT).then(pl.lit("spelling")),
        reasons=pl.lit(["edit"]),
        verdict=pl.when(pl.col("similarity") >= SAME_AT)
        .then(pl.lit("same"))
        .when(pl.col("similarity") >= ASK_AT)
        .then(pl.lit("ask"))
        .otherwise(pl.lit("different")),
    )


def _part_score(pairs: pl.DataFrame, relations: Relations) -> np.ndarray:
    out = np.full(pairs.height, -1.0)
    for at, (a, b) in enumerate(pairs.select("left", "right").iter_rows()):
        x, y = name_of(a, relations), name_of(b, relations)
        if len(x.keys) == len(y.keys) > 1:
            out[at] = 100 * min(
                Levenshtein.normalized_similarity(p, q)
                for p, q in zip(x.keys, y.keys, strict=True)
            )
    return out

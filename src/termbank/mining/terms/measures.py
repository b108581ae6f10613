"""Published measures of termhood over counted forms, one function each.

All take the frame of :func:`termbank.mining.terms.collection_counts.counted`: one row a form (and a
document, when counted by document) with the columns ``words`` (how many word parts),
``mentions``, ``alone`` (mentions that are a whole noun run), ``nested`` (mentions inside
a longer run), ``hosts`` (distinct longer runs), ``documents``, ``collection`` (documents
in all) and ``parts`` (the word parts).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence


def c_value(counts: pl.DataFrame) -> pl.Series:
    """Return the C-value of each form: long, frequent, and not only part of others.

    ``log2(words + 1) * (mentions - nested / hosts)``; the 1 is added so that single
    words do not fall to 0, as is usual since.

    Source:
        K. Frantzi, S. Ananiadou, H. Mima: Automatic recognition of multi-word terms:
        the C-value/NC-value method. IJDL 3 (2000), 115-130.
    """
    mean_nested = pl.col("nested") / pl.col("hosts").clip(lower_bound=1)
    formula = (pl.col("words") + 1).log(2) * (pl.col("mentions") - mean_nested)
    return counts.select(formula.clip(lower_bound=0.0).alias("c-value")).to_series()


def flr(counts: pl.DataFrame) -> pl.Series:
    """Return FLR of each form: how freely its parts make compounds, times frequency.

    ``alone * (prod (left + 1)(right + 1)) ** (1 / 2 words)``, where left and right
    count the words that stand beside a part in the compounds of the collection.

    Source:
        H. Nakagawa, T. Mori: Automatic term recognition based on statistics of compound
        nouns and their components. Terminology 9 (2003), 201-219.
    """
    parts = counts["parts"].to_list()
    left, right = _neighbours(parts, counts["alone"].to_list())
    scores = [_lr(row, left, right) for row in parts]
    return pl.Series("flr", scores, dtype=pl.Float64) * counts["alone"].cast(pl.Float64)


def _neighbours(
    parts: Sequence[Sequence[str]], alone: Sequence[int]
) -> tuple[dict[str, int], dict[str, int]]:
    left: dict[str, int] = {}
    right: dict[str, int] = {}
    for row, times in zip(parts, alone, strict=True):
        for before, after in itertools.pairwise(row):
            right[before] = right.get(before, 0) + times
            left[after] = left.get(after, 0) + times
    return left, right


def _lr(row: Sequence[str], left: dict[str, int], right: dict[str, int]) -> float:
    if not row:
        return 0.0
    logs = sum(
        np.log((left.get(part, 0) + 1) * (right.get(part, 0) + 1)) for part in row
    )
    return float(np.exp(logs / (2 * len(row))))


def tf_idf(counts: pl.DataFrame) -> pl.Series:
    """Return TF-IDF of each form: frequent here, in few documents of the collection.

    ``mentions * (ln(collection / documents) + 1)``; the 1 keeps a collection of one
    document from giving 0 throughout.

    Source:
        K. Sparck Jones: A statistical interpretation of term specificity and its
        application in retrieval. Journal of Documentation 28 (1972), 11-21.
    """
    idf = (pl.col("collection") / pl.col("documents")).log() + 1
    return counts.select((pl.col("mentions") * idf).alias("tf-idf")).to_series()

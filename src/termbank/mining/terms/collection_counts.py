"""Counts of forms in a collection: what all measures of termhood stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from termbank.mining.tokens.word_statistics import general
from termbank.tokenise import tokeniser

from .form_nesting import nesting
from .mention_evidence import (
    ALONE,
    BRACKETED,
    DEFINED,
    HEADING,
    NAMED,
    OPENING,
    PHRASE,
    QUOTED,
    TOPICAL,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DEEDS: Final = ("サ変可能", "サ変形状詞可能")
_WORD_COLUMNS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "parts": pl.List(pl.String),
    "quality": pl.Boolean,
    "deed": pl.Boolean,
}
_BITS: Final = {
    "alone": ALONE,
    "quoted": QUOTED,
    "heading": HEADING,
    "opening": OPENING,
    "topical": TOPICAL,
    "bracketed": BRACKETED,
    "phrase": PHRASE,
    "named": NAMED,
    "defined": DEFINED,
}


def count_forms(mentions: pl.DataFrame, *, by: str) -> pl.DataFrame:
    """Return one row a form (and document) with its counts.

    Args:
        mentions: Frame of schema ``Mentions``. Where ``evidence`` is null, a mention
            that no other one holds counts as standing alone.
        by: collection or document.

    Returns:
        Rows ordered by lang, norm (and doc_id), with the columns of ``Candidates`` and
        those that :mod:`termbank.mining.terms.measures` names.
    """
    table = _add_hosts(mentions)
    keys = ["lang", "norm"] + (["doc_id"] if by == "document" else [])
    rows = table.group_by(keys).agg(*_aggregates()).sort(keys)
    collection = pl.lit(mentions["doc_id"].n_unique(), pl.UInt32).alias("collection")
    if by == "document":
        spread = table.group_by("lang", "norm").agg(
            pl.col("doc_id").n_unique().alias("documents")
        )
        rows = rows.drop("documents").join(
            spread, on=["lang", "norm"], maintain_order="left"
        )
    rows = rows.with_columns(collection)
    rows = pl.concat([rows, _parts(rows["form"])], how="horizontal")
    return pl.concat([rows, nesting(rows)], how="horizontal")


def _aggregates() -> list[pl.Expr]:
    bits = [
        ((pl.col("evidence") & bit) != 0).sum().alias(name)
        for name, bit in _BITS.items()
    ]
    return [
        _commonest("surface").alias("form"),
        pl.col("reading").drop_nulls().mode().min().alias("reading"),
        _commonest("kind").alias("kind"),
        pl.len().cast(pl.UInt32).alias("mentions"),
        pl.col("doc_id").n_unique().cast(pl.UInt32).alias("documents"),
        pl.col("doc_id").first().alias("example_doc"),
        pl.col("start").first().alias("example_start"),
        pl.col("place").min().alias("place"),
        pl.col("host").drop_nulls().len().alias("nested"),
        pl.col("host").drop_nulls().n_unique().alias("hosts"),
        *bits,
    ]


def _commonest(column: str) -> pl.Expr:
    return pl.col(column).mode().cast(pl.String).min()


def _add_hosts(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return the mentions with ``host``: the norm of the longer run around each."""
    table = mentions.with_columns(
        pl.col("doc_id").rank("dense").alias("document"),
        pl.col("evidence").cast(pl.UInt32),
        (pl.col("start") / pl.col("end").max().over("doc_id")).alias("place"),
    ).sort("document", "start", "end", descending=[False, False, True])
    document = table["document"].to_numpy().astype(np.int64) << 32
    start, end = (
        document + table["start"].to_numpy(),
        document + table["end"].to_numpy(),
    )
    outer = _outermost(end)
    evidence = table["evidence"].to_numpy(allow_copy=True)
    stands = np.where(
        table["evidence"].is_null().to_numpy(), outer, _bit(evidence, ALONE)
    )
    hosts = np.flatnonzero(stands)
    hosts = hosts[_outermost(end[hosts])]
    at = np.searchsorted(start[hosts], start, side="right") - 1
    host = hosts[np.maximum(at, 0)] if len(hosts) else np.zeros(len(start), np.int64)
    inside = (
        (at >= 0) & (end[host] >= end) & ((start[host] != start) | (end[host] != end))
    )
    norms = table["norm"].gather(host)
    own_bits = pl.Series(np.where(stands, ALONE, 0), dtype=pl.UInt32)
    return table.with_columns(
        pl.when(pl.Series(inside)).then(norms).alias("host"),
        pl.col("evidence").fill_null(own_bits),
    )


def _outermost(ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which of some spans, ordered by start and falling end, no earlier one holds."""
    if not len(ends):
        return np.zeros(0, bool)
    reach = np.maximum.accumulate(ends)
    return np.append(True, ends[1:] > reach[:-1])


def _bit(evidence: NDArray[np.float64], bit: int) -> NDArray[np.bool_]:
    numbers = np.nan_to_num(evidence.astype(np.float64)).astype(np.uint32)
    has: NDArray[np.bool_] = (numbers & bit) != 0
    return has


def _is_quality(pos: tuple[str, ...]) -> bool:
    """Tell 重要 and 具体的: what a thing is like, not a thing."""
    return pos[0] == "形状詞" or pos[1] == "形状詞的" or pos[2] == "形状詞可能"


def _parts(forms: pl.Series) -> pl.DataFrame:
    """Return for each form its shortest words, and how rare they are in general.

    ``rarity`` is the mean over the words, in doublings of the frequency rank: 0 の,
    about 10 for 停戦 or 大統領, 19 for words that the table does not list. ``quality``
    tells adjectival forms, ``deed`` single words that make a verb with する.
    """
    words = tokeniser("sudachi", "A")
    distinct = forms.unique(maintain_order=True)
    cut = [list(words.tokens(form)) for form in distinct]
    flat = [token.normalised for tokens in cut for token in tokens]
    lengths = np.array([len(tokens) for tokens in cut], np.int64)
    sums = np.append(0.0, np.cumsum(general().doublings(flat)))
    ends = np.cumsum(lengths)
    rarity = (sums[ends] - sums[ends - lengths]) / np.maximum(lengths, 1)
    table = pl.DataFrame(
        {
            "form": distinct,
            "parts": [[token.surface for token in tokens] for tokens in cut],
            "words": lengths.astype(np.uint32),
            "rarity": rarity,
            "quality": [
                _is_quality(tokens[-1].pos) if tokens else False for tokens in cut
            ],
            "deed": [len(tokens) == 1 and tokens[0].pos[2] in _DEEDS for tokens in cut],
        },
        schema_overrides=_WORD_COLUMNS,
    )
    rows = forms.to_frame("form").join(
        table, on="form", how="left", maintain_order="left"
    )
    return rows.drop("form")

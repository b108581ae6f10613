"""Concepts and terms of plain groups, whole columns at once.

Nearly all groups of a large vocabulary are plain: spellings that the model joined, of
which neither the glossary, nor a person, nor a table says anything. :mod:`.concepts`
makes the rows of all others one by one, and says the same of these (a test).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from termbank.identifiers import concept_ids
from termbank.table_columns import KINDS

from .preferred_form import LOOKS_FIRST, ranks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.reconciliation.relations.link import Link

    from .constrained_clusters import Groups
    from .decisions import Decided

Rows = NDArray[np.int64]
PLAIN: Final = frozenset({"spelling", "synonym"})  # relations that the model gives
_TERM_TYPES: Final = {"spelling": "variant", "synonym": "full form"}
# Only a person approves a concept.
_PROPOSED: Final = pl.lit("proposed")


class Split(NamedTuple):
    """Groups that a mention stands in.

    Attributes:
        plain: Rows of the forms of plain groups, in order.
        others: All other groups, in order of their first form.
    """

    plain: Rows
    others: list[list[int]]


def split(
    forms: pl.DataFrame, groups: Groups, links: Sequence[Link], known: Decided
) -> Split:
    """Part the groups; those that no mention stands in drop out."""
    group = groups.numbers()
    mention_counts = np.bincount(
        group, weights=forms["mentions"].to_numpy(), minlength=forms.height
    )
    special = np.zeros(forms.height, bool)
    odd = [link for link in links if not _is_plain(link)]
    for rows in (
        forms["concept_id"].is_not_null().arg_true().to_numpy(),
        np.array([*known.status], np.int64),
        np.array([row for link in odd for row in link[:2]], np.int64),
    ):
        special[group[rows]] = True
    has_mentions = mention_counts[group] > 0
    first = np.flatnonzero(special & (mention_counts > 0)).tolist()
    return Split(
        np.flatnonzero(has_mentions & ~special[group]),
        [groups.members(row) for row in first],
    )


def one_by_one(forms: pl.DataFrame, groups: Groups) -> Split:
    """Part no group: all that a mention stands in are made one by one."""
    mentions = forms["mentions"].to_list()
    with_mentions = [
        group for group in groups.all() if any(mentions[row] for row in group)
    ]
    return Split(np.zeros(0, np.int64), with_mentions)


def _is_plain(link: Link) -> bool:
    return link.relation in PLAIN and link.lesser < 0 and not link.note


def plain_rows(
    forms: pl.DataFrame,
    groups: Groups,
    rows: Rows,
    links: Sequence[Link],
    profile: str,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return concepts and terms of plain groups, without what they leave empty.

    Args:
        forms: Frame of :mod:`.forms`.
        groups: Groups of its rows.
        rows: Those of plain groups.
        links: Final links.
        profile: How the preferred form is chosen.
    """
    mine = (
        forms[rows]
        .select("lang", "form", "kind", "reading", "mentions", "documents")
        .with_columns(
            pl.col("kind").cast(pl.Enum(KINDS)),
            row=rows,
            group=groups.numbers()[rows],
            asked=_asked_rows(links, forms.height)[rows],
        )
    )
    has_partners = mine["group"].is_duplicated()
    lone, several = mine.filter(~has_partners), mine.filter(has_partners)
    best = _preferred_form(several, profile)
    best_with_ids = best.with_columns(concept_id=_identifiers(best))
    alone = _alone(lone.with_columns(concept_id=_identifiers(lone)))
    relations = _relations_to_best(links, groups, best)
    return (
        pl.concat([alone[0], _concepts(several, best_with_ids)]),
        pl.concat([alone[1], _terms(several, best_with_ids, relations)]),
    )


def _alone(lone: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return concepts and terms of forms that nothing joins."""
    return (
        lone.select("concept_id", "kind", status=_PROPOSED),
        lone.select(
            "concept_id",
            "lang",
            "form",
            "reading",
            status=pl.lit("preferred"),
            term_type=pl.lit("full form"),
            relation=pl.lit(None, pl.String),
        ),
    )


def _preferred_form(several: pl.DataFrame, profile: str) -> pl.DataFrame:
    """Return group, lang, form and row of the preferred form of each group."""
    with_rank = several.with_columns(
        rank=pl.Series(ranks(several["form"].to_list(), profile), dtype=pl.Int64)
    )
    counts = [-pl.col("mentions").cast(pl.Int64), -pl.col("documents").cast(pl.Int64)]
    order = (
        [pl.col("rank"), *counts] if profile in LOOKS_FIRST else [*counts, pl.col("rank")]
    )  # fmt: skip
    return (
        with_rank.sort("group", *order, "form")
        .unique("group", keep="first", maintain_order=True)
        .select("group", "lang", "form", best="row")
    )


def _identifiers(best: pl.DataFrame) -> pl.Series:
    """Return the identifier of each preferred form, clashes not looked for."""
    ids = concept_ids(best["lang"].to_list(), best["form"].to_list())
    return pl.Series(ids, dtype=pl.String)


def _asked_rows(links: Sequence[Link], count: int) -> NDArray[np.bool_]:
    in_doubt = np.zeros(count, bool)
    rows = [row for link in links if link.verdict == "ask" for row in link[:2]]
    in_doubt[np.array(rows, np.int64)] = True
    return in_doubt


def _status(in_doubt: pl.Expr, otherwise: str) -> pl.Expr:
    return pl.when(in_doubt).then(pl.lit("proposed")).otherwise(pl.lit(otherwise))


def _concepts(several: pl.DataFrame, best_with_ids: pl.DataFrame) -> pl.DataFrame:
    """Return concepts; the kind is the one of most mentions, the earlier one on a tie."""
    kinds = several.group_by("group", "kind").agg(
        pl.col("mentions").cast(pl.Int64).sum()
    )
    return (
        kinds.sort("group", -pl.col("mentions"), "kind")
        .unique("group", keep="first", maintain_order=True)
        .join(best_with_ids, on="group")
        .select("concept_id", "kind", status=_PROPOSED)
    )


def _terms(
    several: pl.DataFrame, best_with_ids: pl.DataFrame, relations: pl.DataFrame
) -> pl.DataFrame:
    is_best = pl.col("row") == pl.col("best")
    relation = pl.col("relation").fill_null("spelling")
    return (
        several.join(best_with_ids.select("group", "best", "concept_id"), on="group")
        .join(relations, on="row", how="left")
        .select(
            "concept_id",
            "lang",
            "form",
            "reading",
            status=pl.when(is_best)
            .then(pl.lit("preferred"))
            .otherwise(_status(pl.col("asked"), "admitted")),
            term_type=pl.when(is_best)
            .then(pl.lit("full form"))
            .otherwise(relation.replace_strict(_TERM_TYPES, return_dtype=pl.String)),
            relation=pl.when(~is_best).then(relation),
        )
    )


def _relations_to_best(
    links: Sequence[Link], groups: Groups, best: pl.DataFrame
) -> pl.DataFrame:
    """Return row and relation of each form to the preferred one: direct, else strongest."""
    joining = [link for link in links if link.joins and _is_plain(link)]
    sides = pl.DataFrame(
        {
            "left": [link.left for link in joining],
            "right": [link.right for link in joining],
            "similarity": [link.similarity for link in joining],
            "relation": [link.relation for link in joining],
        },
        schema={
            "left": pl.Int64,
            "right": pl.Int64,
            "similarity": pl.Float64,
            "relation": pl.String,
        },
    )
    both = pl.concat(
        [
            sides.with_columns(row="left", other="right"),
            sides.with_columns(row="right", other="left"),
        ]
    )
    numbers = groups.numbers()
    return (
        both.with_columns(group=numbers[both["row"].to_numpy()])
        .join(best.select("group", "best"), on="group")
        .sort(
            "row", pl.col("other") != pl.col("best"), -pl.col("similarity"), "left", "right"
        )
        .unique("row", keep="first", maintain_order=True)
        .select("row", "relation")
    )  # fmt: skip

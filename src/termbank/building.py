"""The main job as one pure function: mentions in, the glossary they make out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from termbank.reconciliation.english_forms import with_english_forms
from termbank.reconciliation.review_selection import (
    TERMS_KEPT,
    worth_keeping,
    worth_reviewing,
)
from termbank.text.normalise import norm

from .reconciliation import reconcile

if TYPE_CHECKING:
    from .glossary import Glossary
    from .proposal import Proposal

__all__ = ["TERMS_KEPT", "Built", "build", "worth_keeping", "worth_reviewing"]


class Built(NamedTuple):
    """What the main job made.

    Attributes:
        glossary: Known concepts that the documents hold (all, with ``keep``), and the
            new ones, for review.
        proposal: Links with their verdicts, and the concepts and terms found.
        counts: Frame concept_id, mentions, documents: how often each concept was met.
    """

    glossary: Glossary
    proposal: Proposal
    counts: pl.DataFrame


def build(
    mentions: pl.DataFrame,
    known: Glossary,
    *,
    profile: str = "majority",
    terms: int = TERMS_KEPT,
    keep: bool = True,
) -> Built:
    """Reconcile mentions with a known glossary, and add what is new to it.

    Args:
        mentions: Frame of schema ``Mentions``; all names are used, and of the term
            candidates those that the glossary knows and the ``terms`` best.
        known: Its concepts, decisions and statuses stand.
        profile: How a new concept's preferred form is chosen.
        terms: How many new term candidates are taken, best first.
        keep: Whether concepts of ``known`` that no document holds stay.
    """
    selection = worth_reviewing(
        reconcile(mentions, known, profile=profile),
        worth_keeping(mentions, known, terms=terms),
    )
    proposal = with_english_forms(selection, known, mentions)
    glossary = known.apply(proposal)
    counts = _counts(mentions, proposal)
    if not keep:
        glossary = _only(glossary, counts["concept_id"])
    return Built(glossary, proposal, counts)


def _counts(mentions: pl.DataFrame, proposal: Proposal) -> pl.DataFrame:
    homes = proposal.terms.select(
        "concept_id", norm=_normalised_forms(proposal.terms["form"])
    )
    places = mentions.select("doc_id", "start", "end", "norm").unique()
    return (
        places.join(homes.unique(), on="norm")
        .group_by("concept_id")
        .agg(mentions=pl.len(), documents=pl.col("doc_id").n_unique())
        .sort("mentions", "concept_id", descending=[True, False])
    )


def _normalised_forms(forms: pl.Series) -> pl.Series:
    return pl.Series("norm", [norm(form) for form in forms], dtype=pl.String)


def _only(glossary: Glossary, concepts: pl.Series) -> Glossary:
    in_concepts = pl.col("concept_id").is_in(concepts.to_list())
    return type(glossary)(
        glossary.concepts.filter(in_concepts),
        glossary.definitions.filter(in_concepts),
        glossary.terms.filter(in_concepts),
        glossary.decisions,
    )

"""The main job as one pure function: mentions in, the glossary they make out."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.reconciliation.relations import relation_tables
from termbank.reconciliation.relations.personal_names import without_titles
from termbank.text.normalise import norm

from .mining import candidates
from .reconciliation import reconcile
from .schemas import Concepts, Links, Terms

if TYPE_CHECKING:
    from .glossary import Glossary
    from .proposal import Proposal

TERMS_KEPT: Final = 200  # best term candidates offered for review; names are all kept


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
    proposal = worth_reviewing(
        reconcile(mentions, known, profile=profile),
        worth_keeping(mentions, known, terms=terms),
    )
    glossary = _for_review(known.apply(proposal), known)
    counts = _counts(mentions, proposal)
    if not keep:
        glossary = _only(glossary, counts["concept_id"])
    return Built(glossary, proposal, counts)


def worth_keeping(mentions: pl.DataFrame, known: Glossary, *, terms: int) -> set[str]:
    """Return the norms of names, of known forms, and of the best new terms."""
    names = {*mentions.filter(pl.col("kind") != "term")["norm"]}
    ranked = candidates(mentions).filter(pl.col("kind") == "term")["norm"]
    tables = relation_tables.shipped()
    # プーチン大統領 is the name プーチン with its office, no term of its own.
    bare = (
        form
        for form in ranked
        if without_titles(form, tables, offices=True) not in names
    )
    forms = map(norm, known.terms["form"])
    return {*names, *forms, *islice(bare, terms)}


def worth_reviewing(proposal: Proposal, norms: set[str]) -> Proposal:
    """Return the concepts that have a form among ``norms``, with all their forms.

    A rare spelling of a frequent term ranks low by itself and comes in with it.
    """
    kept = pl.Series([norm(form) in norms for form in proposal.terms["form"]])
    homes = proposal.terms.filter(kept)["concept_id"].unique().to_list()
    met = pl.col("concept_id").is_in(homes)
    terms = proposal.terms.filter(met)
    forms = terms["form"].unique().to_list()
    linked = pl.col("left").is_in(forms) & pl.col("right").is_in(forms)
    return proposal._replace(
        links=Links.cast(proposal.links.filter(linked)),
        concepts=Concepts.cast(proposal.concepts.filter(met)),
        terms=Terms.cast(terms),
    )


def _counts(mentions: pl.DataFrame, proposal: Proposal) -> pl.DataFrame:
    homes = proposal.terms.select("concept_id", norm=_normed(proposal.terms["form"]))
    places = mentions.select("doc_id", "start", "end", "norm").unique()
    return (
        places.join(homes.unique(), on="norm")
        .group_by("concept_id")
        .agg(mentions=pl.len(), documents=pl.col("doc_id").n_unique())
        .sort("mentions", "concept_id", descending=[True, False])
    )


def _normed(forms: pl.Series) -> pl.Series:
    return pl.Series("norm", [norm(form) for form in forms], dtype=pl.String)


def _for_review(glossary: Glossary, known: Glossary) -> Glossary:
    """Return the glossary with every concept that ``known`` lacks marked as proposed."""
    new = ~pl.col("concept_id").is_in(known.concepts["concept_id"].to_list())
    status = pl.when(new).then(pl.lit("proposed")).otherwise(pl.col("status").cast(str))
    return type(glossary)(
        glossary.concepts.with_columns(status=status),
        glossary.definitions,
        glossary.terms,
        glossary.decisions,
    )


def _only(glossary: Glossary, concepts: pl.Series) -> Glossary:
    met = pl.col("concept_id").is_in(concepts.to_list())
    return type(glossary)(
        glossary.concepts.filter(met),
        glossary.definitions.filter(met),
        glossary.terms.filter(met),
        glossary.decisions,
    )

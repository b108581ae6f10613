"""Which concepts of a proposal are worth a person's time: names, known and best terms."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.mining import candidates
from termbank.proposal import MinedProposal, Proposal
from termbank.schemas import Concepts, Links, Terms
from termbank.text.normalise import norm

from .english_forms import parts_of_latin_names, with_english_forms
from .relations import relation_tables
from .relations.personal_names import without_titles

if TYPE_CHECKING:
    from .known_glossary import KnownGlossary

TERMS_KEPT: Final = 200  # best term candidates offered for review; names are all kept


def select(
    proposal: Proposal, known: KnownGlossary, *, terms: int = TERMS_KEPT
) -> Proposal:
    """Return what of a proposal a person should see; all of it where nothing ranks it.

    Args:
        proposal: From :func:`termbank.reconcile`.
        known: Glossary whose forms are kept whatever their rank.
        terms: How many new term candidates stay, best first.
    """
    if not isinstance(proposal, MinedProposal):
        return proposal
    norms = worth_keeping(proposal.mentions, known, terms=terms)
    selection = worth_reviewing(proposal, norms)
    return with_english_forms(selection, known, proposal.mentions)


def worth_keeping(
    mentions: pl.DataFrame, known: KnownGlossary, *, terms: int
) -> set[str]:
    """Return the norms of names, of known forms, and of the best new terms."""
    names = {*mentions.filter(pl.col("kind") != "term")["norm"]}
    ranking = candidates(mentions).filter(pl.col("kind") == "term")["norm"]
    parts = parts_of_latin_names(mentions)
    new_terms = [form for form in ranking if form not in parts]
    tables = relation_tables.shipped_relations()
    # プーチン大統領 is the name プーチン with its office, no term of its own.
    bare = (
        form
        for form in new_terms
        if without_titles(form, tables, offices=True) not in names
    )
    # A word of another language that happens to stand in a text is no known term of it.
    langs = mentions["lang"].unique()
    spoken = known.terms.filter(pl.col("lang").is_in(langs.implode()))
    forms = map(norm, spoken["form"])
    return {*names, *forms, *islice(bare, terms)}


def worth_reviewing(proposal: Proposal, norms: set[str]) -> Proposal:
    """Return the concepts that have a form among ``norms``, with all their forms.

    A rare spelling of a frequent term ranks low by itself and comes in with it.
    """
    has_norm = [norm(form) in norms for form in proposal.terms["form"]]
    mask = pl.Series(has_norm, dtype=pl.Boolean)
    homes = proposal.terms.filter(mask)["concept_id"].unique().to_list()
    in_homes = pl.col("concept_id").is_in(homes)
    terms = _without_titled_forms(proposal.terms.filter(in_homes))
    forms = terms["form"].unique().to_list()
    within = pl.col("left").is_in(forms) & pl.col("right").is_in(forms)
    return Proposal(
        links=Links.cast(proposal.links.filter(within)),
        concepts=Concepts.cast(proposal.concepts.filter(in_homes)),
        terms=Terms.cast(terms),
    )


def _without_titled_forms(terms: pl.DataFrame) -> pl.DataFrame:
    """Return terms without those that are another form of their concept with a title.

    プーチン氏 is how a text calls プーチン, and no spelling of the name.
    """
    tables = relation_tables.shipped_relations()
    keys = terms.select("concept_id", "lang", "form").rows()
    present = set(keys)
    is_titled = [
        (bare := without_titles(form, tables, offices=True)) != form
        and (concept, lang, bare) in present
        for concept, lang, form in keys
    ]
    return terms.filter(~pl.Series(is_titled, dtype=pl.Boolean))


def undecided(proposal: Proposal, decisions: pl.DataFrame) -> pl.DataFrame:
    """Return the links that ask a person and that nobody has decided about.

    Args:
        proposal: From :func:`termbank.reconcile`.
        decisions: Frame of schema ``Decisions``.
    """
    pairs = decisions.filter(pl.col("right") != "").select("left", "right").rows()
    decided_pairs = {frozenset(map(norm, pair)) for pair in pairs}
    open_links = proposal.links.filter(pl.col("verdict") == "ask")
    waits = [
        frozenset(map(norm, pair)) not in decided_pairs
        for pair in open_links.select("left", "right").iter_rows()
    ]
    return open_links.filter(pl.Series(waits, dtype=pl.Boolean))

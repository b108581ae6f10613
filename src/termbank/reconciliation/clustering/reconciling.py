"""From mentions or forms to a proposal: links, groups, concepts and terms."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl

from termbank.arguments import refuse_other_frames, require_texts
from termbank.errors import InputError
from termbank.messages import say
from termbank.proposal import MinedProposal, Proposal
from termbank.reconciliation.blocking.cannot_link import Apart
from termbank.reconciliation.features import form_table as distinct
from termbank.reconciliation.model.transitive_links import through_thirds
from termbank.reconciliation.relations import relation_tables
from termbank.reconciliation.relations.person_links import parts_of_one_name
from termbank.reconciliation.relations.relation_links import related_links, settle_links
from termbank.reconciliation.relations.spelling_links import spelling_links
from termbank.schemas import Links, check_frame

from .concept_rows import concepts_and_terms
from .constrained_clusters import Edge, Groups
from .decisions import Decided, decisions_about, refuse_contradictions
from .preferred_form import parse_profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    import dataframely as dy

    from termbank.reconciliation.known_glossary import KnownGlossary
    from termbank.reconciliation.relations.link import Link

_KNOWN = 1000.0  # what the glossary holds together comes before every similarity


def reconcile(
    mentions: pl.DataFrame | Iterable[str | None],
    glossary: KnownGlossary | None = None,
    *,
    profile: str = "majority",
    relations: Path | None = None,
) -> Proposal:
    """Join spellings of one word and names of one thing; ask where unsure.

    Args:
        mentions: Frame of schema ``Mentions``, or a plain sequence of forms, each
            counted once.
        glossary: Its concepts stay together, its decisions are obeyed, and its forms
            are met by those of the mentions; concepts that nothing meets are left out.
        profile: How the preferred form of a new concept is chosen: majority, kokuji,
            jis, jtf or authority:A,B (see :mod:`.canonical`).
        relations: Folder with a project's own relation tables, beside the shipped ones.

    Raises:
        SchemaError: ``mentions`` does not follow ``Mentions``.
        GlossaryError: Decisions contradict each other.
        ConfigError: No such profile.

    The answer depends neither on the order of the mentions nor on earlier runs.

    >>> reconcile(["ルーク・コーフィー", "ルーク・コフィー", "キース・ケロッグ"]).links.select(
    ...     "left", "right", "verdict").rows()
    [('ルーク・コフィー', 'ルーク・コーフィー', 'same')]
    """
    right = say(
        'MENTIONS のフレームか、語形の並び ["キーウ", …]',
        'a frame MENTIONS, or forms ["キーウ", …]',
    )
    refuse_other_frames("mentions", mentions, right)
    if not isinstance(mentions, pl.DataFrame):
        require_texts("mentions", mentions, empty=True, example=right)
    if glossary is not None and not hasattr(glossary, "decisions"):
        right = say(
            "Glossary か None。Glossary.read(パス)",
            "a Glossary or None; Glossary.read(path)",
        )
        raise InputError(
            "glossary", f"{type(glossary).__name__} {glossary!r}"[:80], right
        )
    parse_profile(profile)
    with _collector_at_rest():
        return _propose(mentions, glossary, profile, relations)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the cycle collector from looking at every link again and again.

    Links are a hundred thousand tuples that live to the end and hold no cycles; a tenth
    of the time went into proving it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _propose(
    mentions: pl.DataFrame | Iterable[str | None],
    glossary: KnownGlossary | None,
    profile: str,
    relations: Path | None,
) -> Proposal:
    tables = (
        relation_tables.load(relations)
        if relations
        else relation_tables.shipped_relations()
    )
    if isinstance(mentions, pl.DataFrame):
        mention_frame, new = mentions, distinct.of_mentions(mentions)
    else:
        mention_frame, new = None, distinct.of_sequence(mentions)
    forms = distinct.with_glossary(new, glossary)
    decisions = decisions_about(None if glossary is None else glossary.decisions, forms)
    by_writing = spelling_links(forms)
    work = _Work(forms, decisions, Apart(forms, decisions, tables, by_writing.alike))
    # Only surnames, which need mentions, ask what spelling alone puts into one group.
    by_spelling = None if mention_frame is None else _group(work, by_writing.links)
    relation_list = [
        *related_links(forms, mention_frame, tables, by_spelling),
        *parts_of_one_name(forms, by_writing.links),
    ]
    groups = by_spelling
    if groups is None or any(link.joins for link in relation_list):
        groups = _group(work, [*by_writing.links, *relation_list])
    refuse_contradictions(groups, decisions, forms)
    spelled_too = through_thirds(by_writing.links, work.apart)
    final = settle_links([*spelled_too, *relation_list], groups, decisions)
    concepts, terms = concepts_and_terms(
        forms, groups, final, decisions, glossary, profile
    )
    links_frame = _link_frame(forms, final)
    if mention_frame is None:
        return Proposal(links_frame, concepts, terms)
    with_mentions = MinedProposal(links_frame, concepts, terms)
    with_mentions.mentions = mention_frame
    return with_mentions


class _Work(NamedTuple):
    """What every step looks at."""

    forms: pl.DataFrame
    known: Decided
    apart: Apart


def _group(work: _Work, links: list[Link]) -> Groups:
    groups = Groups(work.forms.height, apart=work.apart)
    by_people = [Edge(0.0, low, high) for low, high in sorted(work.known.same)]
    groups.join(by_people, whatever=True)
    edges = [Edge(_KNOWN, low, high) for low, high in _held_together(work.forms)]
    edges += [
        Edge(link.similarity, link.left, link.right) for link in links if link.joins
    ]
    groups.join(edges)
    return groups


def _held_together(forms: pl.DataFrame) -> list[tuple[int, int]]:
    rows = forms.with_row_index("row").filter(pl.col("concept_id").is_not_null())
    firsts = pl.col("row").first().over("concept_id")
    return (
        rows.select(low=firsts, high="row")
        .filter(pl.col("low") < pl.col("high"))
        .rows()
    )


_LINK_TYPES = {name: column.dtype for name, column in Links.columns().items()}


def _link_frame(forms: pl.DataFrame, links: list[Link]) -> dy.DataFrame[Links]:
    rows = np.array([link[:2] for link in links], np.int64).reshape(-1, 2)
    ours, theirs = (forms["form"].gather(side) for side in rows.T)
    in_reverse = ours > theirs  # rows go by language first
    columns = {
        "left": theirs.zip_with(in_reverse, ours),
        "right": ours.zip_with(in_reverse, theirs),
        "similarity": [link.similarity for link in links],
        "reasons": _reasons(links),
        "relation": [link.relation for link in links],
        "verdict": [link.verdict for link in links],
        "by": [link.by for link in links],
    }
    frame = pl.DataFrame(columns, schema=_LINK_TYPES)
    best = frame.sort("left", "right", "similarity", descending=[False, False, True])
    # One form in two languages may meet another twice; the frame is keyed by form alone.
    return check_frame(
        Links,
        best.unique(["left", "right"], keep="first", maintain_order=True),
        "links",
    )


def _reasons(links: list[Link]) -> pl.Series:
    """Return the column of reasons: few differ, and lists are dear to make."""
    numbers: dict[tuple[str, ...], int] = {}
    places = [numbers.setdefault(link.reasons, len(numbers)) for link in links]
    distinct_ones = pl.Series(list(map(list, numbers)), dtype=_LINK_TYPES["reasons"])
    return distinct_ones.gather(places)


def spelled_groups(forms: pl.Series) -> list[list[int]]:
    """Return groups of two and more forms that are spellings of one word.

    Args:
        forms: Distinct forms, sorted.
    """
    frame = distinct.of_sequence(forms)
    by_writing = spelling_links(frame)
    none = decisions_about(None, frame)
    apart = Apart(frame, none, relation_tables.shipped_relations(), by_writing.alike)
    work = _Work(frame, none, apart)
    return _group(work, by_writing.links).larger(1)

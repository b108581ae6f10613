"""Groups of forms as rows of concepts and terms."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from termbank.identifiers import concept_id
from termbank.schemas import Concepts, Terms, check_frame
from termbank.table_columns import KINDS

from .bulk_concepts import one_by_one, plain_rows, split
from .preferred_form import Choice, choose_preferred

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    import dataframely as dy

    from termbank.reconciliation.known_glossary import KnownGlossary
    from termbank.reconciliation.relations.link import Link

    from .constrained_clusters import Groups
    from .decisions import Decided

Row = dict[str, Any]
_TERM_TYPES = {
    "acronym": "acronym",
    "abbreviation": "abbreviation",
    "short-name": "short form",
    "spelling": "variant",
    "renamed": "variant",
    "synonym": "full form",
}


class _Context(NamedTuple):
    forms: dict[int, Row]
    links: dict[int, list[Link]]
    known: Decided
    terms: dict[tuple[str, str, str], Row]
    profile: str


def concepts_and_terms(
    forms: pl.DataFrame,
    groups: Groups,
    links: Sequence[Link],
    known: Decided,
    glossary: KnownGlossary | None,
    profile: str,
) -> tuple[dy.DataFrame[Concepts], dy.DataFrame[Terms]]:
    """Return one concept a group that a mention stands in, and its forms.

    Args:
        forms: Frame of :mod:`.forms`.
        groups: Groups of its rows.
        links: Final links, for the relation of each form to the preferred one.
        known: Decisions: a person's status stands above all.
        glossary: Its concepts and terms are handed on as they are.
        profile: How the preferred form of a new concept is chosen.
    """
    parts = split(forms, groups, links, known)
    old = [] if glossary is None else glossary.concepts["concept_id"].to_list()
    plain = plain_rows(forms, groups, parts.plain, links, profile)
    used_ids = {*old, *plain[0]["concept_id"]}
    if len(used_ids) < len(old) + plain[0].height:
        # Two concepts with one identifier, once in a thousand vocabularies of a million.
        parts = one_by_one(forms, groups)
        plain, used_ids = (plain[0][:0], plain[1][:0]), {*old}
    context = _context(forms, parts.others, links, known, glossary, profile)
    others = _rows(parts.others, context, glossary, used_ids)
    concepts = pl.concat([_frame(others[0], Concepts), _fill(plain[0], Concepts)])
    terms = pl.concat([_frame(others[1], Terms), _fill(plain[1], Terms)])
    return (
        check_frame(Concepts, concepts.sort("concept_id"), "concepts"),
        check_frame(Terms, terms.sort("concept_id", "lang", "form"), "terms"),
    )


def _context(
    forms: pl.DataFrame,
    others: list[list[int]],
    links: Sequence[Link],
    decisions: Decided,
    glossary: KnownGlossary | None,
    profile: str,
) -> _Context:
    rows = [row for group in others for row in group]
    forms_of_groups = dict(zip(rows, forms[rows].to_dicts(), strict=True))
    return _Context(
        forms_of_groups,
        _by_form(links, forms_of_groups),
        decisions,
        _term_rows(glossary),
        profile,
    )


def _rows(
    groups: list[list[int]],
    context: _Context,
    glossary: KnownGlossary | None,
    used_ids: set[str],
) -> tuple[list[Row], list[Row]]:
    """Return rows of concepts and terms, group by group."""
    old = (
        {}
        if glossary is None
        else {row["concept_id"]: row for row in glossary.concepts.to_dicts()}
    )
    concepts: list[Row] = []
    terms: list[Row] = []
    for group in groups:
        best = _best(group, context)
        identifier = context.forms[best]["concept_id"] or _known_id(group, context)
        if identifier is None:
            identifier = concept_id(
                context.forms[best]["lang"], context.forms[best]["form"], used_ids
            )
            used_ids.add(identifier)
        concepts.append(old.get(identifier) or _concept(identifier, group, context))
        terms += [_term(identifier, row, best, context) for row in group]
    return concepts, terms


def _fill(frame: pl.DataFrame, schema: Any) -> pl.DataFrame:
    absent = [
        pl.lit(None).alias(name)
        for name in schema.columns()
        if name not in frame.columns
    ]
    return frame.with_columns(absent).select(
        pl.col(name).cast(column.dtype) for name, column in schema.columns().items()
    )


def _frame(rows: list[Row], schema: Any) -> pl.DataFrame:
    dtypes = {name: column.dtype for name, column in schema.columns().items()}
    return pl.DataFrame(rows, schema=dtypes, orient="row")


def _by_form(links: Sequence[Link], rows: Container[int]) -> dict[int, list[Link]]:
    by_form: dict[int, list[Link]] = {}
    for link in links:
        for row in (link.left, link.right):
            if row in rows:
                by_form.setdefault(row, []).append(link)
    return by_form


def _term_rows(glossary: KnownGlossary | None) -> dict[tuple[str, str, str], Row]:
    if glossary is None:
        return {}
    return {
        (row["concept_id"], row["lang"], row["form"]): row
        for row in glossary.terms.to_dicts()
    }


def _known_id(group: list[int], context: _Context) -> str | None:
    ids = [context.forms[row]["concept_id"] for row in group]
    return min((identifier for identifier in ids if identifier), default=None)


def _best(group: list[int], context: _Context) -> int:
    """Return the row of the preferred form: a person's, the glossary's, the profile's."""
    by_person = [row for row in group if context.known.status.get(row) == "preferred"]
    if by_person:
        return min(by_person)
    open_ = [row for row in group if row not in context.known.status] or group
    for row in open_:
        if _status_there(row, context) == "preferred":
            return row
    lesser = {
        link.lesser
        for row in group
        for link in context.links.get(row, ())
        if link.joins
    }
    choices = {}
    for row in open_:
        form = context.forms[row]
        choices[row] = Choice(
            form["form"],
            form["mentions"],
            form["documents"],
            row not in lesser,
            _source_there(row, context),
        )
    best = choose_preferred(list(choices.values()), profile=context.profile)
    return next(row for row, choice in choices.items() if choice == best)


def _status_there(row: int, context: _Context) -> str | None:
    form = context.forms[row]
    there = context.terms.get((form["concept_id"], form["lang"], form["form"]))
    return str(there["status"]) if there else None


def _source_there(row: int, context: _Context) -> str:
    form = context.forms[row]
    there = context.terms.get((form["concept_id"], form["lang"], form["form"]))
    return (there or {}).get("source") or ""


def _concept(identifier: str, group: list[int], context: _Context) -> Row:
    weights: Counter[str] = Counter()
    for row in group:
        weights[context.forms[row]["kind"]] += context.forms[row]["mentions"]
    kind = min(weights, key=lambda kind: (-weights[kind], KINDS.index(kind)))
    return {
        "concept_id": identifier,
        "kind": kind,
        "status": "proposed",  # only a person approves
        **dict.fromkeys(("domain", "since", "extra")),
    }


def _term(identifier: str, row: int, best: int, context: _Context) -> Row:
    form = context.forms[row]
    old = context.terms.get((form["concept_id"], form["lang"], form["form"]))
    relation, note = _relation(row, best, context)
    new_values: Row = {
        "lang": form["lang"],
        "form": form["form"],
        "reading": form["reading"],
        "status": _status(row, best, relation, context),
        "term_type": "full form"
        if row == best
        else _TERM_TYPES.get(relation or "", "variant"),
        "relation": None if row == best else relation,
        "until": date.fromisoformat(note) if note else None,
        "reason": None,
        **dict.fromkeys(
            ("part_of_speech", "context", "since", "source", "note", "extra")
        ),
    }
    term = {**new_values, **(old or {}), "concept_id": identifier}
    if row in context.known.status:
        term["status"] = context.known.status[row]
        term["reason"] = context.known.reason[row] or term["reason"]
    return term


def _status(row: int, best: int, relation: str | None, context: _Context) -> str:
    if row == best:
        return "preferred"
    if relation == "renamed" and any(
        link.lesser == row for link in context.links.get(row, ())
    ):
        return "deprecated"
    in_doubt = any(link.verdict == "ask" for link in context.links.get(row, ()))
    return "proposed" if in_doubt else "admitted"


def _relation(row: int, best: int, context: _Context) -> tuple[str | None, str]:
    """Return the relation of a form to the preferred one: direct, else its strongest."""
    mine = [link for link in context.links.get(row, ()) if link.joins]
    direct = [link for link in mine if best in (link.left, link.right)]
    strongest = max(
        direct or mine,
        key=lambda link: (link.similarity, -link.left, -link.right),
        default=None,
    )
    if strongest is None:
        return ("spelling", "") if row != best else (None, "")
    return strongest.relation, strongest.note if strongest.lesser == row else ""

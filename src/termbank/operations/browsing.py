"""Looking through a project's glossary: as one types, by filters, one concept in full."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.normalise import norm

from .evidence import Evidence, evidence_of
from .glossary_rows import (
    CONCEPT_STATUS,
    DOMAIN,
    FORM,
    KIND,
    LANG,
    NOTE,
    READING,
    STATUS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .glossary_rows import GlossaryRows
    from .project import Project
    from .row_changes import Row

MOST: Final = 5000  # concepts with one beginning; a longer text tells them apart
_FEW: Final = 5  # with fewer hits by beginning, similar spellings are looked for too
_SHORTEST_NEAR: Final = 2  # code points; one is like everything


class Filter(NamedTuple):
    """What a reader looks for; an empty text asks for nothing.

    Attributes:
        query: Kana, kanji, romaji or English, misspelt as it may be.
        kind: Of the concept.
        domain: Of the concept.
        status: preferred or proposed, of the concept.
        since: ISO date from which on the concept was changed.
    """

    query: str = ""
    kind: str = ""
    domain: str = ""
    status: str = ""
    since: str = ""


class Hit(NamedTuple):
    """One concept found.

    Attributes:
        concept: Identifier.
        lead: Leading Japanese form.
        others: Other Japanese forms.
        english: Usable English forms.
        kind: Of the concept.
        status: Of the concept.
    """

    concept: str
    lead: str
    others: tuple[str, ...]
    english: tuple[str, ...]
    kind: str
    status: str


class FormRow(NamedTuple):
    """One form of a concept.

    Attributes:
        lang: Its language.
        form: As it is written.
        reading: Katakana.
        status: Of the form.
        note: Remark.
        evidence: What the documents say.
    """

    lang: str
    form: str
    reading: str
    status: str
    note: str
    evidence: Evidence


class Event(NamedTuple):
    """Something that was done to a concept.

    Attributes:
        when: ISO time.
        who: By whom.
        what: In words.
    """

    when: str
    who: str
    what: str


class ConceptPage(NamedTuple):
    """One concept in full.

    Attributes:
        concept: Identifier.
        lead: Leading form.
        kind: Its kind.
        domain: Its subject field.
        status: preferred or proposed.
        definitions: By language.
        members: All forms.
        related: Concepts that share a part or a link.
        decisions: Rows of decisions about its forms.
        history: From git and from the journal, the newest first.
    """

    concept: str
    lead: str
    kind: str
    domain: str
    status: str
    definitions: dict[str, str]
    members: tuple[FormRow, ...]
    related: tuple[Hit, ...]
    decisions: tuple[Row, ...]
    history: tuple[Event, ...]


def search(
    project: Project, wanted: Filter, *, limit: int = 50
) -> tuple[list[Hit], int]:
    """Return the concepts that a query and filters meet, and how many there are.

    Forms and readings that begin with the query come first (5,000 at most); where these are few, those
    that hold it or are like it, and names that sound like letters.
    """
    rows = project.rows()
    changed = _changed_since(project, wanted.since) if wanted.since else None
    filtered = any(wanted[1:])
    found = _matches(rows, wanted.query, None if filtered else MOST)
    if filtered:
        found = [one for one in found if _fits(rows, one, wanted, changed)]
    return [hit_of(rows, concept) for concept in found[:limit]], len(found)


def hit_of(rows: GlossaryRows, concept: str) -> Hit:
    """Return a concept as a list shows it."""
    row = rows.tables["concepts"][(concept,)]
    lead = rows.lead(concept)
    japanese = [one[FORM] for one in rows.terms(concept, "ja") if one[FORM] != lead]
    english = [
        (one[STATUS] != "preferred", one[FORM])
        for one in rows.terms(concept, "en")
        if one[STATUS] in ("preferred", "admitted", "proposed")
    ]
    names = tuple(form for _, form in sorted(english)[:3])
    return Hit(
        concept, lead, tuple(japanese[:4]), names, row[KIND], row[CONCEPT_STATUS]
    )


def concept_page(project: Project, concept: str) -> ConceptPage | None:
    """Return one concept in full; None where there is none."""
    rows = project.rows()
    row = rows.tables["concepts"].get((concept,))
    if row is None:
        return None
    terms = sorted(
        rows.terms(concept),
        key=lambda one: (one[LANG] != "ja", one[LANG], one[STATUS] != "preferred"),
    )
    members = tuple(
        FormRow(
            *(one[LANG], one[FORM], one[READING], one[STATUS], one[NOTE]),
            evidence_of(project, one[LANG], one[FORM]),
        )
        for one in terms
    )
    decisions = {
        decision: None
        for one in terms
        for decision in rows.decisions(one[LANG], one[FORM])
    }
    return ConceptPage(
        *(concept, rows.lead(concept), row[KIND], row[DOMAIN], row[CONCEPT_STATUS]),
        rows.definitions(concept),
        members,
        tuple(hit_of(rows, one) for one in _related_concepts(project, rows, concept)),
        tuple(decisions),
        tuple(_history(project, concept)),
    )


def _matches(rows: GlossaryRows, query: str, most: int | None) -> list[str]:
    wanted = norm(query.strip())
    if not wanted:
        return [key[0] for key in sorted(rows.tables["concepts"])]
    index = rows.form_index()
    found = dict.fromkeys(islice(index.beginning(wanted), most))
    if len(wanted) >= _SHORTEST_NEAR:
        if len(found) < _FEW:
            found |= dict.fromkeys(index.holding(wanted))
        if len(found) < _FEW:
            found |= dict.fromkeys(index.alike(wanted))
        if len(found) < _FEW and wanted.isascii():
            found |= dict.fromkeys(index.heard(wanted))
    return [concept for concept in found if (concept,) in rows.tables["concepts"]]


def _fits(
    rows: GlossaryRows, concept: str, wanted: Filter, changed: set[str] | None
) -> bool:
    row = rows.tables["concepts"][(concept,)]
    return (
        (not wanted.kind or row[KIND] == wanted.kind)
        and (not wanted.domain or row[DOMAIN] == wanted.domain)
        and (
            not wanted.status
            or (row[CONCEPT_STATUS] == "proposed") == (wanted.status == "proposed")
        )
        and (changed is None or concept in changed)
    )


def _changed_since(project: Project, since: str) -> set[str]:
    return {
        row.key[0]
        for change in project.history(100_000)
        if change.by.when.date().isoformat() >= since
        for row in change.rows
        if row.table != "decisions"
    }


def _related_concepts(project: Project, rows: GlossaryRows, concept: str) -> list[str]:
    """Return concepts that a link of the last build ties to one, or that hold its name."""
    found: dict[str, None] = {}
    for row in rows.terms(concept):
        links = project.journal.read(
            "SELECT left, right FROM links WHERE left = ? OR right = ?",
            (row[FORM], row[FORM]),
        )
        for pair in links:
            for form in pair:
                found |= dict.fromkeys(rows.concepts(form, row[LANG]))
    lead = norm(rows.lead(concept))
    if len(lead) > 1:
        found |= dict.fromkeys(rows.form_index().holding(lead))
    found.pop(concept, None)
    return [one for one in found if (one,) in rows.tables["concepts"]][:12]


def _history(project: Project, concept: str) -> Iterator[Event]:
    events = [
        Event(
            change.by.when.isoformat(),
            change.by.who,
            f"{change.action}: {change.subject}"
            + (f" ({change.by.why})" if change.by.why else ""),
        )
        for change in project.journal.headlines(1000, holding=f'"{concept}"')
    ]
    events += _from_git(project, concept)
    yield from sorted(events, reverse=True)


def _from_git(project: Project, concept: str) -> list[Event]:
    """Return the commits that touched a row of a concept."""
    from termbank.isolation.git_commands import commits_with

    names = ("terms.csv", "concepts.csv", "definitions.csv")
    return [
        Event(*row) for row in commits_with(str(project.folder), f"^{concept},", names)
    ]

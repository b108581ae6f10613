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
    recent = _changed_since(project, wanted.since) if wanted.since else None
    has_filter = any(wanted[1:])
    matches = _matches(rows, wanted.query, None if has_filter else MOST)
    if has_filter:
        matches = [each for each in matches if _fits(rows, each, wanted, recent)]
    return [hit_of(rows, concept) for concept in matches[:limit]], len(matches)


def hit_of(rows: GlossaryRows, concept: str) -> Hit:
    """Return a concept as a list shows it."""
    row = rows.tables["concepts"][(concept,)]
    lead = rows.lead(concept)
    japanese = [term[FORM] for term in rows.terms(concept, "ja") if term[FORM] != lead]
    english = [
        (term[STATUS] != "preferred", term[FORM])
        for term in rows.terms(concept, "en")
        if term[STATUS] in ("preferred", "admitted", "proposed")
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
        key=lambda item: (item[LANG] != "ja", item[LANG], item[STATUS] != "preferred"),
    )
    members = tuple(
        FormRow(
            *(item[LANG], item[FORM], item[READING], item[STATUS], item[NOTE]),
            evidence_of(project, item[LANG], item[FORM]),
        )
        for item in terms
    )
    decisions = {
        decision: None
        for item in terms
        for decision in rows.decisions(item[LANG], item[FORM])
    }
    return ConceptPage(
        *(concept, rows.lead(concept), row[KIND], row[DOMAIN], row[CONCEPT_STATUS]),
        rows.definitions(concept),
        members,
        tuple(hit_of(rows, item) for item in _related_concepts(project, rows, concept)),
        tuple(decisions),
        tuple(_history(project, concept)),
    )


def _matches(rows: GlossaryRows, query: str, most: int | None) -> list[str]:
    query_key = norm(query.strip())
    if not query_key:
        return [key[0] for key in sorted(rows.tables["concepts"])]
    index = rows.form_index()
    concepts = dict.fromkeys(islice(index.beginning(query_key), most))
    if len(query_key) >= _SHORTEST_NEAR:
        if len(concepts) < _FEW:
            concepts |= dict.fromkeys(index.holding(query_key))
        if len(concepts) < _FEW:
            concepts |= dict.fromkeys(index.alike(query_key))
        if len(concepts) < _FEW and query_key.isascii():
            concepts |= dict.fromkeys(index.heard(query_key))
    return [concept for concept in concepts if (concept,) in rows.tables["concepts"]]


def _fits(
    rows: GlossaryRows, concept: str, conditions: Filter, recent: set[str] | None
) -> bool:
    row = rows.tables["concepts"][(concept,)]
    return (
        (not conditions.kind or row[KIND] == conditions.kind)
        and (not conditions.domain or row[DOMAIN] == conditions.domain)
        and (
            not conditions.status
            or (row[CONCEPT_STATUS] == "proposed") == (conditions.status == "proposed")
        )
        and (recent is None or concept in recent)
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
    concepts: dict[str, None] = {}
    for row in rows.terms(concept):
        links = project.journal.read(
            "SELECT left, right FROM links WHERE left = ? OR right = ?",
            (row[FORM], row[FORM]),
        )
        for pair in links:
            for form in pair:
                concepts |= dict.fromkeys(rows.concepts(form, row[LANG]))
    lead = norm(rows.lead(concept))
    if len(lead) > 1:
        concepts |= dict.fromkeys(rows.form_index().holding(lead))
    concepts.pop(concept, None)
    return [other for other in concepts if (other,) in rows.tables["concepts"]][:12]


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

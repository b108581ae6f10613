"""termbank's own table: one row a form, every field of a glossary in a column.

Fields of the concept stand in its first row; a row without a form carries what belongs
to a concept or a language as a whole. Nothing but decisions is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.formats.model.concept_records import (
    TERM_FIELDS,
    Concept,
    Definition,
    Losses,
    Term,
)
from termbank.formats.model.kept_fields import extra_of, extra_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

COLUMNS: Final = (
    *("concept_id", "kind", "domain", "lang", "form", "reading", "status"),
    *("term_type", "part_of_speech", "relation", "definition", "definition_source"),
    *("context", "since", "until", "reason", "source", "note", "extra"),
    *("concept_status", "concept_since", "concept_definition"),
    *("concept_definition_source", "concept_extra"),
)


def table(records: Iterable[Concept], losses: Losses) -> Iterator[list[str]]:
    """Yield the header, then the rows of all concepts, counting what they lose.

    A concept of several rows gets an identifier where it has none, so that its rows
    stay together.
    """
    yield list(COLUMNS)
    for number, record in enumerate(records, 1):
        count_losses(record, losses)
        record.id = record.id or f"termbank-{number}"
        yield from rows(record)


def rows(record: Concept) -> Iterator[list[str]]:
    """Yield the rows of one concept, its own fields in the first."""
    definitions = {each.lang: each for each in reversed(record.definitions)}
    whole = definitions.pop("und", None)
    first = True
    for lang, term in _lines(record, definitions):
        row = dict.fromkeys(COLUMNS, "")
        row.update(concept_id=record.id, kind=record.kind, domain=record.domain)
        row["lang"] = lang
        if term is not None:
            row["form"] = term.form
            row.update({name: getattr(term, name) for name in TERM_FIELDS})
            row["extra"] = extra_text(term.extra)
        meaning = definitions.pop(lang, None)
        if meaning is not None:
            row.update(definition=meaning.text, definition_source=meaning.source)
        if first:
            row.update(_own(record, whole))
        first = False
        yield list(row.values())


def _lines(
    record: Concept, definitions: dict[str, Definition]
) -> list[tuple[str, Term | None]]:
    lines: list[tuple[str, Term | None]] = [(term.lang, term) for term in record.terms]
    term_langs = {term.lang for term in record.terms}
    lines += [(lang, None) for lang in definitions if lang not in term_langs]
    return lines or [("", None)]


def _own(record: Concept, whole: Definition | None) -> dict[str, str]:
    return {
        "concept_status": record.status,
        "concept_since": record.since,
        "concept_definition": whole.text if whole else "",
        "concept_definition_source": whole.source if whole else "",
        "concept_extra": extra_text(record.extra),
    }


def count_losses(record: Concept, losses: Losses) -> None:
    """Count what the rows of a concept do not carry: second definitions."""
    langs: set[str] = set()
    for each in record.definitions:
        if each.lang in langs:
            losses.add("definitions.text", "a second definition in one language")
            if each.source:
                losses.add("definitions.source", "a second definition in one language")
        langs.add(each.lang)


def concepts(
    header: Sequence[str], lines: Iterable[tuple[int, Sequence[str]]]
) -> Iterator[Concept]:
    """Yield concepts from rows; rows with one identifier are one concept.

    Args:
        header: Names of the columns as :data:`COLUMNS` has them; others are kept.
        lines: Line number and cells of each row.
    """
    by_identifier: dict[str, Concept] = {}
    alone: list[Concept] = []
    for line, cells in lines:
        row = dict(zip(header, cells, strict=False))
        key = row.get("concept_id", "").strip()
        record = by_identifier.get(key) if key else None
        if record is None:
            record = Concept(key, line)
            alone.append(record)
            if key:
                by_identifier[key] = record
        _fill(record, row)
    yield from alone


def _fill(record: Concept, row: dict[str, str]) -> None:
    record.kind = record.kind or row.get("kind", "")
    record.domain = record.domain or row.get("domain", "")
    record.status = record.status or row.get("concept_status", "")
    record.since = record.since or row.get("concept_since", "")
    record.extra = record.extra or extra_of(row.get("concept_extra", ""))
    lang = row.get("lang", "")
    _define(record, "und", row, "concept_definition")
    _define(record, lang, row, "definition")
    form = row.get("form", "")
    others = {k: v for k, v in row.items() if k not in COLUMNS and v}
    if not form and (not lang or row.get("definition")):
        return
    term = Term(lang, form, extra_of(row.get("extra", "")))
    for name in TERM_FIELDS:
        setattr(term, name, row.get(name, ""))
    if others:
        term.extra = {**(term.extra or {}), "columns": others}
    record.terms.append(term)


def _define(record: Concept, lang: str, row: dict[str, str], name: str) -> None:
    text = row.get(name, "")
    if text and not any(each.lang == lang for each in record.definitions):
        source = row.get(f"{name}_source", "")
        record.definitions.append(Definition(lang, text, source))

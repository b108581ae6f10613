"""The terms of a glossary as plain rows, for what must start without Polars."""

from __future__ import annotations

import os

from termbank.records import NamedTuple

from .csv_tables import read_tables, without_terms

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .glossary import Glossary


class TermRow(NamedTuple):
    """One form of one concept; every field is a text, empty where nothing is known.

    Attributes:
        concept_id: Twelve hex digits.
        kind: person, place, organization, product, event or term.
        domain: Subject field of the concept.
        lang: BCP 47 tag of the form.
        form: As it should be written.
        reading: Katakana.
        status: preferred, admitted, deprecated, forbidden or proposed.
        relation: To the preferred form: spelling, short-name, renamed …
        since: ISO date from which the status holds.
        until: ISO date up to which it holds.
        reason: Why the status is what it is.
        note: Remark for translators.
        concept_status: As of a form; proposed until a person has approved the concept.
    """

    concept_id: str
    kind: str
    domain: str
    lang: str
    form: str
    reading: str
    status: str
    relation: str
    since: str
    until: str
    reason: str
    note: str
    concept_status: str = ""


def read_rows(folder: str) -> list[TermRow]:
    """Return the terms of a glossary folder, in the order of ``terms.csv``.

    Args:
        folder: Folder with ``terms.csv``; a concept that ``concepts.csv`` does not
            name (or all, where that file is absent) is of kind ``term``.

    Raises:
        FormatError: A file is broken; the error says where.
        InputError: ``folder`` is no glossary folder.
    """
    return _read(folder, ("concepts", "terms"))[0]


def read_rows_and_definitions(
    folder: str,
) -> tuple[list[TermRow], dict[tuple[str, str], str]]:
    """Return the terms and the definitions of a glossary folder, of one moment.

    Raises:
        FormatError: A file is broken; the error says where.
        InputError: ``folder`` is no glossary folder.
    """
    return _read(folder, ("concepts", "terms", "definitions"))


def _read(
    folder: str, names: tuple[str, ...]
) -> tuple[list[TermRow], dict[tuple[str, str], str]]:
    if not os.path.isfile(os.path.join(folder, "terms.csv")):
        raise without_terms(folder)
    tables = read_tables(folder, names)
    concepts = {row[0]: row for row in tables["concepts"]}
    rows = [_row(term, concepts) for term in tables["terms"]]
    return rows, _definitions(tables.get("definitions", []))


def definitions(folder: str) -> dict[tuple[str, str], str]:
    """Return the definitions of a glossary folder by concept and language.

    Raises:
        FormatError: ``definitions.csv`` is broken; the error says where.
    """
    return _definitions(read_tables(folder, ("definitions",))["definitions"])


def _definitions(rows: list[tuple[str, ...]]) -> dict[tuple[str, str], str]:
    return {(row[0], row[1]): row[2] for row in rows}


def rows_of(glossary: Glossary) -> list[TermRow]:
    """Return the terms of a glossary object as rows, in the order of its frame."""
    concepts = {row[0]: row for row in map(_texts, glossary.concepts.iter_rows())}
    return [_row(term, concepts) for term in map(_texts, glossary.terms.iter_rows())]


def _row(term: tuple[str, ...], concepts: dict[str, tuple[str, ...]]) -> TermRow:
    concept = concepts.get(term[0])
    kind, domain, concept_status = concept[1:4] if concept else ("term", "", "")
    identifier, lang, form, reading, status, _, _, relation, _, *rest = term
    since, until, reason, _, note, _ = rest
    return (
        TermRow(  # by place: by name takes four times as long, which a cold run feels
            identifier,
            kind,
            domain,
            lang,
            form,
            reading,
            status,
            relation,
            since,
            until,
            reason,
            note,
            concept_status,
        )
    )


def _texts(row: tuple[object, ...]) -> tuple[str, ...]:
    # str of a date is its ISO form.
    return tuple(["" if value is None else str(value) for value in row])

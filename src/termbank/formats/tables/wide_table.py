"""A table with one column a language: what people open in a spreadsheet.

Keeps: forms and their fields, definitions, domain, kind, identifier.
Drops: sources of definitions, what other formats carried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.formats.model.concept_records import TERM_FIELDS, Concept, Losses, Term
from termbank.formats.model.loss_count import Cell, count_lost

from .column_layouts import layout_of
from .record_reader import Meaning, group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_OWN = ("concept_id", "kind", "domain")


def rows(records: Iterable[Concept], losses: Losses) -> Iterator[list[str]]:
    """Yield the header, then the rows: as many a concept as its language with most forms.

    Columns are those that something stands in, so all concepts are held in memory.
    """
    all_records = list(records)
    header = _header(all_records)
    yield header
    meaning = Meaning(layout_of(header))
    for record in all_records:
        written = list(_rows(record, header))
        again = [meaning.record(0, cells) for cells in written]
        count_lost(record, group(again) if record.id else again, losses, _reason)
        yield from written


def _header(records: list[Concept]) -> list[str]:
    langs = dict.fromkeys(t.lang or "und" for record in records for t in record.terms)
    used = {
        (term.lang or "und", field)
        for record in records
        for term in record.terms
        for field in TERM_FIELDS
        if getattr(term, field)
    }
    defined_langs = {each.lang for record in records for each in record.definitions}
    header = [*_OWN, "concept_definition"] if "und" in defined_langs else [*_OWN]
    for lang in sorted(langs):
        header.append(lang)
        if lang in defined_langs:
            header.append(f"{lang} definition")
        header += [f"{lang} {field}" for field in TERM_FIELDS if (lang, field) in used]
    return header


def _rows(record: Concept, header: list[str]) -> Iterator[list[str]]:
    by_lang: dict[str, list[Term]] = {}
    for term in record.terms:
        by_lang.setdefault(term.lang or "und", []).append(term)
    meanings = {each.lang: each.text for each in reversed(record.definitions)}
    for number in range(max(map(len, by_lang.values()), default=1)):
        row = dict.fromkeys(header, "")
        row["concept_id"] = record.id
        if not number:
            row["kind"], row["domain"] = record.kind, record.domain
            row.update(_definitions(meanings, header))
        for lang, terms in by_lang.items():
            if number >= len(terms):
                continue
            row[lang] = terms[number].form
            for field in TERM_FIELDS:
                if value := getattr(terms[number], field):
                    row[f"{lang} {field}"] = value
        yield list(row.values())


def _definitions(meanings: dict[str, str], header: list[str]) -> dict[str, str]:
    columns = {f"{lang} definition": text for lang, text in meanings.items()}
    if "und" in meanings:
        columns["concept_definition"] = meanings["und"]
    return {name: text for name, text in columns.items() if name in header}


def _reason(_: str, __: Cell) -> str:
    return "no column in a wide table"

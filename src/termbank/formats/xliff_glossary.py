"""The glossary module of XLIFF 2: term, translations, definition in a unit.

Keeps: forms of two languages, definitions, sources.
Drops: other languages, statuses and all other fields.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from termbank.formats.model.concept_records import Concept, Definition, Losses, Term
from termbank.formats.model.loss_count import count_lost
from termbank.formats.xml.element_tree import attribute, clean_text, escape_text
from termbank.text.language_tags import answers

from .safe_files import replacing
from .xliff import elements, local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element


NAME: Final = "xliff-glossary"
SUFFIXES: Final = (".xlf",)
DROPS: Final = ("all languages but two", "statuses", "all fields but the source")
CHOSEN_BY_SUFFIX: Final = False
_XLIFF: Final = "urn:oasis:names:tc:xliff:document:2.0"
_MODULE: Final = "urn:oasis:names:tc:xliff:glossary:2.0"


def concepts(path: str) -> Iterator[Concept]:
    """Yield the glossary entries of all units, the term before its translations."""
    for element, tag, place in elements(path):
        if tag != "unit":
            continue
        for entry in element.iter(f"{{{_MODULE}}}glossEntry"):
            yield _entry(entry, place.source_lang, place.target_lang)


def _entry(entry: Element, source: str, target: str) -> Concept:
    record = Concept(entry.get("id", ""))
    for child in entry:
        tag, text = local(child), (child.text or "").strip()
        if tag == "definition":
            origin = child.get("source", "")
            record.definitions.append(Definition(source or "und", text, origin))
        elif tag in ("term", "translation"):
            term = Term(source if tag == "term" else target, text)
            term.source = child.get("source", "")
            record.terms.append(term)
    return record


def write_records(
    records: Iterable[Concept],
    path: str,
    *,
    source: str = "ja",
    target: str = "en",
    strict: bool = False,
    **_: Any,
) -> Losses:
    """Write the forms of two languages."""
    losses = Losses()
    with replacing(path) as file:
        langs = attribute("srcLang", source) + attribute("trgLang", target)
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write(
            f'<xliff version="2.0"{langs} xmlns="{_XLIFF}" xmlns:gls="{_MODULE}">\n'
        )
        file.write('<file id="f1">\n<unit id="u1">\n')
        begun = False
        for record in records:
            entries = list(_entries(record, source, target, losses))
            if entries and not begun:
                file.write("<gls:glossary>\n")
                begun = True
            file.writelines(entries)
        file.write("</gls:glossary>\n" if begun else "")
        file.write("<segment><source/></segment>\n</unit>\n</file>\n</xliff>\n")
        if strict:
            losses.refuse(path)
    return losses


def _entries(
    record: Concept, source: str, target: str, losses: Losses
) -> Iterator[str]:
    left = [t for t in record.terms if t.form and answers(t.lang, source)]
    right = [t for t in record.terms if t.form and answers(t.lang, target)]
    meaning = next((d for d in record.definitions if answers(d.lang, source)), None)
    carried_concept = Concept(record.id)
    for number, term in enumerate(left):
        first = number == 0
        terms = [term, *(right if first else [])]
        content = "".join(
            _element_of(t, "term" if t is term else "translation") for t in terms
        )
        carried_concept.terms += [_bare(each) for each in terms]
        if first and meaning:
            origin = (
                attribute("source", clean_text(meaning.source))
                if meaning.source
                else ""
            )
            text = escape_text(clean_text(meaning.text))
            content += f"<gls:definition{origin}>{text}</gls:definition>"
            carried_concept.definitions.append(meaning)
        # An entry has to say more than its term.
        if len(terms) > 1 or (first and meaning):
            yield f"<gls:glossEntry>{content}</gls:glossEntry>\n"
        else:
            carried_concept.terms.pop()
    count_lost(
        record, [carried_concept], losses, lambda *_: "no place in the glossary module"
    )


def _element_of(term: Term, tag: str) -> str:
    origin = attribute("source", clean_text(term.source)) if term.source else ""
    return f"<gls:{tag}{origin}>{escape_text(clean_text(term.form))}</gls:{tag}>"


def _bare(term: Term) -> Term:
    again = Term(term.lang, clean_text(term.form))
    again.source = clean_text(term.source)
    return again

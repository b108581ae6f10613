"""TMX 1.1 to 1.4b: translation memories, and glossaries as term pairs.

Keeps: pairs, languages, identifiers, dates, authors, project, neighbours; of a glossary
all fields, as properties that only termbank reads.
Drops: inline codes (their text is no translation), properties and notes of others.
"""

from __future__ import annotations

import os
import re
from typing import IO, TYPE_CHECKING, Any, Final
from xml.etree import ElementTree

from termbank.errors import FormatError
from termbank.formats.model.concept_records import (
    CONCEPT_FIELDS,
    TERM_FIELDS,
    Concept,
    Definition,
    Losses,
    Segment,
    Term,
)
from termbank.formats.model.kept_fields import extra_of, extra_text
from termbank.formats.model.language_check import refuse_impossible
from termbank.formats.xml.element_tree import XML_LANG, attribute, codes_in, escape_text
from termbank.formats.xml.subtree_reader import units_of_any_prefix
from termbank.formats.xml.target_edits import Document
from termbank.formats.xml.text_fields import language_tag, text_for_xml
from termbank.messages import say
from termbank.text.language_tags import answers
from termbank.version import __version__

from .safe_files import chunks, replacing
from .tmx_directions import source_variant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from termbank.formats.model.file_head import Head
    from termbank.formats.model.inspection_report import Inspection


NAME: Final = "tmx"
SUFFIXES: Final = (".tmx",)
DROPS: Final = ("inline codes", "other tools' properties and notes")
HOLDS: Final = "pairs"
HOLDS_MANY: Final = True
ROOTS: Final = ("tmx",)

_LANG: Final = "{" + XML_LANG
_PROP: Final = "termbank:"
# Properties in which tools name the project and the neighbours of a unit, the usual name
# of each field first.
_PROPS: Final = {
    "origin": "project x-project x-origin x-document file filename",
    "previous": "prev x-previous x-context-pre x-previous-source-text",
    "next": "next x-next x-context-post x-next-source-text",
    "client": "client x-client x-customer",
    "domain": "domain subject x-domain x-subject",
    "method": "method",
    "context": "x-context",
    "plural_of": "x-plural-of",
}
_FURTHER: Final = "further-form"  # of the concept in the unit before
_RETIRED: Final = ("deprecated", "forbidden")
# Which form of a language stands in the unit of its concept: the lowest.
_RANKS: Final = {"preferred": -2, "admitted": -1, "proposed": 1}
_FIELD_OF_PROP: Final = {
    name: (field, rank)
    for field, names in _PROPS.items()
    for rank, name in enumerate(names.split())
}
# Codes hold another format's markup; hi marks words of the text.
_CODES: Final = frozenset(("bpt", "ept", "ph", "it", "ut", "sub"))


def elements(path: str) -> Iterator[tuple[Element, str]]:
    """Yield ``header`` and ``tu`` elements with their local names.

    Raises:
        FormatError: The file is not well-formed or no TMX.
    """
    first = True
    for element, complete in units_of_any_prefix(path, ("tu", "header")):
        tag = element.tag.rpartition("}")[2]
        if first and tag != "tmx":
            expected = say("TMX ファイル (<tmx>)", "a TMX file (<tmx>)")
            raise FormatError(path, 1, f"<{tag}>", expected)
        if first:
            yield element, "tmx"
        first = False
        if complete:
            refuse_impossible(element.get("srclang", ""), path)
            yield element, tag


def holds_pairs(path: str, *, bare: bool = False) -> bool:
    """Say whether a file holds segments and no terms: termbank's glossaries say so.

    Args:
        path: TMX file.
        bare: Whether it is to become a file of pairs in any case.
    """
    return bare or f'"{_PROP}'.encode() not in next(chunks(path), b"")


def job(path: str, content: bytes | None = None) -> Document:
    """Return a file as units that can be edited in place.

    Args:
        path: The file.
        content: Its bytes where they are not those on the disk.
    """
    content = b"".join(chunks(path)) if content is None else content
    return Document(content, path=path, name=NAME)


def segments(
    path: str,
    *,
    source: str | None = None,
    target: str | None = None,
    pair: tuple[str, str] | None = None,
) -> Iterator[Segment]:
    """Yield one pair for each source and target variant of each unit.

    Args:
        path: TMX file.
        source: Language of the source text. Where absent, ``srclang`` of the unit, then
            that of the header, else the first variant.
        target: Language of the translation; all others where absent.
        pair: Two languages that are wanted: where a unit has both, its source is one of
            them, even if ``srclang`` names a third.
    """
    srclang = ""
    origin = os.path.basename(path)
    for element, tag in elements(path):
        if tag == "header":
            srclang = element.get("srclang", "")
        elif tag == "tu":
            langs = (source, element.get("srclang", ""), srclang)
            yield from _pairs(element, langs, target, pair, origin)


def _pairs(
    unit: Element,
    sources: tuple[str | None, str, str],
    target: str | None,
    pair: tuple[str, str] | None,
    origin: str,
) -> Iterator[Segment]:
    variants: list[tuple[str, Element, str, int]] = []
    props: list[tuple[str, str]] = []
    notes: list[str] = []
    for child in unit:
        kind = _LOCAL[child.tag]
        if kind == "tuv":
            variants += _variants(child)
        elif kind == "prop" and child.text:
            props.append((child.get("type", ""), child.text))
        elif kind == "note" and child.text:
            notes.append(child.text)
    if len(variants) < 2:
        yield from _sources_alone(unit, variants, origin)
        return
    index = source_variant(tuple([each[0] for each in variants]), *sources, pair)
    lang, first, text, lost = variants[index]
    for number, (other, node, translation, codes) in enumerate(variants):
        if number == index or (target and not answers(other, target)):
            continue
        segment = Segment(text, translation)
        segment.codes = lost + codes
        segment.source_lang, segment.target_lang = lang or None, other or None
        segment.segment_id, segment.origin = unit.get("tuid"), origin
        _date_and_sign(segment, node, unit)
        if notes:
            segment.note = "\n".join(notes)
        if props:
            _describe(segment, props)
        segment.unread += len(node) + len(first) - 2
        yield segment


def _sources_alone(
    unit: Element, variants: list[tuple[str, Element, str, int]], origin: str
) -> Iterator[Segment]:
    """Yield the one text of a unit without a translation."""
    for lang, _, text, codes in variants:
        alone = Segment(text, None)
        alone.source_lang, alone.codes = lang or None, codes
        alone.segment_id, alone.origin = unit.get("tuid"), origin
        yield alone


class _LocalNames(dict[str, str]):
    """The local name of an element, worked out once a tag."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition("}")[2]
        return name


_LOCAL: Final = _LocalNames()


def _is_seg(element: Element) -> bool:
    return _LOCAL[element.tag] == "seg"


def _variants(variant: Element) -> list[tuple[str, Element, str, int]]:
    lang = variant.get(_LANG) or variant.get("lang") or ""
    for seg in variant:
        if _LOCAL[seg.tag] == "seg":
            if len(seg):
                return [(lang, variant, text_of(seg), codes_in(seg, _CODES))]
            return [(lang, variant, seg.text or "", 0)]
    return []


def _date_and_sign(pair: Segment, variant: Element, unit: Element) -> None:
    own, of_unit = variant.get, unit.get
    pair.created = own("creationdate") or of_unit("creationdate")
    pair.changed = own("changedate") or of_unit("changedate") or pair.created
    maker = own("creationid") or of_unit("creationid")
    pair.author = own("changeid") or of_unit("changeid") or maker


def _describe(pair: Segment, props: list[tuple[str, str]]) -> None:
    """Fill the fields that properties name; of several names the usual one counts."""
    ranks: dict[str, int] = {}
    for name, value in props:
        meant = _FIELD_OF_PROP.get(name) or _FIELD_OF_PROP.get(name.casefold())
        if meant is None:
            pair.unread += 1
        elif meant[1] < ranks.get(meant[0], len(_FIELD_OF_PROP)):
            ranks[meant[0]] = meant[1]
            setattr(pair, meant[0], value)


def text_of(seg: Element) -> str:
    """Return the text of a segment without its inline codes."""
    if not len(seg):
        return seg.text or ""
    parts = [seg.text or ""]
    for child in seg:
        if child.tag.rpartition("}")[2] not in _CODES:
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def write_segments(
    pairs: Iterable[Segment], path: str, *, strict: bool = False
) -> Losses:
    """Write pairs as TMX 1.4b; a pair without translation is counted as lost."""
    losses = Losses()
    with replacing(path) as file:
        _head(file, "*all*")
        for pair in pairs:
            if pair.target is None:
                losses.add("segments.source", "no translation")
                continue
            _write_pair(file, pair, losses)
        file.write("</body>\n</tmx>\n")
        if strict:
            losses.refuse(path)
    return losses


def _head(file: IO[str], srclang: str) -> None:
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
    file.write(
        f'<header creationtool="termbank" creationtoolversion="{__version__}" '
        'segtype="sentence" o-tmf="termbank" adminlang="en" '
        f'srclang="{srclang}" datatype="plaintext"/>\n<body>\n'
    )


def _write_pair(file: IO[str], pair: Segment, losses: Losses) -> None:
    attributes = (
        attribute("tuid", text_for_xml(pair.segment_id, losses))
        if pair.segment_id
        else ""
    )
    attributes += attribute("srclang", language_tag(pair.source_lang))
    change_date = _compact(pair.changed)
    if pair.changed and not change_date:
        losses.add("segments.changed", "no date")
    attributes += attribute("changedate", change_date) if change_date else ""
    creation_date = _compact(pair.created)
    attributes += attribute("creationdate", creation_date) if creation_date else ""
    attributes += (
        attribute("changeid", text_for_xml(pair.author, losses)) if pair.author else ""
    )
    props = "".join(
        f'<prop type="{name}">{escape_text(text_for_xml(value, losses))}</prop>'
        for name, value in (
            ("project", pair.origin),
            ("prev", pair.previous),
            ("next", pair.next),
            ("client", pair.client),
            ("domain", pair.domain),
            ("method", pair.method),
            ("x-context", pair.context),
            ("x-plural-of", pair.plural_of),
        )
        if value
    )
    notes = "".join(
        f"<note>{escape_text(text_for_xml(line, losses))}</note>"
        for line in (pair.note.split("\n") if pair.note else ())
    )
    file.write(f"<tu{attributes}>{notes}{props}")
    for lang, text in (
        (pair.source_lang, pair.source),
        (pair.target_lang, pair.target or ""),
    ):
        _write_variant(file, lang, text, losses)
    file.write("</tu>\n")


def rewrite(path: str, target: str, **_: bool) -> Losses:
    """Write a TMX file as 1.4 with everything it holds, inline codes included.

    Older ways of saying the same are renewed: ``lang`` becomes ``xml:lang``, and the
    header gets the attributes that 1.4 asks for.
    """
    with replacing(target) as file:
        has_header = False
        for element, tag in elements(path):
            if tag == "tmx":
                continue
            if not has_header:
                file.write(
                    '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
                )
                file.write(_header_of(element if tag == "header" else None))
                has_header = True
            if tag == "tu":
                for variant in element:
                    lang = variant.get(_LANG) or variant.get("lang") or ""
                    refuse_impossible(lang, path)
                file.write(_renew(element))
        if not has_header:
            _head(file, "*all*")
        file.write("</body>\n</tmx>\n")
    return Losses()


_HEADER: Final = {
    "creationtool": "termbank",
    "creationtoolversion": __version__,
    "segtype": "sentence",
    "o-tmf": "termbank",
    "adminlang": "en",
    "srclang": "*all*",
    "datatype": "plaintext",
}


def _header_of(header: Element | None) -> str:
    own_attributes = {} if header is None else dict(header.items())
    attributes = "".join(
        attribute(k, v) for k, v in {**_HEADER, **own_attributes}.items()
    )
    inner = "" if header is None else "".join(map(_renew, header))
    return f"<header{attributes}>{inner}</header>\n<body>\n"


def _renew(element: Element) -> str:
    for each in element.iter():
        old = each.attrib.pop("lang", None)
        if old and each.get(_LANG) is None:
            each.set(_LANG, old)
        each.tag = each.tag.rpartition("}")[2]
    element.tail = "\n"
    return ElementTree.tostring(element, encoding="unicode")


def _compact(date: str | None) -> str:
    """Return a time as TMX writes it, YYYYMMDDTHHMMSSZ, empty where it is none."""
    if not date:
        return ""
    digits = re.sub(r"[-:]|\.\d+", "", date).replace(" ", "T")
    digits = re.sub(r"(Z|\+0000)?$", "Z", digits, count=1)
    return digits if re.fullmatch(r"\d{8}T\d{6}Z", digits) else ""


def concepts(path: str) -> Iterator[Concept]:
    """Yield one concept for each unit, its variants as forms.

    Units of further forms, as :func:`write_records` writes them, belong to the concept
    before them.
    """
    previous: Concept | None = None
    for element, tag in elements(path):
        if tag != "tu":
            continue
        record = _concept(element)
        if previous is not None and _is_further(element):
            previous.terms += record.terms[:1]
            previous.codes += record.codes
            continue
        if previous is not None:
            yield previous
        previous = record
    if previous is not None:
        yield previous


def _is_further(unit: Element) -> bool:
    return any(
        _LOCAL[child.tag] == "prop" and child.get("type") == _PROP + _FURTHER
        for child in unit
    )


def _concept(unit: Element) -> Concept:
    record = Concept(unit.get("tuid", ""))
    for child in unit:
        tag = child.tag.rpartition("}")[2]
        name, value = child.get("type", ""), child.text or ""
        if tag == "tuv":
            record.terms.append(_term(child))
            record.codes += sum(codes_in(seg, _CODES) for seg in child if _is_seg(seg))
        elif tag == "prop" and name.startswith(_PROP):
            _own_prop(record, name.removeprefix(_PROP), value)
    return record


def _own_prop(record: Concept, name: str, value: str) -> None:
    if name in CONCEPT_FIELDS:
        setattr(record, name, value)
    elif name == "extra":
        record.extra = extra_of(value)
    elif name.startswith("definition "):
        record.definitions.append(Definition(name.split(" ", 1)[1], value))
    elif name.startswith("source ") and record.definitions:
        record.definitions[-1].source = value


def _term(variant: Element) -> Term:
    term = Term(variant.get(_LANG) or variant.get("lang") or "", "")
    notes = []
    for child in variant:
        tag = child.tag.rpartition("}")[2]
        name = child.get("type", "").removeprefix(_PROP)
        if tag == "seg":
            term.form = text_of(child)
        elif tag == "note":
            notes.append(child.text or "")
        elif name in TERM_FIELDS and child.get("type", "").startswith(_PROP):
            setattr(term, name, child.text or "")
        elif child.get("type") == _PROP + "extra":
            term.extra = extra_of(child.text or "")
    term.note = "\n".join(notes)
    return term


def write_records(
    records: Iterable[Concept], path: str, *, strict: bool = False, **_: Any
) -> Losses:
    """Write concepts as TMX 1.4b, their fields as properties."""
    losses = Losses()
    with replacing(path) as file:
        _head(file, "*all*")
        for record in records:
            if record.terms:
                _write_concept(file, record, losses)
            else:
                losses.concept(record, "a concept without any term")
        file.write("</body>\n</tmx>\n")
        if strict:
            losses.refuse(path)
    return losses


def _write_concept(file: IO[str], record: Concept, losses: Losses) -> None:
    """Write a unit of the best forms, and one for each other form.

    Other tools read a unit as one text in several languages: of two variants in one
    language they take either, or the last. A form to avoid stands alone in its unit,
    so that no tool offers it as a translation.
    """
    usable = [term for term in record.terms if term.status not in _RETIRED]
    by_rank = sorted(usable, key=lambda term: _RANKS.get(term.status, 0))
    best = {term.lang: term for term in reversed(by_rank)}
    first = [term for term in usable if best[term.lang] is term] or record.terms[:1]
    file.write(f"<tu{_unit_id(record, 0, losses)}>")
    for name in CONCEPT_FIELDS:
        _prop(file, name, getattr(record, name), losses)
    _prop(file, "extra", extra_text(record.extra), losses)
    for each in record.definitions:
        _prop(file, f"definition {each.lang}", each.text, losses)
        _prop(file, f"source {each.lang}", each.source, losses)
    for term in first:
        _write_form(file, term, losses)
    file.write("</tu>\n")
    others = [t for t in record.terms if all(t is not chosen for chosen in first)]
    for number, term in enumerate(others, 2):
        file.write(f"<tu{_unit_id(record, number, losses)}>")
        _prop(file, _FURTHER, "yes", losses)
        _write_form(file, term, losses)
        partners = first if term.status not in _RETIRED else []
        for other in partners:
            if other.lang != term.lang:
                _write_variant(file, other.lang, other.form, losses)
        file.write("</tu>\n")


def _unit_id(record: Concept, number: int, losses: Losses) -> str:
    if not record.id:
        return ""
    own = f"{record.id}.{number}" if number else record.id
    return attribute("tuid", text_for_xml(own, losses))


def _write_form(file: IO[str], term: Term, losses: Losses) -> None:
    file.write(f"<tuv{attribute('xml:lang', language_tag(term.lang))}>")
    for line in term.note.split("\n") if term.note else ():
        file.write(f"<note>{escape_text(text_for_xml(line, losses))}</note>")
    for name in TERM_FIELDS:
        if name != "note":
            _prop(file, name, getattr(term, name), losses)
    _prop(file, "extra", extra_text(term.extra), losses)
    file.write(f"<seg>{escape_text(text_for_xml(term.form, losses))}</seg></tuv>")


def _write_variant(file: IO[str], lang: str | None, text: str, losses: Losses) -> None:
    seg = escape_text(text_for_xml(text, losses))
    file.write(
        f"<tuv{attribute('xml:lang', language_tag(lang))}><seg>{seg}</seg></tuv>"
    )


def _prop(file: IO[str], name: str, value: str, losses: Losses) -> None:
    if value:
        kind = attribute("type", _PROP + name)
        file.write(f"<prop{kind}>{escape_text(text_for_xml(value, losses))}</prop>")


def inspect(path: str) -> Inspection:
    """Return what a TMX file holds, reading all of it."""
    from .tmx_inspection import inspect_units

    return inspect_units(elements(path))


def recognise(head: Head) -> bool:
    """Whether the root element is one of this format."""
    return head.root in ROOTS

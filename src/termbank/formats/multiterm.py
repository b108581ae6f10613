"""MultiTerm XML (mtf), read.

Keeps: forms, languages, the entry number, and of the free fields those whose names are
known; all other fields as elements that TBX takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.model.concept_records import Concept, Definition, Term
from termbank.formats.tables.status_labels import status_of, term_type_of
from termbank.formats.xml.element_tree import Node, serialise
from termbank.formats.xml.subtree_reader import units
from termbank.messages import say
from termbank.text.language_syntax import canonical_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from termbank.formats.model.file_head import Head


NAME: Final = "multiterm"
SUFFIXES: Final = (".xml", ".mtf")
DROPS: Final = ("histories of entries", "system fields")
ROOTS: Final = ("mtf",)

# Names of fields in small letters; each term base chooses its own.
_TERM_FIELDS: Final = {
    **{"status": "status", "term status": "status", "usage status": "status"},
    **{
        "part of speech": "part_of_speech",
        "pos": "part_of_speech",
        "品詞": "part_of_speech",
    },
    **{"term type": "term_type", "type": "term_type", "category": "term_type"},
    **{"context": "context", "example": "context", "用例": "context"},
    **{"source": "source", "出典": "source", "reading": "reading", "読み": "reading"},
    **{"note": "note", "comment": "note", "備考": "note", "状態": "status"},
}
_DEFINED: Final = ("definition", "定義")
_SUBJECTS: Final = ("subject", "subject field", "domain", "分野")


def concepts(path: str) -> Iterator[Concept]:
    """Yield the entries of a MultiTerm export.

    Raises:
        FormatError: The file is not well-formed or no MultiTerm XML.
    """
    first = True
    for element, complete in units(path, ("conceptGrp",)):
        tag = _local(element)
        if first and tag != "mtf":
            expected = say("MultiTerm の書き出し (<mtf>)", "a MultiTerm export (<mtf>)")
            raise FormatError(path, 1, f"<{tag}>", expected)
        first = False
        if complete and tag == "conceptGrp":
            yield _concept(element)


def _concept(entry: Element) -> Concept:
    record = Concept()
    descriptions: list[str] = []
    for child in entry:
        tag = _local(child)
        if tag == "concept":
            record.id = (child.text or "").strip()
        elif tag == "languageGrp":
            _language(record, child)
        elif tag == "descripGrp":
            for name, text in _fields(child):
                if name.casefold() in _SUBJECTS and not record.domain:
                    record.domain = text
                elif name.casefold() in _DEFINED and not record.definitions:
                    record.definitions.append(Definition("und", text))
                else:
                    descriptions.append(_descrip(name, text))
    if descriptions:
        record.extra = {"kept": descriptions}
    return record


def _language(record: Concept, group: Element) -> None:
    lang = ""
    for child in group:
        tag = _local(child)
        if tag == "language":
            code = child.get("lang") or child.get("type") or ""
            lang = canonical_language(code)
        elif tag == "termGrp":
            record.terms.append(_term(child, lang))
        elif tag == "descripGrp":
            for name, text in _fields(child):
                if name.casefold() in _DEFINED:
                    record.definitions.append(Definition(lang, text))
                else:
                    descriptions = record.keep("lang").setdefault(lang, [])
                    descriptions.append(_descrip(name, text))


def _term(group: Element, lang: str) -> Term:
    term = Term(lang, "")
    descriptions: list[str] = []
    for child in group:
        tag = _local(child)
        if tag == "term":
            term.form = "".join(child.itertext()).strip()
        elif tag == "descripGrp":
            for name, text in _fields(child):
                if not _take(term, name, text):
                    descriptions.append(_descrip(name, text))
    if descriptions:
        term.extra = {**(term.extra or {}), "kept": descriptions}
    return term


def _take(term: Term, name: str, text: str) -> bool:
    field = _TERM_FIELDS.get(name.casefold(), "")
    if not field or getattr(term, field):
        return False
    if field == "status":
        term.status = status_of(text)
        term.extra = {"status": text}
    elif field == "term_type":
        term.term_type = term_type_of(text)
        return bool(term.term_type)
    else:
        setattr(term, field, text)
    return True


def _fields(group: Element) -> Iterator[tuple[str, str]]:
    for element in group.iter():
        if _local(element) == "descrip":
            text = "".join(element.itertext()).strip()
            if text:
                yield element.get("type", ""), text


def _descrip(name: str, text: str) -> str:
    node = Node("descrip", {"type": name or "field"})
    node.children.append(text)
    return serialise(node)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def recognise(head: Head) -> bool:
    """Whether the root element is one of this format."""
    return head.root in ROOTS

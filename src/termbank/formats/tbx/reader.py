"""Reading TBX in every version as records: v3 DCA and DCT, v2 (martif), legacy TBX-Min.

Elements are first given their names in v3 DCA, then taken apart; what no field takes is
kept as XML in ``extra`` and written back by :mod:`termbank.formats.tbx.writer`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.model.concept_records import Concept, Definition, Term
from termbank.formats.safe_files import mentions
from termbank.formats.xml.element_tree import XML_LANG, Names, Node, node_of, serialise
from termbank.formats.xml.subtree_reader import units
from termbank.messages import say

from .data_categories import CORE, NOTE_PREFIX
from .element_names import modern
from .kept_elements import decoded_id
from .term_section import (
    Labels,
    Taken,
    collapse_layout,
    is_plain,
    object_of,
    other_attributes,
    own_note,
    unwrap,
)
from .writer import Header

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

ENTRIES: Final = ("conceptEntry", "termEntry", "entry")
_HEADERS: Final = ("tbxHeader", "martifHeader", "header")
ROOTS: Final = ("tbx", "martif", "TBX")
_LANG: Final = "{" + XML_LANG
_ENTRY_TAGS: Final = frozenset(ENTRIES)
_LANGUAGE_TAGS: Final = frozenset(("langSec", "langSet", "langGroup"))
_TERM_TAGS: Final = frozenset(("termSec", "tig", "ntig", "termGroup"))


class Tbx:
    """A TBX file being read.

    Attributes:
        version: ``v3 dca``, ``v3 dct``, ``v2`` or ``min-legacy``; known once the first
            concept is out.
        header: What the file says about itself.
        namespaced: Whether the root element is in a namespace.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self.namespaced = False
        self.version = ""
        self.header = Header()
        self._names = Names((CORE,))
        self._known = Labels()
        self._back: dict[str, str] = {}
        self._ids: set[str] = set()

    def entries(self) -> Iterator[Element]:
        """Yield the entries as the file has them, names unchanged.

        Raises:
            FormatError: The file is not well-formed or no TBX.
        """
        first = True
        for element, complete in units(self._path, (*ENTRIES, *_HEADERS)):
            if first:
                self.namespaced = "}" in element.tag
                self._root(node_of(element, self._names, deep=False))
                first = False
            elif complete and self._names[element.tag] in _ENTRY_TAGS:
                yield element
            elif complete:
                self._read_header(self._node(element))

    def concepts(self) -> Iterator[Concept]:
        """Yield the concepts of the file in its order.

        Raises:
            FormatError: The file is not well-formed or no TBX.
        """
        self._back = _back_matter(self._path)
        for number, entry in enumerate(self.entries()):
            record = self._concept(entry)
            if self._back and number == 0:
                # What no concept refers to travels with the first, or it would be lost.
                record.keep("back").update(self._back)
            yield record

    def _root(self, node: Node) -> None:
        if node.tag not in ROOTS:
            expected = say(
                "TBX ファイル (<tbx> か <martif>)", "a TBX file (<tbx> or <martif>)"
            )
            raise FormatError(self._path, 1, f"<{node.tag}>", expected)
        style = node.attrs.get("style", "dca")
        versions = {"martif": "v2", "TBX": "min-legacy"}
        self.version = versions.get(node.tag, f"v3 {style}")
        self.header.lang = node.lang or "en"
        self.header.dialect = node.attrs.get("type", node.attrs.get("dialect", ""))

    def _node(self, element: Element) -> Node:
        return modern(node_of(element, self._names))

    def _read_header(self, node: Node) -> None:
        titles = [each for each in node.walk() if each.tag in ("title", "id")]
        if titles:
            self.header.title = collapse_layout(titles[0].text())
        descriptions = [
            collapse_layout(p.text())
            for desc in node.walk()
            if desc.tag in ("sourceDesc", "description")
            for p in (desc.elements() if desc.tag == "sourceDesc" else (desc,))
        ]
        self.header.sources = tuple(filter(None, descriptions)) or self.header.sources

    def _concept(self, entry: Element) -> Concept:
        record = Concept(self._identifier(entry.get("id", "")))
        names = self._names
        for child in entry:
            tag = names[child.tag]
            if tag in _LANGUAGE_TAGS:
                self._language(record, child)
            elif tag != "descrip" or not _plain_descrip(record, child, "und"):
                node = self._node(child)
                if not _concept_field(record, node):
                    _kept_keys(record).append(serialise(node))
        if self._back:
            self._link_back(record)
        return record

    def _language(self, record: Concept, section: Element) -> None:
        lang = section.get(_LANG, "").strip()
        names = self._names
        add = record.terms.append
        for child in section:
            tag = names[child.tag]
            if tag in _TERM_TAGS:
                term = self._bare_term(child, lang)
                if term is not None:
                    add(term)
                    continue
                section_terms = Taken(lang)
                self._term(section_terms, child)
                add(section_terms.finished())
                # A second <term> breaks the structure, but it is a term all the same.
                for form in section_terms.more:
                    add(Term(lang, form))
            elif tag != "descrip" or not _plain_descrip(record, child, lang):
                node = self._node(child)
                own = node.tag == "note" and own_note(node)[0] == "definition"
                if own and _own_concept(record, node):
                    continue
                if not _definition(record, node, lang):
                    record.keep("lang").setdefault(lang, []).append(serialise(node))

    def _bare_term(self, section: Element, lang: str) -> Term | None:
        """Return a term of the commonest shape, None where anything is out of it.

        That shape is a term without attributes, then notes and termNotes that fields
        stand for; most files hold little else, so it has a path of its own.
        """
        if section.keys():
            return None
        names, labels = self._names, self._known
        term: Term | None = None
        for child in section:
            tag, text = names[child.tag], child.text or ""
            if len(child):
                return None
            if tag == "termNote" and term is not None:
                attrs = child.attrib
                label = labels[attrs.get("type", ""), text]
                odd = len(attrs) > 1 or label.raw or not label.field
                if odd or getattr(term, label.field):
                    return None
                setattr(term, label.field, label.value)
            elif tag == "term" and term is None and not child.keys():
                term = Term(lang, collapse_layout(text))
            elif tag == "note" and term is not None and not (term.note or child.keys()):
                if text.startswith(NOTE_PREFIX):
                    return None
                term.note = unwrap(text)
            else:
                return None
        return term

    def _term(self, section_terms: Taken, section: Element) -> None:
        """Take a term apart; the commonest shapes are taken without building a Node."""
        if section.keys():
            section_terms.attrs["termSec"] = dict(section.items())
        names, labels = self._names, self._known
        for child in section:
            tag = names[child.tag]
            if tag == "termGrp":
                self._term(section_terms, child)
                continue
            if len(child) or not section_terms.plain(
                tag, child.attrib, child.text or "", labels
            ):
                section_terms.node(self._node(child))

    def _identifier(self, raw_id: str) -> str:
        raw_id = decoded_id(raw_id.strip())
        free, count = raw_id, 1
        # Two entries with one id are two concepts; neither may vanish into the other.
        while free and free in self._ids:
            count += 1
            free = f"{raw_id}_{count}"
        self._ids.add(free)
        return free

    def _link_back(self, record: Concept) -> None:
        text = json.dumps([record.extra, *(t.extra for t in record.terms)])
        linked_objects = {key: xml for key, xml in self._back.items() if key in text}
        if linked_objects:
            record.keep("back").update(linked_objects)


def _back_matter(path: str) -> dict[str, str]:
    """Return the objects at the end of a file by id, each with its section's type."""
    objects: dict[str, str] = {}
    section = ""
    if not mentions(path, "refObject"):
        return objects
    names = Names((CORE,))
    for element, complete in units(path, ("refObject", *ENTRIES)):
        tag = names[element.tag]
        if tag == "refObjectSec":
            section = element.get("type", "")
        elif complete and tag == "refObject":
            node = modern(node_of(element, names))
            node.attrs["section"] = section
            objects[node.attrs.get("id", f"refObject {len(objects)}")] = serialise(node)
    return objects


def _concept_field(record: Concept, node: Node) -> bool:
    if node.tag == "descrip" and node.attrs.get("type") == "subjectField":
        if record.domain or not is_plain(node):
            return False
        record.domain = unwrap(node.text())
        if len(node.attrs) > 1:
            record.keep("attr")["subjectField"] = other_attributes(node)
        return True
    if node.tag == "note":
        return _own_concept(record, node)
    return _definition(record, node, "und")


def _plain_descrip(record: Concept, element: Element, lang: str) -> bool:
    """Take a domain or definition that nothing is attached to."""
    if len(element) or len(element.attrib) != 1:
        return False
    name, text = element.get("type"), unwrap(element.text or "")
    if name == "subjectField" and lang == "und" and not record.domain:
        record.domain = text
        return True
    if name != "definition" or not text:
        return False
    if any(each.lang == lang for each in record.definitions):
        return False
    record.definitions.append(Definition(lang, text))
    return True


def _own_concept(record: Concept, node: Node) -> bool:
    name, value = own_note(node)
    if name in ("kind", "status", "since", "domain"):
        setattr(record, name, value)
    elif name == "definition" and (definition_parts := _strings(value)):
        record.definitions.append(Definition(*definition_parts))
    elif name == "kept":
        _kept_keys(record).append(value)
    elif name == "extra":
        record.extra = {**(record.extra or {}), **object_of(value)}
    else:
        return False
    return True


def _kept_keys(record: Concept) -> list[str]:
    record.extra = record.extra or {}
    leftovers: list[str] = record.extra.setdefault("kept", [])
    return leftovers


def _definition(record: Concept, node: Node, lang: str) -> bool:
    """Take a definition, alone or in a group with nothing but its source."""
    source = ""
    core: Node | None = node
    if node.tag == "descripGrp":
        core = node.find("descrip")
        others = [each for each in node.elements() if each is not core]
        if len(others) > 1 or node.attrs:
            return False
        for each in others:
            if each.tag != "admin" or each.attrs != {"type": "source"}:
                return False
            source = unwrap(each.text())
            if not is_plain(each):
                return False
    if core is None or core.tag != "descrip" or core.attrs.get("type") != "definition":
        return False
    if not is_plain(core) or (rest := other_attributes(core)).keys() - {"xml:lang"}:
        return _identify(record, node, core, lang)
    lang = rest.get("xml:lang", lang)
    return _add_definition(record, lang, core, source)


def _identify(record: Concept, node: Node, core: Node, lang: str) -> bool:
    # An id on the only definition is remembered; anything else is kept as it stands.
    attr = (record.extra or {}).get("attr", {})
    if node is not core or not is_plain(core) or "definition" in attr:
        return False
    rest = other_attributes(core)
    if not _add_definition(record, rest.pop("xml:lang", lang), core, ""):
        return False
    record.keep("attr")["definition"] = rest
    return True


def _add_definition(record: Concept, lang: str, core: Node, source: str) -> bool:
    text = unwrap(core.text())
    if not text or any(each.lang == lang for each in record.definitions):
        return False
    record.definitions.append(Definition(lang, text, source))
    return True


def _strings(text: str) -> list[str]:
    """Return the three texts that a definition is written as in smaller dialects."""
    try:
        value = json.loads(text)
    except ValueError:
        return []
    fits = isinstance(value, list) and len(value) == 3
    return value if fits and all(isinstance(each, str) for each in value) else []

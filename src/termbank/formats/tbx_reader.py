"""Reading TBX in every version as records: v3 DCA and DCT, v2 (martif), legacy TBX-Min.

Elements are first given their names in v3 DCA, then taken apart; what no field takes is
kept as XML in ``extra`` and written back by :mod:`termbank.formats.tbx_writer`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ..errors import FormatError
from .files import mentions
from .labels import pos_of, status_of, term_type_of
from .records import Concept, Definition, Term
from .tbx_categories import CATEGORIES, CORE, MODULE_OF, NOTE_PREFIX
from .tbx_writer import Header, decoded_id
from .xmlnodes import XML_LANG, Names, Node, node_of, serialised
from .xmlstream import units

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

ENTRIES: Final = ("conceptEntry", "termEntry", "entry")
_HEADERS: Final = ("tbxHeader", "martifHeader", "header")
ROOTS: Final = ("tbx", "martif", "TBX")
_RENAMED: Final = {
    "termEntry": "conceptEntry",
    "langSet": "langSec",
    "tig": "termSec",
    "ntig": "termSec",
    "entry": "conceptEntry",
    "langGroup": "langSec",
    "termGroup": "termSec",
}
# Legacy TBX-Min has an element for each category, and two that go by other names.
_LEGACY: Final = {
    "subjectField": "subjectField",
    "partOfSpeech": "partOfSpeech",
    "termStatus": "administrativeStatus",
    "customer": "customerSubset",
}
# In these, white space between elements is only layout.
_STRUCTURAL: Final = frozenset(
    (
        *("langSet", "langSec", "langGroup", "tig", "ntig", "termSec", "termGroup"),
        *("termGrp", "descripGrp", "adminGrp", "transacGrp", "termNoteGrp"),
        *("refObject", "itemSet", "itemGrp"),
    )
)
_COMPACT_DATE: Final = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z|[+-]\d\d:?\d\d)?)?"
)
_WRAPPED: Final = re.compile(r"[ \t]*[\r\n]+[ \t]+")
_OUTER: Final = re.compile(r"\A[ \t]*[\r\n]\s*|\s*[\r\n][ \t]*\Z")
_SPACES: Final = re.compile(r" *[\t\r\n][ \t\r\n]*")
_LANG: Final = "{" + XML_LANG
_ENTRY_TAGS: Final = frozenset(ENTRIES)
_LANGUAGE_TAGS: Final = frozenset(("langSec", "langSet", "langGroup"))
_TERM_TAGS: Final = frozenset(("termSec", "tig", "ntig", "termGroup"))
_LABELS: Final = 10_000  # a file repeats a few dozen; free texts must not pile up
_OWN_TERM: Final = (
    *("reading", "relation", "since", "until", "reason", "status"),
    *("part_of_speech", "term_type", "note", "context", "source"),
)


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
        self._known = _Labels()
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
        for entry in self.entries():
            yield self._concept(entry)

    def _root(self, node: Node) -> None:
        if node.tag not in ROOTS:
            expected = "a TBX file (<tbx> or <martif>)"
            raise FormatError(self._path, 1, f"<{node.tag}>", expected)
        style = node.attrs.get("style", "dca")
        named = {"martif": "v2", "TBX": "min-legacy"}
        self.version = named.get(node.tag, f"v3 {style}")
        self.header.lang = node.lang or "en"
        self.header.dialect = node.attrs.get("type", node.attrs.get("dialect", ""))

    def _node(self, element: Element) -> Node:
        return _modern(node_of(element, self._names))

    def _read_header(self, node: Node) -> None:
        titles = [each for each in node.walk() if each.tag in ("title", "id")]
        if titles:
            self.header.title = _collapsed(titles[0].text())
        said = [
            _collapsed(p.text())
            for desc in node.walk()
            if desc.tag in ("sourceDesc", "description")
            for p in (desc.elements() if desc.tag == "sourceDesc" else (desc,))
        ]
        self.header.sources = tuple(filter(None, said)) or self.header.sources

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
                    _kept(record).append(serialised(node))
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
                taken = _Taken(lang)
                self._term(taken, child)
                add(taken.finished())
                # A second <term> breaks the structure, but it is a term all the same.
                for form in taken.more:
                    add(Term(lang, form))
            elif tag != "descrip" or not _plain_descrip(record, child, lang):
                node = self._node(child)
                own = node.tag == "note" and _own(node)[0] == "definition"
                if own and _own_concept(record, node):
                    continue
                if not _definition(record, node, lang):
                    record.keep("lang").setdefault(lang, []).append(serialised(node))

    def _bare_term(self, section: Element, lang: str) -> Term | None:
        """Return a term of the commonest shape, None where anything is out of it.

        That shape is a term without attributes, then notes and termNotes that fields
        stand for; most files hold little else, so it has a path of its own.
        """
        if section.keys():
            return None
        names, known = self._names, self._known
        term: Term | None = None
        for child in section:
            tag, text = names[child.tag], child.text or ""
            if len(child):
                return None
            if tag == "termNote" and term is not None:
                attrs = child.attrib
                said = known[attrs.get("type", ""), text]
                odd = len(attrs) > 1 or said.raw or not said.field
                if odd or getattr(term, said.field):
                    return None
                setattr(term, said.field, said.value)
            elif tag == "term" and term is None and not child.keys():
                term = Term(lang, _collapsed(text))
            elif tag == "note" and term is not None and not (term.note or child.keys()):
                if text.startswith(NOTE_PREFIX):
                    return None
                term.note = unwrapped(text)
            else:
                return None
        return term

    def _term(self, taken: _Taken, section: Element) -> None:
        """Take a term apart; the commonest shapes are taken without building a Node."""
        if section.keys():
            taken.attrs["termSec"] = dict(section.items())
        names, known = self._names, self._known
        for child in section:
            tag = names[child.tag]
            if tag == "termGrp":
                self._term(taken, child)
                continue
            if len(child) or not taken.plain(
                tag, child.attrib, child.text or "", known
            ):
                taken.node(self._node(child))

    def _identifier(self, given: str) -> str:
        given = decoded_id(given.strip())
        free, count = given, 1
        # Two entries with one id are two concepts; neither may vanish into the other.
        while free and free in self._ids:
            count += 1
            free = f"{given}_{count}"
        self._ids.add(free)
        return free

    def _link_back(self, record: Concept) -> None:
        text = json.dumps([record.extra, *(t.extra for t in record.terms)])
        named = {key: xml for key, xml in self._back.items() if key in text}
        if named:
            record.keep("back").update(named)


def _back_matter(path: str) -> dict[str, str]:
    """Return the objects at the end of a file by id, each with its section's type."""
    found: dict[str, str] = {}
    section = ""
    if not mentions(path, "refObject"):
        return found
    names = Names((CORE,))
    for element, complete in units(path, ("refObject", *ENTRIES)):
        tag = names[element.tag]
        if tag == "refObjectSec":
            section = element.get("type", "")
        elif complete and tag == "refObject" and element.get("id"):
            node = _modern(node_of(element, names))
            node.attrs["section"] = section
            found[node.attrs["id"]] = serialised(node)
    return found


def _modern(node: Node) -> Node:
    """Return an element under its name in TBX v3, style DCA."""
    tag, children = node.tag, node.children
    if "}" in tag:
        space, _, name = tag.rpartition("}")
        entry = CATEGORIES.get(name)
        if entry is None or MODULE_OF.get(space) is None:
            return node
        return _category(node, entry.element, name)
    if tag in _LEGACY:
        name = _LEGACY[tag]
        return _category(node, CATEGORIES[name].element, name)
    if tag == "date":
        return _date(node)
    renamed = _RENAMED.get(tag)
    bare = not any(child.__class__ is Node for child in children)
    if renamed == "conceptEntry" or (renamed is None and bare):
        return node
    modern = Node(renamed or tag, node.attrs, node.line, node.column)
    for child in children:
        if isinstance(child, Node):
            modern.children.extend(_flattened(child))
        elif tag not in _STRUCTURAL or child.strip(" \t\r\n"):
            modern.children.append(child)
    return modern


def _flattened(child: Any) -> list[Node | str]:
    # v2 wraps a term and its notes in termGrp; v3 does not.
    if child.tag != "termGrp":
        return [_modern(child)]
    return [_modern(each) for each in child.elements()]


def _category(node: Node, element: str, name: str) -> Node:
    modern = Node(element, {**node.attrs, "type": name}, node.line, node.column)
    modern.children = node.children
    return modern


def _date(node: Node) -> Node:
    compact = _COMPACT_DATE.fullmatch(node.text().strip())
    if compact is None:
        return node
    year, month, day, hour, minute, second, zone = compact.groups()
    text = f"{year}-{month}-{day}"
    if hour:
        text += f"T{hour}:{minute}:{second}{zone or ''}"
    modern = Node("date", node.attrs, node.line, node.column)
    modern.children = [text]
    return modern


def _concept_field(record: Concept, node: Node) -> bool:
    if node.tag == "descrip" and node.attrs.get("type") == "subjectField":
        if record.domain or not _plain(node):
            return False
        record.domain = unwrapped(node.text())
        if len(node.attrs) > 1:
            record.keep("attr")["subjectField"] = _rest(node)
        return True
    if node.tag == "note":
        return _own_concept(record, node)
    return _definition(record, node, "und")


def _plain_descrip(record: Concept, element: Element, lang: str) -> bool:
    """Take a domain or definition that nothing is attached to."""
    if len(element) or len(element.attrib) != 1:
        return False
    name, text = element.get("type"), unwrapped(element.text or "")
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
    name, value = _own(node)
    if name in ("kind", "status", "since", "domain"):
        setattr(record, name, value)
    elif name == "definition" and (said := _strings(value)):
        record.definitions.append(Definition(*said))
    elif name == "kept":
        _kept(record).append(value)
    elif name == "extra":
        record.extra = {**(record.extra or {}), **_object(value)}
    else:
        return False
    return True


def _kept(record: Concept) -> list[str]:
    record.extra = record.extra or {}
    kept: list[str] = record.extra.setdefault("kept", [])
    return kept


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
            source = unwrapped(each.text())
            if not _plain(each):
                return False
    if core is None or core.tag != "descrip" or core.attrs.get("type") != "definition":
        return False
    if not _plain(core) or (rest := _rest(core)).keys() - {"xml:lang"}:
        return _identified(record, node, core, lang)
    lang = rest.get("xml:lang", lang)
    return _add_definition(record, lang, core, source)


def _identified(record: Concept, node: Node, core: Node, lang: str) -> bool:
    # An id on the only definition is remembered; anything else is kept as it stands.
    attr = (record.extra or {}).get("attr", {})
    if node is not core or not _plain(core) or "definition" in attr:
        return False
    rest = _rest(core)
    if not _add_definition(record, rest.pop("xml:lang", lang), core, ""):
        return False
    record.keep("attr")["definition"] = rest
    return True


def _add_definition(record: Concept, lang: str, core: Node, source: str) -> bool:
    text = unwrapped(core.text())
    if not text or any(each.lang == lang for each in record.definitions):
        return False
    record.definitions.append(Definition(lang, text, source))
    return True


class _Taken:
    """A term being put together from the elements of its section."""

    def __init__(self, lang: str) -> None:
        self.term = Term(lang, "")
        self.named = False
        self.extra: dict[str, Any] = {}
        self.attrs: dict[str, dict[str, str]] = {}
        self.kept: list[str] = []
        self.notes: list[str] = []
        self.more: list[str] = []

    def plain(self, tag: str, attrs: dict[str, str], text: str, known: _Labels) -> bool:
        """Take an element of the commonest shapes: text, at most a type."""
        if tag == "term" and not attrs and not self.named:
            self.named = True
            self.term.form = _collapsed(text)
            return True
        if tag == "note" and not attrs and not text.startswith(NOTE_PREFIX):
            self.notes.append(unwrapped(text))
            return True
        if tag == "termNote" and len(attrs) == 1:
            said = known[attrs.get("type", ""), text]
            if said.field and not getattr(self.term, said.field):
                setattr(self.term, said.field, said.value)
                if said.raw:
                    self.extra[said.raw] = said.label
                return True
        return False

    def field(self, tag: str, name: str, text: str) -> bool:
        """Take a data category that a field stands for; False where none does."""
        if tag == "termNote":
            said = _label(name, text)
            if not said.field or getattr(self.term, said.field):
                return False
            setattr(self.term, said.field, said.value)
            if said.raw:
                self.extra[said.raw] = said.label
            return True
        known = _FIELD_OF.get((tag, name))
        text = unwrapped(text)
        if known is None or not text or getattr(self.term, known):
            return False
        setattr(self.term, known, text)
        return True

    def node(self, node: Node) -> None:
        """Take any element of the section."""
        name = node.attrs.get("type", "")
        if node.tag == "term":
            if self.named:
                self.more.append(_collapsed(node.text()))
            else:
                self._form(node)
            self.named = True
        elif node.tag == "note" and not node.attrs and _plain(node):
            self._note(node)
        elif _plain(node) and self.field(node.tag, name, node.text()):
            rest = _rest(node)
            if rest:
                self.attrs[name] = rest
        else:
            self.kept.append(serialised(node))

    def _form(self, node: Node) -> None:
        self.term.form = _collapsed(node.text())
        if not _plain(node):
            inner = serialised(node).partition(">")[2]
            self.extra["markup"] = inner.removesuffix("</term>")
        if node.attrs:
            self.attrs["term"] = _rest(node)

    def _note(self, node: Node) -> None:
        name, value = _own(node)
        if name == "note":
            self.notes.append(value)
        elif name == "kept":
            self.kept.append(value)
        elif name == "extra":
            self.extra.update(_object(value))
        elif name in _OWN_TERM:
            setattr(self.term, name, value)
        else:
            self.notes.append(unwrapped(node.text()))

    def finished(self) -> Term:
        """Return the term with its notes and what was kept."""
        notes = self.notes
        if notes:
            self.term.note = "\n".join(notes)
        if self.kept:
            self.extra["kept"] = self.kept
        if self.attrs:
            self.extra["attr"] = self.attrs
        self.term.extra = self.extra or None
        return self.term


_FIELD_OF: Final = {
    ("descrip", "context"): "context",
    ("admin", "source"): "source",
    ("admin", "reading"): "reading",
}


class _Said(NamedTuple):
    """What a termNote says: a field and its value, and what else is remembered."""

    field: str
    value: str
    raw: str
    label: str


def _label(name: str, text: str) -> _Said:
    label = unwrapped(text).strip()
    if name == "administrativeStatus" and label:
        status = status_of(label)
        # Written back where it says more than our status does.
        more = status == "proposed" or label.casefold().startswith(
            ("obsol", "supersed")
        )
        return _Said("status", status, "status" if more else "", label)
    if name == "termType":
        kind = term_type_of(label)
        return _Said("term_type" if kind else "", kind, "", "")
    if name == "partOfSpeech" and label:
        return _Said(
            "part_of_speech", label, "" if pos_of(label) == label else "pos", label
        )
    return _Said("", "", "", "")


class _Labels(dict[tuple[str, str], _Said]):
    """What each termNote of a file says, worked out once a name and text."""

    def __missing__(self, key: tuple[str, str]) -> _Said:
        said = _label(*key)
        if len(self) < _LABELS:
            self[key] = said
        return said


def _own(node: Node) -> tuple[str, str]:
    """Return name and value of a note that termbank wrote for a field of its own."""
    text = unwrapped(node.text())
    if node.attrs or not text.startswith(NOTE_PREFIX):
        return "", ""
    name, separator, value = text.removeprefix(NOTE_PREFIX).partition(": ")
    return (name, value) if separator else ("", "")


def _strings(text: str) -> list[str]:
    """Return the three texts that a definition is written as in smaller dialects."""
    try:
        value = json.loads(text)
    except ValueError:
        return []
    fits = isinstance(value, list) and len(value) == 3
    return value if fits and all(isinstance(each, str) for each in value) else []


def _object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {"text": text}
    return value if isinstance(value, dict) else {"text": text}


def _plain(node: Node) -> bool:
    return not any(child.__class__ is Node for child in node.children)


def _rest(node: Node) -> dict[str, str]:
    return {
        "xml:lang" if name == XML_LANG else name: value
        for name, value in node.attrs.items()
        if name != "type"
    }


def _collapsed(text: str) -> str:
    if "\n" in text or "\t" in text or "\r" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def unwrapped(text: str) -> str:
    r"""Return text without the line breaks and indents of a pretty-printed file.

    >>> unwrapped("\n    one\n    two\n  "), unwrapped(" a\nb")
    ('one two', ' a\nb')
    """
    if "\n" not in text and "\r" not in text:
        return text
    return _WRAPPED.sub(" ", _OUTER.sub("", text))

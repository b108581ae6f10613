"""Reading TBX in every version as records: v3 DCA and DCT, v2 (martif), legacy TBX-Min.

Elements are first given their names in v3 DCA, then taken apart; what no field takes is
kept as XML in ``extra`` and written back by :mod:`termbank.formats.tbx_writer`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from ..errors import FormatError
from .files import mentions
from .labels import pos_of, status_of, term_type_of
from .records import Concept, Definition, Term
from .tbx_categories import CATEGORIES, CORE, MODULE_OF, NOTE_PREFIX
from .tbx_writer import Header, decoded_id
from .xmlstream import XML_LANG, Node, serialised, stream

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    "langSet langSec tig ntig termGrp termSec langGroup termGroup descripGrp adminGrp "
    "transacGrp termNoteGrp refObject itemSet itemGrp".split()
)
_COMPACT_DATE: Final = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z|[+-]\d\d:?\d\d)?)?"
)
_WRAPPED: Final = re.compile(r"[ \t]*[\r\n]+[ \t]+")
_OUTER: Final = re.compile(r"\A[ \t]*[\r\n]\s*|\s*[\r\n][ \t]*\Z")
_SPACES: Final = re.compile(r"[ \t\r\n]+")
_OWN_TERM: Final = (
    *("reading", "relation", "since", "until", "reason", "status"),
    *("part_of_speech", "term_type", "note"),
)


class Tbx:
    """A TBX file being read.

    Attributes:
        version: ``v3 dca``, ``v3 dct``, ``v2`` or ``min-legacy``; known once the first
            concept is out.
        header: What the file says about itself.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self.version = ""
        self.header = Header()
        self._back: dict[str, str] = {}
        self._ids: set[str] = set()

    def nodes(self, *, places: bool = False) -> Iterator[Node]:
        """Yield the entries as the file has them, names unchanged.

        Raises:
            FormatError: The file is not well-formed or no TBX.
        """
        wanted = (*ENTRIES, *_HEADERS)
        first = True
        for node, complete in stream(self._path, wanted, home=(CORE,), places=places):
            if first:
                self._root(node)
                first = False
            elif complete and node.tag in ENTRIES:
                yield node
            elif complete:
                self._read_header(node)

    def concepts(self) -> Iterator[Concept]:
        """Yield the concepts of the file in its order.

        Raises:
            FormatError: The file is not well-formed or no TBX.
        """
        self._back = _back_matter(self._path)
        for node in self.nodes():
            yield self._concept(node)

    def _root(self, node: Node) -> None:
        if node.tag not in ROOTS:
            expected = "a TBX file (<tbx> or <martif>)"
            raise FormatError(
                self._path, node.line, f"<{node.tag}>", expected, node.column
            )
        style = node.attrs.get("style", "dca")
        named = {"martif": "v2", "TBX": "min-legacy"}
        self.version = named.get(node.tag, f"v3 {style}")
        self.header.lang = node.lang or "en"
        self.header.dialect = node.attrs.get("type", node.attrs.get("dialect", ""))

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

    def _concept(self, entry: Node) -> Concept:
        record = Concept(self._identifier(entry), entry.line)
        kept: list[str] = []
        for node in map(_modern, entry.elements()):
            if node.tag == "langSec":
                self._language(record, node)
            elif not _concept_field(record, node):
                kept.append(serialised(node))
        if kept:
            _kept(record).extend(kept)
        self._link_back(record)
        return record

    def _identifier(self, entry: Node) -> str:
        given = decoded_id(entry.attrs.get("id", "").strip())
        free, count = given, 1
        # Two entries with one id are two concepts; neither may vanish into the other.
        while free and free in self._ids:
            count += 1
            free = f"{given}_{count}"
        self._ids.add(free)
        return free

    def _language(self, record: Concept, section: Node) -> None:
        lang = section.lang
        kept: list[str] = []
        for node in map(_modern, section.elements()):
            if node.tag == "termSec":
                record.terms.append(_term(node, lang))
                # A second <term> breaks the structure, but it is a term all the same.
                for more in [n for n in node.elements() if n.tag == "term"][1:]:
                    record.terms.append(Term(lang, _collapsed(more.text())))
            elif not _definition(record, node, lang):
                kept.append(serialised(node))
        if kept:
            record.keep("lang").setdefault(lang, []).extend(kept)

    def _link_back(self, record: Concept) -> None:
        if not self._back:
            return
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
    for node, complete in stream(path, ("refObject",), home=(CORE,)):
        if node.tag == "refObjectSec":
            section = node.attrs.get("type", "")
        elif complete and node.tag == "refObject" and "id" in node.attrs:
            key = node.attrs["id"]
            node.attrs["section"] = section
            found[key] = serialised(_modern(node))
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
        if child.__class__ is Node:
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


def _own_concept(record: Concept, node: Node) -> bool:
    name, value = _own(node)
    if name in ("kind", "status", "since"):
        setattr(record, name, value)
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


def _term(section: Node, lang: str) -> Term:
    term = Term(lang, "")
    extra: dict[str, Any] = {}
    attrs: dict[str, dict[str, str]] = {}
    kept: list[str] = []
    notes: list[str] = []
    named = False
    if section.attrs:
        attrs["termSec"] = dict(section.attrs)
    for node in section.elements():
        if node.tag == "term":
            if not named:
                _form(term, node, extra, attrs)
            named = True
        elif node.tag == "note" and not node.attrs and _plain(node):
            _note(term, node, notes, kept, extra)
        elif not _term_field(term, node, extra, attrs):
            kept.append(serialised(node))
    term.note = "\n".join(notes) if any(notes) or len(notes) > 1 else ""
    if kept:
        extra["kept"] = kept
    if attrs:
        extra["attr"] = attrs
    term.extra = extra or None
    return term


def _form(
    term: Term, node: Node, extra: dict[str, Any], attrs: dict[str, dict[str, str]]
) -> None:
    term.form = _collapsed(node.text())
    if any(child.__class__ is Node for child in node.children):
        inner = serialised(node).partition(">")[2]
        extra["markup"] = inner.removesuffix("</term>")
    if node.attrs:
        attrs["term"] = _rest(node)


def _note(
    term: Term, node: Node, notes: list[str], kept: list[str], extra: dict[str, Any]
) -> None:
    name, value = _own(node)
    if not name:
        notes.append(unwrapped(node.text()))
    elif name == "note":
        notes.append(value)
    elif name == "kept":
        kept.append(value)
    elif name == "extra":
        extra.update(_object(value))
    elif name in _OWN_TERM:
        setattr(term, name, value)
    else:
        notes.append(unwrapped(node.text()))


def _term_field(
    term: Term, node: Node, extra: dict[str, Any], attrs: dict[str, dict[str, str]]
) -> bool:
    name = node.attrs.get("type", "")
    field = _FIELD_OF.get((node.tag, name))
    if field is None or getattr(term, field) or not _plain(node):
        return False
    text = unwrapped(node.text()).strip() if node.tag == "termNote" else ""
    text = text or unwrapped(node.text())
    if not text:
        return False
    if field == "status":
        _status(term, text, extra)
    elif field == "term_type":
        if not term_type_of(text):
            return False
        term.term_type = term_type_of(text)
    else:
        setattr(term, field, text)
        if field == "part_of_speech" and pos_of(text) != text:
            extra["pos"] = text
    rest = _rest(node)
    if rest:
        attrs[name] = rest
    return True


_FIELD_OF: Final = {
    ("termNote", "administrativeStatus"): "status",
    ("termNote", "partOfSpeech"): "part_of_speech",
    ("termNote", "termType"): "term_type",
    ("descrip", "context"): "context",
    ("admin", "source"): "source",
    ("admin", "reading"): "reading",
}


def _status(term: Term, label: str, extra: dict[str, Any]) -> None:
    term.status = status_of(label)
    # Written back where it says more than our status does.
    if term.status == "proposed" or label.casefold().startswith(("obsol", "supersed")):
        extra["status"] = label


def _own(node: Node) -> tuple[str, str]:
    """Return name and value of a note that termbank wrote for a field of its own."""
    text = unwrapped(node.text())
    if node.attrs or not text.startswith(NOTE_PREFIX):
        return "", ""
    name, separator, value = text.removeprefix(NOTE_PREFIX).partition(": ")
    return (name, value) if separator else ("", "")


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
    return _SPACES.sub(" ", text).strip(" ")


def unwrapped(text: str) -> str:
    r"""Return text without the line breaks and indents of a pretty-printed file.

    >>> unwrapped("\n    one\n    two\n  "), unwrapped(" a\nb")
    ('one two', ' a\nb')
    """
    if "\n" not in text and "\r" not in text:
        return text
    return _WRAPPED.sub(" ", _OUTER.sub("", text))

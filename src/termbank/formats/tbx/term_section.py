"""One term of a TBX file, put together from the elements of its section."""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from termbank.formats.model.concept_records import Term
from termbank.formats.tables.status_labels import pos_of, status_of, term_type_of
from termbank.formats.xml.element_tree import XML_LANG, Node, serialise

from .data_categories import NOTE_PREFIX

_WRAPPED: Final = re.compile(r"[ \t]*[\r\n]+[ \t]+")
_OUTER: Final = re.compile(r"\A[ \t]*[\r\n]\s*|\s*[\r\n][ \t]*\Z")
_SPACES: Final = re.compile(r" *[\t\r\n][ \t\r\n]*")
_LABELS: Final = 10_000  # a file repeats a few dozen; free texts must not pile up
_OWN_TERM: Final = (
    *("reading", "relation", "since", "until", "reason", "status"),
    *("part_of_speech", "term_type", "note", "context", "source"),
)


class Taken:
    """A term being put together from the elements of its section."""

    def __init__(self, lang: str) -> None:
        self.term = Term(lang, "")
        self.named = False
        self.extra: dict[str, Any] = {}
        self.attrs: dict[str, dict[str, str]] = {}
        self.kept: list[str] = []
        self.notes: list[str] = []
        self.more: list[str] = []

    def plain(self, tag: str, attrs: dict[str, str], text: str, known: Labels) -> bool:
        """Take an element of the commonest shapes: text, at most a type."""
        if tag == "term" and not attrs and not self.named:
            self.named = True
            self.term.form = collapse_layout(text)
            return True
        if tag == "note" and not attrs and not text.startswith(NOTE_PREFIX):
            self.notes.append(unwrap(text))
            return True
        if tag == "termNote" and len(attrs) == 1:
            label = known[attrs.get("type", ""), text]
            if label.field and not getattr(self.term, label.field):
                setattr(self.term, label.field, label.value)
                if label.raw:
                    self.extra[label.raw] = label.label
                return True
        return False

    def field(self, tag: str, name: str, text: str) -> bool:
        """Take a data category that a field stands for; False where none does."""
        if tag == "termNote":
            label = _label(name, text)
            if not label.field or getattr(self.term, label.field):
                return False
            setattr(self.term, label.field, label.value)
            if label.raw:
                self.extra[label.raw] = label.label
            return True
        own_field = _FIELD_OF.get((tag, name))
        text = unwrap(text)
        if own_field is None or not text or getattr(self.term, own_field):
            return False
        setattr(self.term, own_field, text)
        return True

    def node(self, node: Node) -> None:
        """Take any element of the section."""
        name = node.attrs.get("type", "")
        if node.tag == "term":
            if self.named:
                self.more.append(collapse_layout(node.text()))
            else:
                self._form(node)
            self.named = True
        elif node.tag == "note" and not node.attrs and is_plain(node):
            self._note(node)
        elif is_plain(node) and self.field(node.tag, name, node.text()):
            rest = other_attributes(node)
            if rest:
                self.attrs[name] = rest
        else:
            self.kept.append(serialise(node))

    def _form(self, node: Node) -> None:
        self.term.form = collapse_layout(node.text())
        if not is_plain(node):
            inner = serialise(node).partition(">")[2]
            self.extra["markup"] = inner.removesuffix("</term>")
        if node.attrs:
            self.attrs["term"] = other_attributes(node)

    def _note(self, node: Node) -> None:
        name, value = own_note(node)
        if name == "note":
            self.notes.append(value)
        elif name == "kept":
            self.kept.append(value)
        elif name == "extra":
            self.extra.update(object_of(value))
        elif name in _OWN_TERM:
            setattr(self.term, name, value)
        else:
            self.notes.append(unwrap(node.text()))

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
    label = unwrap(text).strip()
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


class Labels(dict[tuple[str, str], _Said]):
    """What each termNote of a file says, worked out once a name and text."""

    def __missing__(self, key: tuple[str, str]) -> _Said:
        label = _label(*key)
        if len(self) < _LABELS:
            self[key] = label
        return label


def own_note(node: Node) -> tuple[str, str]:
    """Return name and value of a note that termbank wrote for a field of its own."""
    text = unwrap(node.text())
    if node.attrs or not text.startswith(NOTE_PREFIX):
        return "", ""
    name, separator, value = text.removeprefix(NOTE_PREFIX).partition(": ")
    return (name, value) if separator else ("", "")


def object_of(text: str) -> dict[str, Any]:
    """Return the object a note holds; another text is kept whole."""
    try:
        value = json.loads(text)
    except ValueError:
        return {"text": text}
    return value if isinstance(value, dict) else {"text": text}


def is_plain(node: Node) -> bool:
    """Say whether an element holds text only."""
    return not any(child.__class__ is Node for child in node.children)


def other_attributes(node: Node) -> dict[str, str]:
    """Return the attributes of an element but its type."""
    return {
        "xml:lang" if name == XML_LANG else name: value
        for name, value in node.attrs.items()
        if name != "type"
    }


def collapse_layout(text: str) -> str:
    """Return a form without the layout of its file: line breaks, outer spaces."""
    if "\n" in text or "\t" in text or "\r" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def unwrap(text: str) -> str:
    r"""Return text without the line breaks and indents of a pretty-printed file.

    >>> unwrap("\n    one\n    two\n  "), unwrap(" a\nb")
    ('one two', ' a\nb')
    """
    if "\n" not in text and "\r" not in text:
        return text
    return _WRAPPED.sub(" ", _OUTER.sub("", text))

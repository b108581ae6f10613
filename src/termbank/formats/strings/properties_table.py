r"""Java ``.properties``: keys, values, lines that go on after a backslash.

Keeps: keys, values, the comment before each.
Drops: nothing else is there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .entries import (
    Escapes,
    StringEntry,
    ascii_escaped,
    backslash_escapes,
    entry_of_stretch,
    writes_ascii_only,
)
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

_LINE: Final = re.compile(
    r"(?P<comment>[ \t\f\ufeff]*+[#!][^\r\n]*+)"
    r"|[ \t\f\ufeff]*+(?P<key>(?:[^\s=:\\]|\\(?:\r\n|.))++)"
    r"(?P<equals>[ \t\f]*+[=:]?[ \t\f]*+)"
    r"(?P<value>(?:[^\\\r\n]|\\(?:\r\n|.))*+)"
    r"|[^\r\n]*+",
    re.DOTALL,
)
_BREAK: Final = re.compile(r"\r\n|\r|\n")
_CONTINUED: Final = r"\\(?:\r\n|\r|\n)[ \t\f]*|"
_NAMED: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}
_WRITTEN: Final = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\f": "\\f"}


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the values in order."""
    del path
    escapes = _escapes(document)
    note: list[str] = []
    at = 0
    while at < len(document):
        found = _LINE.match(document, at)
        if found is None:
            break
        if found["comment"]:
            note.append(found["comment"].strip("#! \t\ufeff"))
        elif found["key"]:
            start, end = found.span("value")
            key = re.sub(r"\\(.)", r"\1", found["key"])
            entry = entry_of_stretch(document, key, start, end, escapes)
            if entry.text or found["equals"].strip():
                entry.note = "\n".join(note)
                entry.block = (found.start("key"), end)
                yield entry
            note = []
        elif not found[0].strip():
            note = []
        ending = _BREAK.match(document, found.end())
        at = ending.end() if ending else max(found.end(), at + 1)


def _escapes(document: str) -> Escapes:
    ascii_only = writes_ascii_only(document)
    made = backslash_escapes(
        _NAMED,
        _WRITTEN,
        ascii_only=ascii_only,
        others=_CONTINUED,
        unknown=lambda _: "",
    )

    def read(token: str) -> str:
        return (
            "" if token[1:2] in ("\n", "\r") and token[0] == "\\" else made.read(token)
        )

    def write(text: str) -> str:
        text = made.write(text)
        # A value's blanks begin where its text does, unless a backslash keeps them.
        return f"\\{text}" if text[:1] == " " else text

    return Escapes(made.pattern, read, write)


def _escaped_beyond(text: str, codec: str) -> str:
    r"""Return text with ``\u`` escapes for what an encoding does not have."""
    try:
        text.encode(codec)
    except UnicodeEncodeError:
        return ascii_escaped(text)
    return text


def _recognise(head: Head) -> bool:
    return head.suffix == ".properties"


FORMAT: Final = StringTable(
    "properties",
    (".properties",),
    Reading(entries=entries, codecs=("utf-8", "latin-1"), beyond=_escaped_beyond),
    _recognise,
)

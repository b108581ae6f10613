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
        match = _LINE.match(document, at)
        if match is None:
            break
        if match["comment"]:
            note.append(match["comment"].strip("#! \t\ufeff"))
        elif match["key"]:
            start, end = match.span("value")
            key = re.sub(r"\\(.)", r"\1", match["key"])
            entry = entry_of_stretch(document, key, start, end, escapes)
            if entry.text or match["equals"].strip():
                entry.note = "\n".join(note)
                entry.block = (match.start("key"), end)
                yield entry
            note = []
        elif not match[0].strip():
            note = []
        ending = _BREAK.match(document, match.end())
        at = ending.end() if ending else max(match.end(), at + 1)


def _escapes(document: str) -> Escapes:
    ascii_only = writes_ascii_only(document)
    base_escapes = backslash_escapes(
        _NAMED,
        _WRITTEN,
        ascii_only=ascii_only,
        others=_CONTINUED,
        unknown=lambda _: "",
    )

    def read(token: str) -> str:
        return (
            ""
            if token[1:2] in ("\n", "\r") and token[0] == "\\"
            else base_escapes.read(token)
        )

    def write(text: str) -> str:
        text = base_escapes.write(text)
        # A value's blanks begin where its text does, unless a backslash keeps them.
        return f"\\{text}" if text[:1] == " " else text

    return Escapes(base_escapes.pattern, read, write)


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

r"""``.strings`` of macOS and iOS: ``"key" = "value";`` with comments.

Keeps: keys, values, the comment before each.
Drops: nothing else is there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.messages import say

from .entries import StringEntry, backslash_escapes, entry_of_stretch
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

_TOKEN: Final = re.compile(
    r"(?P<space>[\s\ufeff]++)|(?P<comment>/\*.*?\*/|//[^\n]*+)"
    r'|(?:"(?P<key>(?:[^"\\]|\\.)*+)"|(?P<bare>[\w.$/:-]++))\s*'
    r'(?:=\s*(?:"(?P<value>(?:[^"\\]|\\.)*+)"|(?P<word>[\w.$/:-]++))\s*)?;',
    re.DOTALL,
)
_NAMED: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
_WRITTEN: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_NO_COMMENT: Final = "No comment provided by engineer."


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the values; a key without a value stands for itself and is left out.

    Raises:
        FormatError: Something else than comments and ``"key" = "value";`` is there.
    """
    escapes = backslash_escapes(_NAMED, _WRITTEN)
    at, note = 0, ""
    while at < len(document):
        match = _TOKEN.match(document, at)
        if match is None:
            line = document.count("\n", 0, at) + 1
            wrong = document[at : at + 30].split("\n", maxsplit=1)[0]
            expected = say('"キー" = "値";', '"key" = "value";')
            raise FormatError(path, line, wrong, expected)
        at = match.end()
        if match["comment"]:
            note = match["comment"].strip("/* \t\r\n")
        elif match["value"] is not None:
            key = match["key"] if match["key"] is not None else match["bare"]
            entry = entry_of_stretch(document, key, *match.span("value"), escapes)
            entry.note = "" if note == _NO_COMMENT else note
            note = ""
            entry.block = match.span()
            yield entry


def _recognise(head: Head) -> bool:
    return head.suffix == ".strings"


FORMAT: Final = StringTable(
    "strings",
    (".strings",),
    Reading(entries=entries, codecs=("utf-8", "utf-16-le", "utf-16-be")),
    _recognise,
)

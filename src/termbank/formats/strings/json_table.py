r"""JSON of i18n libraries, games and browsers: values by key, nested or not.

Keeps: keys, values, descriptions beside messages.
Drops: numbers, what stands in metadata.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import FormatError
from termbank.messages import say

from .entries import (
    StringEntry,
    backslash_escapes,
    entry_of_stretch,
    writes_ascii_only,
)
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

    from .entries import Escapes

_TOKEN: Final = re.compile(
    r"(?P<space>[\s\ufeff]++|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+\*/)"
    r'|(?P<string>"(?:[^"\\\n]|\\.)*+")'
    r"|(?P<mark>[{}\[\],:])|(?P<other>[^\s{}\[\],:\"/]++)",
    re.DOTALL,
)
_NAMED: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_WRITTEN: Final = {
    **{chr(code): f"\\u{code:04x}" for code in range(32)},
    **{"\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"},
    **{'"': '\\"', "\\": "\\\\"},
}
# Members of an object that say something about a message beside them.
_MESSAGE: Final = ("message", "defaultMessage", "string")
_ABOUT: Final = frozenset(
    ("description", "comment", "comments", "developer_comment", "placeholders", "id")
)
_DEEPEST: Final = 500


class JsonString(NamedTuple):
    """A value that is a string.

    Attributes:
        path: Keys and numbers of elements, outermost first.
        start: Offset of its first character, after the quote.
        end: Offset of the quote that closes it.
        begins: Offset of its key; None for an element of an array.
    """

    path: tuple[str, ...]
    start: int
    end: int
    begins: int | None


def strings(document: str, path: str = "") -> Iterator[JsonString]:
    """Yield the string values of a JSON text in order; comments are read past.

    Raises:
        FormatError: It is no JSON.
    """
    reader = _Reader(document, path)
    yield from reader.strings()


class _Reader:
    """A reader without recursion; it holds the names of what is open."""

    def __init__(self, document: str, path: str) -> None:
        self._document, self._path = document, path
        self._open: list[str] = []  # kinds of what is open: "{" or "["
        self._names: list[str] = []
        self._after = ""  # last mark that was no white space
        self._begins = 0  # offset of the last key

    def strings(self) -> Iterator[JsonString]:
        at, document = 0, self._document
        while at < len(document):
            match = _TOKEN.match(document, at)
            if match is None:
                raise self._error_at(at)
            if match.lastgroup != "space":
                string = self._token(match)
                if string is not None:
                    yield string
                self._after = match[0][0]
            at = match.end()
        if self._open or not self._after:
            raise self._error_at(len(document))

    def _token(self, match: re.Match[str]) -> JsonString | None:
        mark, kind = match[0], match.lastgroup
        container = self._open[-1] if self._open else ""
        if not self._open and self._after:
            raise self._error_at(match.start())
        if mark in "{[" and kind == "mark":
            self._begin(mark, match.start())
        elif mark in "}]" and kind == "mark":
            if container != {"}": "{", "]": "["}[mark]:
                raise self._error_at(match.start())
            self._open.pop()
            self._names.pop()
        elif mark == ",":
            if container == "[":
                self._names[-1] = str(int(self._names[-1]) + 1)
        elif kind == "string":
            return self._string(match, container)
        elif mark == ":" and not (container == "{" and self._after == '"'):
            raise self._error_at(match.start())
        return None

    def _begin(self, mark: str, at: int) -> None:
        if len(self._open) >= _DEEPEST:
            raise self._error_at(at)
        self._open.append(mark)
        self._names.append("0" if mark == "[" else "")

    def _string(self, match: re.Match[str], container: str) -> JsonString | None:
        start, end = match.start() + 1, match.end() - 1
        if container == "{" and self._after != ":":
            raw = self._document[start:end]
            self._names[-1] = _decoded_key(raw)
            self._begins = match.start()
            return None
        begins = self._begins if container == "{" else None
        return JsonString(tuple(self._names), start, end, begins)

    def _error_at(self, at: int) -> FormatError:
        document = self._document
        problem = document[at : at + 20].split("\n")[0]
        if at >= len(document):
            problem = say("ファイルの終わり", "end of file")
        line = document.count("\n", 0, at) + 1
        return FormatError(self._path, line, problem, say("JSON の値", "JSON"))


def _decoded_key(raw: str) -> str:
    if "\\" not in raw:
        return raw
    escapes = json_escapes(ascii_only=False)
    return "".join(escapes.read(match[0]) for match in escapes.pattern.finditer(raw))


def json_escapes(*, ascii_only: bool) -> Escapes:
    """Return how characters are written in JSON."""
    return backslash_escapes(_NAMED, _WRITTEN, ascii_only=ascii_only)


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the values of a table; descriptions become notes of their messages."""
    escapes = json_escapes(ascii_only=writes_ascii_only(document))
    all_strings = list(strings(document, path))
    members: dict[tuple[str, ...], set[str]] = {}
    for each in all_strings:
        for depth in range(len(each.path)):
            members.setdefault(each.path[:depth], set()).add(each.path[depth])
    messages = {place: _message(names) for place, names in members.items()}
    notes: dict[tuple[str, ...], str] = {}
    placed_entries: list[tuple[tuple[str, ...], StringEntry]] = []
    for each in all_strings:
        owner = next(
            (
                each.path[:depth]
                for depth in range(1, len(each.path))
                if messages.get(each.path[:depth])
            ),
            None,
        )
        entry = entry_of_stretch(
            document, ".".join(each.path), each.start, each.end, escapes
        )
        if owner is None:
            set_block(entry, each)
            placed_entries.append((each.path, entry))
        elif each.path[len(owner) :] == (messages[owner],):
            entry.key = ".".join(owner)
            placed_entries.append((owner, entry))
        elif each.path[len(owner)] != "placeholders" and not notes.get(owner):
            notes[owner] = entry.text
    for place, entry in placed_entries:
        entry.note = notes.get(place, "")
        yield entry


def set_block(entry: StringEntry, value: JsonString) -> None:
    """Say what an entry of JSON stands in, and where it begins and ends."""
    entry.parent, entry.joint = value.path[:-1], ","
    if value.begins is not None:
        entry.block = (value.begins, value.end + 1)


def _message(names: set[str]) -> str:
    """Return the member that is a message where the others tell about it."""
    for name in _MESSAGE:
        if name in names and len(names) > 1 and names - {name} <= _ABOUT:
            return name
    # Without any description, only that of browsers and React is certain.
    return next((name for name in _MESSAGE[:2] if names == {name}), "")


def _recognise(head: Head) -> bool:
    return (
        head.suffix in (".json", ".json5", ".jsonc")
        and re.match(r"(?:\s|//[^\n]*|/\*.*?\*/)*\{", head.text, re.DOTALL) is not None
    )


FORMAT: Final = StringTable(
    "json-strings", (".json", ".json5", ".jsonc"), Reading(entries=entries), _recognise
)

"""Values of a string table, each with its key and the place where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.formats.model.bilingual_units import Splice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from termbank.formats.model.bilingual_units import BilingualUnit, TargetEdit


class Escapes(NamedTuple):
    """How characters are written in the values of a format.

    Attributes:
        pattern: Matches one written character, whatever stands there.
        read: Returns the character of a match; empty where it stands for none.
        write: Returns text as it is written.
    """

    pattern: re.Pattern[str]
    read: Callable[[str], str]
    write: Callable[[str], str]


class Stretch:
    """Characters of a file that hold text of a value and no markup.

    Attributes:
        start: Offset of the first character in the file.
        end: Offset after the last one.
    """

    __slots__ = ("_escapes", "end", "start")

    def __init__(self, start: int, end: int, escapes: Escapes) -> None:
        self.start, self.end, self._escapes = start, end, escapes

    def characters(self, document: str) -> Iterator[tuple[str, int, int]]:
        """Yield each character of the text, with its begin and end in the file."""
        read = self._escapes.read
        for match in self._escapes.pattern.finditer(document, self.start, self.end):
            for char in read(match[0]):
                yield char, match.start(), match.end()

    def written(self, text: str) -> str:
        """Return text as it is written in this stretch."""
        return self._escapes.write(text)

    def text(self, document: str) -> str:
        """Return the text as a reader of the program sees it."""
        escapes = self._escapes
        matches = escapes.pattern.finditer(document, self.start, self.end)
        return "".join([escapes.read(each[0]) for each in matches])


class ValueWriter:
    """Replaces a whole value by a new one.

    Attributes:
        start: Offset of the first character that is replaced.
        end: Offset after the last one; ``start`` where text is put in.
        written: Returns a text as it is written there.
    """

    __slots__ = ("end", "start", "written")

    def __init__(self, start: int, end: int, written: Callable[[str], str]) -> None:
        self.start, self.end, self.written = start, end, written

    def splices(
        self, document: str, changes: Sequence[tuple[BilingualUnit, TargetEdit]]
    ) -> Iterator[Splice]:
        """Yield the change for the last edit of the value."""
        del document
        for _, edit in changes[-1:]:
            yield Splice(self.start, self.end, self.written(edit.text))


class StringEntry:
    """One value of a string table.

    Attributes:
        key: Names of the value and of what it stands in, joined by dots.
        text: The value as a reader of the program sees it; empty where there is none.
        line: Line of the value, from 1.
        start: Offset in the file at which the value, or what stands for it, begins.
        runs: Stretches that hold the characters of ``text``; empty where the text
            cannot be pointed at character by character.
        writer: Writes a whole value; None where none can be written.
        note: What the file says about the value to translators.
        tags: Markup inside the value, as it is written.
        parent: What the value stands in; values of one parent can stand side by side.
        block: Range of the whole entry, key and value; None where another file cannot
            take it over.
        joint: What stands between two entries beside white space.
    """

    __slots__ = (
        "block",
        "joint",
        "key",
        "line",
        "note",
        "parent",
        "runs",
        "start",
        "tags",
        "text",
        "writer",
    )

    def __init__(self, key: str, text: str, start: int) -> None:
        self.key, self.text, self.start = key, text, start
        self.line = 0
        self.runs: Sequence[Stretch] = ()
        self.writer: ValueWriter | None = None
        self.note = ""
        self.tags: tuple[str, ...] = ()
        self.parent: tuple[str, ...] = ()
        self.block: tuple[int, int] | None = None
        self.joint = ""


def entry_of_stretch(
    document: str, key: str, start: int, end: int, escapes: Escapes
) -> StringEntry:
    """Return the entry of a value that is one stretch of the file."""
    stretch = Stretch(start, end, escapes)
    entry = StringEntry(key, stretch.text(document), start)
    entry.runs = (stretch,)
    entry.writer = ValueWriter(start, end, escapes.write)
    return entry


class Lines:
    """Line numbers of rising offsets of a text, from 1."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._line, self._at = 1, 0

    def at(self, offset: int) -> int:
        """Return the line of an offset that is not before the last one asked for."""
        if offset < self._at:
            return self._document.count("\n", 0, offset) + 1
        self._line += self._document.count("\n", self._at, offset)
        self._at = offset
        return self._line


_SURROGATES: Final = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"


def backslash_escapes(
    named: dict[str, str],
    written: dict[str, str],
    *,
    ascii_only: bool = False,
    others: str = "",
    unknown: Callable[[str], str] | None = None,
) -> Escapes:
    r"""Return escapes of one backslash and a letter, and ``\u`` with four digits.

    Args:
        named: Character for each letter after the backslash.
        written: What is written for characters that must be escaped.
        ascii_only: Whether all but ASCII is written as ``\u``.
        others: Further patterns of one written character, each closed by ``|``.
        unknown: Returns the text of what ``others`` match.
    """
    pattern = rf"{others}{_SURROGATES}|\\[uU][0-9a-fA-F]{{4}}|\\.|."
    table = str.maketrans(written)

    def read(token: str) -> str:
        if len(token) == 1:
            return token
        if token[0] != "\\":
            return unknown(token) if unknown else token
        if token[1] in "uU" and len(token) > 2:
            codes = [token[at : at + 4] for at in range(2, len(token), 6)]
            units = b"".join(int(code, 16).to_bytes(2, "little") for code in codes)
            return units.decode("utf-16-le", "replace")
        if len(token) > 2 and unknown:
            return unknown(token)
        return named.get(token[1], token[1])

    def write(text: str) -> str:
        text = text.translate(table)
        return ascii_escaped(text) if ascii_only else text

    return Escapes(re.compile(pattern, re.DOTALL), read, write)


def ascii_escaped(text: str) -> str:
    r"""Return text with ``\u`` escapes for all that is no ASCII.

    >>> ascii_escaped("開く")
    '\\u958b\\u304f'
    """
    if text.isascii():
        return text
    pieces = []
    for char in text:
        units = char.encode("utf-16-be") if not char.isascii() else b""
        codes = [units[at : at + 2].hex() for at in range(0, len(units), 2)]
        pieces.append("".join(f"\\u{code}" for code in codes) or char)
    return "".join(pieces)


def writes_ascii_only(document: str) -> bool:
    r"""Whether a file writes all but ASCII as ``\u`` escapes."""
    return document.isascii() and re.search(r"\\u[0-9a-fA-F]{4}", document) is not None

"""Fluent (FTL), the tables of Firefox: messages, terms, attributes, variants.

Keeps: patterns with their placeables, identifiers, comments of messages.
Drops: selectors; each variant is a value of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .entries import Escapes, Stretch, StringEntry, ValueWriter
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

_HEAD: Final = re.compile(r"(-?[A-Za-z][\w-]*)[ \t]*=[ \t]*")
_ATTRIBUTE: Final = re.compile(r"[ ]+\.([A-Za-z][\w-]*)[ \t]*=[ \t]*")
_SELECTOR: Final = re.compile(r"\s*\{[^{}\"]*->\s*\n")
_VARIANT: Final = re.compile(r"[ \t]*\*?\[[ \t]*([\w.-]+)[ \t]*\][ \t]*")
_CHARACTER: Final = re.compile(r"\r\n|.", re.DOTALL)
# At the beginning of a line these would be read as syntax.
_SYNTAX: Final = re.compile(r"[\[*.}]")


class _Line:
    """A line of the file without its break."""

    __slots__ = ("end", "start", "text")

    def __init__(self, text: str, start: int) -> None:
        self.text, self.start = text, start
        self.end = start + len(text)


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the values of messages, terms and attributes, each variant by itself."""
    del path
    note: list[str] = []
    owner, key = "", ""
    block: list[_Line] = []
    for line in _lines(document):
        text = line.text
        if text.startswith("#"):
            yield from _values(document, key, block, "\n".join(note))
            if key:
                note = []
            key, block = "", []
            if text.startswith("# ") or text == "#":
                note.append(text[2:])
            continue
        match = _HEAD.match(text) if not text[:1].isspace() else None
        inner = _ATTRIBUTE.match(text) if owner else None
        if match or inner:
            yield from _values(document, key, block, "\n".join(note))
            if key:
                note = []
            begin = (match or inner).end()  # type: ignore[union-attr]
            owner = match[1] if match else owner
            key = owner if match else f"{owner}.{inner[1]}"  # type: ignore[index]
            block = [_Line(text[begin:], line.start + begin)]
        elif key and (not text.strip() or text[0] in " }"):
            block.append(line)
        else:
            yield from _values(document, key, block, "\n".join(note))
            owner, block, key, note = "", [], "", []
    yield from _values(document, key, block, "\n".join(note))


def _lines(document: str) -> Iterator[_Line]:
    at = len(document) - len(document.lstrip("\ufeff"))
    while at < len(document):
        end = document.find("\n", at)
        end = len(document) if end < 0 else end
        text = document[at:end]
        yield _Line(text.removesuffix("\r"), at)
        at = end + 1


def _values(
    document: str, key: str, block: list[_Line], note: str
) -> Iterator[StringEntry]:
    """Yield the value of a block of lines, or its variants."""
    while len(block) > 1 and not block[-1].text.strip():
        block.pop()
    if not key or not block:
        return
    whole = document[block[0].start : block[-1].end]
    if _SELECTOR.match(whole) and whole.rstrip().endswith("}"):
        yield from _variants(document, key, block, note)
        return
    entry = _pattern(document, key, block)
    if entry is not None:
        entry.note = note
        begin = document.rfind("\n", 0, block[0].start) + 1
        if "." not in key and not document.startswith("\ufeff", begin):
            entry.block = (begin, block[-1].end)
        yield entry


def _variants(
    document: str, key: str, block: list[_Line], note: str
) -> Iterator[StringEntry]:
    name = ""
    lines: list[_Line] = []
    for line in block[1:]:
        match = _VARIANT.match(line.text)
        closes = line.text.strip() == "}"
        if (match or closes) and name:
            entry = _pattern(document, f"{key}[{name}]", lines)
            if entry is not None:
                entry.note = note
                yield entry
        if closes:
            return
        if match:
            name = match[1]
            lines = [_Line(line.text[match.end() :], line.start + match.end())]
        elif "->" not in line.text:
            lines.append(line)


def _pattern(document: str, key: str, block: list[_Line]) -> StringEntry | None:
    """Return the value of some lines: the first, and those that are indented."""
    first, *rest = block
    newline = "\r\n" if "\r\n" in document[:4096] else "\n"
    indents = [len(x.text) - len(x.text.lstrip(" ")) for x in rest if x.text.strip()]
    indent = min(indents, default=4)
    escapes = Escapes(_CHARACTER, str, lambda text: _write(text, newline, indent))
    lines = [first] if first.text.strip() or not rest else []
    lines += [_Line(x.text[indent:], min(x.start + indent, x.end)) for x in rest]
    while lines and not lines[-1].text.strip():
        lines.pop()
    full = (at for at, line in enumerate(lines) if line.text.strip())
    lines = lines[next(full, 0) :]
    if not lines:
        start = first.end
        entry = StringEntry(key, "", start)
        space = "" if document[start - 1 : start] == " " else " "
        entry.writer = ValueWriter(
            start, start, lambda text: space + escapes.write(text)
        )
        return entry
    runs = []
    for number, line in enumerate(lines):
        last = number + 1 == len(lines)
        stop = line.start + len(line.text.rstrip() if last else line.text)
        runs.append(Stretch(line.start, stop, escapes))
        if not last:
            broken = Escapes(re.compile(r"(?s).+"), lambda _: "\n", escapes.write)
            runs.append(Stretch(stop, lines[number + 1].start, broken))
    text = "".join(run.text(document) for run in runs)
    entry = StringEntry(key, text, lines[0].start)
    entry.runs = runs
    entry.writer = ValueWriter(lines[0].start, runs[-1].end, escapes.write)
    return entry


def _write(text: str, newline: str, indent: int) -> str:
    """Return a text as the lines of a pattern; the first goes on where it stands."""
    first, *rest = text.split("\n")
    written_lines, depth = [first], _depth(first)
    for line in rest:
        written_lines.append(line if depth else _guard(line))
        depth += _depth(line)
    return (newline + " " * indent).join(written_lines)


def _depth(line: str) -> int:
    """Return how many more placeables a line opens than it closes."""
    return line.count("{") - line.count("}")


def _guard(line: str) -> str:
    match = _SYNTAX.match(line)
    return f'{{ "{match[0]}" }}{line[1:]}' if match else line


def _recognise(head: Head) -> bool:
    return head.suffix == ".ftl"


FORMAT: Final = StringTable("fluent", (".ftl",), Reading(entries=entries), _recognise)

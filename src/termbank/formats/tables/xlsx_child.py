"""The process that reads a workbook: its memory and time are limited by the system.

Prints one JSON object a line: ``{"row": [number, cells]}``, ``{"warning": text}``, or
``{"fault": [row, found, expected]}`` as the last.
"""

from __future__ import annotations

import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError, TermbankError
from termbank.formats.xml.subtree_reader import units
from termbank.messages import say

from .ods_sheets import ods_sheets

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

DECISIONS: Final = "decisions"  # the sheet that carries what people decided
Line = tuple[int, list[str]]
Sheets = Iterator[tuple[str, Iterator[Line]]]
_CELL: Final = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROWS: Final = 1_048_576  # Excel's own limits
_COLUMNS: Final = 16_384
_STRINGS: Final = 64 << 20  # characters of shared strings
_R_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def main(path: str, seconds: int, memory: int, wanted: str = "") -> int:
    """Print the rows of a sheet; 0 when the last line was printed.

    Args:
        path: Workbook.
        seconds: CPU time that may be used.
        memory: Bytes of address space that may be added.
        wanted: Name of the sheet; the first that holds a table where empty.
    """
    _limit(seconds, memory)
    try:
        with zipfile.ZipFile(path) as archive:
            ods = "content.xml" in archive.namelist()
            sheets = ods_sheets(path, archive) if ods else _sheets(path, archive)
            for number, cells in _wanted_sheet(sheets, wanted):
                _send({"row": [number, cells]})
    except TermbankError as fault:
        line = getattr(fault, "line", 1)
        _send(
            {
                "fault": [
                    line,
                    getattr(fault, "found", ""),
                    getattr(fault, "expected", ""),
                ]
            }
        )
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError) as fault:
        problem = f"{say('壊れたブック', 'a broken workbook')}: {fault}"
        _send({"fault": [1, problem, say(".xlsx のブック", "an .xlsx workbook")]})
    return 0


def _limit(seconds: int, memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the checks before still hold
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            memory += int(pages.read().split()[0]) * resource.getpagesize()
    except OSError:
        memory += 1 << 30
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _send(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")


def _wanted_sheet(sheets: Sheets, sheet_name: str) -> Iterator[Line]:
    """Yield the rows of the sheet wanted, else of the first with two cells in a row."""
    passed_over: list[str] = []
    for name, rows in sheets:
        if sheet_name:
            if name == sheet_name:
                yield from rows
                return
            continue
        title: list[Line] = []
        for number, cells in rows:
            title.append((number, cells))
            if sum(bool(cell.strip()) for cell in cells) > 1:
                yield from title
                yield from rows
                _tell_unread([*passed_over, *(name for name, _ in sheets)])
                return
        passed_over.append(name)
        if len(passed_over) == 1:
            first = title
    if not sheet_name and passed_over:
        yield from first  # a list of single cells is all there is


def _tell_unread(names: list[str]) -> None:
    others = [name for name in names if name != DECISIONS]
    if others:
        examples = ", ".join(others[:5])
        unread = say(
            f"ほかの {len(others)} シートは読みません: {examples}",
            f"{len(others)} more sheets not read: {examples}",
        )
        _send({"warning": unread})


def _sheets(path: str, archive: zipfile.ZipFile) -> Sheets:
    """Yield name and rows of each visible sheet of an XLSX workbook."""
    strings: list[str] | None = None
    for name, part in _sheet_parts(path, archive):
        if strings is None:
            strings = _shared_strings(path, archive)
        yield name, _rows(path, archive, part, strings)


def _rows(
    path: str, archive: zipfile.ZipFile, part: str, strings: list[str]
) -> Iterator[Line]:
    number = 0
    for element, complete in _part(path, archive, part, ("row",)):
        if not complete:
            continue
        number = _row_number(path, element.get("r"), number + 1)
        yield number, _cells(path, number, element, strings)


def _row_number(path: str, digits: str | None, expected: int) -> int:
    number = (
        int(digits) if digits and digits.isdigit() and len(digits) < 9 else expected
    )
    if (
        (digits and not digits.isdigit())
        or not 0 < number <= _ROWS
        or number < expected
    ):
        problem = say(f"行 {digits or number}", f"row {digits or number}")
        right = say(
            f"順に並んだ {_ROWS:,} までの行", f"rows in order, at most {_ROWS:,}"
        )
        raise FormatError(path, expected, problem, right)
    return number


def _cells(path: str, number: int, row: Element, strings: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if _local(cell) != "c":
            continue
        reference = cell.get("r")
        column = _column(path, number, reference) if reference else len(cells) + 1
        if column <= len(cells):
            raise FormatError(
                path,
                number,
                say(f"順序の違うセル {reference}", f"cell {reference} out of order"),
                say("順に並んだセル", "cells in order"),
            )
        cells += [""] * (column - len(cells) - 1)
        cells.append(_value(path, number, cell, strings))
    return cells


def _column(path: str, number: int, reference: str) -> int:
    match = _CELL.fullmatch(reference)
    column = 0
    for letter in match[1] if match else "":
        column = column * 26 + ord(letter) - 64
    if match is None or int(match[2]) != number or column > _COLUMNS:
        raise FormatError(
            path,
            number,
            say(f"セル参照 {reference!r}", f"cell reference {reference!r}"),
            say(
                f"{number} 行の XFD までのセル", f"a cell of row {number}, at most XFD"
            ),
        )
    return column


def _value(path: str, number: int, cell: Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    parts = {_local(child): child for child in cell}
    if kind == "inlineStr":
        return _text(parts["is"]) if "is" in parts else ""
    text = (parts["v"].text or "") if "v" in parts else ""
    if kind == "s" and text:
        if not text.strip().isdigit() or int(text) >= len(strings):
            raise FormatError(
                path,
                number,
                say(f"共有文字列の番号 {text!r}", f"shared string {text!r}"),
                say(f"{len(strings)} 未満", f"below {len(strings)}"),
            )
        return strings[int(text)]
    if kind == "n" and re.fullmatch(r"-?\d+\.0+", text):
        return text.partition(".")[0]
    return text


def _text(item: Element) -> str:
    """Return the text of a string item, its furigana (rPh) left out."""
    parts = []
    for child in item:
        if _local(child) == "t":
            parts.append(child.text or "")
        elif _local(child) == "r":
            parts.append(_text(child))
    return "".join(parts)


def _shared_strings(path: str, archive: zipfile.ZipFile) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in archive.namelist():
        return []
    strings: list[str] = []
    size = 0
    for element, complete in _part(path, archive, name, ("si",)):
        if complete:
            strings.append(_text(element))
            size += len(strings[-1])
            if size > _STRINGS:
                raise FormatError(
                    path,
                    1,
                    say("共有文字列が長すぎます", "too much text in shared strings"),
                    say(f"{_STRINGS:,} 字まで", f"at most {_STRINGS:,} characters"),
                )
    return strings


def _sheet_parts(path: str, archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    names = set(archive.namelist())
    targets = {}
    relations = "xl/_rels/workbook.xml.rels"
    if "xl/workbook.xml" not in names or relations not in names:
        raise FormatError(
            path,
            1,
            say("ブックの本体がありません", "no workbook part"),
            say(".xlsx のブック", "an .xlsx workbook"),
        )
    for element, complete in _part(path, archive, relations, ("Relationship",)):
        if complete:
            target = element.get("Target", "")
            full = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[element.get("Id", "")] = posixpath.normpath(full)
    sheets = [
        (element.get("name", ""), targets.get(element.get(_R_ID, ""), ""))
        for element, complete in _part(path, archive, "xl/workbook.xml", ("sheet",))
        if complete and element.get("state", "visible") == "visible"
    ]
    sheets = [(name, part) for name, part in sheets if part in names]
    if not sheets:
        raise FormatError(
            path,
            1,
            say("表示されているシートがありません", "no visible sheet"),
            say("用語のあるシート", "a sheet with terms"),
        )
    return sheets


def _part(
    path: str, archive: zipfile.ZipFile, name: str, whole: tuple[str, ...]
) -> Iterator[tuple[Element, bool]]:
    with archive.open(name) as part:
        yield from units(path, whole, source=iter(lambda: part.read(1 << 16), b""))


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))

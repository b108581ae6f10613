"""The sheets of an ODS workbook, inside the process that reads workbooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.xml.subtree_reader import units
from termbank.messages import say

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_COLUMNS: Final = 16_384  # Calc's own limit, as Excel's
# Text of a note or of the reading above a word is no text of the cell.
_NO_TEXT: Final = frozenset(("annotation", "ruby-text"))

Line = tuple[int, list[str]]


def ods_sheets(
    path: str, archive: zipfile.ZipFile
) -> Iterator[tuple[str, Iterator[Line]]]:
    """Yield name and rows of each sheet.

    Raises:
        FormatError: The content is broken, or a row is wider than any sheet.
    """
    sheets: dict[str, list[Line]] = {}
    name, number = "", 0
    with archive.open("content.xml") as part:
        pieces = iter(lambda: part.read(1 << 16), b"")
        for element, complete in units(path, ("table-row",), source=pieces):
            if _local(element) == "table":
                name, number = _get(element, "name"), 0
                sheets[name] = []
            elif complete and name:
                cells = _cells(path, number + 1, element)
                if any(cells):
                    sheets[name].append((number + 1, cells))
                number += _repeats(element, "number-rows-repeated")
    for sheet, rows in sheets.items():
        yield sheet, iter(rows)


def _cells(path: str, number: int, row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if _local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        text = _text_of(cell)
        times = _repeats(cell, "number-columns-repeated")
        if text and len(cells) + times > _COLUMNS:
            problem = say(f"{len(cells) + times} 列", f"{len(cells) + times} columns")
            raise FormatError(path, number, problem, str(_COLUMNS))
        cells += [text] * min(times, _COLUMNS - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _text_of(cell: Element) -> str:
    lines = [_inline(child) for child in cell if _local(child) == "p"]
    return "\n".join(lines)


def _inline(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        tag = _local(child)
        if tag == "s":
            parts.append(" " * _repeats(child, "c"))
        elif tag == "tab":
            parts.append("\t")
        elif tag == "line-break":
            parts.append("\n")
        elif tag not in _NO_TEXT:
            parts.append(_inline(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _repeats(element: Element, name: str) -> int:
    digits = _get(element, name)
    return (
        min(max(int(digits), 1), 1 << 20) if digits.isdigit() and len(digits) < 8 else 1
    )


def _get(element: Element, name: str) -> str:
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]

"""The cells of a delimited table with their places in the text of the file."""

from __future__ import annotations

from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATORS = ("\t", ",", ";")


class Cell(NamedTuple):
    """One cell.

    Attributes:
        value: What it says, quotes undone.
        start: First code point of the value in the file, quotes left out.
        end: One past the last.
        plain: True where the value stands in the file as it is.
    """

    value: str
    start: int
    end: int
    plain: bool


def rows(text: str) -> Iterator[list[Cell]]:
    r"""Yield the rows of a table; quoted cells may hold line ends.

    >>> [[cell.value for cell in row] for row in rows('a,b\n"x, y",z\n')]
    [['a', 'b'], ['x, y', 'z']]
    """
    separator = _separator(text)
    row: list[Cell] = []
    at, length = 0, len(text)
    while at < length:
        cell, at = _quote(text, at) if text[at] == '"' else _bare(text, at, separator)
        row.append(cell)
        if at < length and text[at] == separator:
            at += 1
            if at == length:
                row.append(Cell("", at, at, True))
            continue
        at += 2 if text[at : at + 2] == "\r\n" else 1
        yield row
        row = []
    if row:
        yield row


def _separator(text: str) -> str:
    head = text[: text.find("\n") if "\n" in text else len(text)]
    return max(_SEPARATORS, key=head.count)


def _bare(text: str, at: int, separator: str) -> tuple[Cell, int]:
    end = at
    while end < len(text) and text[end] not in (separator, "\n", "\r"):
        end += 1
    return Cell(text[at:end], at, end, True), end


def _quote(text: str, at: int) -> tuple[Cell, int]:
    start = end = at + 1
    while True:
        end = text.find('"', end)
        if end < 0:
            end = len(text)
            break
        if text[end : end + 2] != '""':
            break
        end += 2
    raw = text[start:end]
    value = raw.replace('""', '"')
    return Cell(value, start, end, value == raw), min(end + 1, len(text))

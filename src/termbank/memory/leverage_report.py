"""The table of a quotation: counts by file and in all, weighted, as text, CSV and HTML."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import InputError
from termbank.messages import say

from .leverage import REPORTED, Analysed, sum_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Share of the full price that a word of each band costs. Agencies differ; these are the
# middle of what they publish, and --weights sets others.
WEIGHTS: Final = {
    "context": 0.0,
    "repetitions": 0.1,
    "100": 0.1,
    "95-99": 0.3,
    "85-94": 0.5,
    "75-84": 0.7,
    "50-74": 1.0,
    "new": 1.0,
    "locked": 0.0,
}
_HEADS: Final = (
    ("ファイル", "file"),
    ("一致率", "band"),
    ("セグメント", "segments"),
    ("文字", "characters"),
    ("語", "words"),
    ("換算語数", "weighted words"),
)


class Counted(NamedTuple):
    """Counts of one file, or of all.

    Attributes:
        name: Name of the file.
        rows: One for each band.
    """

    name: str
    rows: list[Analysed]


def read_weights(text: str | None) -> dict[str, float]:
    """Return the weights of the bands, ``100=0.1,new=1`` set over the usual ones.

    Raises:
        InputError: An unknown band, or no number from 0 to 10.

    >>> read_weights("100=0,95-99=0.25")["95-99"], read_weights(None)["new"]
    (0.25, 1.0)
    """
    weights = dict(WEIGHTS)
    for part in filter(None, (text or "").split(",")):
        band, _, number = part.partition("=")
        try:
            weight = float(number)
        except ValueError:
            weight = -1.0
        if band.strip() not in WEIGHTS or not 0 <= weight <= _HIGHEST_WEIGHT:
            expected = f"{'|'.join(WEIGHTS)}=0…{_HIGHEST_WEIGHT:g}"
            raise InputError("--weights", part, expected)
        weights[band.strip()] = weight
    return weights


_HIGHEST_WEIGHT: Final = 10.0


def total_of(files: Sequence[Counted]) -> Counted:
    """Return the sum of all files, band by band."""
    rows = [
        sum_of(band, same)
        for band in REPORTED
        if (same := [row for file in files for row in file.rows if row.band == band])
    ]
    return Counted(say("合計", "total"), rows)


def weighted_words(rows: Iterable[Analysed], weights: Mapping[str, float]) -> float:
    """Return the words that are paid for, rounded to a tenth.

    >>> weighted_words([Analysed("100", 1, 40, 10), Analysed("new", 1, 40, 10)], WEIGHTS)
    11.0
    """
    return round(sum(row.words * weights[row.band] for row in rows), 1)


def lines(
    counted: Counted, weights: Mapping[str, float]
) -> list[tuple[str, int, int, int, float]]:
    """Return the rows of one table, the sum of the bands last."""
    last = sum_of(say("合計", "total"), counted.rows)
    return [
        *((*row, weighted_words([row], weights)) for row in counted.rows),
        (*last, weighted_words(counted.rows, weights)),
    ]


def as_csv(files: Sequence[Counted], weights: Mapping[str, float]) -> str:
    """Return all tables as CSV: one row for each file and band, the total last."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([head[1].replace(" ", "_") for head in _HEADS])
    for table in [*files, total_of(files)]:
        for row in lines(table, weights):
            writer.writerow([_as_text(table.name), *row])
    return out.getvalue()


def as_html(files: Sequence[Counted], weights: Mapping[str, float]) -> str:
    """Return all tables as one page without scripts or links."""
    tables = [*files, total_of(files)] if len(files) > 1 else list(files)
    body = "".join(_html_table(table, weights) for table in tables)
    title = say("解析", "Analysis")
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{escape(title)}'
        "</title><style>table{border-collapse:collapse;margin:1em 0}td,th{border:1px"
        " solid #999;padding:.2em .6em;text-align:right}td:first-child{text-align:left}"
        f"caption{{font-weight:bold;text-align:left}}</style></head><body>\n{body}"
        "</body></html>\n"
    )


def _html_table(table: Counted, weights: Mapping[str, float]) -> str:
    heads = "".join(f"<th>{escape(say(*head))}</th>" for head in _HEADS[1:])
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>\n"
        for row in lines(table, weights)
    )
    return (
        f"<table><caption>{escape(table.name)}</caption>\n<tr>{heads}</tr>\n{rows}"
        "</table>\n"
    )


def _as_text(name: str) -> str:
    """Keep a spreadsheet from reading a file's name as a formula."""
    return f"'{name}" if name.startswith(("=", "+", "-", "@", "\t")) else name


def heads() -> tuple[str, ...]:
    """Return the heads of a table in the language of the messages."""
    return tuple(say(*head) for head in _HEADS[1:])

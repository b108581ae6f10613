"""Checking a glossary itself: its rows with their places, to findings."""

from __future__ import annotations

import os

from termbank.rules import row_of, rule
from termbank.types import Finding, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.glossary.light_rows import TermRow

TERMS_FILE = "terms.csv"


def findings(
    rows: Sequence[TermRow], codes: Sequence[str], place: str
) -> list[Finding]:
    """Return what is wrong with the terms of one glossary.

    Args:
        rows: In the order of the file.
        codes: Rules to run.
        place: Folder or file of the glossary; empty for none.
    """
    folder = os.path.isdir(place)
    path = os.path.join(place, TERMS_FILE) if folder else place
    lines = _lines(path) if folder else _lines_of_forms(path, rows)
    problems: list[Finding] = []
    for code in codes:
        if row_of(code).reads == "glossary":
            for number, message, severity in rule(code).check_rows(rows):
                line = lines[number] if number < len(lines) else 1
                problems.append(
                    Finding(
                        code,
                        Span(0, 0),
                        message,
                        None,
                        path,
                        line,
                        1,
                        severity,
                        rows[number].concept_id,
                    )
                )
    return problems


def _lines_of_forms(path: str, rows: Sequence[TermRow]) -> list[int]:
    """Return the line of each row in a file of any format: where its form stands.

    Of rows with one form the first stands where the form does for the first time, and
    so on; 1 where a form is not found as it is (workbooks, escapes).
    """
    places = _places_of_cells(path)
    counts: dict[str, int] = {}
    lines = []
    for row in rows:
        lines_of_form, count = places.get(row.form, ()), counts.get(row.form, 0)
        counts[row.form] = count + 1
        lines.append(
            lines_of_form[min(count, len(lines_of_form) - 1)] if lines_of_form else 1
        )
    return lines


def _places_of_cells(path: str) -> dict[str, list[int]]:
    """Return the lines on which each cell, element or string of a text file stands."""
    import re

    try:
        with open(path, encoding="utf-8-sig") as file:
            text = file.read()
    except (OSError, UnicodeDecodeError):
        return {}
    places: dict[str, list[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        for cell in re.split(r"[\t,;\"<>|]|: ", line):
            if cell.strip():
                places.setdefault(cell.strip(), []).append(number)
    return places


def _lines(path: str) -> list[int]:
    """Return the line of each row; a quoted field may hold line ends."""
    import csv

    with open(path, encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        lines, last = [], reader.line_num
        for _ in reader:
            lines.append(last + 1)
            last = reader.line_num
    return lines

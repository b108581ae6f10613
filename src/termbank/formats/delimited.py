"""Delimited text: every dialect is a row of one table, read and written by one module."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from . import long_table
from .files import replacing
from .frames import records_of
from .records import Losses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..glossary import Glossary
    from .records import Concept


class Dialect:
    """A delimited dialect as a format: NAME, SUFFIXES, DROPS, write."""

    def __init__(self, name: str) -> None:
        self.NAME, self.SUFFIXES, self.DROPS = name, (".csv",), ("decisions",)

    def write(
        self, glossary: Glossary, path: str, *, strict: bool = False, **_: Any
    ) -> Losses:
        """Write a glossary and return what was lost."""
        return write_records(records_of(glossary), path, strict=strict)


def write_records(
    records: Iterable[Concept], path: str, *, strict: bool = False
) -> Losses:
    """Write concepts as termbank's own CSV, one row a form."""
    losses = Losses()
    with replacing(path) as file:
        file.write(_line(long_table.COLUMNS))
        for record in records:
            long_table.count_losses(record, losses)
            for row in long_table.rows(record):
                file.write(_line(row))
        if strict:
            losses.refuse(path)
    return losses


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


CSV = Dialect("csv")

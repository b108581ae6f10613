"""Delimited text: every dialect is a row of one table, read and written by one module."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Final

from termbank.formats import utx
from termbank.formats.model.concept_records import Losses
from termbank.formats.model.segment_writers import write_table
from termbank.formats.safe_files import replacing

from . import long_table, wide_table
from .delimited_rows import Table
from .dialects import DIALECTS, Dialect
from .pair_writer import PairWriter, layout
from .record_reader import Reader, escaped, inspect_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Concept, Segment
    from termbank.formats.model.file_head import Head
    from termbank.formats.model.inspection_report import Inspection


class Delimited:
    """A dialect as a format: NAME, SUFFIXES, DROPS, read, write."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.NAME, self.SUFFIXES = dialect.name, dialect.suffixes
        self.DROPS = _DROPS[dialect.shape]
        self.CHOSEN_BY_SUFFIX = dialect.name in _USUAL

    def reader(
        self,
        path: str,
        *,
        source: str | None = None,
        target: str | None = None,
        split: bool = False,
    ) -> Reader:
        """Return the reader of a table in this dialect.

        A dialect of pairs is read by its own columns; the others tell them themselves.
        """
        reader = self._reader(path, source, target)
        reader.split = split
        return reader

    def _reader(self, path: str, source: str | None, target: str | None) -> Reader:
        dialect = self.dialect
        if dialect.shape == "omegat":
            table = Table(path, separator="\t", quoted=False, commented=True)
            reader = Reader(path, source=source, target=target, table=table)
            reader.pairs_only = True
            return reader
        if dialect.shape != "pair":
            return Reader(path, source=source, target=target)
        has_quotes = dialect.separator != "\t"
        table = Table(
            path, separator=dialect.separator, quoted=has_quotes, commented=False
        )
        source, target = source or "ja", target or "en"
        columns = layout(dialect)
        return Reader(path, source=source, target=target, table=table, layout=columns)

    def concepts(
        self, path: str, *, source: str | None = None, target: str | None = None
    ) -> Iterator[Concept]:
        """Yield the concepts of a table."""
        yield from self.reader(path, source=source, target=target).concepts()

    def segments(
        self, path: str, *, source: str | None = None, target: str | None = None
    ) -> Iterator[Segment]:
        """Yield one pair a row."""
        yield from self.reader(path, source=source, target=target).segments()

    def holds_pairs(self, path: str, *, bare: bool = False) -> bool:
        """Say whether a table holds segments and no terms: see :class:`.Reader`."""
        return self.reader(path).holds_pairs(bare=bare)

    def inspect(self, path: str) -> Inspection:
        """Return what a table holds, reading all of it."""
        separator = "\t" if self.dialect.shape == "omegat" else ""
        return inspect_rows(Reader(path, separator=separator), self.NAME)

    def recognise(self, head: Head) -> bool:
        """Whether a text of a suffix that nobody claims looks like this table."""
        if head.claimed or self.NAME not in ("omegat", "csv"):
            return False
        if head.text.lstrip("\ufeff \t\r\n")[:1] == "<":  # XML of another kind
            return False
        if "\t" in head.text:
            return self.NAME == "omegat"
        return self.NAME == "csv" and any(sign in head.text for sign in ",;")

    def write_records(
        self,
        records: Iterable[Concept],
        path: str,
        *,
        source: str = "ja",
        target: str = "en",
        regions: bool = False,
        escape: bool = False,
        strict: bool = False,
        refuse_empty: bool = False,
        **_: Any,
    ) -> Losses:
        """Write concepts in this dialect.

        Args:
            records: Concepts.
            path: File to replace.
            source: Source language of a table of pairs.
            target: Target language of a table of pairs.
            regions: Whether en may stand for en-US; the report names what it did.
            escape: Whether to put ``'`` before cells a spreadsheet would run.
            strict: Whether to raise, with nothing written, when a field would be lost.
            refuse_empty: Whether to raise where a translation service would get a
                glossary without a row.
        """
        dialect = self.dialect
        if dialect.shape in ("pair", "omegat"):
            writer = PairWriter(
                dialect,
                source,
                target,
                regions=regions,
                escape=escape,
                refuse_empty=refuse_empty,
            )
            return writer.write(records, path, strict=strict)
        losses = Losses()
        rows = wide_table.rows(records, losses)
        if dialect.shape == "long":
            rows = long_table.table(records, losses)
        with replacing(path) as file:
            for row in rows:
                file.write(_line(row, dialect.separator, escape))
            if strict:
                losses.refuse(path)
        return losses


class LongTable(Delimited):
    """The table with one row a form, which also takes pairs."""

    def write_segments(
        self, pairs: Iterable[Segment], path: str, *, strict: bool = False
    ) -> Losses:
        """Write pairs, one a row, and return what was lost."""
        return write_table(pairs, path, separator=self.dialect.separator, strict=strict)


# What a file of these suffixes is taken for; the other dialects are asked for by name.
_USUAL: Final = ("csv", "tsv", "omegat")
_DROPS: Final = {
    "long": ("second definitions in one language",),
    "wide": ("sources of definitions", "what other formats carried"),
    "pair": ("all languages but two", "what has no column"),
    "omegat": ("all languages but two", "all fields but the note"),
    "utx": utx.DROPS,
}


def _line(cells: Iterable[str], separator: str, escape: bool) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(map(escaped, cells) if escape else cells)
    return out.getvalue()


def __getattr__(name: str) -> Delimited:
    dialect = DIALECTS.get(name.lower().replace("_", "-"))
    if dialect is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return LongTable(dialect) if dialect.shape == "long" else Delimited(dialect)

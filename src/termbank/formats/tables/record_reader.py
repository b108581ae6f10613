"""Tables as records: long, wide, pairs with a header, pairs without one."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final, Protocol

from termbank.errors import FormatError
from termbank.formats.model.concept_records import (
    CONCEPT_FIELDS,
    TERM_FIELDS,
    Concept,
    Definition,
    Segment,
    Term,
)
from termbank.formats.model.inspection_report import Inspection
from termbank.messages import say

from . import long_table
from .column_layouts import (
    SAMPLE,
    Column,
    Layout,
    duplicates,
    guessed_language,
    layout_of,
)
from .delimited_rows import Table, is_formula
from .status_labels import status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Line = tuple[int, list[str]]
_ESCAPE: Final = "'"


class Rows(Protocol):
    """A table: of text, or a sheet of a workbook."""

    warnings: list[str]
    rows: int

    def lines(self) -> Iterator[Line]:
        """Yield line or row number and cells."""
        ...


class Meaning:
    """What the rows of a table say, given its layout.

    Attributes:
        layout: What the columns hold.
        langs: Language of each side where no column tells it.
    """

    def __init__(self, layout: Layout, source: str = "", target: str = "") -> None:
        self.layout = layout
        self.langs = {"source": source, "target": target}

    def record(self, line: int, cells: Sequence[str]) -> Concept:
        """Return one row as a concept."""
        make = self._wide if self.layout.kind == "wide" else self._pair
        return make(line, cells)

    def _pair(self, line: int, cells: Sequence[str]) -> Concept:
        record = Concept(line=line)
        sides = {side: Term(lang, "") for side, lang in self.langs.items()}
        rest: dict[str, str] = {}
        for column, cell in zip(self.layout.columns, cells, strict=False):
            if column.side and column.field == "form":
                sides[column.side].form = cell.strip()
            elif column.side and column.field == "lang":
                sides[column.side].lang = cell or sides[column.side].lang
            elif cell and column.field in TERM_FIELDS:
                # A bare field of a pair speaks of the translation, a reading of the
                # side that is Japanese by custom: the source.
                side = column.side or (
                    "source" if column.field == "reading" else "target"
                )
                setattr(sides[side], column.field, cell)
            elif cell and not _concept_cell(record, column, cell):
                rest[column.name] = cell
        width = len(self.layout.columns)
        rest.update(
            {str(at): cell for at, cell in enumerate(cells[width:], width + 1) if cell}
        )
        record.terms = [term for term in sides.values() if term.form]
        if rest:
            record.extra = {"columns": rest}
        return with_statuses(record)

    def _wide(self, line: int, cells: Sequence[str]) -> Concept:
        record = Concept(line=line)
        terms: dict[str, Term] = {}
        fields: list[tuple[Column, str]] = []
        for column, cell in zip(self.layout.columns, cells, strict=False):
            if not cell:
                continue
            if column.field == "form":
                terms.setdefault(column.lang, Term(column.lang, cell.strip()))
            elif column.lang or not _concept_cell(record, column, cell):
                fields.append((column, cell))
        for column, cell in fields:
            if column.field == "definition":
                record.definitions.append(Definition(column.lang, cell))
            elif column.lang in terms:
                setattr(terms[column.lang], column.field, cell)
        record.terms = list(terms.values())
        return with_statuses(record)


class Reader:
    """A table of terms being read.

    Attributes:
        table: Encoding, separator, warnings.
        meaning: What the columns hold; known once the first row is read.
    """

    def __init__(
        self,
        path: str,
        *,
        separator: str = "",
        source: str | None = None,
        target: str | None = None,
        unescape: bool = False,
        table: Rows | None = None,
        layout: Layout | None = None,
    ) -> None:
        self._path, self._unescape = path, unescape
        self.table: Rows = table or Table(path, separator=separator)
        self._given = layout
        self.meaning = Meaning(Layout("bare", (), False), source or "", target or "")

    @property
    def warnings(self) -> list[str]:
        """What a person should know; complete once all rows are read."""
        return self.table.warnings

    def rows(self) -> Iterator[Line]:
        """Yield the rows below the header, their meaning settled by then.

        Raises:
            FormatError: Two columns of one name, or a fault of the table.
        """
        lines = self.table.lines()
        first = next(lines, None)
        if first is None:
            return
        self.meaning.layout = self._given or layout_of(first[1])
        if self._given is not None:
            lines = lines if self._given.header else chain([first], lines)
        elif not self.meaning.layout.header:
            lines = self._guess(chain([first], lines))
        elif again := duplicates(first[1]):
            found = say(f"列 {again[0]!r} が二つあります", f"column {again[0]!r} twice")
            expected = say("列ごとに違う名前", "one column a name")
            raise FormatError(self._path, first[0], found, expected)
        for line, cells in lines:
            yield line, [unescaped(c) for c in cells] if self._unescape else cells

    def _guess(self, lines: Iterator[Line]) -> Iterator[Line]:
        langs = self.meaning.langs
        sample = list(islice(lines, SAMPLE))
        for side, index in (("source", 0), ("target", 1)):
            if not langs[side]:
                column = [cells[index] for _, cells in sample if len(cells) > index]
                langs[side] = guessed_language(column)
        told = f"{langs['source']}, {langs['target']}"
        self.warnings.append(
            say(
                f"見出し行がありません。言語を {told} とみなしました",
                f"no header; languages taken for {told}",
            )
        )
        return chain(sample, lines)

    def concepts(self) -> Iterator[Concept]:
        """Yield the concepts of the table.

        Raises:
            FormatError: The table breaks its own rules; the line is named.
        """
        rows = self.rows()
        first = next(rows, None)
        if first is None:
            return
        lines = chain([first], rows)
        columns = self.meaning.layout.columns
        if self.meaning.layout.kind == "long":
            header = [column.field or column.name for column in columns]
            yield from map(with_statuses, long_table.concepts(header, lines))
            return
        records: Iterator[Concept] = (
            self.meaning.record(line, cells) for line, cells in lines
        )
        if any(column.field == "concept_id" for column in columns):
            records = grouped(records)
        yield from records

    def segments(self) -> Iterator[Segment]:
        """Yield one pair a row: the two sides, or the first two language columns."""
        for line, cells in self.rows():
            if self.meaning.layout.kind == "long":
                found = say("一行一語形の表", "a table of one form a row")
                expected = say(
                    "原文と訳文の列 (source, target)", "source and target columns"
                )
                raise FormatError(self._path, line, found, expected)
            record = self.meaning.record(line, cells)
            if len(record.terms) < 2:
                continue
            left, right = record.terms[:2]
            pair = Segment(left.form, right.form)
            pair.source_lang, pair.target_lang = left.lang or None, right.lang or None
            pair.segment_id = record.id or None
            yield pair


def _concept_cell(record: Concept, column: Column, cell: str) -> bool:
    field = column.field
    if field == "concept_id":
        record.id = cell
    elif field in CONCEPT_FIELDS and field != "status":
        setattr(record, field, cell)
    elif field == "concept_definition" or (field == "definition" and not column.lang):
        record.definitions.append(Definition("und", cell))
    else:
        return False
    return True


def with_statuses(record: Concept) -> Concept:
    """Turn other tools' labels into our statuses, keeping a label that says more."""
    for term in record.terms:
        label = term.status
        if label:
            term.status = status_of(label)
            if label != term.status and not (term.extra or {}).get("status"):
                term.extra = {**(term.extra or {}), "status": label}
    return record


def grouped(records: Iterable[Concept]) -> Iterator[Concept]:
    """Join the rows of one concept; rows without an identifier stay alone."""
    joined: dict[str, Concept] = {}
    order: list[Concept] = []
    for record in records:
        first = joined.get(record.id) if record.id else None
        if first is not None:
            join(first, record)
            continue
        order.append(record)
        if record.id:
            joined[record.id] = record
    yield from order


def join(first: Concept, other: Concept) -> None:
    """Add what a later row of a concept says to the concept of the first.

    The status of a row of two forms speaks of its translation, unless that is known and
    the source is not: then it is the source that the row is about.
    """
    _turn_status(first, other)
    for term in other.terms:
        same = (t for t in first.terms if (t.lang, t.form) == (term.lang, term.form))
        known = next(same, None)
        if known is None:
            first.terms.append(term)
            continue
        for field in TERM_FIELDS:
            if not getattr(known, field):
                setattr(known, field, getattr(term, field))
    for field in CONCEPT_FIELDS:
        if not getattr(first, field):
            setattr(first, field, getattr(other, field))
    named = {each.lang for each in first.definitions}
    first.definitions += [each for each in other.definitions if each.lang not in named]
    if other.extra:
        first.extra = {**other.extra, **(first.extra or {})}


def _turn_status(first: Concept, other: Concept) -> None:
    if len(other.terms) != 2:
        return
    known = {(term.lang, term.form) for term in first.terms}
    source, target = other.terms
    about_source = (target.lang, target.form) in known
    if about_source and (source.lang, source.form) not in known and target.status:
        source.status, target.status = target.status, ""
        if target.extra and "status" in target.extra:
            label = target.extra.pop("status")
            source.extra = {**(source.extra or {}), "status": label}
            target.extra = target.extra or None


def escaped(cell: str) -> str:
    """Return a cell that no spreadsheet runs; :func:`unescaped` gives it back.

    >>> escaped("=1+1"), escaped("キーウ"), unescaped(escaped("'=x"))
    ("'=1+1", 'キーウ', "'=x")
    """
    return _ESCAPE + cell if cell.startswith(_ESCAPE) or is_formula(cell) else cell


def unescaped(cell: str) -> str:
    """Return what :func:`escaped` was given."""
    rest = cell.removeprefix(_ESCAPE)
    return rest if rest != cell and (rest[:1] == _ESCAPE or is_formula(rest)) else cell


def inspect_rows(reader: Reader, name: str) -> Inspection:
    """Return what a table holds, reading all of it."""
    found = Inspection(name)
    try:
        for record in reader.concepts():
            found.terms += len(record.terms)
            for term in record.terms:
                found.lang(term.lang, record.line)
                if term.status:
                    raw = (term.extra or {}).get("status", term.status)
                    found.status(raw, record.line)
    finally:
        found.units = reader.table.rows
    return found.finished(reader.warnings)

"""UTX, the Japanese glossary format, versions 0.91 to 1.20.

Keeps: two languages, part of speech, status, concept identifier, comments, reading;
rows of a UTX file that nothing changed are written back as they were.
Drops: other languages, definitions, dates, reasons, the status admitted.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import FormatError
from termbank.formats.model.concept_records import Concept, Losses, Segment, Term
from termbank.formats.model.inspection_report import Inspection
from termbank.formats.model.loss_count import Cell, count_lost
from termbank.formats.tables.delimited_rows import Table
from termbank.formats.tables.record_reader import group
from termbank.formats.tables.status_labels import status_of
from termbank.messages import say
from termbank.text.language_tags import answers

from .safe_files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termbank.formats.model.file_head import Head


NAME: Final = "utx"
SUFFIXES: Final = (".utx",)
DROPS: Final = ("other languages", "definitions", "dates", "reasons", "admitted")

_FIRST: Final = re.compile(r"#\s*UTX(?:-S)?\s+(\d+\.\d+)", re.IGNORECASE)
_PAIR: Final = re.compile(r"\s*([A-Za-z][\w-]*)\s*/\s*([A-Za-z][\w-]*)\s*$", re.ASCII)
COLUMNS: Final = (
    *("src", "tgt", "src:pos", "term status", "src:reading", "src:comment"),
    *("tgt:comment", "concept ID"),
)
_STATUS: Final = {
    "preferred": "approved",
    "proposed": "provisional",
    "deprecated": "non-standard",
    "forbidden": "forbidden",
}
# Column names in small letters to (side, field); both orders of side and field occur.
_FIELDS: Final = {
    "pos": "part_of_speech",
    "reading": "reading",
    "yomi": "reading",
    "comment": "note",
    "source": "source",
    "context": "context",
    "example": "context",
    "term type": "term_type",
}


class Utx:
    """A UTX file being read.

    Attributes:
        version: For example 1.11.
        source: Language of ``src``.
        target: Language of ``tgt``.
        header: The lines above the column names, without line ends.
        columns: Names of the columns as the file has them.
        newline: Line end, that of the first line.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self.table = Table(path, separator="\t", quoted=False, commented=True)
        self.version = self.source = self.target = ""
        self.newline = self.table.newline
        self.header: list[str] = []
        self.columns: list[str] = []

    @property
    def warnings(self) -> list[str]:
        """What a person should know; complete once all rows are read."""
        return self.table.warnings

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield line and cells of each entry, the header settled by then.

        Raises:
            FormatError: No ``#UTX`` line, no column names, or no ``src`` among them.
        """
        is_ready = False
        for line, cells in self.table.lines():
            if not is_ready:
                self._settle(self.table.comments)
                is_ready = True
            yield line, cells
        if not is_ready:
            self._settle(self.table.comments)

    def _settle(self, comments: list[str]) -> None:
        first = _FIRST.match(comments[0]) if comments else None
        if first is None:
            problem = say("#UTX の行がありません", "no #UTX line")
            raise FormatError(self._path, 1, problem, "#UTX 1.11; ja/en; …")
        self.version = first[1]
        for part in comments[0].split(";"):
            pair = _PAIR.match(re.sub(r"\s+(?=\S+:).*", "", part))
            if pair:
                self.source, self.target = pair[1], pair[2]
                break
        self._name_columns(comments)
        if not self.source:
            self.warnings.append(
                say("1 行目: 言語の組がありません", "line 1: no pair of languages")
            )
            self.source, self.target = "und", "mul"
        if self.table.marked and float(self.version) < 1.2:
            self.warnings.append(
                say(
                    f"UTX {self.version} では使えない BOM があります",
                    f"byte order mark, which UTX {self.version} forbids",
                )
            )
        if not self.table.marked and float(self.version) >= 1.2:
            self.warnings.append(
                say(
                    f"UTX {self.version} で必要な BOM がありません",
                    f"no byte order mark, which UTX {self.version} expects",
                )
            )

    def _name_columns(self, comments: list[str]) -> None:
        for number in range(len(comments) - 1, 0, -1):
            names = comments[number].removeprefix("#").strip("\r\n").split("\t")
            lower = [_plain(name) for name in names]
            if any(
                name in ("src", "tgt") or name.startswith("term:") for name in lower
            ):
                self._check(number + 1, lower)
                self.columns, self.header = names, comments[:number]
                return
        raise FormatError(
            self._path,
            len(comments) + 1,
            say("列の名前がありません", "no column names"),
            say("タブ区切りの #src と tgt", "#src and tgt, tab-separated"),
        )

    def _check(self, line: int, lower: list[str]) -> None:
        sides = [name for name in lower if name in ("src", "tgt")]
        terms = [name.partition(":")[2] for name in lower if name.startswith("term:")]
        if len(terms) > 1:
            self.source, self.target = terms[0], terms[1]
        elif "src" not in sides or "tgt" not in sides:
            missing = "src" if "src" not in sides else "tgt"
            problem = say(f"列 {missing} がありません", f"no {missing} column")
            expected = say("列 src と tgt", "the columns src and tgt")
            raise FormatError(self._path, line, problem, expected)

    def concepts(self, *, joined: bool = True) -> Iterator[Concept]:
        """Yield the entries.

        Args:
            joined: Whether rows with one concept ID become one concept.
        """
        records = (self._record(line, cells) for line, cells in self.rows())
        yield from group(records) if joined else records

    def _record(self, line: int, cells: Sequence[str]) -> Concept:
        record = entry(self.columns, cells, self.source, self.target)
        record.line = line
        if row(record, self.columns) != _trim(cells) or cells[-1:] == [""]:
            record.extra = {**(record.extra or {}), "utx": list(cells)}
        return record

    def segments(self) -> Iterator[Segment]:
        """Yield one pair an entry."""
        for record in self.concepts(joined=False):
            if len(record.terms) > 1:
                pair = Segment(record.terms[0].form, record.terms[1].form)
                pair.source_lang, pair.target_lang = self.source, self.target
                yield pair


def _plain(name: str) -> str:
    return re.sub(r"[\s_]+", " ", name).strip().casefold()


_PLAIN: Final = {
    "src": ("src", "form"),
    "tgt": ("tgt", "form"),
    "term status": ("", "status"),
    "status": ("", "status"),
    "concept id": ("", "id"),
    "conceptid": ("", "id"),
    "comment": ("src", "note"),
}


def _meaning(name: str, source: str, target: str) -> tuple[str, str]:
    """Return side and field that a column name stands for, empty where unknown."""
    plain = _plain(name)
    if plain in _PLAIN:
        return _PLAIN[plain]
    left, _, right = plain.partition(":")
    sides = {
        "src": "src",
        "tgt": "tgt",
        source.casefold(): "src",
        target.casefold(): "tgt",
    }
    for side, field in ((left, right), (right, left)):
        if side in sides and (field in _FIELDS or field == "term"):
            return sides[side], _FIELDS.get(field, "form")
    return "", ""


def entry(
    columns: Sequence[str], cells: Sequence[str], source: str, target: str
) -> Concept:
    """Return one row as a concept; what no field takes goes into ``extra``."""
    record = Concept()
    sides = {"src": Term(source, ""), "tgt": Term(target, "")}
    rest: dict[str, str] = {}
    for name, cell in zip(columns, cells, strict=False):
        side, field = _meaning(name, source, target)
        if not cell:
            continue
        if field == "id":
            record.id = cell
        elif field == "form":
            sides[side].form = cell
        elif field == "status":
            # UTX marks the translation: forbidden is what may not be written.
            sides["tgt"].status = status_of(cell)
            if _STATUS.get(sides["tgt"].status) != cell:
                sides["tgt"].extra = {"status": cell}
        elif field:
            setattr(sides[side], field, cell)
        else:
            rest[name] = cell
    record.terms = [term for term in sides.values() if term.form]
    if rest:
        record.extra = {"columns": rest}
    return record


def row(record: Concept, columns: Sequence[str]) -> list[str]:
    """Return the cells of a concept of one pair, without empty ones at the end."""
    terms = record.terms
    source = terms[0] if terms else Term("", "")
    target = terms[1] if len(terms) > 1 else Term("", "")
    rest = (record.extra or {}).get("columns", {})
    cells = []
    for name in columns:
        side, field = _meaning(name, source.lang, target.lang)
        term = source if side == "src" else target
        if field == "id":
            cells.append(record.id)
        elif field == "status":
            raw = (target.extra or {}).get("status", "")
            same = raw and status_of(raw) == target.status
            cells.append(raw if same else _STATUS.get(target.status, ""))
        elif field:
            cells.append(getattr(term, field))
        else:
            cells.append(rest.get(name, ""))
    return _trim([re.sub(r"[\t\r\n]+", " ", cell) for cell in cells])


def _trim(cells: Sequence[str]) -> list[str]:
    trimmed_cells = list(cells)
    while trimmed_cells and not trimmed_cells[-1]:
        trimmed_cells.pop()
    return trimmed_cells


def concepts(path: str) -> Iterator[Concept]:
    """Yield the entries of a UTX file, rows with one concept ID as one concept."""
    yield from Utx(path).concepts()


def segments(
    path: str, *, source: str | None = None, target: str | None = None
) -> Iterator[Segment]:
    """Yield one pair an entry; the file names its languages itself."""
    del source, target
    yield from Utx(path).segments()


def write_records(
    records: Iterable[Concept],
    path: str,
    *,
    source: str = "ja",
    target: str = "en",
    original: Utx | None = None,
    strict: bool = False,
    **_: Any,
) -> Losses:
    """Write concepts as UTX.

    Args:
        records: Concepts; of a UTX file, one a row.
        path: File to replace.
        source: Language of ``src``.
        target: Language of ``tgt``.
        original: The UTX file that the records come from: its header and columns are
            used again, and rows that nothing changed are written as they were.
        strict: Whether to raise, with nothing written, when a field would be lost.
    """
    losses = Losses()
    iterator = iter(records)
    first = next(iterator, None)
    with replacing(path) as file:
        if original is not None:
            source, target = original.source, original.target
            lines = original.header
            columns: Sequence[str] = original.columns
        else:
            lines, columns = [f"#UTX 1.11; {source}/{target}; ; license: "], COLUMNS
        end = "\r\n" if original is None else original.newline
        mark = "\ufeff" if original is not None and original.table.marked else ""
        file.write(mark + "".join(f"{line.rstrip()}{end}" for line in lines))
        file.write("#" + "\t".join(columns) + end)
        while first is not None:
            rows = _rows(first, columns, source, target, losses)
            if original is not None:
                # One record a row: what nothing changed is written as it was.
                rows = iter([(first.extra or {}).get("utx") or row(first, columns)])
            for cells in rows:
                file.write("\t".join(cells) + end)
            first = next(iterator, None)
        if strict:
            losses.refuse(path)
    return losses


def _rows(
    record: Concept, columns: Sequence[str], source: str, target: str, losses: Losses
) -> Iterator[list[str]]:
    written = []
    for left, right in _pairs(record, source, target):
        pair = Concept(record.id)
        pair.terms, pair.extra = [left, right], record.extra
        cells = row(pair, columns)
        if cells and cells[0].startswith("#"):
            losses.leave_out(left.form, "would be read as a comment")
            continue
        written.append(cells)
    again = list(group(entry(columns, cells, source, target) for cells in written))
    for other in again:
        for term in other.terms:
            term.lang = source if term.lang == source else target
    count_lost(record, again, losses, _reason)
    yield from written


def _pairs(record: Concept, source: str, target: str) -> Iterator[tuple[Term, Term]]:
    left = [term for term in record.terms if term.form and answers(term.lang, source)]
    left.sort(key=lambda term: term.status not in ("preferred", ""))
    right = [term for term in record.terms if term.form and answers(term.lang, target)]
    if not left or not right:
        return
    for term in right:
        yield left[0], term
    for term in left[1:]:
        # The row of a variant speaks of the variant: its status goes into the row.
        again = Term(right[0].lang, right[0].form)
        again.status = term.status
        if term.extra and "status" in term.extra:
            again.extra = {"status": term.extra["status"]}
        yield term, again


def _reason(name: str, _: Cell) -> str:
    if name == "terms.form":
        return "another language, or no pair for it"
    return "no column in UTX"


def inspect(path: str) -> Inspection:
    """Return what a file holds, reading all of it."""
    report = Inspection(NAME)
    reader = Utx(path)
    for record in reader.concepts(joined=False):
        report.units += 1
        report.terms += len(record.terms)
        for term in record.terms:
            if term.status:
                raw = (term.extra or {}).get("status", term.status)
                report.status(raw, record.line)
        if len(record.terms) < 2:
            report.odd("片方しかない行", "a row without both sides", record.line)
    report.version = reader.version
    report.lang(reader.source)
    report.lang(reader.target)
    return report.finished(reader.warnings)


def recognise(head: Head) -> bool:
    """Whether the text begins as every UTX file does."""
    return head.text.lstrip("#").lstrip().upper().startswith("UTX")


def rewrite(path: str, target: str, *, strict: bool = False) -> Losses:
    """Write a UTX file anew with its own header and columns."""
    reader = Utx(path)
    return write_records(
        _begin(reader.concepts(joined=False)), target, original=reader, strict=strict
    )


def _begin(records: Iterator[Concept]) -> Iterator[Concept]:
    # The first record is read before the writer starts, so that it knows the header.
    first = next(records, None)
    return iter(()) if first is None else chain([first], records)

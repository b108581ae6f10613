"""Tables as records: long, wide, pairs with a header, pairs without one."""

from __future__ import annotations

import re
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
    TOP,
    Column,
    Layout,
    bare_layout,
    bare_layout_of,
    duplicates,
    guessed_language,
    guessed_pair,
    header_row,
    layout_of,
)
from .delimited_rows import Table, is_formula
from .status_labels import is_status, status_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Line = tuple[int, list[str]]
_LANGUAGES: Final = re.compile(r"# ([a-zA-Z-]{2,35})\t([a-zA-Z-]{2,35})")
_ESCAPE: Final = "'"
RETIRED: Final = ("deprecated", "forbidden")
_FUZZY: Final = frozenset(("true", "1", "yes", "fuzzy"))
# Columns of a table of pairs that fill the field of a segment by that name.
SEGMENT_FIELDS: Final = (
    *("segment_id", "previous", "next", "origin", "changed", "author", "created"),
    *("client", "domain", "note", "method", "context", "plural_of"),
)
_LONGEST_FORM: Final = 60  # characters; a longer cell is a sentence
_SENTENCE: Final = re.compile(r"[。．!?！？「」『』]|\.\s|&#?\w+;|%|[{}<>]|://")
_ALTERNATIVES: Final = (
    re.compile(r"\s*[|｜]\s*"),
    re.compile(r"\s*[;；]\s*"),
    re.compile(r"\s*／\s*|\s+/\s+"),
    re.compile(r"\s*、\s*"),
)


class Rows(Protocol):
    """A table: of text, or a sheet of a workbook."""

    warnings: list[str]
    rows: int
    first_line: int

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
        record = Concept(line=line)
        terms: dict[int, Term] = {}
        fields: list[tuple[Column, str]] = []
        for number, (column, cell) in enumerate(
            zip(self.layout.columns, cells, strict=False)
        ):
            if column.field == "form":
                lang = column.lang or self.langs.get(column.side, "")
                terms[number] = Term(lang, cell.strip())
            elif cell.strip():
                fields.append((column, cell))
        for column, cell in fields:
            if column.field == "lang":
                self._name_language(terms, column, cell.strip())
        for column, cell in fields:
            if column.field != "lang" and not _set_field(record, terms, column, cell):
                record.keep("columns")[column.name] = cell
        for number, cell in enumerate(cells[len(self.layout.columns) :]):
            if cell:
                width = len(self.layout.columns)
                record.keep("columns")[str(width + number + 1)] = cell
        record.terms = [term for term in terms.values() if term.form]
        return with_statuses(record)

    def _name_language(self, terms: dict[int, Term], column: Column, cell: str) -> None:
        for number, term in terms.items():
            if self.layout.columns[number].side == column.side:
                term.lang = cell


def _set_field(
    record: Concept, terms: dict[int, Term], column: Column, cell: str
) -> bool:
    """Put a cell where its column says; return whether there is such a place."""
    field = column.field
    if field == "term_info":  # memoQ: usage flags, or a status as we write it
        field = "status" if is_status(cell) else ""
    if field == "definition":
        record.definitions.append(Definition(column.lang or "und", cell))
        return True
    if field in TERM_FIELDS:
        about = _terms_meant(list(terms.values()), column.lang, field)
        for term in about:
            setattr(term, field, cell)
        return bool(about)
    return _concept_cell(record, column, cell)


def _terms_meant(terms: list[Term], lang: str, field: str) -> list[Term]:
    """Return the terms of a row that a field speaks of.

    A field that names no language speaks of the translation, a reading of the Japanese;
    in a table of more languages a status or part of speech is that of all forms.
    """
    forms = [term for term in terms if term.form]
    if lang:
        return [term for term in forms if term.lang == lang][:1]
    if field == "reading":
        japanese = [term for term in forms if term.lang.casefold()[:2] == "ja"]
        return (japanese or forms)[:1]
    if len(terms) > 2:
        return forms if field in ("status", "part_of_speech") else forms[:1]
    return forms[-1:]


class Reader:
    """A table of terms being read.

    Attributes:
        table: Encoding, separator, warnings.
        meaning: What the columns hold; known once the first row is read.
        unknown_statuses: Labels of statuses that nobody knows, with their counts.
        split: Whether a cell of several spellings (a|b, a; b, a、b) gives as many forms.
        pairs_only: Whether rows of one cell alone make a text, which is refused.
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
        """Prepare to read a table.

        Args:
            path: File.
            separator: Between cells; told by the rows where absent.
            source: Language of the first side where no column names it.
            target: Language of the second side, likewise.
            unescape: Whether to take off the ``'`` before cells like formulas.
            table: Rows from elsewhere.
            layout: What the columns hold, where the file does not say.
        """
        self._path, self._unescape, self.split = path, unescape, False
        self.table: Rows = table or Table(path, separator=separator)
        self._given, self.pairs_only = layout, False
        self.meaning = Meaning(Layout("bare", (), False), source or "", target or "")
        self.unknown_statuses: dict[str, int] = {}
        self._several: list[int] = []

    @property
    def warnings(self) -> list[str]:
        """What a person should know; complete once all rows are read."""
        return self.table.warnings

    def understood(self) -> list[str]:
        """Return what was made of the table: columns and languages, rows, statuses."""
        lines = [say("列", "columns") + ": " + ", ".join(self.columns())]
        lines.append(say("行", "rows") + f": {self.table.rows}")
        for label, count in self.unknown_statuses.items():
            lines.append(
                say(
                    f"不明な状態 {label!r} ({count} 件)。proposed とみなしました",
                    f"unknown status {label!r} ({count}), taken as proposed",
                )
            )
        return lines

    def column_names(self) -> set[str]:
        """Return the names of the columns in small letters, once read."""
        next(self.rows(), None)
        return {c.name.casefold() for c in self.meaning.layout.columns if c.name}

    def holds_pairs(self, *, bare: bool) -> bool:
        """Say whether a table holds segments and no terms, by the names of its columns.

        Args:
            bare: Whether source and target alone are enough; else there has to be a
                column that only segments have.
        """
        names = self.column_names()
        columns = {"source", "target", "source_lang", "target_lang", *SEGMENT_FIELDS}
        own = columns - {"source", "target", "note", "domain", "context"}
        return {"source", "target"} <= names <= columns and (bare or bool(names & own))

    def columns(self) -> list[str]:
        """Return what each column holds: ``日本語 = ja``, ``備考 = note``."""
        return [
            f"{column.name or at} = {self._describe(column)}"
            for at, column in enumerate(self.meaning.layout.columns, 1)
        ]

    def _describe(self, column: Column) -> str:
        if column.field == "form":
            return column.lang or self.meaning.langs.get(column.side) or "und"
        if not column.field:
            return say("そのまま残す", "kept as it is")
        return " ".join(filter(None, (column.lang, column.field)))

    def rows(self) -> Iterator[Line]:
        """Yield the rows below the header, their meaning settled by then.

        Raises:
            FormatError: Two columns of one name, or a fault of the table.
        """
        lines = self.table.lines()
        if self._given is not None:
            self.meaning.layout = self._given
            if self._given.header:
                next(lines, None)
        else:
            lines = self._below_header(lines)
        for line, cells in lines:
            yield line, [unescaped(c) for c in cells] if self._unescape else cells

    def _below_header(self, lines: Iterator[Line]) -> Iterator[Line]:
        top = list(islice(lines, TOP))
        if not top:
            return iter(())
        if self.pairs_only and all(len(cells) < 2 for _, cells in top):
            problem = say("タブのない文章", "a text without a tab")
            expected = say("原語 TAB 訳語 の行", "rows of source TAB target")
            raise FormatError(self._path, top[0][0], problem, expected)
        comments = getattr(self.table, "comments", None) or [""]
        languages = _LANGUAGES.fullmatch(comments[0])
        if languages:  # as termbank writes it where the first row looks like a header
            self.meaning.langs = {"source": languages[1], "target": languages[2]}
            self.meaning.layout = bare_layout(len(top[0][1]))
            return chain(top, lines)
        header = header_row([cells for _, cells in top])
        if header is None:
            self.meaning.layout = bare_layout_of([cells for _, cells in top])
            return self._guess(chain(top, lines), announce=True)
        self.meaning.layout = layout_of(top[header][1])
        line, cells = top[header]
        if again := duplicates(cells):
            problem = say(
                f"列 {again[0]!r} が二つあります", f"column {again[0]!r} twice"
            )
            expected = say("列ごとに違う名前", "one column a name")
            raise FormatError(self._path, line, problem, expected)
        self.table.first_line = line
        if header:
            self.warnings.append(
                say(
                    f"{line} 行目を見出しとし、その上は読みませんでした",
                    f"line {line} taken as the header, what stands above it left out",
                )
            )
        return self._guess(chain(top[header + 1 :], lines), announce=False)

    def _guess(self, lines: Iterator[Line], *, announce: bool) -> Iterator[Line]:
        """Settle the languages that no header names, from the first rows."""
        langs, columns = self.meaning.langs, self.meaning.layout.columns
        places = [
            (number, column)
            for number, column in enumerate(columns)
            if column.field == "form" and column.side and not column.lang
        ]
        if all(langs[column.side] for _, column in places):
            return lines
        sample = list(islice(lines, SAMPLE))
        cells = {
            column.side: [row[at] if at < len(row) else "" for _, row in sample]
            for at, column in places
        }
        for side, lang in self._guess_languages(cells).items():
            langs[side] = langs[side] or lang
        if announce:
            both = f"{langs['source']}, {langs['target']}"
            self.warnings.append(
                say(
                    f"見出し行がありません。言語を {both} とみなしました",
                    f"no header; languages taken for {both}",
                )
            )
        return chain(sample, lines)

    def _guess_languages(self, cells: dict[str, list[str]]) -> dict[str, str]:
        if len(cells) == 2:
            rows = zip(cells["source"], cells["target"], strict=True)
            pair = guessed_pair([(a.strip(), b.strip()) for a, b in rows])
            return dict(zip(("source", "target"), pair, strict=True))
        return {
            side: guessed_language([cell for cell in column if cell.strip()])
            for side, column in cells.items()
        }

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
            long = map(with_statuses, long_table.concepts(header, lines))
            yield from map(self._with_notes, long)
            return
        records: Iterator[Concept] = (
            self._with_notes(self.meaning.record(line, cells)) for line, cells in lines
        )
        fields = {column.field for column in columns}
        if "concept_id" in fields:
            records = group(records)
        elif "status" in fields:
            records = with_retired_forms(records)
        yield from records
        self._tell_alternatives()

    def _with_notes(self, record: Concept) -> Concept:
        """Note unknown statuses and cells of several spellings; split where asked."""
        terms: list[Term] = []
        for term in record.terms:
            label = (term.extra or {}).get("status")
            if isinstance(label, str) and not is_status(label):
                self.unknown_statuses[label] = self.unknown_statuses.get(label, 0) + 1
            forms = alternatives(term.form)
            if len(forms) > 1 and self.split:
                terms += split_forms(term, forms)
                continue
            if len(forms) > 1:
                self._several.append(record.line)
            terms.append(term)
        record.terms = terms
        return record

    def _tell_alternatives(self) -> None:
        if self._several:
            examples = ", ".join(map(str, self._several[:5]))
            count = len(self._several)
            self.warnings.append(
                say(
                    f"一つのセルに複数の表記があるようです ({count} 件、行 {examples})。"
                    "分けるには --split",
                    f"cells that seem to hold several spellings ({count}, lines {examples});"
                    " --split takes them apart",
                )
            )

    def segments(self) -> Iterator[Segment]:
        """Yield one pair a row: the two sides, or the first two language columns.

        Columns that are called like a field of segments (previous, origin, context …)
        fill it; a row marked fuzzy (Weblate) has no translation.
        """
        columns: dict[str, int] = {}
        fuzzy = -1
        for line, cells in self.rows():
            if self.meaning.layout.kind == "long":
                problem = say("一行一語形の表", "a table of one form a row")
                expected = say(
                    "原文と訳文の列 (source, target)", "source and target columns"
                )
                raise FormatError(self._path, line, problem, expected)
            if not columns:
                names = [c.name.casefold() for c in self.meaning.layout.columns]
                columns = {name: at for at, name in enumerate(names) if name}
                fuzzy = columns.get("fuzzy", -1)
            pair = self._segment(line, cells, columns)
            if pair is None:
                continue
            if 0 <= fuzzy < len(cells) and cells[fuzzy].casefold() in _FUZZY:
                pair.target = None
            yield pair

    def _segment(
        self, line: int, cells: list[str], columns: dict[str, int]
    ) -> Segment | None:
        forms = [
            number
            for number, column in enumerate(self.meaning.layout.columns)
            if column.field == "form" and number < len(cells)
        ]
        record = self.meaning.record(line, cells)
        if len(forms) < 2 or not cells[forms[0]].strip():
            return None
        langs = [self._lang_of(at, record) for at in forms[:2]]
        # The texts as they stand: blanks at the ends of a segment belong to it.
        pair = Segment(cells[forms[0]], cells[forms[1]] or None)
        pair.source_lang, pair.target_lang = langs[0] or None, langs[1] or None
        pair.segment_id = record.id or None
        for name in SEGMENT_FIELDS:
            at = columns.get(name, -1)
            if 0 <= at < len(cells) and cells[at]:
                setattr(pair, name, cells[at])
        return pair

    def _lang_of(self, number: int, record: Concept) -> str:
        column = self.meaning.layout.columns[number]
        if column.lang:
            return column.lang
        if column.side == "target" and len(record.terms) > 1:
            return record.terms[-1].lang
        if column.side == "source" and record.terms:
            return record.terms[0].lang
        return self.meaning.langs.get(column.side, "")


def alternatives(form: str) -> list[str]:
    """Return the spellings that a cell seems to hold, one where it holds one.

    >>> alternatives("有効化|アクティベート"), alternatives("設定、セッティング")
    (['有効化', 'アクティベート'], ['設定', 'セッティング'])
    >>> alternatives("and/or"), alternatives("はい、そうです。")
    (['and/or'], ['はい、そうです。'])
    """
    if len(form) > _LONGEST_FORM or _SENTENCE.search(form):
        return [form]
    for separator in _ALTERNATIVES:
        parts = [part.strip() for part in separator.split(form)]
        if len(parts) > 1 and all(parts) and len(set(parts)) == len(parts):
            return parts
    return [form]


def split_forms(term: Term, forms: list[str]) -> list[Term]:
    """Return a term for each spelling: the first as the term is, the others admitted."""
    terms = []
    for number, form in enumerate(forms):
        twin = Term(term.lang, form, term.extra)
        for field in TERM_FIELDS:
            setattr(twin, field, getattr(term, field))
        if number:
            preferred = term.status in ("preferred", "")
            twin.status = "admitted" if preferred else term.status
            twin.reading = ""
        terms.append(twin)
    return terms


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


def group(records: Iterable[Concept]) -> Iterator[Concept]:
    """Join the rows of one concept; rows without an identifier stay alone."""
    by_identifier: dict[str, Concept] = {}
    order: list[Concept] = []
    for record in records:
        first = by_identifier.get(record.id) if record.id else None
        if first is not None:
            join(first, record)
            continue
        order.append(record)
        if record.id:
            by_identifier[record.id] = record
    yield from order


def with_retired_forms(records: Iterable[Concept]) -> Iterator[Concept]:
    """Join a row of a deprecated or forbidden form to the row of the form to use.

    The rows have no identifiers: they belong together where their other form is the
    same and only one row has it without such a status.
    """
    all_records = list(records)
    homes: dict[tuple[str, str], list[Concept]] = {}
    for record in all_records:
        if len(record.terms) == 2 and record.terms[1].status not in RETIRED:
            term = record.terms[0]
            homes.setdefault((term.lang, term.form), []).append(record)
    for record in all_records:
        if len(record.terms) == 2 and record.terms[1].status in RETIRED:
            term = record.terms[0]
            matches = homes.get((term.lang, term.form), [])
            if len(matches) == 1:
                join(matches[0], record)
                record.terms = []
    yield from (record for record in all_records if record.terms)


def join(first: Concept, other: Concept) -> None:
    """Add what a later row of a concept says to the concept of the first.

    The status of a row of two forms speaks of its translation, unless that is known and
    the source is not: then it is the source that the row is about.
    """
    _turn_status(first, other)
    for term in other.terms:
        same = (t for t in first.terms if (t.lang, t.form) == (term.lang, term.form))
        twin = next(same, None)
        if twin is None:
            first.terms.append(term)
            continue
        for field in TERM_FIELDS:
            if not getattr(twin, field):
                setattr(twin, field, getattr(term, field))
    for field in CONCEPT_FIELDS:
        if not getattr(first, field):
            setattr(first, field, getattr(other, field))
    defined_langs = {each.lang for each in first.definitions}
    first.definitions += [
        each for each in other.definitions if each.lang not in defined_langs
    ]
    if other.extra:
        first.extra = {**other.extra, **(first.extra or {})}


def _turn_status(first: Concept, other: Concept) -> None:
    if len(other.terms) != 2:
        return
    forms = {(term.lang, term.form) for term in first.terms}
    source, target = other.terms
    about_source = (target.lang, target.form) in forms
    if about_source and (source.lang, source.form) not in forms and target.status:
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
    report = Inspection(name)
    try:
        for record in reader.concepts():
            report.terms += len(record.terms)
            for term in record.terms:
                report.lang(term.lang, record.line)
                if term.status:
                    raw = (term.extra or {}).get("status", term.status)
                    report.status(raw, record.line)
    finally:
        report.units = reader.table.rows
        report.columns = reader.columns()
    return report.finished(reader.warnings)

"""The translator's sheet as a file: a workbook with comments, or CSV for Excel.

The workbook carries, on a hidden sheet, what every row said when it was written, so that
an edited sheet tells what its reader changed from what the glossary changed meanwhile.
"""

from __future__ import annotations

import csv
import io
import json
import os
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank import strict_csv
from termbank.atomic_files import replacing_bytes
from termbank.errors import FormatError, InputError, PluginError, TermbankError
from termbank.messages import language, of_system, say

from .term_sheet import HEADINGS, KINDS, STATES, SheetRow, field_of, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BASE: Final = "termbank"  # name of the hidden sheet
_WIDTHS: Final = (14, 26, 30, 22, 22, 10, 7, 60, 10, 30, 30)  # characters
_LARGEST: Final = 64 << 20  # bytes of a CSV file
_FORMULA: Final = ("=", "+", "-", "@")  # what a spreadsheet would run
_HEADER_FIELDS: Final = ("concept", "japanese", "english", "status")


class Sheet(NamedTuple):
    """A sheet that somebody edited.

    Attributes:
        path: Its file.
        rows: (line, row) for each row that says anything.
        base: What each concept's row said when the sheet was written; empty where the
            file does not tell.
        comments: (leading form, text) of cell comments.
    """

    path: str
    rows: tuple[tuple[int, SheetRow], ...]
    base: dict[str, SheetRow]
    comments: tuple[tuple[str, str], ...]


def write_sheet(rows: Sequence[SheetRow], path: str) -> None:
    """Write rows as .xlsx, or as .csv with a byte order mark.

    Comments and further columns that a workbook in the same place holds are kept.

    Raises:
        InputError: It cannot be written there.
        PluginError: ``openpyxl`` is not installed.
    """
    if path.casefold().endswith(".csv"):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(_headings())
        writer.writerows([_safe(cell) for cell in _show(row)] for row in rows)
        with replacing_bytes(path) as file:
            file.write(b"\xef\xbb\xbf" + out.getvalue().encode())
        return
    _write_workbook(rows, path)


def is_sheet(path: str) -> bool:
    """Whether a file is a sheet of ours, as it was written or saved again as CSV."""
    if path.casefold().endswith(".xlsx") and os.path.isfile(path):
        import zipfile

        try:
            with zipfile.ZipFile(path) as archive:
                book = archive.read("xl/workbook.xml")[: 1 << 16]
        except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError):
            return False
        return f'name="{_BASE}"'.encode() in book
    if path.casefold().endswith(".csv") and os.path.isfile(path):
        with open(path, "rb") as file:
            head = file.read(2000).decode("utf-8-sig", "replace")
        try:
            cells = next(csv.reader(io.StringIO(head)), [])
        except csv.Error:  # a lone carriage return
            return False
        fields = {field_of(cell) for cell in cells}
        return {*_HEADER_FIELDS} <= fields
    return False


def read_sheet(path: str) -> Sheet:
    """Return an edited sheet.

    Raises:
        FormatError: It is no workbook, or too large.
        InputError: It cannot be read.
    """
    if path.casefold().endswith(".csv"):
        return Sheet(path, tuple(_csv_rows(path)), {}, ())
    from termbank.formats.tables.xlsx import check

    check(path)
    try:
        book = _openpyxl().load_workbook(path)
        sheet = next(
            worksheet for worksheet in book.worksheets if worksheet.title != _BASE
        )
        base = _base_of(book)
        rows, comments = _cells(sheet)
    except TermbankError:
        raise
    except Exception as fault:  # the library raises what its XML reader comes upon
        problem = f"{say('壊れたブック', 'a broken workbook')}: {fault}"
        raise FormatError(
            path, 1, problem, say(".xlsx のブック", "an .xlsx workbook")
        ) from fault
    return Sheet(path, tuple(rows), base, tuple(comments))


def _csv_rows(path: str) -> Iterable[tuple[int, SheetRow]]:
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as fault:
        expected = say("読めるファイル", "a readable file")
        raise InputError(path, of_system(fault), expected) from fault
    if len(content) > _LARGEST:
        problem = say(
            f"{_LARGEST} バイトより大きいファイル", f"more than {_LARGEST} bytes"
        )
        raise FormatError(path, 1, problem, say("もっと小さい表", "a smaller table"))
    for encoding in ("utf-8-sig", "cp932"):  # Excel saves Japanese in the latter too
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        records = strict_csv.records(path, text)
        fields = [field_of(cell) for cell in next(records, (1, []))[1]]
        for line, cells in records:
            row = _row(fields, cells)
            if any(row):
                yield line, row
        return
    problem = say("UTF-8 でも Shift_JIS でもない文字", "neither UTF-8 nor Shift_JIS")
    raise FormatError(path, 1, problem, "UTF-8")


def _cells(sheet: Any) -> tuple[list[tuple[int, SheetRow]], list[tuple[str, str]]]:
    lines = sheet.iter_rows()
    fields = [field_of(_text(cell.value)) for cell in next(lines, ())]
    rows: list[tuple[int, SheetRow]] = []
    comments: list[tuple[str, str]] = []
    for number, cells in enumerate(lines, 2):
        row = _row(fields, [_text(cell.value) for cell in cells])
        notes = [cell.comment.text.strip() for cell in cells if cell.comment]
        comments += [(row.japanese or row.concept, text) for text in notes if text]
        if any(row):
            rows.append((number, row))
    return rows, comments


def _row(fields: Sequence[str], cells: Sequence[str]) -> SheetRow:
    values = {
        field: cell.strip() for field, cell in zip(fields, cells, strict=False) if field
    }
    row = SheetRow(**{name: _unsafe(text) for name, text in values.items()})
    return row._replace(
        status=value_of(STATES, row.status), kind=value_of(KINDS, row.kind)
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _write_workbook(rows: Sequence[SheetRow], path: str) -> None:
    library = _openpyxl()
    comments, more = _kept_of(path) if os.path.isfile(path) else ({}, [])
    book = library.Workbook()
    sheet = book.active
    sheet.title = say("用語", "Terms") if language() != "both" else "用語"
    headings = _headings()
    sheet.append([*headings, *(heading for heading, _ in more)])
    for row in rows:
        extra = [values.get(row.concept, "") for _, values in more]
        sheet.append([_cell(text) for text in (*_show(row), *extra)])
    _dress(sheet, library, len(rows))
    for at, row in enumerate(rows, 2):
        for column, text in comments.get(row.concept, ()):
            comment = library.comments.Comment(text, "termbank")
            sheet.cell(at, column).comment = comment
    base = book.create_sheet(_BASE)
    base.sheet_state = "hidden"
    for row in rows:
        base.append([row.concept, json.dumps(row, ensure_ascii=False)])
    with replacing_bytes(path) as file:
        book.save(file)


def _dress(sheet: Any, library: Any, count: int) -> None:
    """Give a sheet its widths, bold and frozen header, filter and choices."""
    styles, letter = library.styles, library.utils.get_column_letter
    alignment = styles.Alignment(vertical="top", wrap_text=True)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[letter(column)].width = width
        sheet.cell(1, column).font = styles.Font(bold=True)
    sheet.column_dimensions["A"].hidden = False
    sheet.freeze_panes = "C2"
    last = letter(sheet.max_column)
    sheet.auto_filter.ref = f"A1:{last}{max(count + 1, 1)}"
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            cell.alignment = alignment
            cell.number_format = "@"
    place = 0 if language() != "en" else 1
    for field, table in (("status", STATES), ("kind", KINDS)):
        words = ",".join(both[place] for both in table.values())
        choice = library.worksheet.datavalidation.DataValidation(
            type="list", formula1=f'"{words}"', allow_blank=True
        )
        column = letter([*HEADINGS].index(field) + 1)
        choice.add(f"{column}2:{column}{count + 500}")
        sheet.add_data_validation(choice)


def _kept_of(
    path: str,
) -> tuple[dict[str, list[tuple[int, str]]], list[tuple[str, dict[str, str]]]]:
    """Return comments and further columns of the sheet that stands in the same place."""
    book = _openpyxl().load_workbook(path)
    sheet = next(
        (worksheet for worksheet in book.worksheets if worksheet.title != _BASE), None
    )
    comments: dict[str, list[tuple[int, str]]] = {}
    if sheet is None:
        return comments, []
    lines = sheet.iter_rows()
    head = [_text(cell.value) for cell in next(lines, ())]
    columns = {field: at for at, name in enumerate(head) if (field := field_of(name))}
    further = {at: name for at, name in enumerate(head) if name and not field_of(name)}
    more: list[tuple[str, dict[str, str]]] = [(name, {}) for name in further.values()]
    order = [*HEADINGS]
    for cells in lines:
        values = [_text(cell.value) for cell in cells]
        at = columns.get("concept", 0)
        concept = values[at] if at < len(values) else ""
        for number, cell in enumerate(cells):
            if cell.comment:
                field = field_of(head[number]) if number < len(head) else ""
                column = order.index(field) + 1 if field else number + 1
                comments.setdefault(concept, []).append((column, cell.comment.text))
        for (_, values_by_concept), number in zip(more, further, strict=True):
            if number < len(values) and values[number]:
                values_by_concept[concept] = values[number]
    return comments, more


def _base_of(book: Any) -> dict[str, SheetRow]:
    if _BASE not in book.sheetnames:
        return {}
    rows: dict[str, SheetRow] = {}
    for cells in book[_BASE].iter_rows(values_only=True):
        try:
            values = json.loads(_text(cells[1]))
            row = SheetRow(*values)
        except (IndexError, ValueError, TypeError):
            continue  # somebody's edit of the hidden sheet: that row has no base
        if all(isinstance(part, str) for part in row):
            rows[row.concept] = row
    return rows


def _headings() -> list[str]:
    place = 0 if language() != "en" else 1
    return [words[place] for words in HEADINGS.values()]


def _show(row: SheetRow) -> list[str]:
    place = 0 if language() != "en" else 1
    row_in_words = row._replace(
        status=STATES[row.status][place] if row.status else "",
        kind=KINDS[row.kind][place] if row.kind in KINDS else row.kind,
    )
    return [*row_in_words]


def _cell(text: str) -> str | int | None:
    if text.isascii() and text.isdigit() and len(text) < 7:
        return int(text)
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return _safe(clean) or None


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _unsafe(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA) else text


def _openpyxl() -> Any:
    try:
        import openpyxl
        import openpyxl.comments
        import openpyxl.styles
        import openpyxl.utils
        import openpyxl.worksheet.datavalidation
    except ImportError as fault:
        raise PluginError(
            "openpyxl",
            say("表計算ファイルを扱うライブラリーがありません", "not installed"),
            "pip install 'termbank[xlsx]'",
        ) from fault
    return openpyxl

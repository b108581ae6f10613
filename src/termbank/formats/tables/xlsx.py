"""XLSX workbooks: one sheet as a table, read by a guarded child process.

Read is the first visible sheet that holds a table. A sheet called ``decisions`` carries
what people decided, in workbooks that termbank wrote.

Keeps: cell texts. Furigana (rPh) are no part of a text.
Drops: all other sheets, formats, formulas (their last values are read).
"""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any, Final

from termbank.atomic_files import replacing_bytes
from termbank.errors import FormatError, InputError
from termbank.formats.model.concept_records import Losses
from termbank.formats.model.decision_rows import FIELDS, is_whole, row_of
from termbank.formats.xml.element_tree import clean_text, escape_text
from termbank.isolation.child_processes import environment, python_command
from termbank.messages import at_most, of_system, say

from . import long_table
from .delimited_rows import COLUMNS, FIELD_SIZE
from .record_reader import Reader, inspect_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Concept, Segment
    from termbank.formats.model.decision_rows import DecisionRow
    from termbank.formats.model.file_head import Head
    from termbank.formats.model.inspection_report import Inspection

NAME: Final = "xlsx"
SUFFIXES: Final = (".xlsx",)
DROPS: Final = ("all sheets but one", "formats", "formulas")
CARRIES_DECISIONS: Final = True
_DECISIONS: Final = "decisions"
# Sheets of real glossaries shrink 5 to 15 times; a bomb shrinks about 1,000 times.
_RATIO: Final = 200
_FREE: Final = 16 << 20  # bytes up to which the ratio does not count
_UNPACKED: Final = 1 << 30  # bytes of all parts together
_PARTS: Final = 2000
_SECONDS: Final = 120  # of CPU time that the child may take
_MEMORY: Final = 400 << 20  # bytes of address space beyond what the child starts with


class Sheet:
    """The first sheet of a workbook, row by row; stands where a Table may stand.

    Attributes:
        warnings: What a person should know.
        rows: Rows read so far that are not blank.
        first_line: Row of the header, set by who finds it.
    """

    def __init__(self, path: str, *, name: str = "") -> None:
        """Prepare to read a workbook.

        Args:
            path: File.
            name: Sheet that is wanted; the first with a table where absent.
        """
        self._path, self._name = path, name
        self.warnings: list[str] = []
        self.rows = self.first_line = 0

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield row number (from 1) and cells of each row that is not blank.

        Raises:
            FormatError: No workbook, or one that is too large, too dense, or broken.
        """
        check(self._path)
        command = python_command(
            f"{__package__}.xlsx_child",
            os.path.abspath(self._path),
            str(_SECONDS),
            str(_MEMORY),
            self._name,
        )
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        ) as child:
            assert child.stdout is not None
            try:
                for text in child.stdout:
                    yield from self._line(json.loads(text))
            finally:
                child.stdout.close()
                code = child.wait()
        if code:
            problem = say(
                "時間かメモリが足りず読み切れないブック",
                "a workbook whose reader gave up (time or memory)",
            )
            expected = say("もっと小さいブック", "a smaller workbook")
            raise FormatError(self._path, 1, problem, expected)

    def _line(self, message: dict[str, Any]) -> Iterator[tuple[int, list[str]]]:
        if "fault" in message:
            place, problem, expected = message["fault"]
            raise FormatError(self._path, place, problem, expected)
        if "warning" in message:
            self.warnings.append(message["warning"])
            return
        number, cells = message["row"]
        if len(cells) > COLUMNS:
            problem = say(f"{len(cells)} 列", f"{len(cells)} columns")
            raise FormatError(self._path, number, problem, at_most(COLUMNS))
        if any(len(cell) > FIELD_SIZE for cell in cells):
            problem = say("1 MiB を超えるセル", "a cell over 1 MiB")
            expected = say("もっと短いセル", "shorter cells")
            raise FormatError(self._path, number, problem, expected)
        if any(cell.strip() for cell in cells):
            self.rows += 1
            yield number, cells


def check(path: str) -> None:
    """Refuse what is no workbook or would fill the memory, before any part is read.

    Raises:
        FormatError: No zip file, too many or too large parts, or a suspicious ratio.
    """
    expected = say(".xlsx のブック", "an .xlsx workbook")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as fault:
        problem = f"{say('壊れた ZIP', 'broken zip')}: {fault}"
        raise FormatError(path, 1, problem, expected) from None
    except OSError as fault:
        raise InputError(path, of_system(fault), expected) from fault
    total = sum(part.file_size for part in parts)
    if len(parts) > _PARTS or total > _UNPACKED:
        problem = say(
            f"{len(parts)} 個の部分、{total:,} バイト",
            f"{len(parts)} parts of {total:,} bytes",
        )
        right = say("ふつうの大きさのブック", "a workbook of ordinary size")
        raise FormatError(path, 1, problem, right)
    for part in parts:
        dense = part.file_size > _RATIO * max(part.compress_size, 1)
        if dense and part.file_size > _FREE:
            name, size = part.filename, f"{part.file_size:,}"
            problem = say(
                f"展開すると {size} バイトになる {name}",
                f"{name} that unpacks to {size} bytes",
            )
            right = say(
                f"圧縮時の {_RATIO} 倍まで", f"at most {_RATIO} times its packed size"
            )
            raise FormatError(path, 1, problem, right)
    names = {part.filename for part in parts}
    if not names & {"[Content_Types].xml", "content.xml"}:
        problem = say("ブックではない ZIP ファイル", "a zip file that is no workbook")
        raise FormatError(path, 1, problem, expected)


def reader(path: str, *, split: bool = False, **options: Any) -> Reader:
    """Return the reader of tables over the first sheet with a table."""
    table_reader = Reader(path, table=Sheet(path), **options)
    table_reader.split = split
    return table_reader


def concepts(path: str, **options: Any) -> Iterator[Concept]:
    """Yield the concepts of the first sheet."""
    yield from reader(path, **options).concepts()


def holds_pairs(path: str, *, bare: bool = False) -> bool:
    """Say whether the first sheet holds segments and no terms."""
    return reader(path).holds_pairs(bare=bare)


def segments(
    path: str, *, source: str | None = None, target: str | None = None
) -> Iterator[Segment]:
    """Yield one pair a row of the first sheet."""
    yield from reader(path, source=source, target=target).segments()


def decisions(path: str) -> Iterator[DecisionRow]:
    """Yield what people decided: the rows of the sheet called ``decisions``.

    Raises:
        FormatError: A row names no language, action or form.
    """
    lines = Sheet(path, name=_DECISIONS).lines()
    _, head = next(lines, (0, []))
    for number, cells in lines:
        row = row_of(dict(zip(head, cells, strict=False)))
        if not is_whole(row):
            problem = say("欠けたセルのある決定", "a decision with a cell missing")
            expected = say(
                "lang・action・left のある行", "a row with lang, action, left"
            )
            raise FormatError(path, number, problem, expected)
        yield row


def write_records(
    records: Iterable[Concept],
    path: str,
    *,
    strict: bool = False,
    decisions: Iterable[DecisionRow] = (),
    **_: Any,
) -> Losses:
    """Write termbank's own table into a workbook; cells are texts, never formulas.

    Args:
        records: Concepts.
        path: File to replace.
        strict: Whether to raise, with nothing written, when a field would be lost.
        decisions: What people decided; they get a sheet of their own where there are any.
    """
    losses = Losses()
    decision_rows = [FIELDS, *decisions]
    with replacing_bytes(path) as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in _parts(2 if len(decision_rows) > 1 else 1).items():
                archive.writestr(_entry(name), content)
            with archive.open(_entry("xl/worksheets/sheet1.xml"), "w") as sheet:
                for part in _sheet(long_table.table(records, losses), losses):
                    sheet.write(part)
            if len(decision_rows) > 1:
                decided_sheet = b"".join(_sheet(decision_rows, losses))
                archive.writestr(_entry("xl/worksheets/sheet2.xml"), decided_sheet)
        if strict:
            losses.refuse(path)
    return losses


def _entry(name: str) -> zipfile.ZipInfo:
    # A fixed date: the same glossary gives the same bytes.
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _sheet(rows: Iterable[Iterable[str]], losses: Losses) -> Iterator[bytes]:
    """Yield a worksheet: widths, a bold and frozen header, a filter over all rows."""
    yield _SHEET_HEAD
    width = count = 0
    for cells in rows:
        row = list(cells)
        if not count:
            width = len(row)
            columns = "".join(
                f'<col min="{at}" max="{at}" width="{_WIDTHS.get(name, _WIDTH)}" customWidth="1"/>'
                for at, name in enumerate(row, 1)
            )
            yield f"<cols>{columns}</cols><sheetData>".encode()
        count += 1
        yield _row(row, losses, style=' s="1"' if count == 1 else "")
    if not count:
        yield b"<sheetData>"
    last = f"{_letters(width)}{max(count, 1)}" if width else "A1"
    yield f'</sheetData><autoFilter ref="A1:{last}"/></worksheet>'.encode()


def _letters(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while column:
        column, at = divmod(column - 1, 26)
        letters = chr(65 + at) + letters
    return letters


def _row(cells: Iterable[str], losses: Losses, *, style: str = "") -> bytes:
    parts = []
    for cell in cells:
        clean = clean_text(cell)
        if clean != cell:
            losses.add("cell", "characters that XML does not allow")
        text = f'<t xml:space="preserve">{escape_text(clean)}</t>'
        parts.append(f'<c{style} t="inlineStr"><is>{text}</is></c>' if cell else "<c/>")
    return f"<row>{''.join(parts)}</row>".encode()


_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_SHEET_HEAD: Final = (
    f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetViews>'
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
).encode()
# Characters; what no name is given for holds a word.
_WIDTH: Final = 15
_WIDTHS: Final = {"form": 28, "context": 50, "definition": 50, "note": 36, "reason": 28}
_FONT: Final = '<sz val="11"/><name val="Calibri"/>'
_XF: Final = 'numFmtId="0" fillId="0" borderId="0"'
_STYLES: Final = (
    f'{_DECLARATION}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font>{_FONT}</font>'
    f"<font><b/>{_FONT}</font></fonts>"
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    f'</borders><cellStyleXfs count="1"><xf {_XF} fontId="0"/></cellStyleXfs>'
    f'<cellXfs count="2"><xf {_XF} fontId="0" xfId="0"/>'
    f'<xf {_XF} fontId="1" xfId="0" applyFont="1"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_SHEETS: Final = ("terms", _DECISIONS)


def _parts(sheets: int) -> dict[str, str]:
    """Return the parts of a workbook around its sheets, by name."""
    numbers = range(1, sheets + 1)
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        f'ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    names = "".join(
        f'<sheet name="{_SHEETS[n - 1]}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" '
        f'Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    return {
        "[Content_Types].xml": f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
        f"{types}</Types>",
        "_rels/.rels": f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_DECLARATION}<workbook xmlns="{_MAIN}" '
        f'xmlns:r="{_OFFICE}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"{_DECLARATION}<Relationships "
        f'xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{sheets + 1}" Type="{_OFFICE}/styles" '
        'Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }


def recognise(head: Head) -> bool:
    """Whether the file is a zip archive, as a workbook is."""
    return head.start.startswith(b"PK\x03\x04")


def inspect(path: str) -> Inspection:
    """Return what the first sheet of a workbook holds."""
    return inspect_rows(reader(path), NAME)

"""Rows of delimited text: encoding, separator, quoting, limits, warnings."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.safe_files import bom_of, chunks
from termbank.messages import at_most, say

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELD_SIZE: Final = 1 << 20  # characters; a longer cell is a quote that never closed
COLUMNS: Final = 1000  # a glossary in every language of the EU has fewer than 200
_SAMPLE: Final = 1 << 16  # bytes from which separator and encoding are told
_NAMED_ROWS: Final = 20  # row numbers a warning spells out
_TABBED: Final = (".tsv", ".tab", ".txt", ".utx", ".utf8")
_COMMENTED: Final = (".tab", ".txt", ".utf8")  # OmegaT's names of glossaries
_QUOTING: Final = (".tsv", ".csv")  # as spreadsheets write them
_SAMPLE_ROWS: Final = 50  # from which the separator is told
# other than the comma: what it is called in Japanese and in English
_SEPARATORS: Final = {
    ";": ("セミコロン", "semicolons"),
    "\t": ("タブ", "tabs"),
    "|": ("縦棒", "bars"),
}
# What spreadsheets run as a formula; full-width signs are run too by some.
_FORMULA: Final = re.compile(r"[=+\-@\t\r＝＋－＠]")
_NUMBER: Final = re.compile(r"[+-]?[\d.,\s]+%?")
_HALF_KANA: Final = re.compile("[｡-ﾟ]")
# EUC-JP read as CP932 turns most characters into half-width katakana.
_EUC_SHARE: Final = 0.3


class Table:
    """A delimited file being read, row by row.

    Attributes:
        encoding: As Python calls it.
        separator: One character.
        warnings: What a person should know, filled while rows are read.
        newline: Line end.
        comments: Lines that begin with ``#`` before the first row, where they are
            comments.
        first_line: Line of the header, set by who finds it; rows above it are titles.
    """

    def __init__(
        self,
        path: str,
        *,
        separator: str = "",
        quoted: bool = True,
        commented: bool | None = None,
    ) -> None:
        """Look at the first bytes of a file.

        Args:
            path: File.
            separator: Between cells; told by the rows where absent.
            quoted: Whether cells may stand in quotes.
            commented: Whether ``#`` begins a comment; where absent, in files that are
                named like glossaries of OmegaT.
        """
        self._path = path
        self._suffix = _suffix(path)
        self._commented = self._suffix in _COMMENTED if commented is None else commented
        self.warnings: list[str] = []
        self.comments: list[str] = []
        head = _head(path)
        self.marked, length = bom_of(head)
        self.encoding = self.marked or _encoding(path, self.warnings)
        self.newline = "\r\n" if "\r\n" in head.decode("latin-1") else "\n"
        sample = head[length:].decode(self.encoding, "replace").lstrip("\ufeff")
        self.separator = separator or _separator(sample, self._suffix, self.warnings)
        # Tab-separated files of terminology tools know no quotes; spreadsheets do.
        self._quoted = quoted and (self.separator != "\t" or self._suffix in _QUOTING)
        self.ragged: list[int] = []
        self.formulas: list[int] = []
        self.rows = self.first_line = 0

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line (from 1) and cells of rows neither blank nor comment.

        Raises:
            FormatError: A quote that never closes, a NUL, bytes that are not of the
                encoding, a cell over 1 MiB, more than 1,000 columns; with the line.
        """
        widths: dict[int, list[int]] = {}
        for line, cells in self._records():
            if not any(cell.strip() for cell in cells):
                continue
            if self._commented and cells[0].startswith("#"):
                if not self.rows:
                    self.comments.append(self.separator.join(cells))
                continue
            if len(cells) > COLUMNS:
                problem = say(f"{len(cells)} 列", f"{len(cells)} columns")
                raise FormatError(self._path, line, problem, at_most(COLUMNS))
            self.rows += 1
            widths.setdefault(len(cells), []).append(line)
            if any(is_formula(cell) for cell in cells):
                self.formulas.append(line)
            yield line, cells
        self._warn(widths)

    def _warn(self, widths: dict[int, list[int]]) -> None:
        width = max(widths, key=lambda cells: len(widths[cells]), default=0)
        rows = [
            line for cells, lines in widths.items() if cells != width for line in lines
        ]
        self.ragged = sorted(line for line in rows if line >= self.first_line)
        if self.ragged:
            odd = say(
                f"セルが {width} 個でない行",
                f"rows with more or fewer than {width} cells",
            )
            self.warnings.append(f"{odd}: {_row_names(self.ragged)}")
        if self.formulas:
            odd = say(
                "表計算で式として動くセル", "cells a spreadsheet would run as a formula"
            )
            self.warnings.append(f"{odd}: {_row_names(self.formulas)}")

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        if csv.field_size_limit() < FIELD_SIZE:
            csv.field_size_limit(FIELD_SIZE)
        if not self._quoted:
            for number, text in enumerate(self._text(), 1):
                cells = text.rstrip("\r\n").split(self.separator)
                if any(len(cell) > FIELD_SIZE for cell in cells):
                    raise self._too_long(number)
                yield number, cells
            return
        reader = csv.reader(self._text(), delimiter=self.separator, strict=True)
        line = 1
        try:
            for record in reader:
                yield line, record
                line = reader.line_num + 1
        except csv.Error as fault:
            if "limit" in str(fault):
                raise self._too_long(line) from None
            problem = say("閉じていない引用符", "a quote that is never closed")
            if "end of data" not in str(fault):
                problem = f"{say('CSV の誤り', 'broken CSV')}: {fault}"
            expected = say(
                'RFC 4180: 引用符は "" と重ね、開いた引用符は閉じる',
                "RFC 4180: quotes doubled, each quoted cell closed",
            )
            raise FormatError(self._path, line, problem, expected) from None

    def _too_long(self, line: int) -> FormatError:
        problem = say("1 MiB を超えるセル", "a cell over 1 MiB")
        expected = say("もっと短いセル", "shorter cells")
        return FormatError(self._path, line, problem, expected)

    def _text(self) -> Iterator[str]:
        """Yield the physical lines, byte order marks taken off the first."""
        raw = io.BufferedReader(_Bytes(chunks(self._path)))
        text = io.TextIOWrapper(raw, encoding=self.encoding, newline="")
        try:
            for number, line in enumerate(text, 1):
                if "\0" in line:
                    column = line.index("\0") + 1
                    problem = say("NUL 文字", "a NUL character")
                    expected = say("テキスト", "text")
                    raise FormatError(self._path, number, problem, expected, column)
                yield self._without_marks(line) if number == 1 else line
        except UnicodeDecodeError as fault:
            raise _undecodable(self._path, self.encoding, fault) from None

    def _without_marks(self, line: str) -> str:
        bare = line.lstrip("\ufeff")
        if len(line) - len(bare) > 1:
            self.warnings.append(
                say("1 行目: BOM が二つあります", "line 1: two byte order marks")
            )
        if bare[:4].lower() == "sep=" and len(bare.strip()) <= 5:
            return "\n"
        return bare


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would run a cell instead of showing it.

    A sign before a number and a lone dash are harmless.

    >>> is_formula("=1+1"), is_formula("-5"), is_formula("-"), is_formula("キーウ")
    (True, False, False, False)
    """
    if not _FORMULA.match(cell) or len(cell) == 1:
        return False
    return not _NUMBER.fullmatch(cell)


class _Bytes(io.RawIOBase):
    """A readable file over an iterator of pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # what BufferedReader passes
        """Fill a buffer with the next bytes."""
        if not self._rest:
            self._rest = next(self._pieces, b"")
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _suffix(path: str) -> str:
    name = path.casefold().removesuffix(".gz")
    return name[name.rfind(".") :] if "." in name else ""


def _head(path: str) -> bytes:
    head = b""
    for piece in chunks(path):
        head += piece
        if len(head) >= _SAMPLE:
            break
    return head


def _encoding(path: str, warnings: list[str]) -> str:
    """Return UTF-8 where all bytes are, else UTF-16, CP932 or EUC-JP as fits."""
    head = _head(path)
    if head.count(0) > len(head) // 4:
        # Without a mark: in UTF-16 every second byte of ASCII text is zero.
        return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
    if _decodes(path, "utf-8"):
        return "utf-8"
    fitting = [code for code in ("cp932", "euc_jp") if _decodes(path, code)]
    if not fitting:
        return "utf-8"  # reading then names the line and the byte
    chosen = fitting[0]
    if "euc_jp" in fitting:
        text = head.decode("cp932", "ignore")
        wide = sum(1 for char in text if char > "\x7f") or 1
        if chosen != "cp932" or len(_HALF_KANA.findall(text)) / wide > _EUC_SHARE:
            chosen = "euc_jp"
    warnings.append(
        say(
            f"UTF-8 ではないので {chosen} として読みました",
            f"not UTF-8; read as {chosen}",
        )
    )
    return chosen


def _decodes(path: str, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        for piece in chunks(path):
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True


def _undecodable(path: str, encoding: str, fault: UnicodeDecodeError) -> FormatError:
    """Return the error with the line, found by reading the bytes once more."""
    line, column, byte = 1, 0, fault.object[fault.start]
    if encoding == "utf-8":
        for number, raw in enumerate(io.BufferedReader(_Bytes(chunks(path))), 1):
            try:
                raw.decode()
            except UnicodeDecodeError as again:
                line, column, byte = number, again.start + 1, raw[again.start]
                break
    problem = say(f"{encoding} ではないバイト 0x{byte:02X}", f"byte 0x{byte:02X}")
    expected = say(f"{encoding} のテキスト", f"text in {encoding}")
    return FormatError(path, line, problem, expected, column)


def _separator(sample: str, suffix: str, warnings: list[str]) -> str:
    lines = [line for line in sample.splitlines()[:_SAMPLE_ROWS] if line.strip()]
    if lines and lines[0][:4].lower() == "sep=" and len(lines[0].strip()) == 5:
        return lines[0].strip()[4]
    if suffix in _TABBED and ("\t" in sample or suffix == ".utx"):
        return "\t"
    usual = "\t" if suffix in _TABBED else ","
    best = max((usual, *_SEPARATORS, ","), key=lambda each: _evenness(sample, each))
    if best == usual:
        return usual
    name = _SEPARATORS.get(best, ("コンマ", "commas"))
    expected = say("タブ", "tabs") if usual == "\t" else say("コンマ", "commas")
    warnings.append(
        say(
            f"{expected}ではなく{name[0]}で区切られています",
            f"separated by {name[1]}, not {expected}",
        )
    )
    return best


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    """Return the share of rows that a separator cuts into the usual number of cells.

    A separator that cuts nothing has none; of equal shares the wider row counts.
    """
    rows: list[int] = []
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(len(cells))
            if len(rows) >= _SAMPLE_ROWS:
                break
        else:
            del rows[1:][-1:]
    except csv.Error:
        return 0.0, 0
    width = max(set(rows), key=rows.count, default=1)
    return (rows.count(width) / len(rows), width) if width > 1 else (0.0, 0)


def _row_names(rows: list[int]) -> str:
    numbers = ", ".join(map(str, rows[:_NAMED_ROWS]))
    if len(rows) <= _NAMED_ROWS:
        return numbers
    return f"{numbers} … ({say(f'全部で {len(rows)}', f'{len(rows)} in all')})"

"""Tables of strings, ``key,ja,en``, as game engines have them: a language a column.

Keeps: keys, texts, the column of comments.
Drops: other columns.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import FormatError
from termbank.messages import say

from .entries import Escapes, Lines, StringEntry, ValueWriter, entry_of_stretch
from .key_pairing import unit_of
from .language_names import language_named
from .languages_held import chosen_pairs
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.formats.model.bilingual_units import BilingualUnit
    from termbank.formats.model.file_head import Head

_KEYS: Final = frozenset(
    [
        "key",
        "keys",
        "keyname",
        "stringid",
        "stringkey",
        "textid",
        "textkey",
        "msgid",
        "msgkey",
        "messageid",
        "messagekey",
        "locid",
        "lockey",
        "identifier",
        "stringname",
        "キー",
    ]
)
# Where the first column is id, its values must look like names in a program.
_MAYBE: Final = frozenset(("id", "name", "label"))
_NAME: Final = re.compile(
    r"[A-Za-z][\w-]*(?:[_.:/$-][\w-]+)+|[A-Z][A-Z0-9]*[a-z]\w*[A-Z]\w*"
)
# Under code, names of one word (back, menu) stand beside names of several (player_n).
_WORD: Final = re.compile(r"[A-Za-z][\w.]*")
_FEW: Final = 0.1
_COMMENTS: Final = frozenset(
    [
        "comment",
        "comments",
        "context",
        "description",
        "note",
        "notes",
        "sharedcomments",
        "_notes",
        "備考",
        "メモ",
        "コメント",
        "説明",
        "注",
    ]
)
_GLOSSARY: Final = frozenset(
    [
        "status",
        "definition",
        "reading",
        "pos",
        "partofspeech",
        "読み",
        "定義",
        "状態",
        "品詞",
        "ステータス",
    ]
)
_SAMPLE: Final = 50  # rows by which a table is recognised
_LABEL: Final = re.compile(r"(.*?)\s*[(\[（]\s*([\w-]+)\s*[)\]）]\s*")


class Cell(NamedTuple):
    """One cell of a table.

    Attributes:
        start: Offset of its text, after the quote where it has one.
        end: Offset after its text.
        quoted: Whether it stands in quotes.
    """

    start: int
    end: int
    quoted: bool


def rows(document: str, separator: str, path: str = "") -> Iterator[list[Cell]]:
    """Yield the cells of each row.

    Raises:
        FormatError: A quote is not closed.
    """
    at = len(document) - len(document.lstrip("\ufeff"))
    row: list[Cell] = []
    plain = re.compile(rf"[^{re.escape(separator)}\r\n]*+")
    quoted_cell = re.compile(r'"((?:[^"]|"")*+)"')
    while at <= len(document):
        is_quoted = document.startswith('"', at)
        match = (quoted_cell if is_quoted else plain).match(document, at)
        if match is None:
            line = document.count("\n", 0, at) + 1
            wrong = say("閉じていない引用符", "a quote that is not closed")
            raise FormatError(path, line, wrong, '"…"')
        row.append(Cell(*(match.span(1) if is_quoted else match.span()), is_quoted))
        at = plain.match(document, match.end()).end()  # type: ignore[union-attr]
        if document.startswith(separator, at):
            at += 1
            continue
        if len(row) > 1 or row[0].end > row[0].start:
            yield row
        row = []
        if at >= len(document):
            return
        at += 2 if document.startswith("\r\n", at) else 1
        if at >= len(document):
            return


def units(
    document: str, *, source: str | None, target: str | None, path: str
) -> Iterator[BilingualUnit]:
    """Yield the texts of two columns that stand under one key."""
    separator = _separator(document)
    table = list(rows(document, separator, path))
    header = [_value(document, cell) for cell in table[0]] if table else []
    columns = _languages(header)
    comment = next((at for at, x in enumerate(header) if _plain(x) in _COMMENTS), None)
    lines = Lines(document)
    for first, second in chosen_pairs(list(columns), source, target):
        for row in table[1:]:
            if _is_too_wide(row, len(header)):
                continue
            mine = _entry(document, row, columns[first], separator)
            theirs = _entry(document, row, columns[second], separator)
            if mine is None or not mine.text.strip():
                continue
            if theirs is not None:
                theirs.line = lines.at(theirs.start)
            mine.line = lines.at(mine.start) if theirs is None else theirs.line
            if comment is not None and comment < len(row):
                mine.note = _value(document, row[comment])
            yield unit_of(mine, theirs, first, second)


def _is_too_wide(row: Sequence[Cell], width: int) -> bool:
    """Answer whether a row has cells without a heading: a comma outside of quotes."""
    return any(cell.end > cell.start for cell in row[width:])


def _warnings(document: str) -> list[str]:
    """Return what a person should know: rows that are left out, as none can tell them."""
    table = list(rows(document, _separator(document)))
    width, lines = len(table[0]) if table else 0, Lines(document)
    wide = [lines.at(row[0].start) for row in table[1:] if _is_too_wide(row, width)]
    if not wide:
        return []
    places = ", ".join(map(str, wide[:10]))
    return [
        say(
            f"見出しより多いセルのある行は読みません ({len(wide)} 行: {places})。"
            "区切り文字を含むセルは引用符で囲みます",
            f"rows with more cells than headings are left out ({len(wide)}: {places}); "
            "a cell that holds the separator stands in quotes",
        )
    ]


def _entry(
    document: str, row: Sequence[Cell], column: int, separator: str
) -> StringEntry | None:
    if column >= len(row):
        return None
    cell = row[column]
    key = _value(document, row[0])
    quoted_escapes = Escapes(
        re.compile(r'(?s)""|.'),
        lambda written: written[0],
        lambda t: t.replace('"', '""'),
    )
    bare = Escapes(re.compile("."), str, lambda text: _bare(text, separator))
    escapes = quoted_escapes if cell.quoted else bare
    entry = entry_of_stretch(document, key, cell.start, cell.end, escapes)
    if not cell.quoted:
        entry.writer = ValueWriter(
            cell.start, cell.end, lambda text: _cell(text, separator)
        )
    return entry


def _breaks(text: str, separator: str) -> bool:
    return text[:1] == '"' or not {separator, "\n", "\r"}.isdisjoint(text)


def _bare(text: str, separator: str) -> str:
    if _breaks(text, separator):
        raise ValueError(text)
    return text


def _cell(text: str, separator: str) -> str:
    """Return a text as a cell, in quotes where it must be."""
    return '"' + text.replace('"', '""') + '"' if _breaks(text, separator) else text


def _value(document: str, cell: Cell) -> str:
    text = document[cell.start : cell.end]
    return text.replace('""', '"') if cell.quoted else text


def _separator(document: str) -> str:
    head = document.lstrip("\ufeff").partition("\n")[0]
    return max(",\t;", key=head.count)


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]", "", name).casefold()


def _languages(header: Sequence[str]) -> dict[str, int]:
    """Return the columns that name a language, the first of each."""
    columns: dict[str, int] = {}
    for at, name in enumerate(header):
        label = _LABEL.fullmatch(name)
        lang = language_named(name.strip()) or (label and language_named(label[2]))
        if at and lang:
            columns.setdefault(lang, at)
    return columns


def _recognise(head: Head) -> bool:
    if head.suffix not in (".csv", ".tsv", ".txt"):
        return False
    separator = _separator(head.text)
    try:
        table = list(islice(rows(head.text, separator), _SAMPLE))
    except FormatError:
        return False
    header = [_value(head.text, cell) for cell in table[0]] if table else []
    if len(header) < 3 or len(_languages(header)) < 2:
        return False
    if any(_plain(name) in _GLOSSARY for name in header):
        return False
    first = _plain(header[0])
    names = [_value(head.text, row[0]) for row in table[1:]]
    if first in _KEYS:
        return True
    return _are_keys(first, names)


def _are_keys(heading: str, names: Sequence[str]) -> bool:
    """Answer whether the cells of a first column are names in a program."""
    likely = sum(_NAME.fullmatch(name) is not None for name in names)
    if heading == "code" and all(map(_WORD.fullmatch, names)):
        return likely + sum("_" in name for name in names) >= _FEW * len(names) > 0
    return heading in _MAYBE and bool(names) and 2 * likely > len(names)


FORMAT: Final = StringTable(
    "keyed-table",
    (".csv", ".tsv"),
    Reading(units=units, codecs=("utf-8", "cp932"), many=True, warnings=_warnings),
    _recognise,
    by_suffix=False,
)

"""The four CSV files of a glossary folder: columns, allowed values, reading.

Reading is strict, because a glossary is edited by hand and by merge tools: each fault
is a :class:`~termbank.errors.FormatError` with file, line and what would be right.
"""

from __future__ import annotations

from termbank import strict_csv
from termbank.errors import FormatError, InputError
from termbank.messages import say
from termbank.table_columns import COLUMNS, KEYS, VALUES

from .csv_snapshot import file_of, texts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_NEEDED = {
    "concepts": ("concept_id", "kind", "status"),
    "definitions": ("concept_id", "lang", "text"),
    "terms": ("concept_id", "lang", "form", "status"),
    "decisions": ("lang", "action", "left"),
}
_HEX = frozenset("0123456789abcdef")


def absent(place: str) -> InputError:
    """Return the error for a glossary that is not there."""
    return InputError(
        place,
        say("ファイルが見つかりません", "no such file"),
        say("用語集のファイルかフォルダー", "a glossary file or folder"),
    )


def without_terms(folder: str) -> InputError:
    """Return the error for a folder that is no glossary."""
    return InputError(
        folder,
        say("terms.csv がありません", "no terms.csv"),
        say("terms.csv のある用語集のフォルダー", "a glossary folder with terms.csv"),
    )


def read_tables(folder: str, names: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return the rows of several files by name, all as they were at one moment.

    Args:
        folder: Glossary folder.
        names: Of concepts, definitions, terms and decisions.

    Returns:
        Rows in file order, each with all of its columns in their order; an absent
        nullable column reads as empty. An absent file has no rows.

    Raises:
        FormatError: With the line: not UTF-8, wrong header, ragged row, unclosed
            quote, control character, unknown value, doubled key.
        InputError: A file cannot be read at all.
    """
    texts = texts_of(folder, names)
    return {name: _rows(file_of(folder, name), name, texts[name]) for name in names}


def _rows(path: str, name: str, content: str | None) -> list[tuple[str, ...]]:
    if content is None:
        return []
    records = strict_csv.records(path, content)
    _, header = next(records, (1, []))
    places = _places(path, name, header)
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    for line, record in records:
        if len(record) != len(header):
            problem = say(f"{len(record)} 列", f"{len(record)} fields")
            expected = say(
                f"見出し行と同じ {len(header)} 列", f"{len(header)}, as in the header"
            )
            raise FormatError(path, line, problem, expected)
        # The appended empty field stands for every absent column (place -1).
        record.append("")
        lines.append(line)
        rows.append(tuple([record[at] for at in places]))
    _refuse_faults(path, name, rows, lines)
    _refuse_doubles(path, name, rows, lines)
    return rows


def value_fault(name: str, row: Sequence[str]) -> tuple[str, str] | None:
    """Return what no reader would accept in a row, and what would be right.

    Args:
        name: concepts, definitions, terms or decisions.
        row: Values in the order of the table's columns.

    >>> value_fault("definitions", ("0123456789ab", "ja", "戦いをやめること", ""))
    >>> value_fault("definitions", ("012", "ja", "", ""))[0]
    "concept_id '012'"
    """
    for column, value in zip(COLUMNS[name], row, strict=True):
        check, problem = _check_of(column), f"{column} {value!r}"
        if column in _NEEDED[name] and not value:
            return problem, say("値", "a value")
        expected = check(value) if check else ""
        if expected:
            return problem, expected
        if "\0" in value:
            return problem, say("NUL 文字のない文字列", "a text without NUL")
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            return problem, say("UTF-8 の文字列", "a text that UTF-8 can hold")
    return None


def _refuse_faults(
    path: str, name: str, rows: list[tuple[str, ...]], lines: list[int]
) -> None:
    """Raise FormatError for the first value that its column does not allow."""
    faults = []
    for at, column in enumerate(COLUMNS[name]):
        is_required, check = column in _NEEDED[name], _check_of(column)
        if not is_required and not check:
            continue
        # Most columns have few different values: each is checked once.
        for value in dict.fromkeys([row[at] for row in rows]):
            problem, expected = f"{column} {value!r}", check(value) if check else ""
            if is_required and not value:
                problem = say(f"{column} が空です", f"an empty {column}")
                expected = say("値", "a value")
            if expected:
                first = next(
                    at_row for at_row, row in enumerate(rows) if row[at] == value
                )
                faults.append((lines[first], problem, expected))
    if faults:
        raise FormatError(path, *min(faults))


def _refuse_doubles(
    path: str, name: str, rows: list[tuple[str, ...]], lines: list[int]
) -> None:
    places = [COLUMNS[name].index(column) for column in KEYS[name]]
    keys = [tuple([row[at] for at in places]) for row in rows]
    if len(set(keys)) == len(keys):
        return
    first_lines: dict[tuple[str, ...], int] = {}
    for key, line in zip(keys, lines, strict=True):
        first = first_lines.setdefault(key, line)
        if first != line:
            names = ", ".join(key)
            problem = say(f"{names} が重複しています", f"{names} once more")
            expected = say(
                f"一行だけ (最初は {first} 行目)",
                f"one row (the first: line {first})",
            )
            raise FormatError(path, line, problem, expected)


def _places(path: str, name: str, header: Sequence[str]) -> list[int]:
    columns = COLUMNS[name]
    header_text = ",".join(columns)
    fault = next(_header_faults(name, header), None)
    if fault:
        expected = f"{say('見出し行', 'the header')} {header_text}"
        raise FormatError(path, 1, fault, expected)
    return [header.index(column) if column in header else -1 for column in columns]


def _header_faults(name: str, header: Sequence[str]) -> Iterator[str]:
    if not header:
        yield say("空のファイル", "an empty file")
    for column in header:
        if column not in COLUMNS[name]:
            yield say(f"不明な列 {column!r}", f"column {column!r}")
        if header.count(column) > 1:
            yield say(f"列 {column!r} が二つあります", f"column {column!r} twice")
    for column in _NEEDED[name]:
        if column not in header:
            yield say(f"列 {column!r} がありません", f"no column {column!r}")


def _check_of(column: str) -> Callable[[str], str] | None:
    """Return what names the fault of a value of the column, or None if all are good."""
    if column == "concept_id":
        return _identifier_fault
    if column in ("form", "left", "right", "lang"):
        return _form_fault
    if column in ("since", "until"):
        return _date_fault
    if column == "when":
        return _time_fault
    values = VALUES.get(column)
    if values is None:
        return None
    return lambda value: "" if not value or value in values else " | ".join(values)


def _identifier_fault(value: str) -> str:
    good = len(value) == 12 and _HEX.issuperset(value)
    if good:
        return ""
    return say("16 進数 12 桁 (0-9, a-f)", "twelve hex digits (0-9, a-f)")


def _form_fault(value: str) -> str:
    # isprintable is quick and refuses more than control characters (an ideographic
    # space, say), so only what it refuses is looked at closely.
    if value.isprintable():
        return ""
    from unicodedata import category

    bad = any(category(char) in ("Cc", "Zl", "Zp") for char in value)
    if not bad:
        return ""
    return say(
        "制御文字のない一行の文字列", "a text on one line without control characters"
    )


def _date_fault(value: str) -> str:
    if not value:
        return ""
    from datetime import date

    try:
        date.fromisoformat(value)
    except ValueError:
        value = ""
    # fromisoformat takes 20220331 and 2022-W13-4 too.
    if len(value) == 10 and value[7] == "-":
        return ""
    return say("2022-03-31 のような日付", "a date as 2022-03-31")


def _time_fault(value: str) -> str:
    if not value:
        return ""
    from datetime import datetime

    try:
        read = datetime.fromisoformat(value)
        offset = read.utcoffset()
    except ValueError:
        offset = None
    if offset is not None and not offset:
        return ""
    return say(
        "2022-03-31T09:00:00Z のような UTC の時刻",
        "a time in UTC as 2022-03-31T09:00:00Z",
    )

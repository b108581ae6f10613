"""Strict reading of the CSV files that people edit by hand: each fault has its line."""

from __future__ import annotations

from .errors import FormatError, InputError
from .messages import of_system, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def text_of(path: str) -> str | None:
    """Return the text of a file, or None where there is no file.

    Raises:
        FormatError: It is not UTF-8 or holds a NUL, with the line.
        InputError: It cannot be read at all.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return None
    except OSError as fault:
        expected = say("読めるファイル", "a readable file")
        raise InputError(path, of_system(fault), expected) from fault
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        byte = f"0x{content[fault.start]:02X}"
        problem = say(f"UTF-8 ではないバイト {byte}", f"byte {byte}")
        raise FormatError(path, line, problem, _text()) from fault
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError(path, line, say("NUL 文字", "a NUL character"), _text())
    return text


def _text() -> str:
    return say("UTF-8 のテキスト", "UTF-8 text")


def records(
    path: str, content: str, *, separator: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields) for each record that is not blank; a line counts from 1.

    Args:
        path: What the file is called in an error.
        content: Its text.
        separator: What stands between fields.

    Raises:
        FormatError: The text is not CSV as in RFC 4180.
    """
    # csv costs as much as the interpreter's start and is needed only where no
    # compiled index is at hand.
    from csv import Error, field_size_limit, reader
    from io import StringIO

    # The limit is one for the whole process, so it is only ever raised.
    if len(content) > field_size_limit():
        field_size_limit(len(content))

    rows = reader(StringIO(content, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for record in rows:
            if record:
                yield line, record
            line = rows.line_num + 1
    except Error as fault:
        expected = say(
            'RFC 4180: 引用符は "" と重ね、開いた引用符は閉じる',
            "RFC 4180: quotes doubled, each quoted field closed",
        )
        problem = f"{say('CSV の誤り', 'broken CSV')}: {fault}"
        raise FormatError(path, line, problem, expected) from fault

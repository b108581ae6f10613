"""Strict reading of the CSV files that people edit by hand: each fault has its line."""

from __future__ import annotations

from .errors import FormatError, InputError

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
        raise InputError(
            path, fault.strerror or str(fault), "a readable file"
        ) from fault
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        found = f"byte 0x{content[fault.start]:02X}"
        raise FormatError(path, line, found, "UTF-8 text") from fault
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError(path, line, "a NUL character", "UTF-8 text")
    return text


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
    from csv import Error, reader
    from io import StringIO

    rows = reader(StringIO(content, newline=""), delimiter=separator, strict=True)
    line = 1
    try:
        for record in rows:
            if record:
                yield line, record
            line = rows.line_num + 1
    except Error as fault:
        expected = "RFC 4180: quotes doubled, each quoted field closed"
        raise FormatError(path, line, str(fault), expected) from fault

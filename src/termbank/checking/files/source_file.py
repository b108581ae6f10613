"""A file as the engine wants it, UTF-8 bytes, and how to write it back as it was."""

from __future__ import annotations

import os

from termbank.errors import InputError
from termbank.messages import of_system, say
from termbank.records import NamedTuple

UTF8 = "utf-8"
_MARKS = (
    (b"\xef\xbb\xbf", UTF8),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_OTHERS = ("utf-16-le", "utf-16-be", "utf-32", "iso2022_jp_2", "euc_jp", "cp932")


class Source(NamedTuple):
    """The content of a file.

    Attributes:
        content: UTF-8 without a byte order mark, line ends untouched.
        encoding: Python's name of the encoding it had.
        mark: Byte order mark that it began with; empty for none.
    """

    content: bytes
    encoding: str
    mark: bytes = b""


def read(path: str) -> Source:
    """Return the content of a file.

    Raises:
        InputError: The file is not there, or is no text in a known encoding.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as fault:
        expected = say("テキストファイル", "a text file")
        raise InputError(path, of_system(fault), expected) from fault
    return of_bytes(content, path)


def of_bytes(content: bytes, path: str) -> Source:
    """Return the content of a file whose bytes are known.

    Raises:
        InputError: The bytes are no text in a known encoding.
    """
    mark, named = next(
        (one for one in _MARKS if content.startswith(one[0])), (b"", UTF8)
    )
    body = content[len(mark) :]
    if named == UTF8 and b"\0" not in body and b"\x1b$" not in body and _is_utf8(body):
        return Source(body, UTF8, mark)
    # Rare, so the reader of the miners may cost what it costs.
    from termbank.sources.decoding import decoded

    text = decoded(content, path)
    for encoding in (named, *_OTHERS):
        try:
            if body.decode(encoding) == text:
                return Source(text.encode(), encoding, mark)
        except UnicodeDecodeError:
            continue
    return Source(text.encode(), UTF8)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def write(path: str, text: str, source: Source) -> None:
    """Replace the content of a file in one step, in the encoding it had.

    Raises:
        InputError: The encoding has no place for a character, or the folder refuses.
    """
    try:
        content = source.mark + text.encode(source.encoding)
    except UnicodeEncodeError as fault:
        char, encoding = fault.object[fault.start : fault.end], source.encoding
        found = say(f"{encoding} にない文字 {char}", f"{char} beyond {encoding}")
        raise InputError(path, found, "UTF-8") from fault
    scratch = f"{path}.{os.getpid()}.termbank"
    try:
        with open(scratch, "xb") as file:
            file.write(content)
        os.chmod(scratch, os.stat(path).st_mode & 0o7777)
        os.replace(scratch, path)
    except OSError as fault:
        if os.path.exists(scratch):
            os.unlink(scratch)
        expected = say("書き込めるファイル", "a writable file")
        raise InputError(path, of_system(fault), expected) from fault

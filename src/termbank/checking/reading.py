"""A file as the engine wants it, UTF-8 bytes, and how to write it back as it was."""

from __future__ import annotations

import os

from ..errors import InputError
from ..records import NamedTuple

_MARK = b"\xef\xbb\xbf"
UTF8, UTF8_MARKED = "utf-8", "utf-8-sig"
_OTHERS = (
    "utf-16-le", "utf-16-be", "utf-16", "utf-32", "iso2022_jp_2", "euc_jp", "cp932",
)  # fmt: skip


class Source(NamedTuple):
    """The content of a file.

    Attributes:
        content: UTF-8 without a byte order mark, line ends untouched.
        encoding: Python's name of the encoding it had.
    """

    content: bytes
    encoding: str


def read(path: str) -> Source:
    """Return the content of a file.

    Raises:
        InputError: The file is not there, or is no text in a known encoding.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as fault:
        raise InputError(path, fault.strerror or str(fault), "a text file") from fault
    return of_bytes(content, path)


def of_bytes(content: bytes, path: str) -> Source:
    """Return the content of a file whose bytes are known.

    Raises:
        InputError: The bytes are no text in a known encoding.
    """
    marked = content.startswith(_MARK)
    if marked:
        content = content[len(_MARK) :]
    if b"\0" not in content and b"\x1b$" not in content and _is_utf8(content):
        return Source(content, UTF8_MARKED if marked else UTF8)
    # Rare, so the reader of the miners may cost what it costs.
    from ..sources.decoding import decoded

    text = decoded(content, path)
    for encoding in _OTHERS:
        try:
            if content.decode(encoding).lstrip("\ufeff") == text:
                return Source(text.encode(), encoding)
        except UnicodeDecodeError:
            continue
    return Source(text.encode(), UTF8)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def write(path: str, text: str, encoding: str) -> None:
    """Replace the content of a file in one step, in the encoding it had.

    Raises:
        InputError: The encoding has no place for a character, or the folder refuses.
    """
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError as fault:
        found = fault.object[fault.start : fault.end]
        raise InputError(path, f"{found} beyond {encoding}", "UTF-8") from fault
    if encoding in ("utf-16-le", "utf-16-be") and not text.startswith("\ufeff"):
        content = "\ufeff".encode(encoding) + content
    scratch = f"{path}.{os.getpid()}.termbank"
    try:
        with open(scratch, "xb") as file:
            file.write(content)
        os.chmod(scratch, os.stat(path).st_mode & 0o7777)
        os.replace(scratch, path)
    except OSError as fault:
        if os.path.exists(scratch):
            os.unlink(scratch)
        raise InputError(
            path, fault.strerror or str(fault), "a writable file"
        ) from fault

"""A file as the engine wants it, UTF-8 bytes, and edits of the bytes it really has."""

from __future__ import annotations

import os
from stat import S_ISREG

from termbank.errors import InputError
from termbank.isolation.project_root import refuse_leading_out
from termbank.messages import of_system, say

from .source_bytes import Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .source_bytes import Edit

UTF8 = "utf-8"
_MARKS = (
    (b"\xef\xbb\xbf", UTF8),
    (b"\xff\xfe\0\0", "utf-32-le"),  # before UTF-16, whose mark begins it
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_OTHERS = ("utf-16-le", "utf-16-be", "iso2022_jp_2", "euc_jp", "cp932")


def read(path: str) -> Source:
    """Return the content of a file.

    Raises:
        InputError: The file is not there, or is no text in a known encoding.
    """
    refuse_leading_out(path)
    expected = say("テキストファイル", "a text file")
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            kind = os.fstat(file.fileno()).st_mode
            # Pipes and devices never end, unless a shell made them (check <(command)).
            if not S_ISREG(kind) and not path.startswith("/dev/"):
                problem = say("パイプかデバイス", "a pipe or a device")
                raise InputError(path, problem, expected)
            content = file.read()
    except OSError as fault:
        raise InputError(path, of_system(fault), expected) from fault
    return of_bytes(content, path)


def _without_waiting(path: str, flags: int) -> int:
    # To open a pipe that nobody writes to would wait for ever.
    waits = path.startswith("/dev/")
    return os.open(path, flags | (0 if waits else getattr(os, "O_NONBLOCK", 0)))


def read_unchanged(path: str, digest_then: str | None) -> Source:
    """Return the content of a file that still has the bytes of a digest.

    Raises:
        ChangedError: It has others.
        InputError: As for :func:`read`.
    """
    source = read(path)
    if digest_then is not None and digest(source.raw) != digest_then:
        from termbank.atomic_files import ChangedError

        raise ChangedError(path)
    return source


def digest(raw: bytes) -> str:
    """Return what identifies the bytes of a file."""
    # Costs a third of the interpreter's start, and only those who will write need it.
    from hashlib import sha256

    return sha256(raw).hexdigest()


def of_bytes(content: bytes, path: str) -> Source:
    """Return the content of a file whose bytes are known.

    Raises:
        InputError: The bytes are no text in a known encoding.
    """
    mark, codec = next(
        (entry for entry in _MARKS if content.startswith(entry[0])), (b"", UTF8)
    )
    body = content[len(mark) :]
    if codec == UTF8 and b"\0" not in body and b"\x1b$" not in body and _is_utf8(body):
        return Source(body, UTF8, mark, content)
    # Rare, so the reader of the miners may cost what it costs.
    from termbank.sources.decoding import decode_text

    text = decode_text(content, path)
    for encoding in (codec, *_OTHERS):
        try:
            if body.decode(encoding) == text:
                return Source(text.encode(), encoding, mark, content)
        except UnicodeDecodeError:
            continue
    return Source(text.encode(), "", b"", content)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def write_edits(path: str, source: Source, edits: Iterable[Edit]) -> None:
    """Put other texts into a file at some places; every other byte stays as it is.

    Args:
        path: File; where it is a link, what it points to is mended.
        source: What was read of it.
        edits: (start, end, text) in code points of ``source.content``, in order, none
            overlapping another.

    Raises:
        ChangedError: The file is no longer what was read; it is left as it is.
        InputError: The encoding has no place for a character, or the folder refuses.
    """
    from termbank.atomic_files import replace_content

    from .byte_edits import edit_bytes

    replace_content(path, edit_bytes(path, source, edits), was=source.raw)

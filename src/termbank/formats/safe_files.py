"""Opening files that may be hostile, and text files written whole or not at all."""

from __future__ import annotations

import codecs
import re
import zlib
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final

from termbank.atomic_files import replacing_bytes
from termbank.errors import FormatError, InputError
from termbank.messages import of_system, say

if TYPE_CHECKING:
    from collections.abc import Iterator

CHUNK: Final = 1 << 16  # bytes a read; larger gains nothing over expat's own buffer
# Text files shrink 5 to 30 times in gzip; a bomb shrinks about 1,000 times. Small files
# may be repetitive, so the ratio counts only past the first 16 MiB.
_GZIP_RATIO: Final = 200
_GZIP_FREE: Final = 16 << 20

_BOMS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Only real character sets: Python's codecs also hold idna, unicode_escape and the like.
_CHARSETS: Final = re.compile(
    r"utf[-_]?(?:8|16|32)(?:[-_]?[bl]e)?|ucs-?2|(?:us-)?ascii|iso[-_ ]?8859[-_]\d+|latin-?\d+"
    r"|(?:windows|cp|ibm)[-_]?\d+j?|shift[-_]?jis(?:[-_]?\w+)?|x?-?sjis|ms[-_]?kanji|ms932"
    r"|(?:x-)?euc[-_]?(?:jp|kr|cn|tw)(?:-ms)?|iso-2022-(?:jp|kr)(?:-\w+)?|gb2312|gbk"
    r"|gb18030|big5(?:-hkscs)?|koi8-[ru]|tis-620|mac(?:intosh|[-_]\w+)?",
    re.IGNORECASE,
)
# Windows writes CP932 under all of these names, with characters JIS does not have.
_CP932: Final = re.compile(
    r"windows-?31j|shift[-_]?jis|x?-?sjis|ms[-_]?kanji|ms932|cp932", re.IGNORECASE
)


def python_codec(charset: str) -> str | None:
    """Return Python's codec for a charset label, None where there is none.

    >>> python_codec("Windows-31J"), python_codec("x-klingon"), python_codec("idna")
    ('cp932', None, None)
    """
    charset = charset.strip()
    if _CP932.fullmatch(charset):
        return "cp932"
    if not _CHARSETS.fullmatch(charset):
        return None
    try:
        return codecs.lookup(charset).name
    except LookupError:
        return None


def chunks(path: str) -> Iterator[bytes]:
    """Yield the bytes of a file, unpacked where they are gzip.

    Raises:
        InputError: The file cannot be read.
        FormatError: Broken gzip, or gzip that unpacks to more than 200 times its size.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(CHUNK)
            if head[:2] == b"\x1f\x8b":
                yield from _unpack(path, file, head)
                return
            while head:
                yield head
                head = file.read(CHUNK)
    except OSError as fault:
        expected = say("読めるファイル", "a readable file")
        raise InputError(str(path), of_system(fault), expected) from fault


def _unpack(path: str, file: IO[bytes], remainder: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    unpacked_size = 0
    while remainder:
        try:
            piece = unpacker.decompress(remainder, CHUNK)
        except zlib.error as fault:
            problem = f"{say('壊れた gzip', 'broken gzip')}: {fault}"
            expected = say("gzip のデータ", "gzip data")
            raise FormatError(path, 1, problem, expected) from fault
        unpacked_size += len(piece)
        if unpacked_size > _GZIP_FREE and unpacked_size > file.tell() * _GZIP_RATIO:
            problem = say(
                f"展開すると {_GZIP_RATIO} 倍を超える gzip",
                f"gzip that unpacks to more than {_GZIP_RATIO} times its size",
            )
            raise FormatError(
                path, 1, problem, say("展開したファイル", "the file unpacked")
            )
        if piece:
            yield piece
        remainder = unpacker.unconsumed_tail
        if unpacker.eof:
            # gzip files may be put end to end; zeros after the last are padding.
            remainder = unpacker.unused_data.lstrip(b"\0") or file.read(CHUNK)
            unpacker = zlib.decompressobj(wbits=31) if remainder else unpacker
        remainder = remainder or file.read(CHUNK)
    if not unpacker.eof:
        raise FormatError(
            path,
            1,
            say("途中で切れた gzip", "gzip cut short"),
            say("最後まである gzip ファイル", "a complete gzip file"),
        )


def mentions(path: str, word: str) -> bool:
    """Say whether an ASCII word occurs in a file, in one or two bytes a character."""
    narrow, wide = word.encode("ascii"), word.encode("utf-16-le")
    before = b""
    for piece in chunks(path):
        window = before + piece
        if narrow in window or wide in window:
            return True
        before = piece[-2 * len(wide) :]
    return False


def bom_of(head: bytes) -> tuple[str, int]:
    r"""Return the encoding that a byte order mark names and the mark's length.

    >>> bom_of(b"\xef\xbb\xbfkyiv"), bom_of(b"kyiv")
    (('utf-8', 3), ('', 0))
    """
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return encoding, len(mark)
    return "", 0


@contextmanager
def replacing(path: str) -> Iterator[IO[str]]:
    """Give a text file (UTF-8, no newline changes) that becomes ``path`` on success.

    After any failure ``path`` is what it was, to the byte.
    """
    with replacing_bytes(path) as binary:
        wrapper = codecs.getwriter("utf-8")(binary)
        # A code point that UTF-8 cannot carry (a lone surrogate) is our caller's fault.
        yield wrapper  # type: ignore[misc]  # StreamWriter is the IO[str] that write needs

"""Which format a file is in, told from its first bytes and, for plain text, its name."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError, InputError
from termbank.messages import say

from .safe_files import bom_of, chunks

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = 1 << 16
_ROOTS: Final = {
    **{"tbx": "tbx", "martif": "tbx", "TBX": "tbx", "tmx": "tmx", "xliff": "xliff"},
    **{"srx": "srx", "mtf": "multiterm"},
}
_XML_SUFFIXES: Final = (
    *(".tbx", ".tmx", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    *(".srx", ".xml", ".mtf"),
)
_SUFFIX: Final = {
    **{".po": "po", ".pot": "po", ".utx": "utx", ".jsonl": "jsonl", ".ndjson": "jsonl"},
    **{
        ".csv": "csv",
        ".tsv": "tsv",
        ".tab": "omegat",
        ".txt": "omegat",
        ".utf8": "omegat",
    },
    **{".xlsx": "xlsx", ".xlsm": "xlsx"},
}
# Possessive, so that a file of nothing but spaces costs one pass and no more.
_ROOT: Final = re.compile(
    r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]*+\[.*?\]\s*+>|[^\[>]*+>))*+"
    r"<(?:[\w.-]++:)?([\w.-]++)",
    re.DOTALL,
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def recognised(path: str | os.PathLike[str]) -> str:
    """Return the format of an existing file.

    Raises:
        FormatError: The file is XML of no format we read, a password-protected
            workbook, or nothing we know.
        InputError: It cannot be read.
    """
    place = os.fspath(path)
    suffix = os.path.splitext(place.casefold().removesuffix(".gz"))[1]
    head = _head(place)
    if head.startswith(_OLE):
        raise FormatError(
            place,
            1,
            say(
                "古い形式かパスワード付きのブック (OLE)",
                "an old or password-protected workbook (OLE)",
            ),
            say("パスワードのない .xlsx ファイル", "an .xlsx file without a password"),
        )
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    text = _decoded(head)
    if suffix in _XML_SUFFIXES or re.match(r"\s*<[?!\w]", text):
        return _xml(place, text, suffix)
    name = _plain(text, suffix)
    if name:
        return name
    known = " | ".join(sorted({*_SUFFIX, *_XML_SUFFIXES}))
    raise InputError(
        place,
        say(f"拡張子 {suffix!r}", f"suffix {suffix!r}"),
        known,
    )


def _plain(text: str, suffix: str) -> str:
    """Return the format of text that is no XML, empty where nothing tells it."""
    if text.lstrip("#").lstrip().upper().startswith("UTX"):
        return "utx"
    if suffix in _SUFFIX:
        return _SUFFIX[suffix]
    signs = (
        ("po", re.match(r'(?:#.*\n|\s)*+msgid\s+"', text)),
        ("jsonl", re.match(r'\s*\{\s*"', text)),
        ("omegat", "\t" in text),
        ("csv", "," in text or ";" in text),
    )
    return next((name for name, sign in signs if sign), "")


def _xml(place: str, text: str, suffix: str) -> str:
    root = _ROOT.match(text)
    name = root[1] if root else ""
    if name in _ROOTS:
        return _ROOTS[name]
    by_suffix = {".tbx": "tbx", ".tmx": "tmx", ".srx": "srx", ".mtf": "multiterm"}
    if suffix in by_suffix:
        return by_suffix[suffix]
    if suffix in _XML_SUFFIXES and suffix != ".xml":
        return "xliff"
    known = " | ".join(f"<{each}>" for each in _ROOTS)
    raise FormatError(
        place,
        1,
        f"<{name}>" if name else say("要素がありません", "no element"),
        known,
    )


def _head(place: str) -> bytes:
    head = b""
    for piece in _pieces(place):
        head += piece
        if len(head) >= _HEAD:
            break
    return head


def _pieces(place: str) -> Iterator[bytes]:
    if os.path.isdir(place):
        raise InputError(
            place, say("フォルダーです", "a folder"), say("ファイル", "a file")
        )
    yield from chunks(place)


def _decoded(head: bytes) -> str:
    encoding, length = bom_of(head)
    if not encoding:
        for wide in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
            if head.startswith("<".encode(wide)) and b"\0" in head[:4]:
                encoding = wide
                break
    return head[length:].decode(encoding or "utf-8", "replace").lstrip("\ufeff")

"""The beginning of a file, by which a format recognises it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import InputError
from termbank.formats.safe_files import bom_of, chunks
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIZE: Final = 1 << 16  # bytes
# Possessive, so that a file of nothing but spaces costs one pass and no more.
_ROOT: Final = re.compile(
    r"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]*+\[.*?\]\s*+>|[^\[>]*+>))*+"
    r"<(?:[\w.-]++:)?([\w.-]++)",
    re.DOTALL,
)
_MARKUP: Final = re.compile(r"\s*<[?!\w]")


class Head(NamedTuple):
    """What a format may look at to recognise a file.

    Attributes:
        path: The file.
        suffix: Of its name, in small letters, with the dot; ``.gz`` does not count.
        start: Its first bytes, unpacked; at least 64 KiB where the file is longer.
        text: The same as text, without a byte order mark.
        root: Local name of the root element where the text is markup, else empty.
        claimed: Whether some format claims the suffix, so that guessing from plain
            text is not called for.
    """

    path: str
    suffix: str
    start: bytes
    text: str
    root: str
    claimed: bool

    @property
    def is_markup(self) -> bool:
        """Whether the text begins as XML does."""
        return _MARKUP.match(self.text) is not None


def suffix_of(path: str) -> str:
    """Return the suffix of a name in small letters, without ``.gz``.

    >>> suffix_of("a/B.TBX.gz")
    '.tbx'
    """
    return os.path.splitext(path.casefold().removesuffix(".gz"))[1]


def read_head(path: str, *, claimed: bool, content: bytes | None = None) -> Head:
    """Return the beginning of a file.

    Args:
        path: The file.
        claimed: Whether some format claims its suffix.
        content: Its bytes where they are not those on the disk.

    Raises:
        InputError: It cannot be read, or is a folder.
    """
    start = b""
    for piece in _pieces(path) if content is None else [content[:_SIZE]]:
        start += piece
        if len(start) >= _SIZE:
            break
    text = _decode(start)
    root = _ROOT.match(text)
    return Head(path, suffix_of(path), start, text, root[1] if root else "", claimed)


def _pieces(path: str) -> Iterator[bytes]:
    if os.path.isdir(path):
        raise InputError(
            path, say("フォルダーです", "a folder"), say("ファイル", "a file")
        )
    yield from chunks(path)


def _decode(head: bytes) -> str:
    encoding, length = bom_of(head)
    if not encoding:
        for wide in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
            if head.startswith("<".encode(wide)) and b"\0" in head[:4]:
                encoding = wide
                break
    return head[length:].decode(encoding or "utf-8", "replace").lstrip("\ufeff")

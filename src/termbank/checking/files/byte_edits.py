"""Edits of a file's own bytes, in whatever encoding they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from termbank.errors import InputError
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .source_bytes import Edit, Source

# Escape sequences of ISO-2022-JP; what follows one is read in its character set.
_ESCAPE = re.compile(rb"\x1b(?:\([BIJ]|\$[@AB]|\$\([CD])")
_ASCII = b"\x1b(B"


def edit_bytes(path: str, source: Source, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file with other texts at some places.

    Raises:
        InputError: The encoding has no place for a character.
    """
    text, body = source.content.decode(), source.raw[len(source.mark) :]
    try:
        if source.encoding and text.encode(source.encoding) == body:
            return source.mark + _splice(text, edits).encode(source.encoding)
        return source.mark + _patch(body, source.encoding, edits)
    except (UnicodeEncodeError, LookupError) as fault:
        char = (
            fault.object[fault.start] if isinstance(fault, UnicodeEncodeError) else ""
        )
        name = source.encoding or say("この文字コード", "this encoding")
        problem = say(f"{name} にない文字 {char}", f"{char} beyond {name}")
        raise InputError(path, problem, "UTF-8") from fault


def _splice(text: str, edits: Iterable[Edit]) -> str:
    parts, copied_to = [], 0
    for start, end, new in edits:
        parts += [text[copied_to:start], new]
        copied_to = end
    return "".join([*parts, text[copied_to:]])


def _patch(body: bytes, encoding: str, edits: Iterable[Edit]) -> bytes:
    """Splice bytes of an encoding that writes one text in several ways.

    Code page 932 has some characters twice, and ISO-2022-JP may switch character sets
    wherever it likes: to encode the whole text anew would change what nobody asked for.
    """
    ends = _ends_of_characters(body, encoding)
    parts, copied_to = [], 0
    for start, end, new in edits:
        first, last = ends[start], max(ends[end], ends[start])
        parts += [
            body[copied_to:first],
            _stateful(body, first, last, new.encode(encoding)),
        ]
        copied_to = last
    return b"".join([*parts, body[copied_to:]])


def _ends_of_characters(body: bytes, encoding: str) -> list[int]:
    """Return where each code point ends, in bytes, after a first 0."""
    from codecs import getincrementaldecoder

    decoder = getincrementaldecoder(encoding)()
    ends = [0]
    for at in range(len(body)):
        ends += [at + 1] * len(decoder.decode(body[at : at + 1]))
    return ends


def _stateful(body: bytes, first: int, last: int, new: bytes) -> bytes:
    """Return new bytes that leave the character set after them as it was."""
    if b"\x1b" not in body:
        return new
    before, after = _character_set(body, first), _character_set(body, last)
    if before != _ASCII:
        new = new.removeprefix(before) if new.startswith(before) else _ASCII + new
    new = new.removesuffix(_ASCII)
    ending = _character_set(new, len(new), before)
    return new if ending == after else new + after


def _character_set(content: bytes, at: int, default: bytes = _ASCII) -> bytes:
    """Return the escape sequence that holds at a place."""
    while (at := content.rfind(b"\x1b", 0, at)) >= 0:
        match = _ESCAPE.match(content, at)
        if match:
            return match[0]
    return default

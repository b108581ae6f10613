"""Bytes of a file with some of its characters replaced, all others as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .bilingual_units import Splice


def spliced(
    content: bytes,
    text: str,
    codec: str,
    splices: Iterable[Splice],
    encode: Callable[[str], bytes],
) -> bytes:
    """Return the bytes of a file after some changes.

    Args:
        content: Bytes of the file.
        text: The same decoded, byte order mark included.
        codec: Python's name of the encoding.
        splices: Changes of the text, in order of place.
        encode: Encodes what is put in.
    """
    return b"".join(_pieces(content, text, codec, splices, encode))


def _pieces(
    content: bytes,
    text: str,
    codec: str,
    splices: Iterable[Splice],
    encode: Callable[[str], bytes],
) -> Iterator[bytes]:
    # What stays is cut out of the bytes and never encoded again: some encodings
    # have two byte sequences for one character.
    at = copied_to = 0
    for splice in splices:
        length = len(text[copied_to : splice.start].encode(codec))
        yield content[at : at + length]
        at += length
        yield encode(splice.text)
        at += len(text[splice.start : splice.end].encode(codec))
        copied_to = splice.end
    yield content[at:]

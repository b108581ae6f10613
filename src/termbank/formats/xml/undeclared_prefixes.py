"""Prefixes that a document uses and does not declare: ``<x:note>`` without ``xmlns:x``.

Some tools write such files. Their structure is plain, so the reader gets a declaration
for each in the root element; the file itself is never changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST: Final = 100  # prefixes; more are no file of a tool
_HEAD: Final = 1 << 20  # bytes in which the root element has to begin
_LAP: Final = 1 << 10  # bytes of a piece that are searched again with the next one
_NAME: Final = rb"([A-Za-z_][\w.-]{0,100})"
_USED: Final = re.compile(
    rb"</?" + _NAME + rb":|[\s\"']" + _NAME + rb":[\w.-]{1,100}\s*=\s*[\"']"
)
_ROOT: Final = re.compile(
    rb"(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)*+<[^\s/>!?]++"
    rb"(?=[\s/>])",
    re.DOTALL,
)
_TAG: Final = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
_DECLARED: Final = re.compile(rb"\sxmlns:" + _NAME + rb"\s*=")


def undeclared_prefixes(pieces: Iterable[bytes]) -> list[str]:
    """Return the prefixes in a document that its root element does not declare.

    What looks like a prefixed attribute in a text counts too, as one declaration more
    changes nothing. A document of too many prefixes has none here.

    >>> undeclared_prefixes([b'<a xmlns:b="u"><b:c d:e="1"/></a>'])
    ['d']
    """
    used: dict[bytes, None] = {}
    head, lap = b"", b""
    for piece in pieces:
        head += piece if len(head) < _HEAD else b""
        for first, second in _USED.findall(lap + piece):
            used[first or second] = None
        lap = (lap + piece)[-_LAP:]
        if len(used) > _MOST:
            return []
    root = _ROOT.match(head)
    tag = _TAG.match(head, root.end()) if root else None
    known_prefixes = set(_DECLARED.findall(tag[0])) if tag else set()
    names = (name for name in used if name not in known_prefixes)
    return [name.decode() for name in names if not name.lower().startswith(b"xml")]


def declare_prefixes(
    pieces: Iterable[bytes], prefixes: Sequence[str]
) -> Iterator[bytes]:
    """Yield a document with prefixes declared in its root element."""
    head, is_done = b"", not prefixes
    for piece in pieces:
        if is_done:
            yield piece
            continue
        head += piece
        root = _ROOT.match(head)
        is_done = root is not None or len(head) > _HEAD
        if root is not None:
            text = "".join(
                f' xmlns:{name}="urn:undeclared:{name}"' for name in prefixes
            )
            yield head[: root.end()] + text.encode() + head[root.end() :]
        elif is_done:
            yield head
    if not is_done:
        yield head

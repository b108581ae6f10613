"""Compiled books in the cache, in parts, so that a clean run reads only the first.

The table of targets is kept as one text and taken apart row by row when a hit asks for
its row: ten thousand rows made at once would cost as much as all the rest of a run.
"""

from __future__ import annotations

from termbank import cache

from .compiled_rules import Book, Rest, Target

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    import daachorse

_LAYOUT = "check-{}-8"  # raise the number when the parts change
_FIELD, _ROW = "\x1f", "\x1e"  # separators that stand in no field
_SEPARATORS = str.maketrans({_FIELD: " ", _ROW: " "})


class _Rows:
    """Targets by their number, made when asked for."""

    __slots__ = ("_rows",)

    def __init__(self, text: str) -> None:
        self._rows = text.split(_ROW) if text else []

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, number: int) -> Target:
        return Target(*self._rows[number].split(_FIELD))

    def __iter__(self) -> Iterator[Target]:
        return map(self.__getitem__, range(len(self._rows)))


def load_rules(key: str, again: Callable[[], Book]) -> Book | None:
    """Return the book stored under ``key``, or None; only its first part is read.

    Args:
        key: Everything the book depends on.
        again: Compiles it, where another part was swept away in between.
    """
    content = cache.load(_LAYOUT.format("first"), key)
    if content is None:
        return None

    def load(name: str) -> Any:
        part = cache.load(_LAYOUT.format(name), key)
        if part is None:
            return getattr(again().rest, name)
        if name == "targets":
            return _Rows(part)
        if name == "hiding":
            return frozenset(part)
        return _restore(part) if name == "automaton" else part

    return Book(_restore(content) if content else None, Rest(load))


def keep(book: Book, key: str) -> None:
    """Store a book under ``key``; its first part last, so that no half book is found."""
    rest = book.rest
    rows = (
        _FIELD.join([field.translate(_SEPARATORS) for field in target])
        for target in rest.targets
    )
    parts = {
        "targets": _ROW.join(rows),
        "shields": list(rest.shields),
        "people": list(rest.people),
        "hiding": sorted(rest.hiding),
        "automaton": rest.automaton.serialize(),
        "first": book.first.serialize() if book.first else b"",
    }
    for name, part in parts.items():
        cache.store(_LAYOUT.format(name), key, part)


def _restore(content: bytes) -> daachorse.DoubleArrayAhoCorasick:
    from daachorse import DoubleArrayAhoCorasick

    return DoubleArrayAhoCorasick.deserialize(content)

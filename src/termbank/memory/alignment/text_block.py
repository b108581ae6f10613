"""One piece of a document: its kind, depth and text."""

from __future__ import annotations

from typing import Final, NamedTuple

CODE: Final = "code"


class Block(NamedTuple):
    """One piece of a document.

    Attributes:
        kind: heading, item, cell, paragraph, quote, code, or a field of the front
            matter such as ``front title``; only blocks of one kind translate each other.
        level: Of a heading, 1-6; of a cell its column, from 1; else 0.
        text: Its prose without the marks that make it a heading, an item or a cell.
    """

    kind: str
    level: int
    text: str

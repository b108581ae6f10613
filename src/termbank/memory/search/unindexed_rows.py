"""Rows that no block holds yet: scanned by length with rapidfuzz.

Also the whole memory where the index cannot be made: correct, and slow in proportion.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import ceil
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    import sqlite3


class Tail:
    """Sources sorted by length, so that a scan reads only lengths that can match."""

    def __init__(self) -> None:
        self._last = 0
        self._rows: list[tuple[int, int, str]] = []
        self._lengths: list[int] = []
        self._texts: list[str] = []

    def __len__(self) -> int:
        return len(self._rows)

    def extend(self, connection: sqlite3.Connection, covered: int) -> None:
        """Read the rows after ``covered`` that were not read before."""
        new_rows = connection.execute(
            "SELECT id, source FROM segments WHERE id > ? ORDER BY id",
            (max(covered, self._last),),
        ).fetchall()
        if not new_rows:
            return
        self._last = new_rows[-1][0]
        rows = self._rows + [(len(text), number, text) for number, text in new_rows]
        rows.sort()
        # Replaced, not changed in place: another thread may be scanning the old lists.
        self._rows = rows
        self._lengths = [row[0] for row in rows]
        self._texts = [row[2] for row in rows]

    def search(self, text: str, at_least: float, limit: int) -> list[tuple[float, int]]:
        """Return (similarity 0-1, row number), best first."""
        rows, lengths, texts = self._rows, self._lengths, self._texts
        start, stop = 0, len(rows)
        if at_least > 0:
            start = bisect_left(lengths, ceil(len(text) * at_least - 1e-9))
            stop = bisect_right(lengths, len(text) / at_least + 1e-9)
        matches = process.extract(
            text,
            texts[start:stop],
            scorer=Levenshtein.normalized_similarity,
            processor=None,
            limit=limit,
            score_cutoff=at_least,
        )
        return [(score, rows[start + at][1]) for _, score, at in matches]

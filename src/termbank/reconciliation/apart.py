"""Which forms must never share a concept."""

from __future__ import annotations

from itertools import product

import polars as pl
from rapidfuzz.distance import Levenshtein

from .decisions import Decided
from .names import Name, name_of
from .relations import Relations

FULL_NAMES_AGREE_AT = 0.7  # every part of two full names at least this alike


class Apart:
    """Tells whether two groups may never meet.

    They may not where a person said so, where the glossary holds them as two concepts
    and no person joins them, or where a full name of one disagrees in any part with a
    full name of the other.
    """

    def __init__(self, forms: pl.DataFrame, known: Decided, tables: Relations) -> None:
        self._concept = forms["concept_id"].to_list()
        self._known = known
        self._person = (forms["kind"] == "person").to_list()
        self._form = forms["form"].to_list()
        self._lang = forms["lang"].to_list()
        self._tables = tables

    def __call__(self, ours: list[int], theirs: list[int]) -> bool:
        """Return whether any form of ``ours`` must stay apart from one of ``theirs``."""
        pairs = [(min(a, b), max(a, b)) for a, b in product(ours, theirs)]
        if any(pair in self._known.different for pair in pairs):
            return True
        if any(pair in self._known.same for pair in pairs):
            return False
        left, right = self._concepts(ours), self._concepts(theirs)
        if left and right:
            # What the glossary holds together needs no likeness: 安全の保証 and its
            # English forms, 露側 and ロシア側.
            return left != right
        return any(self._disagree(a, b) for a, b in pairs)

    def _concepts(self, rows: list[int]) -> set[str]:
        return {self._concept[row] for row in rows} - {None}

    def _disagree(self, a: int, b: int) -> bool:
        left, right = self._name(a), self._name(b)
        if len(left.keys) != len(right.keys) or len(left.keys) < 2:
            return False
        return any(
            Levenshtein.normalized_similarity(x, y) < FULL_NAMES_AGREE_AT
            for x, y in zip(left.keys, right.keys, strict=True)
        )

    def _name(self, row: int) -> Name:
        return name_of(self._form[row], self._tables, offices=self._person[row])

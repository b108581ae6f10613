"""Which forms must never share a concept."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Levenshtein

from termbank.reconciliation.relations.personal_names import Name, name_of
from termbank.text.kana import FULL_STOPS, SEPARATORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from termbank.reconciliation.clustering.decisions import Decided
    from termbank.reconciliation.relations.relation_tables import Relations

_PARTED: Final = f"[{SEPARATORS}{FULL_STOPS}]"
FULL_NAMES_AGREE_AT = (
    0.6  # every part of two full names at least this alike; keys are short
)
# Mean similarity between two groups below which one strong link is not believed: the
# share of right pairs at which joining all of them would be wrong more often than not.
CHAIN_HOLDS_AT = 50.0


class Apart:
    """Tells whether two groups may never meet.

    They may not where a person said so, where the glossary holds them as two concepts
    and no person joins them, where a full name of one disagrees in any part with a
    full name of the other, or where spellings that one link would chain together are
    on the whole not alike.

    Args:
        forms: Frame of :mod:`.forms`.
        known: Decisions.
        tables: Given names and titles.
        alike: Similarity of pairs within chains of spelling links.
    """

    def __init__(
        self,
        forms: pl.DataFrame,
        decisions: Decided,
        tables: Relations,
        alike: Mapping[tuple[int, int], float],
    ) -> None:
        self._alike = alike
        self._names: dict[int, Name] = {}
        self._concept = forms["concept_id"].to_list()
        self._ruled = bool(decisions.different or decisions.same)
        self._in_glossary = forms["concept_id"].null_count() < forms.height
        self._known = decisions
        self._person = (forms["kind"] == "person").to_list()
        self._form = forms["form"]
        self._parted = forms["form"].str.contains(_PARTED).to_list()
        self._tables = tables

    def __call__(self, ours: list[int], theirs: list[int]) -> bool:
        """Return whether any form of ``ours`` must stay apart from one of ``theirs``."""
        if len(ours) == len(theirs) == 1 and not (self._ruled or self._in_glossary):
            return self._disagree(ours[0], theirs[0])  # nearly all that are asked about
        pairs = [(min(a, b), max(a, b)) for a, b in product(ours, theirs)]
        if self._ruled:
            if any(pair in self._known.different for pair in pairs):
                return True
            if any(pair in self._known.same for pair in pairs):
                return False
        if self._in_glossary:
            left, right = self._concepts(ours), self._concepts(theirs)
            if left and right:
                # What the glossary holds together needs no likeness: 安全の保証 and
                # its English forms, 露側 and ロシア側.
                return left != right
        return self._is_chain(pairs) or any(self._disagree(a, b) for a, b in pairs)

    def _is_chain(self, pairs: list[tuple[int, int]]) -> bool:
        if len(pairs) < 2:
            return False
        likeness = [self._alike[pair] for pair in pairs if pair in self._alike]
        return len(likeness) > 1 and sum(likeness) < CHAIN_HOLDS_AT * len(likeness)

    def _concepts(self, rows: list[int]) -> set[str]:
        return {self._concept[row] for row in rows} - {None}

    def _disagree(self, a: int, b: int) -> bool:
        if not (self._parted[a] and self._parted[b]):
            return False
        left, right = self._name(a), self._name(b)
        if _latin(left) != _latin(right):
            return False  # letters and sounds are not compared by edits
        if len(left.keys) != len(right.keys) or len(left.keys) < 2:
            return False
        return any(
            Levenshtein.normalized_similarity(x, y) < FULL_NAMES_AGREE_AT
            for x, y in zip(left.keys, right.keys, strict=True)
        )

    def _name(self, row: int) -> Name:
        name = self._names.get(row)
        if name is None:
            name = name_of(self._form[row], self._tables, offices=self._person[row])
            self._names[row] = name
        return name


def _latin(name: Name) -> bool:
    """Tell whether a name is written in Latin letters."""
    return all(key.isascii() for key in name.keys)

"""The rows of all blocks that share most grams with a query: a net cast for matches.

Sharing grams is no proof of likeness and costs little to count, so the net is cast wide
and what it caught is scored on the texts, the likeliest first.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

import numpy as np

from . import char_ngrams, index_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

# All chosen with ``python -m bench memory``; see docs/design/memory.md.
FIRST: Final = 150  # rows scored before the rest is weighed against the best of them
_ROWS: Final = 400  # rows caught where a match shares many grams with the query
_ROWS_WIDE: Final = 1000  # and where it may share few
# Characters scored at most in the wide net: the longer a text, the surer its grams.
_CHARACTERS_WIDE: Final = 60_000
_WIDE_BELOW: Final = 0.65  # similarity under which the wide net is used
_POSTINGS: Final = 300_000  # read for one query, rarest grams first
_POSTINGS_WIDE: Final = 1_000_000
_POSTINGS_A_BLOCK: Final = 10_000  # at least, however many blocks there are
# An edit breaks two pairs or three triples; a little less, as grams are counted once.
_EASE: Final = 0.85


class Net:
    """The rows that share most grams with a query, most first.

    Args:
        every: All blocks of the index.
        text: Query.
        at_least: Similarity sought, 0-1; decides which lengths can match and how wide
            the net is.
        rows: Rows that the caller wants at the least.
    """

    def __init__(
        self,
        every: Sequence[index_block.Block],
        text: str,
        at_least: float,
        *,
        rows: int = 0,
    ) -> None:
        wide = at_least < _WIDE_BELOW
        self._units = len(text) + sum(char > "\uffff" for char in text)
        self._most = max(_ROWS, rows)
        if wide:
            fitting = _CHARACTERS_WIDE // max(self._units, 1)
            self._most = max(_ROWS, min(_ROWS_WIDE, fitting), rows)
        self._query = char_ngrams.of_query(text)
        low, high = _window(self._units, at_least)
        self._blocks = [
            block for block in every if block.longest >= low and block.shortest <= high
        ]
        self._rows: Numbers = np.empty(0, np.int64)
        self._scores: npt.NDArray[np.float64] = np.empty(0)
        self._least = 0.0
        self._steepness = _steepness(text, len(self._query))
        if self._blocks and len(self._query):
            budget = _POSTINGS_WIDE if wide else _POSTINGS
            self._cast(low, high, max(budget // len(self._blocks), _POSTINGS_A_BLOCK))
        order = np.argsort(-self._scores, kind="stable")
        self._rows, self._scores = self._rows[order], self._scores[order]

    @property
    def size(self) -> int:
        """Number of rows caught."""
        return len(self._rows)

    def reach(self, similarity: float) -> int:
        """Return how many rows share enough grams to be as similar as this."""
        if self._units <= char_ngrams.SHORT_QUERY:
            return self.size
        share, edit = self._steepness
        floor = _EASE * share * (1 - edit * (1 - similarity)) - 1 / self._units
        return int(np.searchsorted(-self._scores, -floor, "right"))

    def texts(self, start: int, stop: int) -> tuple[list[int], list[str]]:
        """Return numbers in the store and sources of rows, by number."""
        ids: list[int] = []
        texts: list[str] = []
        rows = np.sort(self._rows[start:stop])
        numbers = rows // index_block.ROWS
        for number in np.unique(numbers).tolist():
            chosen = rows[numbers == number] % index_block.ROWS
            ids += self._blocks[number].ids(chosen).tolist()
            texts += self._blocks[number].texts(chosen)
        return ids, texts

    def _cast(self, low: int, high: int, budget: int) -> None:
        units = self._units
        # Blocks of the query's own length first: they raise the bar for the others.
        self._blocks.sort(
            key=lambda each: max(each.shortest - units, units - each.longest, 0)
        )
        for number, block in enumerate(self._blocks):
            start, stop = np.searchsorted(block.lengths, (low, high + 1)).tolist()
            counts = block.counts(self._query, budget)[start:stop]
            lengths = block.lengths[start:stop]
            if not len(lengths):
                continue
            bar = max(1, ceil(self._least * max(units, int(lengths[0]))))
            rows = np.flatnonzero(counts >= bar)
            scores = counts[rows] / np.maximum(lengths[rows], units)
            self._keep(rows + (start + number * index_block.ROWS), scores)

    def _keep(self, rows: Numbers, scores: npt.NDArray[np.float64]) -> None:
        self._rows = np.concatenate([self._rows, rows])
        self._scores = np.concatenate([self._scores, scores])
        spare = len(self._rows) - self._most
        if spare > 0:
            top = np.argpartition(self._scores, spare)[spare:]
            self._rows, self._scores = self._rows[top], self._scores[top]
            self._least = float(self._scores[0])


def _window(units: int, at_least: float) -> tuple[int, int]:
    """Return the lengths that a match can have."""
    if at_least <= 0:
        return 0, 1 << 30
    slack = 1e-9  # 0.7 × 10 is not quite 7
    return ceil(units * at_least - slack), int(units / at_least + slack)


def _steepness(text: str, distinct: int) -> tuple[float, float]:
    """Return the share of distinct grams and the grams that one edit breaks."""
    if len(text) < 2:
        return 0.0, 2.0
    latin = sum(map(str.isascii, text)) / len(text)
    return distinct / (len(text) - 1), 2.0 + latin

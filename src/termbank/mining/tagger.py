"""The trained name tagger: a linear-chain model over hashed features.

The model (``names.npz``) was trained by ``training/names.py`` on share-alike data and is
share-alike itself (see ``names.LICENSE``); without the file the miner goes by rules.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from .attributes import Attributes
from .features import ALONE, BUCKETS, dynamic, padded, static
from .kind_model import FILE, kind_weights, kinds
from .kind_rules import settled
from .rules import Name
from .viterbi import BEGIN, END, NEVER, SINGLE, best_labels

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .attributes import Column
    from .lexicon import Lexicon, Slot
    from .phrases import Runs, Spans
    from .sheet import Sheet

# Four weights of a feature (begin, inside, end, single; outside is the zero) share one
# 64-bit word in lanes of 16 bits, so that one gather and one addition score all four. A
# lane holds weight + 128; 257 features fit before it overflows.
_LANES: Final = 4
_ZERO: Final = 128
_NOTHING: Final = np.uint64(sum(_ZERO << 16 * lane for lane in range(_LANES)))


class Model(NamedTuple):
    """The shipped weights.

    Attributes:
        table: One packed word a bucket.
        scale: Score of one unit of weight.
        transitions: As :func:`termbank.mining.viterbi.best_labels` takes them.
    """

    table: Column
    scale: float
    transitions: NDArray[np.float32]


@lru_cache(maxsize=1)
def model(file: Path = FILE) -> Model | None:
    """Return the shipped model, None where the file is not there."""
    if not file.exists():
        return None
    with np.load(file) as stored:
        used = np.cumsum(stored["steps"], dtype=np.int64)
        table = np.full(BUCKETS, _NOTHING, np.uint64)
        table[used] = packed(stored["weights"])
        return Model(table, float(stored["scale"]), stored["transitions"])


def packed(weights: NDArray[np.int8]) -> Column:
    """Return rows of four weights as packed words."""
    words = np.zeros(len(weights), np.uint64)
    for lane in range(_LANES):
        biased = (weights[:, lane].astype(np.int64) + _ZERO).astype(np.uint64)
        words |= biased << np.uint64(16 * lane)
    return words


class Tagger:
    """Finds names in sheets of one lexicon.

    Args:
        trained: Weights.
        lexicon: The static part of each slot's score is learned as it grows.
    """

    def __init__(self, trained: Model, lexicon: Lexicon) -> None:
        self._model = trained
        self._lexicon = lexicon
        self._attributes = Attributes(lexicon)
        self._static = {distance: np.zeros(0, np.uint64) for distance in ALONE}
        lexicon.listen(self._learn)

    def _learn(self, slots: Sequence[Slot], first: int) -> None:
        rows = slice(first, first + len(slots))
        for distance, known in self._static.items():
            total = np.zeros(len(slots), np.uint64)
            for found in static(self._attributes, distance, rows):
                total += self._model.table[found]
            self._static[distance] = np.append(known[:first], total)

    def names(self, sheet: Sheet, noun_runs: Runs) -> list[Name]:
        """Return the names of a sheet, in order, none inside another."""
        if not len(sheet.slots):
            return []
        scores = self._scores(sheet, noun_runs)
        labels = best_labels(scores, sheet.sentences, self._model.transitions)
        first = np.flatnonzero((labels == BEGIN) | (labels == SINGLE))
        last = np.flatnonzero((labels == END) | (labels == SINGLE)) + 1
        return [Name(*pair) for pair in zip(first.tolist(), last.tolist(), strict=True)]

    def kinds(self, sheet: Sheet, spans: Spans) -> NDArray[np.int64]:
        """Return the place in ``KINDS`` of the kind of each name."""
        weights = kind_weights()
        if weights is None:
            raise FileNotFoundError(FILE)
        found = kinds(sheet, spans, self._attributes, weights)
        return settled(sheet, self._lexicon, spans, found)

    def _scores(self, sheet: Sheet, noun_runs: Runs) -> NDArray[np.float32]:
        places = padded(sheet)
        total = np.zeros(len(sheet.slots), np.uint64)
        count = 0
        for distance, known in self._static.items():
            total += known[places.slots[places.at + distance]]
            count += len(ALONE[distance])
        for found in dynamic(sheet, noun_runs, self._lexicon, self._attributes):
            total += self._model.table[found]
            count += 1
        scores = np.zeros((len(total), _LANES + 1), np.float32)
        for lane in range(_LANES):
            sums = (total >> np.uint64(16 * lane)) & np.uint64(0xFFFF)
            scores[:, lane + 1] = sums.astype(np.float32) - _ZERO * count
        scores *= self._model.scale
        return scores


__all__ = ["FILE", "NEVER", "Model", "Tagger", "model", "packed"]

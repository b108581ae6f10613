"""The trained name tagger: a linear-chain model proposes, a model of whole stretches chooses.

The model (``names.npz``) was trained by ``training/names.py`` on share-alike data and is
share-alike itself (see ``names.LICENSE``); without the file the miner goes by rules.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.mining.terms.term_phrases import Spans
from termbank.mining.tokens.token_attributes import Attributes

from .document_depth import with_confidence
from .kind_rules import settle_kinds
from .name_rules import Name
from .span_candidates import NEVER, segments
from .span_features import asked_rows, span_features
from .span_model import (
    FILE,
    SpanModel,
    choose_spans,
    class_scores,
    odds_of_names,
    span_model,
    with_addressed,
)
from .tagger_features import ALONE, BUCKETS, dynamic, pad_sentences, static

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from termbank.mining.terms.term_phrases import Runs
    from termbank.mining.tokens.token_attributes import Column
    from termbank.mining.tokens.token_lexicon import Lexicon, Slot
    from termbank.mining.tokens.token_table import Sheet

    from .span_candidates import Segments

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
        transitions: As :func:`termbank.mining.names.span_candidates.segments` takes them.
        spans: What chooses among the stretches that may be names.
    """

    table: Column
    scale: float
    transitions: NDArray[np.float32]
    spans: SpanModel


@lru_cache(maxsize=1)
def model(file: Path = FILE) -> Model | None:
    """Return the shipped model, None where the file is not there."""
    spans = span_model(file)
    if spans is None:
        return None
    with np.load(file) as arrays:
        used = np.cumsum(arrays["steps"], dtype=np.int64)
        table = np.full(BUCKETS, _NOTHING, np.uint64)
        table[used] = pack(arrays["weights"])
        return Model(table, float(arrays["scale"]), arrays["transitions"], spans)


def pack(weights: NDArray[np.int8]) -> Column:
    """Return rows of four weights as packed words."""
    words = np.zeros(len(weights), np.uint64)
    for lane in range(_LANES):
        lane_words = (weights[:, lane].astype(np.int64) + _ZERO).astype(np.uint64)
        words |= lane_words << np.uint64(16 * lane)
    return words


class Tagger:
    """Finds names in sheets of one lexicon.

    Args:
        trained: Weights.
        lexicon: The static part of each slot's score is learned as it grows.
    """

    def __init__(self, trained_model: Model, lexicon: Lexicon) -> None:
        self._model = trained_model
        self._lexicon = lexicon
        self._attributes = Attributes(lexicon)
        self._static = {distance: np.zeros(0, np.uint64) for distance in ALONE}
        lexicon.listen(self._learn)

    def _learn(self, slots: Sequence[Slot], first: int) -> None:
        rows = slice(first, first + len(slots))
        for distance, sums in self._static.items():
            total = np.zeros(len(slots), np.uint64)
            for weight_rows in static(self._attributes, distance, rows):
                total += self._model.table[weight_rows]
            self._static[distance] = np.append(sums[:first], total)

    def names(self, sheet: Sheet, noun_runs: Runs) -> dict[Name, int]:
        """Return the names of a sheet, in order, none inside another, and their kinds."""
        if not len(sheet.slots):
            return {}
        scores = self._scores(sheet, noun_runs)
        stretches = segments(scores, sheet.sentences, self._model.transitions)
        classes = self._classes(sheet, noun_runs, stretches)
        odds = odds_of_names(classes, sheet, stretches, self._model.spans)
        titles = self._titles_after(sheet, noun_runs, stretches)
        odds = with_confidence(odds, stretches, sheet, titles)
        odds = with_addressed(odds, classes, stretches, titles)
        kinds = classes[:, 1:].argmax(1).tolist()
        spans = map(Name, stretches.first.tolist(), stretches.last.tolist())
        kind_of = dict(zip(spans, kinds, strict=True))
        return {name: kind_of[name] for name in choose_spans(stretches, odds)}

    def kinds(
        self,
        sheet: Sheet,
        noun_runs: Runs,
        names: Sequence[Name],
        known: dict[Name, int],
    ) -> NDArray[np.int64]:
        """Return the place in ``KINDS`` of the kind of each name.

        Args:
            sheet: The texts.
            noun_runs: Their runs.
            names: Names in order.
            known: Kinds that :meth:`names` gave; the others are asked for here.
        """
        first, last = np.array(names, np.int64).reshape(-1, 2).T
        fresh = np.array([name not in known for name in names], bool)
        kinds = np.array([known.get(name, 0) for name in names], np.int64)
        rows = asked_rows(first[fresh], last[fresh])
        kinds[fresh] = self._classes(sheet, noun_runs, rows)[:, 1:].argmax(1)
        return settle_kinds(sheet, self._lexicon, Spans(first, last), kinds)

    def _titles_after(
        self, sheet: Sheet, noun_runs: Runs, spans: Segments
    ) -> NDArray[np.int64]:
        """Count the titles from the second word of each stretch to its run's end."""
        counts = np.append(0, np.cumsum(self._lexicon.titles[sheet.slots]))
        ends = np.append(noun_runs.last, 0)[noun_runs.of_row[spans.last - 1]]
        counts_after: NDArray[np.int64] = (
            counts[np.maximum(ends, spans.last)] - counts[spans.first + 1]
        )
        return counts_after

    def _classes(
        self, sheet: Sheet, noun_runs: Runs, spans: Segments
    ) -> NDArray[np.float32]:
        features = span_features(
            sheet, noun_runs, self._lexicon, self._attributes, spans
        )
        return class_scores(features, len(spans.first), self._model.spans)

    def _scores(self, sheet: Sheet, noun_runs: Runs) -> NDArray[np.float32]:
        places = pad_sentences(sheet)
        total = np.zeros(len(sheet.slots), np.uint64)
        count = 0
        for distance, static_sums in self._static.items():
            total += static_sums[places.slots[places.at + distance]]
            count += len(ALONE[distance])
        for rows in dynamic(sheet, noun_runs, self._lexicon, self._attributes):
            total += self._model.table[rows]
            count += 1
        scores = np.zeros((len(total), _LANES + 1), np.float32)
        for lane in range(_LANES):
            sums = (total >> np.uint64(16 * lane)) & np.uint64(0xFFFF)
            scores[:, lane + 1] = sums.astype(np.float32) - _ZERO * count
        scores *= self._model.scale
        return scores


__all__ = ["FILE", "NEVER", "Model", "Tagger", "model", "pack"]

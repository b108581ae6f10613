"""Word alignment of our own: IBM model 1, then a hidden Markov model, in NumPy.

Sources:
    Brown et al. 1993, "The Mathematics of Statistical Machine Translation" (model 1);
    Vogel, Ney and Tillmann 1996, "HMM-Based Word Alignment in Statistical Translation";
    Riley and Gildea 2012, "Improving the IBM Alignment Models Using Variational Bayes"
    (the digamma update, which keeps rare words from gathering links).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.integer[Any]]

LONGEST = 100  # words of a segment that are aligned; what lies beyond is left unaligned
_MODEL_1_ROUNDS = 4
_HMM_ROUNDS = 3
_CONCENTRATION = 0.01  # of the Dirichlet prior over translations (Riley and Gildea)
_TO_NOTHING = 0.2  # chance that a word answers to none of the other side
_FARTHEST = 12  # words; longer jumps share one probability
_BATCH_CELLS = 400_000  # table cells worked on at once: 3 MB a table
_FLOOR = 1e-12


class Cells(NamedTuple):
    """Every pair of words that stand in one segment.

    Attributes:
        pair: For each segment, a table [target, source] of numbers of word pairs.
        source_of: Source word of each pair.
        target_of: Target word of each pair.
    """

    pair: Sequence[Integers]
    source_of: Integers
    target_of: Integers


def cells_of(source: Sequence[Integers], target: Sequence[Integers]) -> Cells:
    """Number the pairs of words that stand in one segment."""
    shapes = [
        (len(t[:LONGEST]), len(s[:LONGEST]))
        for s, t in zip(source, target, strict=True)
    ]
    width = 1 + max((int(s.max()) for s in source if len(s)), default=0)
    codes = [
        (t[:LONGEST, None] * width + s[None, :LONGEST]).ravel()
        for s, t in zip(source, target, strict=True)
    ]
    flat = np.concatenate(codes) if codes else np.zeros(0, dtype=np.int64)
    if not shapes:
        return Cells([], flat, flat)
    codes_present, numbers = np.unique(flat, return_inverse=True)
    stops = np.cumsum([rows * columns for rows, columns in shapes])[:-1]
    tables = [
        part.reshape(shape)
        for part, shape in zip(
            np.split(numbers.astype(np.int32), stops), shapes, strict=True
        )
    ]
    return Cells(tables, codes_present % width, codes_present // width)


class Direction:
    """Translation probabilities from source words to target words, and jumps.

    Attributes:
        chance: Probability of the target word given the source word, a number a pair.
        jumps: Weight of a jump of so many source words, from -farthest to farthest.
    """

    def __init__(self, cells: Cells, target: Sequence[Integers]) -> None:
        self._cells = cells
        self._sources = 1 + int(cells.source_of.max(initial=0))
        words = np.concatenate([*target, np.zeros(0, dtype=np.int64)])
        counts = np.bincount(words, minlength=1 + int(cells.target_of.max(initial=0)))
        self._alone = np.append(counts / max(len(words), 1), 1.0)
        self._target = target
        self.chance = np.full(len(cells.source_of) + 1, 1.0)
        self.chance[:-1] = 1.0 / max(len(counts), 1)
        self.jumps = np.ones(2 * _FARTHEST + 1)

    def learn(self) -> None:
        """Run model 1, then the hidden Markov model."""
        for _ in range(_MODEL_1_ROUNDS):
            self._update(self._model_1())
        for _ in range(_HMM_ROUNDS):
            counts = np.zeros(len(self.chance))
            jumps = np.zeros_like(self.jumps)
            for batch in self._batches():
                posterior, batch_jumps = self._posterior(batch)
                counts += np.bincount(
                    batch.pair.ravel(), posterior.ravel(), minlength=len(counts)
                )
                jumps += batch_jumps
            self._update(counts)
            self.jumps = (jumps + 0.1) / (jumps + 0.1).sum()

    def posteriors(self) -> list[Floats]:
        """Return for each segment a table [target, source] of chances of a link."""
        out: list[Floats] = [np.zeros(table.shape) for table in self._cells.pair]
        for batch in self._batches():
            posterior, _ = self._posterior(batch)
            for row, at in enumerate(batch.segments):
                out[at] = posterior[row, : len(out[at])]
        return out

    def _model_1(self) -> Floats:
        counts = np.zeros(len(self.chance))
        for batch in self._batches():
            fits = self.chance[batch.pair]
            nothing = _TO_NOTHING * self._alone[batch.target]
            fits *= (1.0 - _TO_NOTHING) / fits.shape[2]
            fits /= (fits.sum(axis=2) + nothing + _FLOOR)[:, :, None]
            counts += np.bincount(
                batch.pair.ravel(), fits.ravel(), minlength=len(counts)
            )
        return counts

    def _update(self, counts: Floats) -> None:
        """Set the translation probabilities from expected counts, variational Bayes."""
        counts = counts[:-1]
        of = self._cells.source_of
        totals = np.bincount(of, counts, minlength=self._sources)
        kinds = np.bincount(of, minlength=self._sources)
        weight = np.exp(_digamma(counts + _CONCENTRATION))
        norm = np.exp(_digamma(np.maximum(totals, 0.0) + _CONCENTRATION * kinds))
        self.chance[:-1] = weight / norm[of]

    def _posterior(self, batch: Batch) -> tuple[Floats, Floats]:
        """Chance of every link of a batch, and the expected jumps (forward-backward)."""
        width = batch.pair.shape[2]
        fits = self.chance[batch.pair] + _FLOOR
        nothing = self._alone[batch.target][:, :, None]
        offsets = np.arange(width)[None, :] - np.arange(width)[:, None]
        bins = np.clip(offsets, -_FARTHEST, _FARTHEST) + _FARTHEST
        moves = self.jumps[bins]
        moves *= (1.0 - _TO_NOTHING) / moves.sum(axis=1, keepdims=True)
        link_sums, before, scale = _forward(fits, nothing, moves)
        return _backward(
            fits, nothing, moves, (link_sums, before, scale), batch.real, bins
        )

    def _batches(self) -> Iterator[Batch]:
        pairs = self._cells.pair
        order = sorted(
            (at for at in range(len(pairs)) if pairs[at].size),
            key=lambda at: (pairs[at].shape[1], pairs[at].shape[0], at),
        )
        start = 0
        while start < len(order):
            width = pairs[order[start]].shape[1]
            stop, cells = start, 0
            while stop < len(order) and pairs[order[stop]].shape[1] == width:
                cells = pairs[order[stop]].size * (stop + 1 - start)
                if cells > _BATCH_CELLS and stop > start:
                    break
                stop += 1
            yield self._batch(order[start:stop], width)
            start = stop

    def _batch(self, segments: list[int], width: int) -> Batch:
        longest = max(self._cells.pair[at].shape[0] for at in segments)
        pair = np.full(
            (len(segments), longest, width), len(self.chance) - 1, dtype=np.int64
        )
        target = np.full((len(segments), longest), len(self._alone) - 1, dtype=np.int64)
        real = np.zeros((len(segments), longest))
        for row, at in enumerate(segments):
            height = self._cells.pair[at].shape[0]
            pair[row, :height] = self._cells.pair[at]
            target[row, :height] = self._target[at][:height]
            real[row, :height] = 1.0
        return Batch(segments, pair, target, real)


class Batch(NamedTuple):
    """Segments with the same number of source words, target words filled up.

    Where a segment is filled up, every probability is 1, so that the sums beyond its
    end change nothing.

    Attributes:
        segments: Places in the bitext.
        pair: Numbers of word pairs [segment, target, source].
        target: Target words [segment, target].
        real: 1 for a word, 0 for filling [segment, target].
    """

    segments: list[int]
    pair: Integers
    target: Integers
    real: Floats


def _forward(
    fits: Floats, nothing: Floats, moves: Floats
) -> tuple[Floats, Floats, Floats]:
    """Scaled forward sums: of links, of links and nothings together, and the scales."""
    many, length, width = fits.shape
    link_sums = np.empty_like(fits)
    both = np.empty_like(fits)
    scale = np.empty((many, length, 1))
    start = np.full((many, width), 1.0 / width)
    for at in range(length):
        by_jump = start * (1.0 - _TO_NOTHING) if at == 0 else both[:, at - 1] @ moves
        to_nothing = (start if at == 0 else both[:, at - 1]) * (
            _TO_NOTHING * nothing[:, at]
        )
        link_sums[:, at] = by_jump * fits[:, at]
        both[:, at] = link_sums[:, at] + to_nothing
        scale[:, at] = both[:, at].sum(axis=1, keepdims=True) + 1e-300
        link_sums[:, at] /= scale[:, at]
        both[:, at] /= scale[:, at]
    return link_sums, both, scale


def _backward(
    fits: Floats,
    nothing: Floats,
    moves: Floats,
    forward: tuple[Floats, Floats, Floats],
    real: Floats,
    bins: Integers,
) -> tuple[Floats, Floats]:
    """Chances of links from the backward sums, and expected jumps."""
    link_sums, both, scale = forward
    many, length, width = fits.shape
    ahead = np.ones((many, width))
    jump_mass = np.zeros((width, width))
    out = link_sums
    for at in range(length - 1, -1, -1):
        out[:, at] *= ahead
        if at == 0:
            break
        worth = fits[:, at] * ahead / scale[:, at]
        jump_mass += both[:, at - 1].T @ (worth * real[:, at, None])
        ahead = worth @ moves.T + ahead * (_TO_NOTHING * nothing[:, at]) / scale[:, at]
    jumps = np.zeros(2 * _FARTHEST + 1)
    np.add.at(jumps, bins, jump_mass * moves)
    return out * real[:, :, None], jumps


def _digamma(x: Floats) -> Floats:
    """Digamma for x > 0: recurrence up to 6, then the asymptotic series."""
    x = np.maximum(x, 1e-6)
    out = np.zeros_like(x)
    for _ in range(6):
        small = x < 6.0
        out[small] -= 1.0 / x[small]
        x[small] += 1.0
    square = 1.0 / (x * x)
    series = square * (1 / 12 - square * (1 / 120 - square / 252))
    result: Floats = out + np.log(x) - 0.5 / x - series
    return result

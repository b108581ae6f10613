"""How likely each stretch of words is to be a name, from the scores of its labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termbank.mining.tokens.token_table import Ints

    Floats = NDArray[np.float64]

# Outside, begin, inside, end, single: the columns of scores and transitions.
OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)
NEVER: Final = np.float32(-1e4)
# A stretch less likely than this is no candidate: one gold name in thirty is lost, and
# there are twice as many candidates as names.
LEAST: Final = 0.02
LONGEST: Final = 20  # words of a name
# Longer rows of words without a full stop are tables; they are cut, so that one of them
# does not make all others wait.
_LONGEST_SENTENCE: Final = 256
_TINY: Final = 1e-300


class Segments(NamedTuple):
    """Candidates for names, by first row, then by last; they may overlap.

    Attributes:
        first: First row of each.
        last: One past its last row.
        chance: Probability that just these rows are a name, ``LEAST`` to 1.
    """

    first: Ints
    last: Ints
    chance: Floats


class _Sums(NamedTuple):
    """Sums over all labels before and after each row, scaled to keep their size."""

    ahead: Floats
    behind: Floats
    scale: Floats


def segments(
    scores: NDArray[np.float32], sentences: Ints, transitions: NDArray[np.float32]
) -> Segments:
    """Return the stretches that are a name with a chance of ``LEAST`` or more.

    Args:
        scores: One row a word, one column a label.
        sentences: Number of the sentence of each row, rising.
        transitions: Score of label (column) after label (row); ``NEVER`` forbids.

    Source:
        L. R. Rabiner: A tutorial on hidden Markov models. Proceedings of the IEEE 77
        (1989), 257-286 (scaled sums); the rest follows from the product of the chain.
    """
    own = scores.astype(np.float64)
    own -= own.max(1, keepdims=True)
    steps = np.exp(np.maximum(transitions.astype(np.float64), -700))
    steps[transitions <= NEVER] = 0
    sums = _sums(np.exp(own), _stretches(sentences), steps)
    return _candidates(own, sums, steps)


def _candidates(own: Floats, sums: _Sums, steps: Floats) -> Segments:
    count = len(own)
    alone = sums.ahead[:, SINGLE] * sums.behind[:, SINGLE]
    rows = np.flatnonzero(alone >= LEAST)
    segments = [(rows, rows + 1, alone[rows])]
    # Stretches that are still open, and the chance of all ways to their last row.
    opens = sums.ahead[:, BEGIN] * sums.behind[:, BEGIN]
    first = np.flatnonzero(opens >= LEAST)
    way, label = sums.ahead[first, BEGIN], BEGIN
    factors = np.exp(own) / sums.scale[:, None]
    for length in range(1, LONGEST):
        keep = first + length < count
        first, way = first[keep], way[keep]
        row = first + length
        endings = way * steps[label, END] * factors[row, END] * sums.behind[row, END]
        good = endings >= LEAST
        segments.append((first[good], row[good] + 1, endings[good]))
        way = way * steps[label, INSIDE] * factors[row, INSIDE]
        label = INSIDE
        open_still = way * sums.behind[row, INSIDE] >= LEAST
        first, way = first[open_still], way[open_still]
        if not len(first):
            break
    first, last, chance = map(np.concatenate, zip(*segments, strict=True))
    order = np.lexsort((last, first))
    return Segments(first[order], last[order], np.minimum(chance[order], 1.0))


def _sums(weights: Floats, stretches: tuple[Ints, Ints], steps: Floats) -> _Sums:
    """Return the forward and backward sums of all sentences at once."""
    starts, lengths = stretches
    order = np.argsort(-lengths, kind="stable")
    starts, lengths = starts[order], lengths[order]
    longest = int(lengths.max(initial=0))
    # How many sentences are longer than each step: they come first.
    active = len(lengths) - np.searchsorted(lengths[::-1], np.arange(longest), "right")
    ahead, behind = np.zeros_like(weights), np.zeros_like(weights)
    scale = np.ones(len(weights))
    opening = np.array([1.0, 1, 0, 0, 1])
    closing = np.array([1.0, 0, 0, 1, 1])
    last = starts + lengths - 1
    weights[last] *= closing
    for step in range(longest):
        rows = starts[: active[step]] + step
        reach = opening if step == 0 else ahead[rows - 1] @ steps
        ahead[rows] = reach * weights[rows]
        scale[rows] = np.maximum(ahead[rows].sum(1), _TINY)
        ahead[rows] /= scale[rows, None]
    behind[last] = closing
    for step in range(longest - 2, -1, -1):
        rows = starts[: active[step + 1]] + step
        onward = weights[rows + 1] * behind[rows + 1] / scale[rows + 1, None]
        behind[rows] = onward @ steps.T
    return _Sums(ahead, behind, scale)


def _stretches(sentences: Ints) -> tuple[Ints, Ints]:
    """Return first row and length of each sentence, overlong ones cut."""
    if not len(sentences):
        return sentences, sentences
    edges = np.flatnonzero(sentences[1:] != sentences[:-1]) + 1
    first = np.append(0, edges)
    lengths = np.diff(np.append(first, len(sentences)))
    pieces = -(-lengths // _LONGEST_SENTENCE)
    number = np.arange(int(pieces.sum())) - np.repeat(
        np.cumsum(pieces) - pieces, pieces
    )
    starts = np.repeat(first, pieces) + number * _LONGEST_SENTENCE
    return starts, np.diff(np.append(starts, len(sentences)))

"""The best row of labels for many sentences at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .sheet import Ints

    Floats = NDArray[np.float32]

# Outside, begin, inside, end, single: the columns of scores and transitions.
OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)
NEVER: Final = np.float32(-1e4)
# Longer rows of words without a full stop are tables; they are cut, so that one of them
# does not make all others wait.
_LONGEST: Final = 256


def best_labels(scores: Floats, sentences: Ints, transitions: Floats) -> Ints:
    """Return the label of each row.

    Args:
        scores: One row a word, one column a label.
        sentences: Number of the sentence of each row, rising.
        transitions: Score of label (column) after label (row); ``NEVER`` forbids.

    Source:
        A. Viterbi: Error bounds for convolutional codes and an asymptotically optimum
        decoding algorithm. IEEE Transactions on Information Theory 13 (1967), 260-269.
    """
    first, lengths = _stretches(sentences)
    order = np.argsort(-lengths, kind="stable")
    first, lengths = first[order], lengths[order]
    steps = int(lengths.max(initial=0))
    # How many stretches are longer than each step: they come first.
    active = len(lengths) - np.searchsorted(
        lengths[::-1], np.arange(steps), side="right"
    )
    came_from: list[NDArray[np.int64]] = []
    best = np.full((len(first), 5), NEVER, np.float32)
    last = np.zeros((len(first), 5), np.float32)
    for step in range(steps):
        count = int(active[step])
        own = scores[first[:count] + step]
        if step == 0:
            best = own.copy()
            best[:, [INSIDE, END]] = NEVER
            came_from.append(np.zeros((count, 5), np.int64))
        else:
            paths = best[:count, :, None] + transitions
            came = paths.argmax(1)
            best = np.take_along_axis(paths, came[:, None, :], 1)[:, 0] + own
            came_from.append(came)
        last[:count] = best
    last[:, [BEGIN, INSIDE]] = NEVER
    return _traced(last.argmax(1), first, came_from, len(scores))


def _stretches(sentences: Ints) -> tuple[Ints, Ints]:
    if not len(sentences):
        return sentences, sentences
    edges = np.flatnonzero(sentences[1:] != sentences[:-1]) + 1
    first = np.append(0, edges)
    lengths = np.diff(np.append(first, len(sentences)))
    pieces = -(-lengths // _LONGEST)
    number = np.arange(int(pieces.sum())) - np.repeat(
        np.cumsum(pieces) - pieces, pieces
    )
    starts = np.repeat(first, pieces) + number * _LONGEST
    return starts, np.diff(np.append(starts, len(sentences)))


def _traced(
    label: Ints,
    first: Ints,
    came_from: list[NDArray[np.int64]],
    count: int,
) -> Ints:
    labels = np.zeros(count, np.int64)
    label = label.copy()
    for step in range(len(came_from) - 1, -1, -1):
        rows = np.arange(len(came_from[step]))
        labels[first[rows] + step] = label[rows]
        label[rows] = came_from[step][rows, label[rows]]
    return labels

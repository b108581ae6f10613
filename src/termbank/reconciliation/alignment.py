"""The cheapest way from one form to the other, for many pairs at once.

Common beginnings and ends are set aside; what is left between them, a few units as a
rule, is aligned by dynamic programming over the sounds, one cell of all pairs at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .encoding import Encoded
from .sounds import CHANGE_COST, COST_UNIT, GAP_COST, OTHER

CELLS_AT_ONCE: Final = 1 << 22  # of the cost tables held in memory
LONGEST_CORE: Final = 24  # units that differ; the rest of longer cores is cut off
WIDTHS: Final = (1, 2, 3, 4, 6, 8, 12, 16, LONGEST_CORE)
_GAP: Final = 0


class Edits(NamedTuple):
    """Every unit that the cheapest alignment changes, drops or adds.

    Attributes:
        pair: Row of the pair, int32; not sorted.
        left: Index of the unit in the left form: the dropped or changed one, or for an
            addition the one that follows.
        right: The same in the right form.
        kind: 0 change, 1 only in the left form, 2 only in the right form.
    """

    pair: NDArray[np.int32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    kind: NDArray[np.uint8]


class Alignment(NamedTuple):
    """What alignment says of each pair.

    Attributes:
        cost: In tenths of a plain change, uint16.
        edits: See :class:`Edits`.
    """

    cost: NDArray[np.uint16]
    edits: Edits


def aligned(
    forms: Encoded, left: NDArray[np.int64], right: NDArray[np.int64]
) -> Alignment:
    """Align pairs of encoded forms, given by their rows."""
    prefix, core_left, core_right = _cores(forms, left, right)
    cost = np.zeros(len(left), np.uint16)
    found: list[Edits] = []
    width = np.maximum(core_left, core_right)
    lower = 0
    for upper in WIDTHS:
        rows = np.flatnonzero((width > lower) & (width <= upper if upper < LONGEST_CORE else True))
        step = max(CELLS_AT_ONCE // (upper + 1) ** 2, 1)
        for at in range(0, len(rows), step):
            some = rows[at : at + step]
            starts = (forms.start[left[some]] + prefix[some], forms.start[right[some]] + prefix[some])
            sizes = (np.minimum(core_left[some], upper), np.minimum(core_right[some], upper))
            part_cost, edits = _solved(forms, starts, sizes, upper)
            cost[some] = part_cost
            offset = prefix[some][edits.pair]
            found.append(
                Edits(some[edits.pair].astype(np.int32), edits.left + offset, edits.right + offset, edits.kind)
            )
        lower = upper
    return Alignment(cost, _joined(found))


def _joined(found: list[Edits]) -> Edits:
    if not found:
        none = np.zeros(0, np.int32)
        return Edits(none, none, none, np.zeros(0, np.uint8))
    return Edits(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _cores(
    forms: Encoded, left: NDArray[np.int64], right: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the common prefix of each pair and the lengths of what differs."""
    length = forms.length
    ours, theirs = length[left], length[right]
    shorter = np.minimum(ours, theirs)
    prefix = np.zeros(len(left), np.int64)
    suffix = np.zeros(len(left), np.int64)
    first, last = forms.start[left], forms.start[left + 1] - 1
    first_right, last_right = forms.start[right], forms.start[right + 1] - 1
    alive = np.flatnonzero(shorter > 0)
    while len(alive):
        at = prefix[alive]
        equal = forms.unit[first[alive] + at] == forms.unit[first_right[alive] + at]
        alive = alive[equal]
        prefix[alive] += 1
        alive = alive[prefix[alive] < shorter[alive]]
    alive = np.flatnonzero(shorter > prefix)
    while len(alive):
        at = suffix[alive]
        equal = forms.unit[last[alive] - at] == forms.unit[last_right[alive] - at]
        alive = alive[equal]
        suffix[alive] += 1
        alive = alive[prefix[alive] + suffix[alive] < shorter[alive]]
    return prefix, ours - prefix - suffix, theirs - prefix - suffix


def _solved(
    forms: Encoded,
    starts: tuple[NDArray[np.int64], NDArray[np.int64]],
    sizes: tuple[NDArray[np.int64], NDArray[np.int64]],
    width: int,
) -> tuple[NDArray[np.uint16], Edits]:
    count = len(starts[0])
    steps = np.arange(width)
    last = len(forms.unit) - 1
    place_left = np.minimum(starts[0][:, None] + steps, last)
    place_right = np.minimum(starts[1][:, None] + steps, last)
    unit_left, unit_right = forms.unit[place_left].T.copy(), forms.unit[place_right].T.copy()
    sound_left, sound_right = forms.sound[place_left].T.copy(), forms.sound[place_right].T.copy()
    table = np.zeros((width + 1, width + 1, count), np.uint16)
    move = np.zeros((width + 1, width + 1, count), np.uint8)
    flat = CHANGE_COST.ravel()
    gap_left, gap_right = GAP_COST[sound_left], GAP_COST[sound_right]
    for i in range(1, width + 1):
        table[i, 0] = table[i - 1, 0] + gap_left[i - 1]
        move[i, 0] = 1
        table[0, i] = table[0, i - 1] + gap_right[i - 1]
        move[0, i] = 2
    for i in range(1, width + 1):
        base = sound_left[i - 1].astype(np.int32) << 8
        for j in range(1, width + 1):
            change = flat[base | sound_right[j - 1]].astype(np.uint16)
            same = unit_left[i - 1] == unit_right[j - 1]
            best = table[i - 1, j - 1] + np.where(same, 0, change)
            step = np.where(same, 3, 0).astype(np.uint8)
            dropped = table[i - 1, j] + gap_left[i - 1]
            better = dropped < best
            best = np.where(better, dropped, best)
            step[better] = 1
            added = table[i, j - 1] + gap_right[j - 1]
            better = added < best
            table[i, j] = np.where(better, added, best)
            step[better] = 2
            move[i, j] = step
    rows = np.arange(count)
    return table[sizes[0], sizes[1], rows], _walked(move, sizes, rows)


def _walked(
    move: NDArray[np.uint8],
    sizes: tuple[NDArray[np.int64], NDArray[np.int64]],
    rows: NDArray[np.int64],
) -> Edits:
    """Follow the moves back from the end of every pair at once."""
    i, j = sizes[0].copy(), sizes[1].copy()
    found: list[Edits] = []
    while len(rows):
        step = move[i, j, rows]
        i = i - (step != 2)
        j = j - (step != 1)
        edit = step != 3
        found.append(
            Edits(
                rows[edit].astype(np.int32),
                i[edit].astype(np.int32),
                j[edit].astype(np.int32),
                step[edit],
            )
        )
        alive = (i > 0) | (j > 0)
        rows, i, j = rows[alive], i[alive], j[alive]
    return _joined(found)


def pieces(total: int, at_once: int) -> Iterator[slice]:
    """Yield slices that cover ``total`` rows, ``at_once`` at most in each."""
    for at in range(0, total, at_once):
        yield slice(at, min(at + at_once, total))

"""The cheapest way from one form to the other, for many pairs at once.

Common beginnings and ends are set aside; what is left between them, a few units as a
rule, is aligned by dynamic programming over the sounds, one cell of all pairs at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .sounds import CHANGE_COST, COST_UNIT, GAP_COST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .encoding import Encoded

CELLS_AT_ONCE: Final = 1 << 20  # of the cost tables held in memory
LONGEST_CORE: Final = 24  # units that differ; the rest of longer cores is cut off
MOST_BEYOND: Final = 50_000  # keeps costs of the longest texts within 16 bits
WIDTHS: Final = (1, 2, 3, 4, 6, 8, 12, 16, LONGEST_CORE)
CHANGED, DROPPED, ADDED, KEPT = range(4)  # moves through the table; not KEPT: edits
Rows = NDArray[np.int64]


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


def aligned(forms: Encoded, left: Rows, right: Rows) -> Alignment:
    """Align pairs of encoded forms, given by their rows."""
    cost = np.zeros(len(left), np.uint16)
    found: list[Edits] = []
    for some, core in _cores_by_width(forms, left, right):
        table, moves = _solved(forms, core, keep_moves=True)
        rows = np.arange(len(some))
        cost[some] = table[core.size_left, core.size_right, rows] + core.beyond
        edits = _walked(moves, core, rows)
        offset = core.prefix[edits.pair]
        pair = some[edits.pair].astype(np.int32)
        found.append(Edits(pair, edits.left + offset, edits.right + offset, edits.kind))
    return Alignment(cost, _joined(found))


def costs(forms: Encoded, left: Rows, right: Rows) -> NDArray[np.uint16]:
    """Return the cost of the cheapest alignment alone, at half the price."""
    cost = np.zeros(len(left), np.uint16)
    for some, core in _cores_by_width(forms, left, right):
        table, _ = _solved(forms, core, keep_moves=False)
        rows = np.arange(len(some))
        cost[some] = table[core.size_left, core.size_right, rows] + core.beyond
    return cost


class _Core(NamedTuple):
    """What differs between the forms of pairs, cut off at ``width`` units."""

    width: int
    prefix: Rows
    start_left: Rows
    start_right: Rows
    size_left: Rows
    size_right: Rows
    beyond: NDArray[np.uint16]  # cost of the units that were cut off


def _cores_by_width(
    forms: Encoded, left: Rows, right: Rows
) -> Iterator[tuple[Rows, _Core]]:
    """Yield rows of pairs whose cores are about as wide, and the cores."""
    prefix, core_left, core_right = _cores(forms, left, right)
    longer = np.maximum(core_left, core_right)
    lower = 0
    for width in WIDTHS:
        fits = (longer > lower) & ((longer <= width) | (width == LONGEST_CORE))
        rows = np.flatnonzero(fits)
        step = max(CELLS_AT_ONCE // (width + 1) ** 2, 1)
        for at in range(0, len(rows), step):
            some = rows[at : at + step]
            yield (
                some,
                _Core(
                    width,
                    prefix[some],
                    forms.start[left[some]] + prefix[some],
                    forms.start[right[some]] + prefix[some],
                    np.minimum(core_left[some], width),
                    np.minimum(core_right[some], width),
                    np.clip((longer[some] - width) * COST_UNIT, 0, MOST_BEYOND).astype(
                        np.uint16
                    ),
                ),
            )
        lower = width


def _joined(found: list[Edits]) -> Edits:
    if not found:
        none = np.zeros(0, np.int32)
        return Edits(none, none, none, np.zeros(0, np.uint8))
    return Edits(*(np.concatenate(column) for column in zip(*found, strict=True)))


def _cores(forms: Encoded, left: Rows, right: Rows) -> tuple[Rows, Rows, Rows]:
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
    forms: Encoded, core: _Core, *, keep_moves: bool
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Fill the table of costs, one cell of all pairs at a time, and that of moves."""
    width, count = core.width, len(core.prefix)
    unit_left, sound_left = _taken(forms, core.start_left, width)
    unit_right, sound_right = _taken(forms, core.start_right, width)
    table = np.zeros((width + 1, width + 1, count), np.uint16)
    moves = np.zeros((width + 1, width + 1, count if keep_moves else 0), np.uint8)
    gap_left, gap_right = GAP_COST[sound_left], GAP_COST[sound_right]
    for i in range(1, width + 1):
        table[i, 0] = table[i - 1, 0] + gap_left[i - 1]
        table[0, i] = table[0, i - 1] + gap_right[i - 1]
    moves[1:, 0], moves[0, 1:] = DROPPED, ADDED
    for i in range(1, width + 1):
        for j in range(1, width + 1):
            changed = CHANGE_COST[sound_left[i - 1], sound_right[j - 1]]
            same = unit_left[i - 1] == unit_right[j - 1]
            changed[same] = 0
            diagonal = table[i - 1, j - 1] + changed
            dropped = table[i - 1, j] + gap_left[i - 1]
            added = table[i, j - 1] + gap_right[j - 1]
            best = np.minimum(diagonal, dropped)
            table[i, j] = np.minimum(best, added)
            if keep_moves:
                step = np.where(same, KEPT, CHANGED).astype(np.uint8)
                step[dropped < diagonal] = DROPPED
                step[added < best] = ADDED
                moves[i, j] = step
    return table, moves


def _taken(
    forms: Encoded, start: Rows, width: int
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return units and sounds from each start on, one row a step."""
    place = np.minimum(start + np.arange(width)[:, None], len(forms.unit) - 1)
    return forms.unit[place], forms.sound[place]


def _walked(moves: NDArray[np.uint8], core: _Core, rows: Rows) -> Edits:
    """Follow the moves back from the end of every pair at once."""
    i, j = core.size_left, core.size_right
    found: list[Edits] = []
    while len(rows):
        step = moves[i, j, rows]
        i = i - (step != ADDED)
        j = j - (step != DROPPED)
        edit = step != KEPT
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

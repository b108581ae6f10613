"""The cheapest way from one form to the other, for many pairs at once.

Common beginnings and ends are set aside; what is left between them, a few units as a
rule, is aligned by dynamic programming over the sounds, one cell of all pairs at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .kana_sounds import CHANGE_COST, COST_UNIT, GAP_COST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .mora_encoding import Encoded

CELLS_AT_ONCE: Final = 1 << 20  # of the cost tables held in memory
LONGEST_CORE: Final = 24  # units that differ; the rest of longer cores is cut off
MOST_BEYOND: Final = 50_000  # keeps costs of the longest texts within 16 bits
TOO_DEAR: Final = (
    15_000  # with MOST_BEYOND still within 16 bits; no whole core costs it
)
WIDTHS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, LONGEST_CORE)
# For each number of units the place of the least width that holds them, from 1; 0: none.
_WIDTH_OF: Final = np.searchsorted((0, *WIDTHS), range(LONGEST_CORE + 1)).astype(
    np.uint8
)
SPARSE: Final = 0.7  # share of pairs still open below which the rest moves together
CHANGED, DROPPED, ADDED, KEPT = range(4)  # moves through the table; not KEPT: edits
Rows = NDArray[np.int64]
Costs = NDArray[np.uint16]
# One flat table, for `take`: several times as fast as an index of two arrays.
_CHANGE: Final = CHANGE_COST.astype(np.uint16).ravel()
_GAP: Final = GAP_COST.astype(np.uint16)
_LEAST_GAP: Final = int(GAP_COST.min())


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


def align_forms(forms: Encoded, left: Rows, right: Rows) -> Alignment:
    """Align pairs of encoded forms, given by their rows."""
    cost = np.zeros(len(left), np.uint16)
    edit_lists: list[Edits] = []
    for some, core in _cores_by_width(forms, left, right):
        moves = np.empty((core.width + 1, core.width + 1, len(some)), np.uint8)
        cost[some] = _solve(forms, core, moves) + core.beyond
        edits = _walk_back(moves, core, np.arange(len(some)))
        offset = core.prefix.take(edits.pair)
        pair = some.take(edits.pair).astype(np.int32)
        edit_lists.append(
            Edits(pair, edits.left + offset, edits.right + offset, edits.kind)
        )
    return Alignment(cost, _join(edit_lists))


def costs(
    forms: Encoded, left: Rows, right: Rows, *, most: Costs | None = None
) -> Costs:
    """Return the cost of the cheapest alignment alone, at a part of the price.

    Args:
        forms: Encoded forms.
        left: Rows of the pairs.
        right: Rows of the pairs.
        most: For each pair the cost that matters. Of a dearer pair the answer tells no
            more than that it is dearer, so that most of its alignment is spared.
    """
    cost = np.zeros(len(left), np.uint16)
    for some, core in _cores_by_width(forms, left, right):
        limit = None if most is None else most.take(some)
        cost[some] = _solve(forms, core, limit=limit) + core.beyond
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
    first, second = forms.start.take(left) + prefix, forms.start.take(right) + prefix
    kind = _WIDTH_OF.take(longer, mode="clip")
    order = np.argsort(kind, kind="stable")
    ends = np.cumsum(np.bincount(kind, minlength=len(WIDTHS) + 1)).tolist()
    for width, low, high in zip(WIDTHS, ends, ends[1:], strict=False):
        step = max(CELLS_AT_ONCE // (width + 1) ** 2, 1)
        for at in range(low, high, step):
            some = order[at : min(at + step, high)]
            beyond = (longer.take(some) - width) * COST_UNIT
            yield (
                some,
                _Core(
                    width,
                    prefix.take(some),
                    first.take(some),
                    second.take(some),
                    np.minimum(core_left.take(some), width),
                    np.minimum(core_right.take(some), width),
                    np.clip(beyond, 0, MOST_BEYOND).astype(np.uint16),
                ),
            )


def _join(edit_lists: list[Edits]) -> Edits:
    if not edit_lists:
        none = np.zeros(0, np.int32)
        return Edits(none, none, none, np.zeros(0, np.uint8))
    return Edits(*(np.concatenate(column) for column in zip(*edit_lists, strict=True)))


def _cores(forms: Encoded, left: Rows, right: Rows) -> tuple[Rows, Rows, Rows]:
    """Return the common prefix of each pair and the lengths of what differs."""
    length = forms.length
    ours, theirs = length.take(left), length.take(right)
    shorter = np.minimum(ours, theirs)
    first, first_right = forms.start.take(left), forms.start.take(right)
    prefix = _equal_run(forms.unit, first, first_right, shorter, 1)
    last, last_right = first + ours - 1, first_right + theirs - 1
    suffix = _equal_run(forms.unit, last, last_right, shorter - prefix, -1)
    return prefix, ours - prefix - suffix, theirs - prefix - suffix


def _equal_run(
    unit: NDArray[np.uint16], first: Rows, second: Rows, most: Rows, step: int
) -> Rows:
    """Return how many units are equal from both places on, by steps of 1 or -1."""
    run = np.zeros(len(first), np.int64)
    alive = np.flatnonzero(most > 0)
    ours, theirs, left = first.take(alive), second.take(alive), most.take(alive)
    length = 0
    while len(alive):
        equal = np.flatnonzero(unit.take(ours) == unit.take(theirs))
        alive, left = alive.take(equal), left.take(equal) - 1
        length += 1
        run[alive] = length
        on = np.flatnonzero(left > 0)
        ours = ours.take(equal).take(on) + step
        theirs = theirs.take(equal).take(on) + step
        alive, left = alive.take(on), left.take(on)
    return run


def _solve(
    forms: Encoded,
    core: _Core,
    moves: NDArray[np.uint8] | None = None,
    *,
    limit: Costs | None = None,
) -> Costs:
    """Fill the table of costs, one row of all pairs at a time; return its last cells.

    Args:
        forms: Encoded forms.
        core: What differs between the forms.
        moves: Takes the move into each cell, where given.
        limit: Pairs that cannot stay within it are left, and cost TOO_DEAR.
    """
    cost = np.full(len(core.prefix), TOO_DEAR, np.uint16)
    front = _Front.first(forms, core)
    front.finish(0, cost)
    if moves is not None:
        moves[1:, 0], moves[0, 1:] = DROPPED, ADDED
    for i in range(core.width):
        front.advance(i, None if moves is None else moves[i + 1, 1:])
        front.finish(i + 1, cost)
        if limit is not None and i + 1 < core.width:
            front = front.hopeful(i + 1, limit)
    return cost


class _Front(NamedTuple):
    """The last row of the tables that was filled, and what the next ones need.

    Attributes:
        pair: Pairs that are still open.
        cost: The row, one column a pair.
        unit_left: Units of the left forms, one row a step; and so on.
        change_left: Sounds of the left forms as rows of the table of changes.
    """

    pair: Rows
    cost: Costs
    unit_left: NDArray[np.uint16]
    unit_right: NDArray[np.uint16]
    change_left: NDArray[np.uint16]
    sound_right: NDArray[np.uint16]
    gap_left: Costs
    gap_right: Costs
    size_left: NDArray[np.int16]
    size_right: NDArray[np.int16]

    @classmethod
    def first(cls, forms: Encoded, core: _Core) -> _Front:
        unit_left, sound_left = _take(forms, core.start_left, core.width)
        unit_right, sound_right = _take(forms, core.start_right, core.width)
        gap_right = _GAP.take(sound_right)
        cost = np.zeros((core.width + 1, len(core.prefix)), np.uint16)
        np.cumsum(gap_right, axis=0, dtype=np.uint16, out=cost[1:])
        return cls(
            np.arange(len(core.prefix)),
            cost,
            unit_left,
            unit_right,
            sound_left.astype(np.uint16) << np.uint16(8),
            sound_right.astype(np.uint16),
            _GAP.take(sound_left),
            gap_right,
            core.size_left.astype(np.int16),
            core.size_right.astype(np.int16),
        )

    def advance(self, i: int, moves: NDArray[np.uint8] | None) -> None:
        """Fill the next row in place, and its moves where they are wanted."""
        row, gap = self.cost, self.gap_left[i]
        same = self.unit_right == self.unit_left[i]
        best = _CHANGE.take(self.sound_right + self.change_left[i])
        best *= ~same
        best += row[:-1]
        without_left = row[1:] + gap
        if moves is not None:
            np.multiply(same.view(np.uint8), np.uint8(KEPT), out=moves)
            np.copyto(moves, np.uint8(DROPPED), where=without_left < best)
        np.minimum(best, without_left, out=best)
        row[0] += gap
        without_right = np.empty_like(gap)
        for j, cheapest in enumerate(best):
            np.add(row[j], self.gap_right[j], out=without_right)
            np.minimum(cheapest, without_right, out=row[j + 1])
        if moves is not None:
            np.copyto(moves, np.uint8(ADDED), where=row[1:] < best)

    def finish(self, i: int, cost: Costs) -> None:
        """Note the costs of pairs whose left core ends with row ``i``."""
        ends = np.flatnonzero(self.size_left == i)
        if len(ends):
            cost[self.pair.take(ends)] = self.cost[self.size_right.take(ends), ends]

    def hopeful(self, i: int, limit: Costs) -> _Front:
        """Return the pairs that may stay within their limits, if they are few by now."""
        ahead = (self.size_left - self.size_right - np.int16(i))[None, :]
        uneven = np.abs(ahead + np.arange(len(self.cost), dtype=np.int16)[:, None])
        least = (self.cost + uneven.astype(np.uint16) * np.uint16(_LEAST_GAP)).min(0)
        open_ = (self.size_left > i) & (least <= limit.take(self.pair))
        remaining = np.flatnonzero(open_)
        if len(remaining) > SPARSE * len(self.pair):
            return self
        columns: list[Any] = [column.take(remaining, axis=-1) for column in self]
        return _Front(*columns)


def _take(
    forms: Encoded, start: Rows, width: int
) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    """Return units and sounds from each start on, one row a step."""
    place = np.minimum(start + np.arange(width)[:, None], len(forms.unit) - 1)
    return forms.unit.take(place), forms.sound.take(place)


def _walk_back(moves: NDArray[np.uint8], core: _Core, rows: Rows) -> Edits:
    """Follow the moves back from the end of every pair at once."""
    i, j = core.size_left, core.size_right
    edit_lists: list[Edits] = []
    while len(rows):
        step = moves[i, j, rows]
        i = i - (step != ADDED)
        j = j - (step != DROPPED)
        edit = np.flatnonzero(step != KEPT)
        edit_lists.append(
            Edits(
                rows.take(edit).astype(np.int32),
                i.take(edit).astype(np.int32),
                j.take(edit).astype(np.int32),
                step.take(edit),
            )
        )
        alive = np.flatnonzero((i > 0) | (j > 0))
        rows, i, j = rows.take(alive), i.take(alive), j.take(alive)
    return _join(edit_lists)

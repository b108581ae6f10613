"""Hashed keys of edits in their context, for the weights of edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .edit_alignment import Edits
    from .edit_sides import Sides
    from .mora_encoding import Encoded

    Rows = NDArray[np.int64]

EDIT_KEYS: Final = 7  # keys made from each edit
KEY_BITS: Final = 18


def edit_keys(
    units: Encoded, left: Rows, right: Rows, edits: Edits, sides: Sides
) -> NDArray[np.uint32]:
    """Return :data:`EDIT_KEYS` hashed keys of every edit, the same for (a, b) and (b, a).

    One row a kind of key: the change alone; with the unit before, behind, both; with its
    place in the word; its sounds alone, with their place.
    """
    pair = edits.pair
    ours, theirs = edits.kind != 2, edits.kind != 1
    form_x, form_y = left[pair], right[pair]
    swap = sides.unit_x > sides.unit_y

    def both(x: NDArray[np.generic], y: NDArray[np.generic]) -> NDArray[np.uint32]:
        return x.astype(np.uint32) << np.uint32(16) | y.astype(np.uint32)

    change = both(
        np.minimum(sides.unit_x, sides.unit_y), np.maximum(sides.unit_x, sides.unit_y)
    )
    lower = _neighbours(
        units,
        np.where(swap, form_y, form_x),
        np.where(swap, sides.place_y, sides.place_x),
        np.where(swap, theirs, ours),
    )
    upper = _neighbours(
        units,
        np.where(swap, form_x, form_y),
        np.where(swap, sides.place_x, sides.place_y),
        np.where(swap, ours, theirs),
    )
    before, after = map(both, lower, upper)
    sounds = both(
        np.where(swap, sides.sound_y, sides.sound_x),
        np.where(swap, sides.sound_x, sides.sound_y),
    )
    where = (before == 0) * np.uint32(2) + (after == 0)
    change_hash = _mix(1, change)
    led, sound_hash = _mix(2, change_hash, before), _mix(3, sounds)
    keys = [
        change_hash, led, _mix(4, change_hash, after), _mix(5, led, after),
        _mix(6, change_hash, where), sound_hash, _mix(7, sound_hash, where),
    ]  # fmt: skip
    out = np.empty((EDIT_KEYS, len(pair)), np.uint32)
    for row, key in zip(out, keys, strict=True):
        np.right_shift(key, np.uint32(32 - KEY_BITS), out=row)
    return out


def _neighbours(
    units: Encoded, form: Rows, place: Rows, present: NDArray[np.bool_]
) -> tuple[NDArray[np.uint16], NDArray[np.uint16]]:
    """Return the units before and behind each edit, 0 beyond the ends of the form."""
    start, end = units.start.take(form), units.start.take(form + 1)
    before, after = place - 1, place + present
    return (
        units.unit.take(before, mode="clip") * (before >= start),
        units.unit.take(after, mode="clip") * (after < end),
    )


def _mix(
    salt: int, state: NDArray[np.uint32], part: NDArray[np.generic] | None = None
) -> NDArray[np.uint32]:
    """Return the state of a hash (its upper bits are good) with one more part in it."""
    state_out = state + np.uint32(salt)
    if part is not None:
        state_out ^= part.astype(np.uint32, copy=False)
    state_out *= np.uint32(0x9E3779B1)
    state_out ^= state_out >> np.uint32(15)
    return state_out

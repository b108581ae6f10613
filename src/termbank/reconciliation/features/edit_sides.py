"""What stands on both sides of every edit of a pair, and of which class the edit is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .kana_sounds import (
    CHANGE_COST,
    KANA_BASE,
    ONSET_OF,
    OTHER,
    VOWEL_OF,
    sound_id,
)

if TYPE_CHECKING:
    from .edit_alignment import Edits
    from .mora_encoding import Encoded

Rows = NDArray[np.int64]

_LONG, _DOUBLE, _NASAL = (sound_id(onset, "") for onset in (":", "Q", "N"))
_BARE: Final = [sound_id("", vowel) for vowel in "aiueo"]


# What an edit is, by the sounds of its two sides; counted for every pair.
CLASSES: Final = (
    "long", "double", "nasal", "bare", "written", "vowel", "near", "far", "unit",
    "kanji", "other",
)  # fmt: skip


class Sides(NamedTuple):
    """Both sides of every edit, an absent side as 0."""

    place_x: Rows
    place_y: Rows
    unit_x: NDArray[np.uint16]
    unit_y: NDArray[np.uint16]
    sound_x: NDArray[np.uint8]
    sound_y: NDArray[np.uint8]
    kanji_x: NDArray[np.bool_]
    kanji_y: NDArray[np.bool_]
    klass: NDArray[np.uint8]
    at_end: NDArray[np.bool_]

    @classmethod
    def of(cls, units: Encoded, left: Rows, right: Rows, edits: Edits) -> Sides:
        """Look up what stands on either side of the edits."""
        last = max(len(units.unit) - 1, 0)
        first_x, first_y = units.start[left][edits.pair], units.start[right][edits.pair]
        place_x, place_y = first_x + edits.left, first_y + edits.right
        ours, theirs = edits.kind != 2, edits.kind != 1
        at_x, at_y = np.minimum(place_x, last), np.minimum(place_y, last)
        unit_x = np.where(ours, units.unit[at_x], 0).astype(np.uint16)
        unit_y = np.where(theirs, units.unit[at_y], 0).astype(np.uint16)
        sound_x = np.where(ours, units.sound[at_x], 0).astype(np.uint8)
        sound_y = np.where(theirs, units.sound[at_y], 0).astype(np.uint8)
        end_x = place_x + ours == units.start[left + 1][edits.pair]
        end_y = place_y + theirs == units.start[right + 1][edits.pair]
        return cls(
            place_x, place_y, unit_x, unit_y, sound_x, sound_y,
            _is_kanji(unit_x), _is_kanji(unit_y),
            _class(sound_x, sound_y, unit_x, unit_y), end_x & end_y,
        )  # fmt: skip


def _is_kanji(unit: NDArray[np.uint16]) -> NDArray[np.bool_]:
    kanji: NDArray[np.bool_] = (
        ((unit >= 0x3400) & (unit < KANA_BASE)) | (unit == 0x3005) | (unit >= 0xF000)
    )
    return kanji


def _class(
    sound_x: NDArray[np.uint8],
    sound_y: NDArray[np.uint8],
    unit_x: NDArray[np.uint16],
    unit_y: NDArray[np.uint16],
) -> NDArray[np.uint8]:
    """Return the place in :data:`CLASSES` of each edit."""
    either = np.maximum(sound_x, sound_y)
    gap = (sound_x == 0) | (sound_y == 0)
    onset = ONSET_OF[sound_x] != ONSET_OF[sound_y]
    vowel = VOWEL_OF[sound_x] != VOWEL_OF[sound_y]
    close = CHANGE_COST[sound_x, sound_y] <= 9
    long = (sound_x == _LONG) | (sound_y == _LONG)
    bare = np.isin(either, _BARE)
    conditions = [
        _is_kanji(unit_x) | _is_kanji(unit_y),
        either == OTHER,
        long & (gap | bare | np.isin(np.minimum(sound_x, sound_y), _BARE)),
        gap & (either == _DOUBLE),
        gap & (either == _NASAL),
        gap & bare,
        gap,
        sound_x == sound_y,
        ~onset & vowel,
        onset & close,
    ]
    names = (
        "kanji",
        "other",
        "long",
        "double",
        "nasal",
        "bare",
        "unit",
        "written",
        "vowel",
        "near",
    )
    places = [CLASSES.index(name) for name in names]
    return np.select(conditions, places, CLASSES.index("far")).astype(np.uint8)

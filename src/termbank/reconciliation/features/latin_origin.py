"""Whether two katakana forms write one Latin original, whatever that is.

A form is cut into segments of one to four sounds, each of which writes some letters (ー, or
アー, or ル: *-er*, *-re*, *-l*). Two segments are as alike as the letters they write are the
same ones: the model of kana and Latin letters (``training/originals.py``) is joined with
itself over all letters between. Summed over all ways to cut both forms.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .kana_sounds import ONSETS, OTHER, VOWELS, sound_id

if TYPE_CHECKING:
    from .mora_encoding import Encoded

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

FILE: Final = Path(__file__).with_name("originals.npz")
FAR: Final = -30.0  # of pairs that nobody asked about or that are far too long
# Sounds as signs: consonants, vowels, ン, ッ, ー, both ends; a sign is its place here.
SIGNS: Final = " aiueokgsztdnhbpmrvSCTJfywNQ:^$"
LONGEST: Final = 4  # signs of a segment
STEP: Final = 30  # of a weight, in parts of a natural-log unit
NOTHING: Final = 255  # weight of segments that share no letters
BITS: Final = 5  # of a sign
_WIDEST: Final = 48  # signs of a form
_WINDOW: Final = 20  # signs of what differs, with _CONTEXT on both sides
_CONTEXT: Final = 3
_AT_ONCE: Final = 1 << 10  # pairs
_NARROWEST: Final = 16  # pairs
_START, _END = SIGNS.index("^"), SIGNS.index("$")


def _signs() -> Bytes:
    """Return the signs of each sound, three columns, 0 for none."""
    table = np.zeros((256, 3), np.uint8)
    for onset in ONSETS:
        for vowel in ("", *VOWELS):
            signs = [SIGNS.index(sign) for sign in onset + vowel]
            table[sound_id(onset, vowel), : len(signs)] = signs
    table[OTHER] = 0
    return table


_SIGNS_OF: Final = _signs()


class Segments(NamedTuple):
    """The table.

    Attributes:
        number: Number of each segment by its signs, five bits each; the last row of
            ``weight`` for what is no segment, 0 for the empty one.
        weight: uint8, [segment, segment], flat: how unlike two segments are, in steps.
        rows: How many rows ``weight`` has.
        chance: What each step is worth, 1 for the same letters.
    """

    number: NDArray[np.int32]
    weight: Bytes
    rows: int
    chance: Floats


@cache
def shipped_segments() -> Segments:
    """Return the table that ships with the package."""
    with np.load(FILE, allow_pickle=False) as table:
        keys, first, other, steps = (
            table[name] for name in ("keys", "one", "other", "steps")
        )
    count = len(keys) + 1
    number = np.full(1 << (BITS * LONGEST), count - 1, np.int32)
    number[keys] = np.arange(len(keys))
    weight = np.full((count, count), NOTHING, np.uint8)
    np.fill_diagonal(weight[1:-1, 1:-1], 0)
    weight[first, other] = weight[other, first] = steps
    chance = np.exp(-np.arange(NOTHING + 1, dtype=np.float32) / STEP)
    chance[NOTHING] = 0
    return Segments(number, weight.ravel(), count, chance)


def signs(units: Encoded, forms: Rows) -> tuple[Bytes, Rows]:
    """Return the signs of forms, a row each with both ends, and how many they are.

    What is longer than 48 signs is left out, and so is what is not kana.
    """
    length = units.length[forms]
    ends = np.cumsum(length)
    place = np.arange(ends[-1] if len(ends) else 0)
    place += np.repeat(units.start[forms] - (ends - length), length)
    sound_signs = _SIGNS_OF[units.sound[place]]
    owner = np.repeat(np.repeat(np.arange(len(forms)), length), 3)
    flat = sound_signs.ravel()
    has_sign = flat > 0
    flat, owner = flat[has_sign], owner[has_sign]
    count = np.bincount(owner, minlength=len(forms))
    at = np.arange(len(flat)) - np.repeat(np.cumsum(count) - count, count) + 1
    out = np.zeros((len(forms), _WIDEST + 2), np.uint8)
    fits = at <= _WIDEST
    out[owner[fits], at[fits]] = flat[fits]
    count = np.minimum(count, _WIDEST)
    out[:, 0] = _START
    out[np.arange(len(forms)), count + 1] = _END
    return out, count + 2


def alike(units: Encoded, left: Rows, right: Rows) -> Floats:
    """Return how well one Latin original accounts for both forms, higher is better.

    Args:
        units: Encoded forms.
        left: Rows of katakana forms.
        right: As many rows.

    Returns:
        Two columns: natural logarithms of the sum over all ways to cut both, and of the
        best way; near 0 for the same letters, :data:`FAR` where too much differs.

    >>> import polars as pl
    >>> from .mora_encoding import encode_forms, with_part_marks
    >>> forms = pl.DataFrame({"form": ["メディエーター", "ミディエーター", "メディエーツ"]})
    >>> units = encode_forms(forms.select(with_part_marks(pl.col("form"))).to_series())
    >>> one, other = alike(units, np.array([0, 0]), np.array([1, 2]))
    >>> (one > other).tolist()
    [True, True]
    """
    forms, rows = np.unique(np.concatenate((left, right)), return_inverse=True)
    sign_rows, count = signs(units, forms)
    ours, theirs = rows[: len(left)], rows[len(left) :]
    first, last = _common(sign_rows, count, ours, theirs)
    width = count[ours] - last - first, count[theirs] - last - first
    out = np.full((len(left), 2), FAR, np.float32)
    near = np.flatnonzero(np.maximum(*width) <= _WINDOW)
    our_window, other = (
        _windows(sign_rows, side[near], first[near], wide[near])
        for side, wide in zip((ours, theirs), width, strict=True)
    )
    size = [wide[near] for wide in width]
    scores = np.empty((len(near), 2), np.float32)
    order = np.argsort(np.maximum(*size), kind="stable")
    for at in range(0, len(order), _AT_ONCE):
        # NumPy adds up a few columns in another order: lots are never that narrow.
        lot = order[at : at + _AT_ONCE]
        some = np.resize(lot, max(len(lot), _NARROWEST))
        ends = [wide[some] for wide in size]
        sides = [
            _ending(side[some, : int(end.max())])
            for side, end in zip((our_window, other), ends, strict=True)
        ]
        scores[some] = _sum_up(sides[0], sides[1], ends[0], ends[1])
    out[near] = scores
    return out


def _windows(sign_rows: Bytes, side: Rows, first: Rows, width: Rows) -> Bytes:
    """Return what is left of forms between the common ends, 0 behind it."""
    place = np.arange(_WINDOW)
    at = np.minimum(first[:, None] + place, sign_rows.shape[1] - 1)
    window: Bytes = sign_rows[side[:, None], at]
    window[place >= width[:, None]] = 0
    return window


def _common(
    sign_rows: Bytes, count: Rows, ours: Rows, theirs: Rows
) -> tuple[Rows, Rows]:
    """Return how many signs at the beginning and the end are set aside."""
    our_signs, other = sign_rows[ours], sign_rows[theirs]
    shorter = np.minimum(count[ours], count[theirs])
    begin = np.minimum(_run((our_signs == other) & (our_signs > 0)), shorter)
    back = np.arange(sign_rows.shape[1])
    # Both from the end backwards.
    backwards = np.take_along_axis(
        sign_rows, np.maximum(count[:, None] - 1 - back[None], 0), axis=1
    )
    end = np.minimum(_run(backwards[ours] == backwards[theirs]), shorter - begin)
    return np.maximum(begin - _CONTEXT, 0), np.maximum(end - _CONTEXT, 0)


def _run(equal: NDArray[np.bool_]) -> Rows:
    """Return how many columns from the first on are true in each row."""
    run: Rows = np.where(equal.all(axis=1), equal.shape[1], np.argmin(equal, axis=1))
    return run


def _ending(windows: Bytes) -> NDArray[np.int32]:
    """Return segments [place, length, pair] that end before each place of windows."""
    table = shipped_segments()
    window = windows.T.astype(np.int32)
    width, pairs = window.shape
    out = np.full((width + 1, LONGEST + 1, pairs), table.rows - 1, np.int32)
    out[:, 0] = 0
    key = np.zeros((width + 1, pairs), np.int32)
    for length in range(1, min(LONGEST, width) + 1):
        key[length:] |= window[: width + 1 - length] << (BITS * (length - 1))
        out[length:, length] = table.number[key[length:]]
    return out


def _sum_up(
    ours: NDArray[np.int32], theirs: NDArray[np.int32], width: Rows, other: Rows
) -> Floats:
    """Return the logarithm of the sum over all ways to cut both windows."""
    table, pairs = shipped_segments(), ours.shape[2]
    shape = (len(ours) + LONGEST, len(theirs) + LONGEST, pairs)
    total, best = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    total[LONGEST, LONGEST] = best[LONGEST, LONGEST] = 1.0
    rows = ours * np.int32(table.rows)
    ways = (LONGEST + 1, LONGEST + 1, pairs)
    weight, chance = np.empty(ways, np.uint8), np.empty(ways, np.float32)
    for i, row in enumerate(rows):
        for j, column in enumerate(theirs):
            if i + j:
                pair = row[:, None] + column[None]
                table.weight.take(pair, out=weight, mode="clip")
                table.chance.take(weight, out=chance, mode="clip")
                reverse = chance[::-1, ::-1]  # what ends here began before
                cut = slice(i, i + LONGEST + 1), slice(j, j + LONGEST + 1)
                here = i + LONGEST, j + LONGEST
                for so_far, reduce in ((total, np.add), (best, np.maximum)):
                    each = (so_far[cut] * reverse).reshape(-1, pairs)
                    reduce.reduce(each, axis=0, out=so_far[here])
    end = width + LONGEST, other + LONGEST, np.arange(pairs)
    at_ends = np.column_stack([total[end], best[end]])
    logarithms: Floats = np.log(np.maximum(at_ends, np.float32(1e-13)))
    return logarithms

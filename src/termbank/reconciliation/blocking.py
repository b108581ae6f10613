"""Pairs worth comparing, out of all pairs of forms.

Each form gets keys: views of its sounds, each whole and with one sound left out, and
what the dictionary makes of it. Forms that share a key meet, unless too many share it;
of those that meet, the ones whose sounds lie close enough are worth comparing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .alignment import MOST_BEYOND, costs
from .sounds import KANA_BASE, ONSET_OF, ONSETS, OTHER, VOWEL_OF

if TYPE_CHECKING:
    from .encoding import Encoded
    from .evidence import Described

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]

LARGEST_BLOCK: Final = 60  # forms; a larger block says only that its key is common
# Cost of the alignment per unit of the longer form, in tenths of a plain change, up to
# which a pair is worth comparing: chosen on vocab_jmdict, where 4.0 keeps 97 % of the
# pairs of one group at under five candidates a term (bench/reconcile.py).
FAR_AT: Final = 4.0
AT_ONCE: Final = 1 << 16
THREADS: Final = 2  # NumPy lets go of the interpreter
_BASE: Final = 0x9E3779B97F4A7C15 | 1
_INVERSE: Final = pow(_BASE, -1, 1 << 64)

# Onsets that spellings of one name swap become one letter; "" is left out of a view.
_SKELETON: Final = {
    "v": "b", "w": "", "y": "", "S": "s", "C": "t", "T": "t", "J": "z", "f": "h",
    "ky": "k", "gy": "g", "ny": "n", "hy": "h", "by": "b", "py": "p", "my": "m",
    "ry": "r", "ty": "t", "dy": "d", "fy": "h", "vy": "b", "kw": "k", "gw": "g",
    "sw": "s", "N": "n", "Q": "", ":": "",
}  # fmt: skip
_UNVOICED: Final = {"g": "k", "z": "s", "d": "t", "b": "h", "p": "h", "m": "n"}


class Pairs(NamedTuple):
    """Rows of forms, ``left`` below ``right``, sorted."""

    left: Rows
    right: Rows


def candidate_pairs(about: Described, group: Rows | None = None) -> Pairs:
    """Return the pairs worth comparing.

    Args:
        about: Described forms.
        group: Forms of different groups (languages) never meet; None for one group.
    """
    sure, loose = _keys(about)
    salt = None if group is None else group.astype(np.uint64)
    certain = _meeting(*_salted(sure, salt))
    possible = _meeting(*_salted(loose, salt))
    place = np.minimum(np.searchsorted(certain, possible), max(len(certain) - 1, 0))
    if len(certain):
        possible = possible[certain[place] != possible]
    near = possible[_close(about, possible)]
    return _unpacked(np.sort(np.concatenate([certain, near])))


def _keys(about: Described) -> tuple[list[tuple[Keys, Rows]], list[tuple[Keys, Rows]]]:
    """Return (keys, rows) that settle that two forms meet, and those that suggest it."""
    units, count = about.units, len(about.forms)
    rows = np.arange(count)
    sure = [
        (_mixed(number, about.columns[name].astype(np.uint64)), rows)
        for number, name in enumerate(
            ("plain", "fold", "normal", "normal_fold", "meaning", "bare")
        )
    ]
    exact, skeleton, unvoiced, syllable = _views(units)
    kanji = np.where((units.unit >= 0x3400) & (units.unit < KANA_BASE), units.unit, 0)
    loose = [
        *_view_keys(units, exact, 10, shortest=4, deleted=True),
        *_view_keys(units, skeleton, 11, shortest=4, deleted=True),
        *_view_keys(units, unvoiced, 12, shortest=3, deleted=False),
        *_view_keys(units, syllable, 15, shortest=3, deleted=True),
        *_view_keys(units, kanji, 13, shortest=2, deleted=False),
        *_view_keys(
            about.readings, _views(about.readings)[0], 14, shortest=3, deleted=False
        ),
        *_edge_keys(units, exact),
    ]
    return sure, loose


def _views(units: Encoded) -> tuple[NDArray[np.uint16], ...]:
    """Return views of all units; 0 is left out.

    Exact sounds; the skeleton of consonants; the same without voice; the last with
    vowels.
    """
    names = [*ONSETS, "#"]
    skeleton = [_SKELETON.get(name, name) for name in names]
    unvoiced = [_UNVOICED.get(name, name) for name in skeleton]
    letters = {"": 0} | {name: at for at, name in enumerate(names, 1) if name}
    onset = ONSET_OF[units.sound]
    other = units.sound == OTHER
    silent = np.isin(onset, [ONSETS.index(":"), ONSETS.index("Q")])
    exact = np.where(silent, 0, units.sound.astype(np.uint16) + 1)
    bones = [_letters(view, letters)[onset] for view in (skeleton, unvoiced)]
    syllable = np.where(silent, 0, bones[1] * 8 + VOWEL_OF[units.sound])
    views = [exact, *bones, syllable]
    return tuple(np.where(other, units.unit, view).astype(np.uint16) for view in views)


def _letters(names: list[str], letters: dict[str, int]) -> NDArray[np.uint16]:
    return np.array([letters[name] for name in names], np.uint16)


def _view_keys(
    units: Encoded, view: NDArray[np.uint16], salt: int, *, shortest: int, deleted: bool
) -> list[tuple[Keys, Rows]]:
    """Return a key of the whole view of each form, and one for each symbol left out."""
    count = len(units.start) - 1
    form = np.repeat(np.arange(count, dtype=np.int32), units.length)
    kept = view > 0
    form, symbol = form[kept], view[kept].astype(np.uint64)
    length = np.bincount(form, minlength=count)
    start = np.concatenate(([0], np.cumsum(length)))
    place = np.arange(len(form)) - start[form]
    power = _powers(int(length.max(initial=0)) + 1)
    term = symbol * power[place]
    running = np.concatenate(([np.uint64(0)], np.cumsum(term, dtype=np.uint64)))
    before = running[:-1] - running[start[form]]
    total = running[start[1:]] - running[start[:-1]]
    rows = np.flatnonzero(length >= min(shortest, 2))
    keys = [(_mixed(salt, total[rows]), rows)]
    if deleted:
        long_ = length[form] >= shortest
        after = total[form] - before - term
        less = before + after * np.uint64(_INVERSE)
        keys.append((_mixed(salt, less[long_]), form[long_]))  # type: ignore[arg-type]  # narrower
    return keys


def _edge_keys(units: Encoded, view: NDArray[np.uint16]) -> list[tuple[Keys, Rows]]:
    """Return keys of the first sounds, and of the last, of all but the shortest forms."""
    keys = []
    for salt, (size, least) in enumerate(((5, 7), (3, 4)), 20):
        rows = np.flatnonzero(units.length >= least)
        steps = np.arange(size)
        power = _powers(size)
        first = view[units.start[rows][:, None] + steps].astype(np.uint64) @ power
        last = (
            view[units.start[rows + 1][:, None] - size + steps].astype(np.uint64)
            @ power
        )
        keys.append((_mixed(salt, first), rows))
        if size == 5:
            keys.append((_mixed(salt + 10, last), rows))
    return keys


def _powers(count: int) -> Keys:
    power = np.full(max(count, 1), _BASE, np.uint64)
    power[0] = 1
    return np.cumprod(power, dtype=np.uint64)


def _mixed(salt: int, key: Keys) -> Keys:
    mixed = (key ^ np.uint64(salt * 0x1000193 + 7)) * np.uint64(0xBF58476D1CE4E5B9)
    out: Keys = mixed ^ (mixed >> np.uint64(31))
    return out


def _salted(keys: list[tuple[Keys, Rows]], salt: Keys | None) -> tuple[Keys, Rows]:
    key = np.concatenate([part for part, _ in keys])
    row = np.concatenate([part.astype(np.uint32) for _, part in keys])
    keys.clear()  # millions of them: no second copy
    if salt is not None:
        key = _mixed(3, key + salt[row])
    return key, row


def _meeting(key: Keys, row: Rows) -> Keys:
    """Return packed pairs of rows under one key, sorted, each once."""
    order = np.argsort(key, kind="stable").astype(np.uint32)
    row = row[order]
    key = key[order]
    del order
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    size = np.diff(np.append(starts, len(key)))
    fits = np.repeat((size > 1) & (size <= LARGEST_BLOCK), size)
    key, row = key[fits], row[fits]
    del fits, starts, size
    found = []
    for step in range(1, LARGEST_BLOCK):
        equal = key[step:] == key[:-step]
        if not equal.any():
            break
        a, b = (side[equal].astype(np.uint64) for side in (row[:-step], row[step:]))
        found.append(np.minimum(a, b) << np.uint64(32) | np.maximum(a, b))
    if not found:
        return np.zeros(0, np.uint64)
    packed = np.concatenate(found)
    found.clear()
    packed.sort()
    left, right = _unpacked(packed)
    # Sorting and comparing neighbours is several times faster than np.unique's hashing.
    first = np.concatenate(([True], packed[1:] != packed[:-1]))
    met: Keys = packed[first & (left != right)]
    return met


def _unpacked(packed: Keys) -> Pairs:
    left = (packed >> np.uint64(32)).astype(np.int64)
    return Pairs(left, (packed & np.uint64(0xFFFFFFFF)).astype(np.int64))


def _close(about: Described, packed: Keys) -> NDArray[np.bool_]:
    """Tell which pairs lie close enough in sound, written or (with kanji) spoken."""
    kanji = about.units.kanji > 0

    def close(at: int) -> NDArray[np.bool_]:
        left, right = _unpacked(packed[at : at + AT_ONCE])
        near = _within(about.units, left, right)
        rows = np.flatnonzero(~near & (kanji[left] | kanji[right]))
        near[rows] = _within(about.readings, left[rows], right[rows])
        return near

    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(close, range(0, len(packed), AT_ONCE)))
    return np.concatenate(parts) if parts else np.zeros(0, bool)


def _within(forms: Encoded, left: Rows, right: Rows) -> NDArray[np.bool_]:
    longer = np.maximum(forms.length[left], forms.length[right])
    most = np.minimum(FAR_AT * longer, MOST_BEYOND).astype(np.uint16)
    close: NDArray[np.bool_] = costs(forms, left, right, most=most) <= most
    return close

"""Keys under which forms meet: views of their sounds, and what the dictionary says.

A view is a symbol for each unit of a form. Its key is a hash of the whole view, and one
more for the view with each of its symbols left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from termbank.reconciliation.features.kana_sounds import (
    KANA_BASE,
    ONSET_OF,
    ONSETS,
    OTHER,
    VOWEL_OF,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.reconciliation.features.form_features import Described
    from termbank.reconciliation.features.mora_encoding import Encoded

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]
Numbered = tuple[Keys, NDArray[np.integer[Any]]]  # keys and the rows that have them

# Up to so many forms those of two and three sounds, too, meet by keys with one sound left
# out (ワジ, ワディ): .2 % more of the pairs of one group for .3 candidates a term. In larger
# vocabularies such keys are too common to tell anything.
SHORT_UP_TO: Final = 50_000
FORMS_AT_ONCE: Final = 1 << 16  # of which keys are made
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


def dictionary_keys(about: Described) -> list[Numbered]:
    """Return (keys, rows) that settle that two forms meet."""
    rows = np.arange(len(about.forms))
    return [
        (mixed(number, about.columns[name].astype(np.uint64)), rows)
        for number, name in enumerate(
            ("plain", "fold", "normal", "normal_fold", "meaning", "bare")
        )
    ]


def spoken_keys(about: Described) -> list[Numbered]:
    """Return (keys, rows) of the sounds of the readings."""
    view = _views(about.readings)[0]
    return _view_keys(about.readings, view, 14, shortest=3, with_deletions=False)


def written_keys(units: Encoded) -> Iterator[list[Numbered]]:
    """Yield (keys, rows) that suggest that two forms meet, one view after the other."""
    exact, skeleton, voiceless, syllable = _views(units)
    kanji = np.where((units.unit >= 0x3400) & (units.unit < KANA_BASE), units.unit, 0)
    yield _view_keys(units, exact, 10, shortest=4, with_deletions=True)
    yield _view_keys(units, skeleton, 11, shortest=4, with_deletions=True)
    yield _view_keys(units, voiceless, 12, shortest=3, with_deletions=False)
    yield _view_keys(units, syllable, 15, shortest=3, with_deletions=True)
    yield _view_keys(units, kanji, 13, shortest=2, with_deletions=False)
    yield _edge_keys(units, exact)
    if len(units.parts) <= SHORT_UP_TO:
        for salt, view in enumerate((exact, skeleton), 16):
            yield _view_keys(
                units, view, salt, shortest=2, longest=3, with_deletions=True
            )


def _views(units: Encoded) -> tuple[NDArray[np.uint16], ...]:
    """Return views of all units; 0 is left out.

    Exact sounds; the skeleton of consonants; the same without voice; the last with
    vowels.
    """
    names = [*ONSETS, "#"]
    skeleton = [_SKELETON.get(name, name) for name in names]
    voiceless = [_UNVOICED.get(name, name) for name in skeleton]
    letters = {"": 0} | {name: at for at, name in enumerate(names, 1) if name}
    onset = ONSET_OF[units.sound]
    other = units.sound == OTHER
    silent = np.isin(onset, [ONSETS.index(":"), ONSETS.index("Q")])
    exact = np.where(silent, 0, units.sound.astype(np.uint16) + 1)
    bones = [_letters(view, letters)[onset] for view in (skeleton, voiceless)]
    syllable = np.where(silent, 0, bones[1] * 8 + VOWEL_OF[units.sound])
    views = [exact, *bones, syllable]
    return tuple(np.where(other, units.unit, view).astype(np.uint16) for view in views)


def _letters(names: list[str], letters: dict[str, int]) -> NDArray[np.uint16]:
    return np.array([letters[name] for name in names], np.uint16)


def _view_keys(
    units: Encoded,
    view: NDArray[np.uint16],
    salt: int,
    *,
    shortest: int,
    longest: int = 1 << 30,
    with_deletions: bool,
) -> list[Numbered]:
    """Return a key of the whole view of each form, and one for each symbol left out.

    Args:
        units: Encoded forms.
        view: A symbol for each unit.
        salt: Keeps the keys of views apart.
        shortest: Symbols of a form from which one may be left out.
        longest: Symbols above which a form gets no key.
        with_deletions: Whether symbols are left out.
    """
    keys: list[Numbered] = []
    for low in range(0, max(len(units.parts), 1), FORMS_AT_ONCE):
        start = units.start[low : low + FORMS_AT_ONCE + 1]
        some, length = view[start[0] : start[-1]], np.diff(start)
        keys += [
            (mixed(salt, key), rows + np.uint32(low))
            for key, rows in _some_keys(
                some, length, shortest, longest, with_deletions=with_deletions
            )
        ]
    return keys


def _some_keys(
    view: NDArray[np.uint16],
    length: Rows,
    shortest: int,
    longest: int,
    *,
    with_deletions: bool,
) -> Iterator[Numbered]:
    count = len(length)
    form = np.repeat(np.arange(count, dtype=np.uint32), length)
    is_written = view > 0
    form, symbol = form[is_written], view[is_written].astype(np.uint64)
    length = np.bincount(form, minlength=count)
    start = np.concatenate(([0], np.cumsum(length)))
    place = np.arange(len(form)) - start[form]
    power = _powers(int(length.max(initial=0)) + 1)
    term = symbol * power[place]
    running = np.concatenate(([np.uint64(0)], np.cumsum(term, dtype=np.uint64)))
    before = running[:-1] - running[start[form]]
    total = running[start[1:]] - running[start[:-1]]
    rows = np.flatnonzero((length >= min(shortest, 2)) & (length <= longest))
    yield total[rows], rows.astype(np.uint32)
    if with_deletions:
        long_ = ((length >= shortest) & (length <= longest))[form]
        after = total[form] - before - term
        less = before + after * np.uint64(_INVERSE)
        yield less[long_], form[long_]


def _edge_keys(units: Encoded, view: NDArray[np.uint16]) -> list[Numbered]:
    """Return keys of the first sounds, and of the last, of all but the shortest forms."""
    keys: list[Numbered] = []
    for salt, (size, least) in enumerate(((5, 7), (3, 4)), 20):
        rows = np.flatnonzero(units.length >= least)
        steps = np.arange(size)
        power = _powers(size)
        first = view[units.start[rows][:, None] + steps].astype(np.uint64) @ power
        last = (
            view[units.start[rows + 1][:, None] - size + steps].astype(np.uint64)
            @ power
        )
        keys.append((mixed(salt, first), rows))
        if size == 5:
            keys.append((mixed(salt + 10, last), rows))
    return keys


def _powers(count: int) -> Keys:
    power = np.full(max(count, 1), _BASE, np.uint64)
    power[0] = 1
    return np.cumprod(power, dtype=np.uint64)


def mixed(salt: int, key: Keys) -> Keys:
    """Return keys hashed once more, with a salt that keeps kinds of keys apart."""
    hashes = (key ^ np.uint64(salt * 0x1000193 + 7)) * np.uint64(0xBF58476D1CE4E5B9)
    out: Keys = hashes ^ (hashes >> np.uint64(31))
    return out

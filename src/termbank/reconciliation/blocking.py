"""Pairs worth comparing, out of all pairs of forms.

Each form gets keys: views of its sounds, each whole and with one sound left out, and
what the dictionary makes of it. Forms that share a key meet, unless too many share it;
of those that meet, the ones whose sounds lie close enough are worth comparing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..processors import processors
from .alignment import MOST_BEYOND, costs
from .sounds import KANA_BASE, ONSET_OF, ONSETS, OTHER, VOWEL_OF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .description import Described
    from .encoding import Encoded

Keys = NDArray[np.uint64]
Rows = NDArray[np.int64]
Numbered = tuple[Keys, NDArray[np.integer[Any]]]  # keys and the rows that have them

LARGEST_BLOCK: Final = 60  # forms; a larger block says only that its key is common
# Cost of the alignment per unit of the longer form, in tenths of a plain change, up to
# which a pair is worth comparing: chosen on vocab_jmdict, where 4.0 keeps 97 % of the
# pairs of one group at under five candidates a term (bench/reconcile.py).
FAR_AT: Final = 4.0
# Up to so many forms those of two and three sounds, too, meet by keys with one sound left
# out (ワジ, ワディ): .2 % more of the pairs of one group for .3 candidates a term. In larger
# vocabularies such keys are too common to tell anything.
SHORT_UP_TO: Final = 50_000
# Sounds that one form has and the other has not: pairs with more lie too far apart to be
# aligned, by units of the longer form. On vocab_jmdict 25 % of the pairs that meet, and
# one of the 1,526 of one word (サウスアフリカンバタフライフィッシュ, ダブルサッシュバタフライフィッシュ).
UNSHARED: Final = ((5, 6), (12, 8), (1 << 30, 10))
AT_ONCE: Final = 1 << 16  # pairs
FORMS_AT_ONCE: Final = 1 << 16  # of which keys are made
KEYS_AT_ONCE: Final = (
    1 << 21
)  # that are sorted together; bounds what stands beside them
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


class Met(NamedTuple):
    """Pairs that met by the sounds of their writing, packed and sorted.

    Attributes:
        near: These lie close enough.
        open: These do not, but have kanji: their readings may.
    """

    near: Keys
    open: Keys


def candidate_pairs(
    about: Described, group: Rows | None = None, met: Met | None = None
) -> Pairs:
    """Return the pairs worth comparing.

    Args:
        about: Described forms.
        group: Forms of different groups (languages) never meet; None for one group.
        met: :func:`met_in_writing` of the forms, if at hand.
    """
    met = met or met_in_writing(about.units, group)
    certain = _meeting(_dictionary_keys(about), group)
    spoken = _meeting(_spoken_keys(about), group)
    doubtful = _without(_merged([met.open, spoken]), _merged([certain, met.near]))
    near = doubtful[_close(about, doubtful)]
    return _unpacked(_merged([certain, met.near, near]))


def met_in_writing(units: Encoded, group: Rows | None = None) -> Met:
    """Return the pairs that the sounds of their writing bring together.

    All that can be done before the dictionary has answered, and most of the work.
    """
    sounds, kanji = _sounds(units), units.kanji > 0

    def worth(left: Rows, right: Rows) -> NDArray[np.bool_]:
        shared = _share_sounds(units, sounds, left, right)
        return shared | kanji[left] | kanji[right]

    views = (_meeting(keys, group) for keys in _written_keys(units))
    met = _merged([pairs[_in_parts(pairs, worth)] for pairs in views])
    close = _in_parts(met, lambda left, right: _within(units, left, right))
    far = met[~close]
    left, right = _unpacked(far)
    return Met(met[close], far[kanji[left] | kanji[right]])


def _dictionary_keys(about: Described) -> list[Numbered]:
    """Return (keys, rows) that settle that two forms meet."""
    rows = np.arange(len(about.forms))
    return [
        (_mixed(number, about.columns[name].astype(np.uint64)), rows)
        for number, name in enumerate(
            ("plain", "fold", "normal", "normal_fold", "meaning", "bare")
        )
    ]


def _spoken_keys(about: Described) -> list[Numbered]:
    view = _views(about.readings)[0]
    return _view_keys(about.readings, view, 14, shortest=3, deleted=False)


def _written_keys(units: Encoded) -> Iterator[list[Numbered]]:
    """Yield (keys, rows) that suggest that two forms meet, one view after the other."""
    exact, skeleton, unvoiced, syllable = _views(units)
    kanji = np.where((units.unit >= 0x3400) & (units.unit < KANA_BASE), units.unit, 0)
    yield _view_keys(units, exact, 10, shortest=4, deleted=True)
    yield _view_keys(units, skeleton, 11, shortest=4, deleted=True)
    yield _view_keys(units, unvoiced, 12, shortest=3, deleted=False)
    yield _view_keys(units, syllable, 15, shortest=3, deleted=True)
    yield _view_keys(units, kanji, 13, shortest=2, deleted=False)
    yield _edge_keys(units, exact)
    if len(units.parts) <= SHORT_UP_TO:
        for salt, view in enumerate((exact, skeleton), 16):
            yield _view_keys(units, view, salt, shortest=2, longest=3, deleted=True)


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
    units: Encoded,
    view: NDArray[np.uint16],
    salt: int,
    *,
    shortest: int,
    longest: int = 1 << 30,
    deleted: bool,
) -> list[Numbered]:
    """Return a key of the whole view of each form, and one for each symbol left out.

    Args:
        units: Encoded forms.
        view: A symbol for each unit.
        salt: Keeps the keys of views apart.
        shortest: Symbols of a form from which one may be left out.
        longest: Symbols above which a form gets no key.
        deleted: Whether symbols are left out.
    """
    keys: list[Numbered] = []
    for low in range(0, max(len(units.parts), 1), FORMS_AT_ONCE):
        start = units.start[low : low + FORMS_AT_ONCE + 1]
        some, length = view[start[0] : start[-1]], np.diff(start)
        keys += [
            (_mixed(salt, key), rows + np.uint32(low))
            for key, rows in _some_keys(
                some, length, shortest, longest, deleted=deleted
            )
        ]
    return keys


def _some_keys(
    view: NDArray[np.uint16],
    length: Rows,
    shortest: int,
    longest: int,
    *,
    deleted: bool,
) -> Iterator[Numbered]:
    count = len(length)
    form = np.repeat(np.arange(count, dtype=np.uint32), length)
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
    rows = np.flatnonzero((length >= min(shortest, 2)) & (length <= longest))
    yield total[rows], rows.astype(np.uint32)
    if deleted:
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


def _salted(keys: list[Numbered], group: Rows | None) -> Numbered:
    key = np.concatenate([part for part, _ in keys])
    row = np.concatenate([part.astype(np.uint32) for _, part in keys])
    keys.clear()  # millions of them: no second copy
    if group is not None:
        key = _mixed(3, key + group.astype(np.uint64)[row])
    return key, row


def _meeting(keys: list[Numbered], group: Rows | None) -> Keys:
    """Return packed pairs of rows under one key, sorted, each once."""
    key, row = _salted(keys, group)
    # A lot of keys at a time, by their first bits: equal keys fall in one lot.
    bits = min((len(key) // KEYS_AT_ONCE).bit_length(), 8)
    if not bits:
        return _meeting_here(key, row)
    lot = (key >> np.uint64(64 - bits)).astype(np.uint8)
    found = []
    for number in range(1 << bits):
        some = np.flatnonzero(lot == number)
        found.append(_meeting_here(key.take(some), row.take(some)))
    return _merged(found)


def _meeting_here(key: Keys, row: NDArray[np.integer[Any]]) -> Keys:
    # Key and row in one word: to sort one column is several times faster than two. The
    # last bits of the key give way: of a million forms two strangers or so meet by that,
    # and the judge parts them.
    bits = np.uint64(int(row.max(initial=0)).bit_length())
    word: Keys = key >> bits << bits | row.astype(np.uint64)
    word.sort()
    key = word >> bits
    rows = word & ((np.uint64(1) << bits) - np.uint64(1))
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    del word, key
    size = np.diff(np.append(starts, len(rows)))
    fits = (size > 1) & (size <= LARGEST_BLOCK)
    place = np.flatnonzero(np.repeat(fits, size))
    last = np.repeat((starts + size - 1)[fits], size[fits])
    found = []
    for step in range(1, LARGEST_BLOCK):
        followed = np.flatnonzero(place + step <= last)
        if not len(followed):
            break
        place, last = place.take(followed), last.take(followed)
        low, high = rows.take(place), rows.take(place + step)
        packed = low << np.uint64(32) | high
        found.append(packed[low != high])  # one form may have a key twice
    return _merged(found)


def _merged(parts: list[Keys]) -> Keys:
    """Return all packed pairs, sorted, each once."""
    packed = np.concatenate([np.zeros(0, np.uint64), *parts])
    parts.clear()
    packed.sort()
    # Sorting and comparing neighbours is several times faster than np.unique's hashing.
    first = np.ones(len(packed), bool)
    np.not_equal(packed[1:], packed[:-1], out=first[1:])
    once: Keys = packed[first]
    return once


def _without(packed: Keys, others: Keys) -> Keys:
    """Return the pairs that are not among the others; both are sorted."""
    if not len(others):
        return packed
    place = np.minimum(np.searchsorted(others, packed), len(others) - 1)
    new: Keys = packed[others.take(place) != packed]
    return new


def _unpacked(packed: Keys) -> Pairs:
    left = (packed >> np.uint64(32)).astype(np.int64)
    return Pairs(left, (packed & np.uint64(0xFFFFFFFF)).astype(np.int64))


def _close(about: Described, packed: Keys) -> NDArray[np.bool_]:
    """Tell which pairs lie close enough in sound, written or (with kanji) spoken."""
    kanji = about.units.kanji > 0

    def close(left: Rows, right: Rows) -> NDArray[np.bool_]:
        near = _within(about.units, left, right)
        rows = np.flatnonzero(~near & (kanji[left] | kanji[right]))
        near[rows] = _within(about.readings, left[rows], right[rows])
        return near

    return _in_parts(packed, close)


def _in_parts(
    packed: Keys, told: Callable[[Rows, Rows], NDArray[np.bool_]]
) -> NDArray[np.bool_]:
    """Return what ``told`` says of the pairs, asked part by part side by side."""
    # NumPy lets go of the interpreter, so that threads share the work.
    with ThreadPoolExecutor(processors()) as pool:
        parts = pool.map(
            lambda at: told(*_unpacked(packed[at : at + AT_ONCE])),
            range(0, len(packed), AT_ONCE),
        )
        return np.concatenate([np.zeros(0, bool), *parts])


def _sounds(units: Encoded) -> NDArray[np.uint64]:
    """Return for each form the set of its sounds, a bit for each (some share one)."""
    bit = np.uint64(1) << (units.sound & np.uint8(63)).astype(np.uint64)
    held = np.zeros(len(units.parts), np.uint64)
    some = np.flatnonzero(units.length)
    held[some] = np.bitwise_or.reduceat(bit, units.start[some])
    return held


def _share_sounds(
    units: Encoded, sounds: NDArray[np.uint64], left: Rows, right: Rows
) -> NDArray[np.bool_]:
    """Tell which pairs share enough sounds (:data:`UNSHARED`) to be aligned at all."""
    length = units.length
    longer = np.maximum(length.take(left), length.take(right))
    unshared = np.bitwise_count(sounds.take(left) ^ sounds.take(right))
    bounds, most = (np.array(column) for column in zip(*UNSHARED, strict=True))
    enough: NDArray[np.bool_] = unshared <= most[np.searchsorted(bounds, longer)]
    return enough


def _within(forms: Encoded, left: Rows, right: Rows) -> NDArray[np.bool_]:
    length = forms.length
    longer = np.maximum(length.take(left), length.take(right))
    most = np.minimum(FAR_AT * longer, MOST_BEYOND).astype(np.uint16)
    close: NDArray[np.bool_] = costs(forms, left, right, most=most) <= most
    return close

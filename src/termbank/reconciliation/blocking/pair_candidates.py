"""Pairs worth comparing, out of all pairs of forms.

Each form gets keys: views of its sounds, each whole and with one sound left out, and
what the dictionary makes of it. Forms that share a key meet, unless too many share it;
of those that meet, the ones whose sounds lie close enough are worth comparing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import numpy as np

from termbank.processors import processors
from termbank.reconciliation.features.edit_alignment import MOST_BEYOND, costs
from termbank.reconciliation.features.form_features import UNLISTED

from .blocking_keys import (
    Keys,
    Numbered,
    Rows,
    dictionary_keys,
    mixed,
    spoken_keys,
    written_keys,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from termbank.reconciliation.features.form_features import Described
    from termbank.reconciliation.features.mora_encoding import Encoded

T = TypeVar("T", bound=np.generic)
LARGEST_BLOCK: Final = 60  # forms; a larger block says only that its key is common
# Cost of the alignment per unit of the longer form, in tenths of a plain change, up to
# which a pair is worth comparing: chosen on vocab_jmdict, where 4.0 keeps 97 % of the
# pairs of one group at under five candidates a term (bench/reconcile.py).
FAR_AT: Final = 4.0
# Sounds that one form has and the other has not: pairs with more lie too far apart to be
# aligned, by units of the longer form (bench reconcile counts what that changes).
UNSHARED: Final = ((3, 4), (4, 5), (12, 6), (1 << 30, 10))
# Of pairs that share few sounds and lie this far apart the judge makes nothing (one in
# 5,000 is asked about) unless a table knows the words: half of all candidates.
REMOTE_AT: Final = 3.0  # cost per unit of the longer form
REMOTE_UNSHARED: Final = 3  # sounds
REMOTE_LENGTHS: Final = (4, 10)  # units of the longer form; edits of others may tell
AT_ONCE: Final = 1 << 16  # pairs
MOST_THREADS: Final = 4  # each holds some ten MB
KEYS_AT_ONCE: Final = (
    1 << 21
)  # that are sorted together; bounds what stands beside them
_APART, _REMOTE, _NEAR = (np.uint8(distance) for distance in range(3))


class Pairs(NamedTuple):
    """Rows of forms, ``left`` below ``right``, sorted."""

    left: Rows
    right: Rows


class Met(NamedTuple):
    """Pairs that met by the sounds of their writing, packed and sorted.

    Attributes:
        near: These lie close enough.
        remote: These do, but so far apart that sounds alone hardly ever make them one
            word; none has kanji.
        open: These do not, but have kanji: their readings may.
    """

    near: Keys
    remote: Keys
    open: Keys


def candidate_pairs(
    about: Described,
    group: Rows | None = None,
    meetings: Met | None = None,
    *,
    remote: bool = True,
) -> Pairs:
    """Return the pairs worth comparing.

    Args:
        about: Described forms.
        group: Forms of different groups (languages) never meet; None for one group.
        meetings: :func:`met_in_writing` of the forms, if at hand.
        remote: Also those of ``met.remote`` that no table knows.
    """
    meetings = meetings or met_in_writing(about.units, group)
    with ThreadPoolExecutor(processors(at_most=2)) as pool:
        certain, spoken = pool.map(
            lambda keys: _meeting(keys(about), group), (dictionary_keys, spoken_keys)
        )
    doubtful = _without(
        _merge([meetings.open, spoken]), _merge([certain, meetings.near])
    )
    near = doubtful[_close(about, doubtful)]
    far = (
        meetings.remote
        if remote
        else meetings.remote[_listed_as_one(about, meetings.remote)]
    )
    return _unpack(_merge([certain, meetings.near, near, far]))


def _listed_as_one(about: Described, packed_pairs: Keys) -> NDArray[np.bool_]:
    """Tell which pairs spell one original, or the same letters."""
    left, right = _unpack(packed_pairs)
    is_one = np.zeros(len(packed_pairs), bool)
    for name in ("lexeme", "letters"):
        number = about.columns[name]
        ours = number.take(left)
        is_one |= (ours != UNLISTED) & (ours == number.take(right))
    return is_one


def met_in_writing(units: Encoded, group: Rows | None = None) -> Met:
    """Return the pairs that the sounds of their writing bring together.

    All that can be done before the dictionary has answered, and most of the work.
    """
    sounds, kanji = _sounds(units), units.kanji > 0

    def worth(left: Rows, right: Rows) -> NDArray[np.bool_]:
        share = _share_sounds(units, sounds, left, right)
        return share | kanji[left] | kanji[right]

    views = (_meeting(keys, group) for keys in written_keys(units))
    meetings = _merge([pairs[_in_parts(pairs, worth)] for pairs in views])
    distance = _in_parts(
        meetings, lambda left, right: _distance(units, sounds, left, right)
    )
    apart = meetings[distance == _APART]
    left, right = _unpack(apart)
    return Met(
        meetings[distance == _NEAR],
        meetings[distance == _REMOTE],
        apart[kanji[left] | kanji[right]],
    )


def _salt(keys: list[Numbered], group: Rows | None) -> Numbered:
    key = np.concatenate([part for part, _ in keys])
    row = np.concatenate([part.astype(np.uint32) for _, part in keys])
    keys.clear()  # millions of them: no second copy
    if group is not None:
        key = mixed(3, key + group.astype(np.uint64)[row])
    return key, row


def _meeting(keys: list[Numbered], group: Rows | None) -> Keys:
    """Return packed pairs of rows under one key, sorted, each once."""
    key, row = _salt(keys, group)
    # A lot of keys at a time, by their first bits: equal keys fall in one lot.
    bits = min((len(key) // KEYS_AT_ONCE).bit_length(), 8)
    if not bits:
        return _meeting_here(key, row)
    lot = (key >> np.uint64(64 - bits)).astype(np.uint8)
    meetings = []
    for number in range(1 << bits):
        some = np.flatnonzero(lot == number)
        meetings.append(_meeting_here(key.take(some), row.take(some)))
    return _merge(meetings)


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
    meetings = []
    for step in range(1, LARGEST_BLOCK):
        next_rows = np.flatnonzero(place + step <= last)
        if not len(next_rows):
            break
        place, last = place.take(next_rows), last.take(next_rows)
        low, high = rows.take(place), rows.take(place + step)
        words = low << np.uint64(32) | high
        meetings.append(words[low != high])  # one form may have a key twice
    return _merge(meetings)


def _merge(parts: list[Keys]) -> Keys:
    """Return all packed pairs, sorted, each once."""
    packed_pairs = np.concatenate([np.zeros(0, np.uint64), *parts])
    parts.clear()
    packed_pairs.sort()
    # Sorting and comparing neighbours is several times faster than np.unique's hashing.
    first = np.ones(len(packed_pairs), bool)
    np.not_equal(packed_pairs[1:], packed_pairs[:-1], out=first[1:])
    once: Keys = packed_pairs[first]
    return once


def _without(packed_pairs: Keys, others: Keys) -> Keys:
    """Return the pairs that are not among the others; both are sorted."""
    if not len(others):
        return packed_pairs
    place = np.minimum(np.searchsorted(others, packed_pairs), len(others) - 1)
    new: Keys = packed_pairs[others.take(place) != packed_pairs]
    return new


def _unpack(packed_pairs: Keys) -> Pairs:
    left = (packed_pairs >> np.uint64(32)).astype(np.int64)
    return Pairs(left, (packed_pairs & np.uint64(0xFFFFFFFF)).astype(np.int64))


def _close(about: Described, packed_pairs: Keys) -> NDArray[np.bool_]:
    """Tell which pairs lie close enough in sound, written or (with kanji) spoken."""
    kanji = about.units.kanji > 0

    def close(left: Rows, right: Rows) -> NDArray[np.bool_]:
        near = _within(about.units, left, right)
        rows = np.flatnonzero(~near & (kanji[left] | kanji[right]))
        near[rows] = _within(about.readings, left[rows], right[rows])
        return near

    return _in_parts(packed_pairs, close)


def _in_parts(
    packed_pairs: Keys, judge: Callable[[Rows, Rows], NDArray[T]]
) -> NDArray[T]:
    """Return what ``judge`` says of the pairs, asked part by part side by side."""
    # NumPy lets go of the interpreter, so that threads share the work.
    with ThreadPoolExecutor(processors(MOST_THREADS)) as pool:
        parts = pool.map(
            lambda at: judge(*_unpack(packed_pairs[at : at + AT_ONCE])),
            range(0, len(packed_pairs), AT_ONCE),
        )
        return np.concatenate([judge(*_unpack(packed_pairs[:0])), *parts])


def _sounds(units: Encoded) -> NDArray[np.uint64]:
    """Return for each form the set of its sounds, a bit for each (some share one)."""
    bit = np.uint64(1) << (units.sound & np.uint8(63)).astype(np.uint64)
    sound_sets = np.zeros(len(units.parts), np.uint64)
    some = np.flatnonzero(units.length)
    sound_sets[some] = np.bitwise_or.reduceat(bit, units.start[some])
    return sound_sets


def _share_sounds(
    units: Encoded, sounds: NDArray[np.uint64], left: Rows, right: Rows
) -> NDArray[np.bool_]:
    """Tell which pairs share enough sounds (:data:`UNSHARED`) to be aligned at all."""
    longer = _longer(units, left, right)
    difference = _difference(sounds, left, right)
    bounds, most = (np.array(column) for column in zip(*UNSHARED, strict=True))
    enough: NDArray[np.bool_] = difference <= most[np.searchsorted(bounds, longer)]
    return enough


def _difference(
    sounds: NDArray[np.uint64], left: Rows, right: Rows
) -> NDArray[np.uint8]:
    count: NDArray[np.uint8] = np.bitwise_count(sounds.take(left) ^ sounds.take(right))
    return count


def _longer(units: Encoded, left: Rows, right: Rows) -> Rows:
    length = units.length
    longer: Rows = np.maximum(length.take(left), length.take(right))
    return longer


def _within(forms: Encoded, left: Rows, right: Rows) -> NDArray[np.bool_]:
    most = _most(FAR_AT, _longer(forms, left, right))
    close: NDArray[np.bool_] = costs(forms, left, right, most=most) <= most
    return close


def _most(share: float, longer: Rows) -> NDArray[np.uint16]:
    most: NDArray[np.uint16] = np.minimum(share * longer, MOST_BEYOND).astype(np.uint16)
    return most


def _distance(
    units: Encoded, sounds: NDArray[np.uint64], left: Rows, right: Rows
) -> NDArray[np.uint8]:
    """Return _NEAR, _REMOTE (see :class:`Met`) or _APART for each pair."""
    longer = _longer(units, left, right)
    most = _most(FAR_AT, longer)
    cost = costs(units, left, right, most=most)
    least, last = REMOTE_LENGTHS
    remote = cost > _most(REMOTE_AT, longer)
    remote &= (longer >= least) & (longer <= last)
    remote &= _difference(sounds, left, right) >= REMOTE_UNSHARED
    remote &= (units.kanji.take(left) | units.kanji.take(right)) == 0
    near = np.where(remote, _REMOTE, _NEAR)
    return np.where(cost <= most, near, _APART)

"""What speaks for and against each pair: numbers, and keys of edits in their context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist

from termbank.mining.tokens.word_statistics import VECTOR_LENGTH, general

from .edit_alignment import Alignment, Edits, align_forms, costs
from .edit_features import edit_keys
from .edit_sides import CLASSES, Sides
from .form_features import RAREST, SENSES, UNLISTED
from .kana_sounds import (
    CHANGE_COST,
    GAP_COST,
    OTHER,
)

if TYPE_CHECKING:
    from .form_features import Described
    from .mora_encoding import Encoded

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_WORKERS: Final = 2
NO_COMPANY: Final = -2.0  # below any cosine


class Evidence(NamedTuple):
    """Evidence for many pairs.

    Attributes:
        numbers: One row a pair, columns as :data:`NUMBERS`.
        edits: The edits of all pairs.
        edit_keys: uint32, one column an edit, :data:`.edit_keys.EDIT_KEYS` rows.
        parts: For each edit, the part of the name it stands in.
        units: Encoded forms.
        left: Rows of the forms, for what only some pairs are asked.
        right: Rows of the forms.
    """

    numbers: Floats
    edits: Edits
    edit_keys: NDArray[np.uint32]
    parts: NDArray[np.int64]
    units: Encoded
    left: Rows
    right: Rows


def gather_evidence(about: Described, left: Rows, right: Rows) -> Evidence:
    """Return the evidence for pairs of rows of ``about``."""
    alignment = align_forms(about.units, left, right)
    sides = Sides.of(about.units, left, right, alignment.edits)
    parts = _part(about.units, left, right, sides, alignment.edits)
    columns = [
        *_of_lengths(about.units, left, right),
        *_of_alignment(about.units, alignment, sides, parts, left, right),
        *_of_readings(about, alignment.cost, left, right),
        *_of_columns(about, left, right),
        *_of_scripts(about.units, left, right),
        _jaro_winkler(about, left, right),
    ]
    numbers = np.empty((len(left), len(columns)), np.float32, order="F")
    for at, column in enumerate(columns):
        numbers[:, at] = column
    key_columns = edit_keys(about.units, left, right, alignment.edits, sides)
    return Evidence(
        numbers, alignment.edits, key_columns, parts, about.units, left, right
    )


def _jaro_winkler(about: Described, left: Rows, right: Rows) -> NDArray[np.generic]:
    ours, theirs = about.plain[left], about.plain[right]
    score = JaroWinkler.similarity
    return cpdist(ours, theirs, scorer=score, dtype=np.float32, workers=_WORKERS)


NUMBERS: Final = (
    "shorter", "longer", "parts_fewer", "parts_more",
    "cost", "cost_share", "edits", *CLASSES, "kanji_edited_less", "kanji_edited_more",
    "kana_edited_less", "kana_edited_more", "worst_part", "first_edited", "last_edited",
    "spoken_cost", "spoken_share",
    "same_normal", "same_normal_fold", "same_meaning", "same_plain", "same_fold", "same_bare",
    "unknown_less", "unknown_more", "words_less", "words_more", "proper", "both_known",
    "rarity_less", "rarity_more", "sense", "company", "written_less", "written_more", "same_lexeme",
    "same_letters",
    "hiragana_less", "hiragana_more", "katakana_less", "katakana_more", "kanji_less",
    "kanji_more", "all_katakana", "jaro_winkler",
)  # fmt: skip


def _low_high(
    a: NDArray[np.generic], b: NDArray[np.generic]
) -> list[NDArray[np.generic]]:
    return [np.minimum(a, b), np.maximum(a, b)]


def _of_lengths(units: Encoded, left: Rows, right: Rows) -> list[NDArray[np.generic]]:
    length = units.length
    return [
        *_low_high(length[left], length[right]),
        *_low_high(units.parts[left], units.parts[right]),
    ]


def _of_scripts(units: Encoded, left: Rows, right: Rows) -> list[NDArray[np.generic]]:
    only = (units.hiragana == 0) & (units.kanji == 0) & (units.katakana > 0)
    columns: list[NDArray[np.generic]] = []
    for count in (units.hiragana, units.katakana, units.kanji):
        columns += _low_high(count[left], count[right])
    return [*columns, only[left] & only[right]]


def _of_columns(about: Described, left: Rows, right: Rows) -> list[NDArray[np.generic]]:
    column = about.columns
    equal: list[NDArray[np.generic]] = [
        column[name][left] == column[name][right]
        for name in ("normal", "normal_fold", "meaning", "plain", "fold", "bare")
    ]
    unknown, words = column["unknown"], column["words"]
    both_words = (unknown == 0) & (words == 1)
    return [
        *equal,
        *_low_high(unknown[left], unknown[right]),
        *_low_high(words[left], words[right]),
        column["proper"][left] + column["proper"][right],
        both_words[left] & both_words[right],
        *_low_high(column["rarity"][left], column["rarity"][right]),
        _sense(column, left, right),
        _company(column["vector"], left, right),
        *_low_high(column["rarity_written"][left], column["rarity_written"][right]),
        _agreement(column["lexeme"], left, right),
        _agreement(column["letters"], left, right),
    ]


def _agreement(number: Rows, left: Rows, right: Rows) -> NDArray[np.int8]:
    """Return 1 where both have the same number, -1 where others, 0 where one has none."""
    ours, theirs = number[left], number[right]
    both = (ours != UNLISTED) & (theirs != UNLISTED)
    verdict: NDArray[np.int8] = np.where(ours == theirs, np.int8(1), np.int8(-1)) * both
    return verdict


def _sense(columns: dict[str, Rows], left: Rows, right: Rows) -> Rows:
    """Return 3 for words of one sense down to -3; 0 where one of them is not listed.

    Spellings of one word stand in like company: their vectors fall into one cluster,
    coarse or fine, where those of コード and コート do not.
    """
    out: Rows = np.zeros(len(left), np.int64)
    both = (columns["rarity"][left] < RAREST) & (columns["rarity"][right] < RAREST)
    rows = np.flatnonzero(both)
    for name in SENSES:
        cluster = columns[name]
        out[rows] += np.where(cluster[left[rows]] == cluster[right[rows]], 1, -1)
    return out


def _company(vector: Rows, left: Rows, right: Rows) -> Floats:
    """Return the cosine of the words' vectors; NO_COMPANY where one has none."""
    vectors = general().vectors
    out = np.full(len(left), NO_COMPANY, np.float32)
    rows = np.flatnonzero((vector[left] != UNLISTED) & (vector[right] != UNLISTED))
    ours, theirs = (
        vectors.take(vector[side[rows]], axis=0).astype(np.float32)
        for side in (left, right)
    )
    out[rows] = np.einsum("ij,ij->i", ours, theirs) / np.float32(VECTOR_LENGTH**2)
    return out


def _of_readings(
    about: Described, written: NDArray[np.uint16], left: Rows, right: Rows
) -> list[NDArray[np.generic]]:
    readings = about.readings
    spelled_out = about.columns["spelled_out"] > 0
    cost = written.copy()  # of forms that are their own reading nothing need be asked
    rows = np.flatnonzero(~(spelled_out[left] & spelled_out[right]))
    cost[rows] = costs(readings, left[rows], right[rows])
    longer = np.maximum(readings.length[left], readings.length[right])
    return [cost, cost / np.maximum(longer, 1)]


def _of_alignment(
    units: Encoded,
    alignment: Alignment,
    sides: Sides,
    parts: Rows,
    left: Rows,
    right: Rows,
) -> list[NDArray[np.generic]]:
    edits, count = alignment.edits, len(left)
    longer = np.maximum(units.length[left], units.length[right])
    has_parts = np.maximum(units.parts[left], units.parts[right]) > 1

    def sum_by_pair(chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.bincount(edits.pair[chosen], minlength=count).astype(np.int64)

    ours, theirs = edits.kind != 2, edits.kind != 1
    kana_x, kana_y = sides.sound_x != OTHER, sides.sound_y != OTHER
    by_class = np.bincount(
        edits.pair.astype(np.int64) * len(CLASSES) + sides.klass,
        minlength=count * len(CLASSES),
    ).reshape(count, len(CLASSES))
    return [
        alignment.cost,
        alignment.cost / np.maximum(longer, 1),
        np.bincount(edits.pair, minlength=count),
        *by_class.T,
        *_low_high(
            sum_by_pair(ours & sides.kanji_x), sum_by_pair(theirs & sides.kanji_y)
        ),
        *_low_high(sum_by_pair(ours & kana_x), sum_by_pair(theirs & kana_y)),
        np.where(has_parts, _worst_part(parts, sides, edits, count), -1.0),
        sum_by_pair((edits.left == 0) | (edits.right == 0)) > 0,
        sum_by_pair(sides.at_end) > 0,
    ]


def _part(units: Encoded, left: Rows, right: Rows, sides: Sides, edits: Edits) -> Rows:
    """Return for each edit the part it stands in, by the side with more parts."""
    ours = (units.parts[left] >= units.parts[right])[edits.pair]
    last = max(len(units.unit) - 1, 0)
    end_x, end_y = (
        units.start[left + 1][edits.pair] - 1,
        units.start[right + 1][edits.pair] - 1,
    )
    at_x = np.clip(np.minimum(sides.place_x, end_x), 0, last)
    at_y = np.clip(np.minimum(sides.place_y, end_y), 0, last)
    part: Rows = np.where(ours, units.part[at_x], units.part[at_y]).astype(np.int64)
    return part


def _worst_part(
    parts: Rows, sides: Sides, edits: Edits, count: int
) -> NDArray[np.float64]:
    """Return the cost of the most changed part of each name."""
    gap = (sides.sound_x == 0) | (sides.sound_y == 0)
    gap_cost = GAP_COST[np.maximum(sides.sound_x, sides.sound_y)]
    cost = np.where(gap, gap_cost, CHANGE_COST[sides.sound_x, sides.sound_y])
    most = 8
    key = edits.pair.astype(np.int64) * most + np.minimum(parts, most - 1)
    total = np.bincount(key, weights=cost, minlength=count * most)
    worst: NDArray[np.float64] = total.reshape(count, most).max(axis=1, initial=0.0)
    return worst

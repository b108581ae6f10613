"""The questions the name tagger asks of each word, as buckets of a hash table.

A feature is a template with the attributes it looks at; both are mixed into a bucket
number. The weights live in a table of ``BUCKETS`` rows, so that the model needs no
dictionary of strings and a whole text is scored by gathers. Training sees the same
buckets, clashes included.

Source of the idea: K. Weinberger et al.: Feature hashing for large scale multitask
learning. ICML 2009.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.mining.terms.term_phrases import Runs, _flags_of, _rows_of
from termbank.mining.tokens.token_flags import (
    CLOSE,
    JOINER,
    KATAKANA,
    NOUN,
    OPEN,
    PROPER,
    UNKNOWN,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_attributes import Attributes, Column
    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Ints, Sheet

BITS: Final = 20
BUCKETS: Final = 1 << BITS
_A: Final = np.uint64(0x9E3779B97F4A7C15)
_B: Final = np.uint64(0xD6E8FEB86659FD93)
_FOLD: Final = np.uint64(32)
_TOP: Final = np.uint64(64 - BITS)

# Attributes looked at one by one, by distance from the word in question.
ALONE: Final[dict[int, tuple[tuple[str, ...], ...]]] = {
    0: (
        (),
        ("surface",),
        ("normalised",),
        ("pos1",),
        ("pos2",),
        ("pos3",),
        ("shape",),
        ("pos3", "shape"),
        ("length",),
        ("shape", "length"),
        ("unknown", "shape"),
        ("first1",),
        ("last1",),
        ("first2",),
        ("last2",),
        ("first3",),
        ("last3",),
        ("place",),
        ("whole",),
        ("whole_last",),
        ("place", "shape"),
        ("coarse",),
        ("fine",),
        ("fine", "pos3"),
        ("finest",),
        ("rarity", "shape"),
        ("rarity", "pos3"),
        ("whole_fine", "place"),
        ("whole_finest", "place"),
        ("whole_rarity", "place", "shape"),
        *((f"pair{number}", "shape") for number in range(6)),
    ),
    **dict.fromkeys(
        (-1, 1),
        (
            ("surface",),
            ("normalised",),
            ("pos3",),
            ("shape",),
            ("first1",),
            ("last1",),
            ("title",),
            ("whole_pos",),
            ("whole",),
            ("shape", "length"),
            ("last2",),
            ("coarse",),
            ("fine",),
            ("finest",),
            ("rarity", "shape"),
            ("whole_fine",),
            ("whole_rarity",),
        ),
    ),
    **dict.fromkeys(
        (-2, 2),
        (("surface",), ("pos3",), ("shape",), ("title",), ("last1",), ("fine",)),
    ),
}


def buckets(number: int, *columns: Column) -> Column:
    """Return the bucket of each row for a template and the attributes it looks at.

    A row in which an attribute is absent (0) gets bucket 0, whose weight is 0.
    """
    hashes = np.full(len(columns[0]) if columns else 1, number, np.uint64) * _A
    absent = np.zeros(len(hashes), bool)
    for column in columns:
        hashes ^= column
        hashes *= _A
        hashes ^= hashes >> _FOLD
        absent |= column == 0
    hashes *= _B
    hashes >>= _TOP
    hashes[absent] = 0
    return hashes


def template(distance: int, number: int) -> int:
    """Return the number of a template of ``ALONE``."""
    return 1000 * (distance + 3) + number


def static(attributes: Attributes, distance: int, rows: slice) -> Iterator[Column]:
    """Yield the buckets of slots for each template that looks at one slot alone."""
    count = len(attributes["surface"][rows])
    for number, names in enumerate(ALONE[distance]):
        columns = [attributes[name][rows] for name in names]
        # A pair of characters means the same wherever in the word it stands.
        is_pair = names and names[0].startswith("pair")
        hashes = buckets(template(distance, 90 if is_pair else number), *columns)
        yield hashes if columns else np.repeat(hashes, count)


class Padded(NamedTuple):
    """A sheet with two edge slots before, between and after its sentences.

    Attributes:
        slots: Slot numbers, 0 at edges.
        at: Place of each row of the sheet in ``slots``.
    """

    slots: Ints
    at: Ints


def pad_sentences(sheet: Sheet) -> Padded:
    """Return the sheet with edges between its sentences."""
    at = np.arange(len(sheet.slots)) + 2 * (sheet.sentences + 1)
    sentences = int(sheet.sentences[-1]) + 1 if len(at) else 0
    slots = np.zeros(len(at) + 2 * (sentences + 1), np.int64)
    slots[at] = sheet.slots
    return Padded(slots, at)


class View:
    """Attributes of a padded text at a distance, or at given places."""

    def __init__(self, sheet: Padded, attributes: Attributes) -> None:
        self._sheet, self._attributes = sheet, attributes
        self._columns: dict[str, Column] = {}

    def column(self, name: str) -> Column:
        """Return an attribute of all places, edges included."""
        if name not in self._columns:
            self._columns[name] = self._attributes[name][self._sheet.slots]
        return self._columns[name]

    def near(self, name: str, distance: int) -> Column:
        """Return an attribute of the word at a distance from each row."""
        return self.column(name)[self._sheet.at + distance]

    def at(self, name: str, rows: Ints, distance: int = 0) -> Column:
        """Return an attribute of the words at a distance from some rows."""
        return self.column(name)[self._sheet.at[rows] + distance]


def dynamic(
    sheet: Sheet, noun_runs: Runs, lexicon: Lexicon, attributes: Attributes
) -> Iterator[Column]:
    """Yield the buckets of the rows for each template that looks at several words."""
    view = View(pad_sentences(sheet), attributes)
    yield from _neighbours(view)
    yield from _triples(view)
    yield from _runs(view, sheet, noun_runs)
    yield from _katakana(view, sheet, lexicon)
    yield from _quotes(view, sheet)


def _neighbours(view: View) -> Iterator[Column]:
    pos, surface, shapes = (view.near(name, 0) for name in ("pos3", "surface", "shape"))
    normal, fine, finest = (
        view.near(name, 0) for name in ("normalised", "fine", "finest")
    )
    for number, side in ((100, -1), (120, 1)):
        other, other_pos = view.near("surface", side), view.near("pos3", side)
        yield buckets(number, pos, other)
        yield buckets(number + 1, pos, other_pos)
        yield buckets(number + 2, surface, other_pos)
        yield buckets(number + 3, surface, other)
        yield buckets(number + 4, shapes, view.near("shape", side), pos)
        yield buckets(number + 5, view.near("title", side), pos)
        yield buckets(number + 6, view.near("place", 0), view.near("place", side))
        yield buckets(number + 7, view.near("last1", 0), view.near("first1", side))
        yield buckets(number + 8, view.near("fine", 0), view.near("fine", side))
        yield buckets(number + 9, view.near("coarse", side), pos)
        yield buckets(number + 10, view.near("fine", side), shapes)
        yield buckets(number + 11, normal, view.near("normalised", side))
        yield buckets(number + 12, normal, view.near("fine", side))
        yield buckets(number + 13, fine, view.near("normalised", side))
        yield buckets(number + 14, finest, other_pos)
        rim = view.near("last1" if side > 0 else "first1", 0)
        yield buckets(number + 15, rim, other_pos, view.near("shape", side))


def _triples(view: View) -> Iterator[Column]:
    def pos(distance: int) -> Column:
        return view.near("pos3", distance)

    def surface(distance: int) -> Column:
        return view.near("surface", distance)

    yield buckets(140, pos(-1), pos(0), pos(1))
    yield buckets(141, surface(-1), view.near("pos2", 0), surface(1))
    yield buckets(142, pos(0), pos(1), pos(2))
    yield buckets(143, surface(1), surface(2))
    yield buckets(144, pos(0), pos(-1), pos(-2))
    yield buckets(145, surface(-1), surface(-2))


def small(values: NDArray[np.int64] | NDArray[np.bool_], most: int = 1 << 20) -> Column:
    """Return small counts as attribute values: one more, so that 0 is not absent."""
    return np.minimum(values, most).astype(np.uint64) + np.uint64(1)


def _spread(count: int, rows: Ints, values: Column) -> Column:
    out = np.zeros(count, np.uint64)
    out[rows] = values
    return out


def _runs(view: View, sheet: Sheet, noun_runs: Runs) -> Iterator[Column]:
    """Yield what the noun run around a word says: its rims, its head, its neighbours."""
    rows = np.flatnonzero(noun_runs.of_row >= 0)
    run = noun_runs.of_row[rows]
    first, last = noun_runs.first[run], noun_runs.last[run] - 1
    head, after = view.at("normalised", last), view.at("surface", last, 1)
    before = view.at("surface", first, -1)
    from_start, to_end = rows - first, last - rows
    near_end = small(to_end, 4)
    proper = np.append(0, np.cumsum(_flags_of(sheet, PROPER)))
    name_counts = np.append(0, np.cumsum(_flags_of(sheet, PROPER | UNKNOWN)))
    left = small(proper[rows] > proper[first])
    right = small(proper[last + 1] > proper[rows + 1])
    for number, columns in enumerate(
        (
            (head,),
            (view.at("last1", last),),
            (view.at("pos3", last),),
            (small(from_start, 4), near_end),
            (view.at("normalised", first),),
            (view.at("pos3", first),),
            (head, near_end),
            (small(name_counts[last + 1] > name_counts[first]),),
            (left, right, view.at("pos2", rows)),
            (before,),
            (after,),
            (before, after),
            (after, view.at("normalised", last, 2)),
            (after, small(to_end, 3)),
            (view.at("last1", last), near_end),
            (before, small(from_start, 3)),
            (view.at("last2", last), near_end),
            (view.at("whole", last), near_end),
            (view.at("title", last), near_end, view.at("pos2", rows)),
            (head, view.at("normalised", rows)),
            (small(last - first, 8), after),
            (view.at("fine", last), near_end),
            (view.at("coarse", first), view.at("coarse", last)),
            (view.at("fine", last, 2), after),
            (view.at("whole_fine", last), near_end),
            (view.at("rarity", last), view.at("rarity", first), near_end),
        )
    ):
        yield _spread(len(sheet.slots), rows, buckets(200 + number, *columns))


def _katakana(view: View, sheet: Sheet, lexicon: Lexicon) -> Iterator[Column]:
    """Yield what the run of katakana and middle dots around a word says."""
    runs = _rows_of(_flags_of(sheet, KATAKANA | JOINER), sheet)
    rows = np.flatnonzero(runs.of_row >= 0)
    run = runs.of_row[rows]
    first, last = runs.first[run], runs.last[run] - 1
    dots = np.append(0, np.cumsum(_flags_of(sheet, JOINER)))
    dot_count = small(dots[last + 1] - dots[first], 3)
    has_dot = small(dots[last + 1] > dots[first])
    length = small((sheet.ends[last] - sheet.starts[first]) // 2, 8)
    after, before = view.at("surface", last, 1), view.at("surface", first, -1)
    whole = view.at("surface", first) * _A + view.at("surface", last) + dot_count * _B
    for number, columns in enumerate(
        (
            (dot_count,),
            (length,),
            (small(rows == first), small(rows == last), has_dot),
            (after,),
            (before,),
            (view.at("pos3", last, 1), has_dot),
            (after, has_dot),
            (before, has_dot),
            (whole,),
            (view.at("last2", last), has_dot),
        )
    ):
        yield _spread(len(sheet.slots), rows, buckets(300 + number, *columns))
    del lexicon


def _quotes(view: View, sheet: Sheet) -> Iterator[Column]:
    """Yield what the brackets and quotes around a word say."""
    first, last = _pairs(sheet)
    lengths = last - first - 1
    rows = np.repeat(first + 1, lengths) + _counting(lengths)
    left, right = np.repeat(first, lengths), np.repeat(last, lengths)
    mark = view.at("surface", left)
    size = small((sheet.ends[right - 1] - sheet.starts[left + 1]) // 4, 6)
    verbs = np.append(0, np.cumsum(~_flags_of(sheet, NOUN)))
    prose = small(verbs[right] - verbs[left + 1] > 0)
    for number, columns in enumerate(
        (
            (mark, small(rows == left + 1), small(rows == right - 1)),
            (mark, size),
            (mark, view.at("surface", right, 1)),
            (mark, view.at("surface", left, -1)),
            (mark, view.at("pos2", right, -1)),
            (mark, prose),
            (mark, view.at("normalised", left, -1), small(rows == left + 1)),
        )
    ):
        yield _spread(len(sheet.slots), rows, buckets(400 + number, *columns))


def _pairs(sheet: Sheet) -> tuple[Ints, Ints]:
    """Return the places of opening marks and of the marks that close them.

    An opening mark pairs with the next closing one in its sentence; of nested marks
    the inner pair is found.
    """
    marks = np.flatnonzero(_flags_of(sheet, OPEN | CLOSE))
    opens = _flags_of(sheet, OPEN)[marks]
    first, last = marks[:-1], marks[1:]
    same = sheet.sentences[first] == sheet.sentences[last]
    keep = opens[:-1] & ~opens[1:] & same & (last > first + 1)
    return first[keep], last[keep]


def _counting(lengths: Ints) -> Ints:
    """Return 0, 1, … below each length, one after the other."""
    total = int(lengths.sum())
    return np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)

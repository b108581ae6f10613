"""What is asked of a stretch of words that may be a name, as buckets of a hash table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.mining.tokens.token_flags import (
    ADVERBIAL,
    COUNTER,
    HIRAGANA,
    JOINER,
    KANJI,
    KATAKANA,
    LATIN,
    NO,
    NUMERAL,
    PERSON,
    PLACE,
    PROPER,
    SPACE,
    UNKNOWN,
)
from termbank.mining.tokens.word_statistics import general

from .span_candidates import Segments
from .tagger_features import BITS, View, buckets, pad_sentences, small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from termbank.mining.terms.term_phrases import Runs
    from termbank.mining.tokens.token_attributes import Attributes, Column
    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Ints, Sheet

    Question = tuple[Column, ...]

SPAN_BITS: Final = 18
_RIMS: Final = (
    *("surface", "normalised", "pos3", "shape", "last1", "last2", "whole", "fine"),
    *("finest", "whole_fine", "whole_finest", "place", "unknown", "rarity"),
)
_BESIDE: Final = ("surface", "pos3", "title", "fine", "last1", "first1", "whole_fine")
_OUTSIDE: Final = (
    *("surface", "normalised", "pos3", "fine", "coarse", "whole", "place", "last1"),
    *("first1", "title", "shape"),
)
_MAKE: Final = (
    *(KATAKANA, LATIN, KANJI, HIRAGANA, NUMERAL, JOINER, PERSON, PLACE, PROPER),
    *(UNKNOWN, SPACE, NO, COUNTER, ADVERBIAL),
)
_ONE: Final = np.uint64(1)


class Asked(NamedTuple):
    """Stretches and all that is needed to ask about them.

    Attributes:
        sheet: The texts.
        lexicon: Their words.
        view: Attributes of the words.
        spans: The stretches.
        chance: Their chances, as attribute values; and so the others.
        rivals: Of each the likeliest around, inside and across.
        left: Words of its noun run before it.
        right: The same after it.
    """

    sheet: Sheet
    lexicon: Lexicon
    view: View
    spans: Segments
    chance: Column
    rivals: tuple[Column, ...]
    left: Column
    right: Column

    def at(self, name: str, side: str, distance: int = 0) -> Column:
        """Return an attribute at or beyond the first or the last word."""
        rows = self.spans.first if side == "first" else self.spans.last - 1
        return self.view.at(name, rows, distance)


def span_features(
    sheet: Sheet, runs: Runs, lexicon: Lexicon, attributes: Attributes, spans: Segments
) -> list[Column]:
    """Return the buckets of each stretch for each question."""
    if not len(spans.first):
        return []
    span_view = Asked(
        sheet,
        lexicon,
        View(pad_sentences(sheet), attributes),
        spans,
        _logit(spans.chance),
        tuple(_logit(most, -4, 4, 1) for most in rivals_of(spans)),
        *_left_over(runs, spans),
    )
    shift = np.uint64(BITS - SPAN_BITS)
    questions = [
        *_words(span_view),
        *_inside(span_view),
        *_outlook(span_view),
        *_spell(span_view),
    ]
    return [
        buckets(800 + number, *columns) >> shift
        for number, columns in enumerate(questions)
    ]


def _words(span_view: Asked) -> Iterator[Question]:
    """Yield what the words at both rims and beside them are."""
    at = span_view.at
    length = small(span_view.spans.last - span_view.spans.first - 1, 4)
    yield from ((np.ones_like(length),), (length,))
    for name in _RIMS:
        yield (at(name, "last"),)
        yield (at(name, "first"),)
    for name in _BESIDE:
        yield (at(name, "last", 1),)
        yield (at(name, "first", -1),)
        yield (at(name, "last", 2),)
    second = np.minimum(span_view.spans.first + 1, span_view.spans.last - 1)
    yield (at("normalised", "last"), at("normalised", "first"))
    yield (at("shape", "last"), at("shape", "first"), length)
    yield (at("surface", "first", -1), at("surface", "last", 1))
    yield (at("pos3", "last"), at("pos3", "first"), at("surface", "last", 1))
    yield (at("surface", "first"), span_view.view.at("surface", second))
    yield (at("fine", "last", 1), at("shape", "last"))
    yield (at("surface", "last", 1), at("surface", "last", 2))
    yield (at("fine", "first"), at("fine", "last"))


def _inside(span_view: Asked) -> Iterator[Question]:
    """Yield what the words are made of: how many are katakana, names of people, …."""
    first, last = span_view.spans.first, span_view.spans.last
    beside = span_view.at("surface", "last", 1)
    make = np.zeros(len(first), np.uint64)
    for bit in _MAKE:
        counts = np.append(0, np.cumsum((span_view.sheet.flags & bit) != 0))
        some = counts[last] - counts[first]
        whole = some == last - first
        make = make * np.uint64(3) + np.where(whole, 2, some > 0).astype(np.uint64)
        if bit in (JOINER, PERSON, PLACE, KATAKANA, LATIN):
            yield (small(some, 3), small(whole))
            yield (small(some, 3), beside)
    yield (make + _ONE,)
    yield (make + _ONE, span_view.chance)
    yield (make + _ONE, span_view.at("pos3", "last", 1))


def _outlook(span_view: Asked) -> Iterator[Question]:
    """Yield how likely the stretch and its rivals are, and what its run holds besides."""
    at, chance, rivals = span_view.at, span_view.chance, span_view.rivals
    length = small(span_view.spans.last - span_view.spans.first - 1, 6)
    left, right = span_view.left, span_view.right
    yield from ((chance,), (chance, length), rivals, (chance, *rivals))
    yield from ((chance, rival) for rival in rivals)
    yield from ((left, right), (left, right, length), (left, chance), (right, chance))
    yield (right, at("fine", "last"))
    yield (left, at("fine", "first"))
    yield (right, at("normalised", "last"))
    for name in _OUTSIDE:
        yield (at(name, "last", 1), right)
        yield (at(name, "first", -1), left)
    for name in ("normalised", "fine", "place", "pos3"):
        yield (at(name, "last"), at(name, "last", 1))
        yield (at(name, "first", -1), at(name, "first"))
    inner, outer = (at("shape", side) for side in ("first", "last"))
    before, after = at("shape", "first", -1), at("shape", "last", 1)
    yield from ((outer, after, length), (before, inner, length))
    yield (before, inner, outer, after)
    yield (at("normalised", "last"), right, length)
    yield (at("fine", "last"), length)
    yield (at("last1", "last"), length)
    yield (at("surface", "first", -1), at("surface", "last", 1), chance)


def _left_over(runs: Runs, spans: Segments) -> tuple[Column, Column]:
    """Return how many words of the noun run stand before and after each stretch."""
    first, last, run = spans.first, spans.last, runs.of_row
    if not len(runs.first):
        nothing = small(np.zeros(len(first), np.int64))
        return nothing, nothing
    opening = np.where(run[first] >= 0, runs.first[run[first]], first)
    closing = np.where(run[last - 1] >= 0, runs.last[run[last - 1]], last)
    left, right = np.maximum(first - opening, 0), np.maximum(closing - last, 0)
    return small(left, 4), small(right, 4)


def _spell(span_view: Asked) -> Iterator[Question]:
    """Yield what general Japanese knows of the whole stretch, and of one word more."""
    spans, lexicon = span_view.spans, span_view.lexicon
    chance, left, right = span_view.chance, span_view.left, span_view.right
    around, inside, _ = span_view.rivals
    length = small(spans.last - spans.first - 1, 6)
    slots = np.append(span_view.sheet.slots, 0)
    parts = [
        [lexicon.slots[slot].part.surface for slot in slots[a : b + 1].tolist()]
        for a, b in zip(spans.first.tolist(), spans.last.tolist(), strict=True)
    ]
    table = general()
    rows = table.rows(["".join(words[:-1]) for words in parts])
    longer = small(table.rows(["".join(words) for words in parts]) >= 0)
    rarity = np.where(rows >= 0, table.rarity[rows] // np.uint8(8), 20)
    rare = rarity.astype(np.uint64) + _ONE

    def column(values: NDArray[np.uint8] | NDArray[np.uint16]) -> Column:
        return np.where(rows >= 0, values[rows].astype(np.uint64) + _ONE, 0)

    yield from ((rare, length), (rare, chance), (rare, around), (rare, inside))
    yield from ((column(table.fine), length), (column(table.finest), length))
    yield from ((column(table.coarse), left, right), (longer, right, rare))


def _logit(
    chance: NDArray[np.float64], low: int = -4, high: int = 8, by: int = 2
) -> Column:
    """Return log odds in steps of ``1 / by`` as attribute values."""
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    odds = np.clip(np.log(sure / (1 - sure)), low, high)
    return small(((odds - low) * by).astype(np.int64))


def rivals_of(spans: Segments) -> tuple[NDArray[np.float64], ...]:
    """Return the chance of the likeliest around, inside and across each stretch."""
    first, last, chance = spans
    around, inside, across = (np.zeros(len(first)) for _ in range(3))
    for step in range(1, len(first)):
        here = np.flatnonzero(first[step:] < last[:-step])
        if not len(here):
            break
        there = here + step
        # Sorted by first, then by last: of an equal start the later one is longer.
        starts, ends = first[here] == first[there], last[there] <= last[here]
        for rows, outer, inner in (
            (starts, there, here),
            (~starts & ends, here, there),
        ):
            np.maximum.at(around, inner[rows], chance[outer[rows]])
            np.maximum.at(inside, outer[rows], chance[inner[rows]])
        rest = ~starts & ~ends
        np.maximum.at(across, here[rest], chance[there[rest]])
        np.maximum.at(across, there[rest], chance[here[rest]])
    return around, inside, across


def asked_rows(first: Ints, last: Ints) -> Segments:
    """Return stretches of which only the rows are known, as likely as not."""
    return Segments(first, last, np.full(len(first), 0.5))

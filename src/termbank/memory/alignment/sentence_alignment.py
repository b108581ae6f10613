"""Sentences of a document paired with those of its translation.

Gale and Church's dynamic programme over lengths, with anchors on top: numbers and dates
that both sides state, and glossary concepts that both sides name.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from math import erfc, exp, log, sqrt
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.memory.search.placeables import placeables

from .sound_keys import sound_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Anchors = frozenset[str]
    Worth = dict[str, float]

# How often each kind of pairing occurs; Gale & Church 1993, table 5, with 2-2 as there.
SHAPES: Final = {
    (1, 1): 0.89,
    (1, 0): 0.005,
    (0, 1): 0.005,
    (2, 1): 0.0445,
    (1, 2): 0.0445,
    (2, 2): 0.011,
    # Not theirs: one long Japanese sentence often becomes three English ones.
    (1, 3): 0.004,
    (3, 1): 0.004,
}
_RARITY: Final = {shape: -log(share) for shape, share in SHAPES.items()}
# Variance of the length of a translation for each character of the source: 6.8 between
# English and French; Japanese and English differ more from sentence to sentence.
_VARIANCE: Final = 9.0
# Standard deviation of a long translation, as a share of its length: pairs of 300 to 900
# characters differ by .12-.29 of it (docs/design/memory.md), where the variance of single
# characters alone would leave .05.
_SPREAD: Final = 0.12
_FEWEST: Final = 60  # sentences either side of the diagonal that are considered
_BAND: Final = 0.15  # and this share of the longer one, where a pairing strays so far
# Worth of one shared anchor at the most, in nats, as a shared number or name is some
# twenty times likelier in a true pair; and cost of one that stands on one side only.
_SHARED: Final = 3.0
_ALONE: Final = 0.23  # of its worth


class _Odds(NamedTuple):
    """Weights of the log odds that a pair is right.

    Set by hand on pairs of pages and on five kinds of real segments with sentences left
    out and joined at random (docs/design/memory.md).
    """

    constant: float
    length: float  # of the cost of the lengths
    rarity: float  # of the rarity of the shape
    shared: float  # of ln(1 + nats of shared anchors)
    alone: float  # of ln(1 + nats of anchors on one side)


_APART: Final = 15.0  # confidence under which a pair is left as two lone sentences
_ODDS: Final = _Odds(2.0, -1.0, -0.5, 1.0, -0.5)


# Nats for a sentence left out, beside its rarity. Gale and Church charge its length,
# which makes a long sentence without a translation swallow its neighbours' partner.
_LEFT_OUT: Final = 2.0
_STEADY: Final = 300  # source characters that the languages' own ratio counts for
_CODE: Final = "code"
_RUNNING: Final = frozenset(("paragraph", "quote", "item"))
_OTHER_KIND: Final = 4.0  # nats for a paragraph that became a list item
_OTHER_LEVEL: Final = (
    2.0  # nats for a heading of another level, a cell of another column
)
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.]+")


class Bead(NamedTuple):
    """Sentences that translate each other.

    Attributes:
        left: First and one past the last sentence of the source.
        right: The same of the translation.
        confidence: 0-100.
    """

    left: tuple[int, int]
    right: tuple[int, int]
    confidence: float


class Place(NamedTuple):
    """Where a sentence stands.

    Attributes:
        block: Number of its block in the document; sentences of two blocks are never
            joined into one side of a pair.
        kind: Kind of the block; unlike kinds are paired only where both are running text.
        level: Level of a heading, column of a cell.
    """

    block: int = 0
    kind: str = "paragraph"
    level: int = 0


class Side(NamedTuple):
    """One document: length, anchors and place of each sentence."""

    lengths: list[int]
    anchors: list[Anchors]
    places: list[Place] = []  # noqa: RUF012  # never changed; one paragraph where empty


def side(
    sentences: Sequence[str],
    concepts: Callable[[str], Anchors],
    *,
    places: Sequence[Place] = (),
) -> Side:
    """Return what pairing needs of a document.

    Args:
        sentences: Its sentences in order.
        concepts: Concepts that a sentence names.
        places: Where each stands; one paragraph where absent.
    """
    stands = list(places) or [Place()] * len(sentences)
    anchors = [
        frozenset((sentence,))
        if place.kind == _CODE
        else concepts(sentence)
        | _values(sentence)
        | _names(sentence)
        | sound_keys(sentence)
        for sentence, place in zip(sentences, stands, strict=True)
    ]
    lengths = [
        1 if place.kind == _CODE else len(sentence)
        for sentence, place in zip(sentences, stands, strict=True)
    ]
    return Side(lengths, anchors, stands)


def pair_sentences(
    left: Side, right: Side, *, ratio: float | None = None
) -> list[Bead]:
    """Return the likeliest pairing, in order, covering every sentence of both sides.

    Args:
        left: Source.
        right: Translation.
        ratio: Characters of translation for each of the source, where the languages
            tell; it steadies short documents, the documents themselves count as well.

    Source:
        W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual
        Corpora", Computational Linguistics 19(1), 1993.
    """
    rows, columns = len(left.lengths), len(right.lengths)
    if len({*left.places, *right.places}) <= 1:
        # One block alone tells no pair from another, and need not be asked for each.
        left, right = left._replace(places=[]), right._replace(places=[])
    worth = _worth(left.anchors, right.anchors)
    # What only one side ever states says nothing about who translates whom.
    left = left._replace(
        anchors=[anchor_set & worth.keys() for anchor_set in left.anchors]
    )
    right = right._replace(
        anchors=[anchor_set & worth.keys() for anchor_set in right.anchors]
    )
    weight = _STEADY if ratio else 1
    ratio = (sum(right.lengths) + weight * (ratio or 1)) / (sum(left.lengths) + weight)
    beads: list[Bead] = []
    for band in sorted({_FEWEST, max(_FEWEST, int(_BAND * max(rows, columns)))}):
        best = _costs(left, right, ratio, worth, band)
        if (rows, columns) not in best:  # documents too unlike for the band
            continue
        beads = _way_back(best, left, right, ratio, worth)
        if not _nears_edge(beads, rows, columns, band):
            break
    return beads


def _costs(
    left: Side, right: Side, ratio: float, worth: Worth, band: int
) -> dict[tuple[int, int], tuple[float, tuple[int, int]]]:
    """Return the least cost up to each pair of places beside the diagonal."""
    rows, columns = len(left.lengths), len(right.lengths)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for row in range(rows + 1):
        middle = row * columns // max(rows, 1)
        for column in range(max(0, middle - band), min(columns, middle + band) + 1):
            if row or column:
                _step(best, (row, column), left, right, ratio, worth)
    return best


def _nears_edge(beads: list[Bead], rows: int, columns: int, band: int) -> bool:
    """Answer whether a pairing strays so far that a wider band may hold a better one."""
    return any(
        abs(bead.right[1] - bead.left[1] * columns // max(rows, 1)) > band // 2
        for bead in beads
    )


def _step(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]],
    at: tuple[int, int],
    left: Side,
    right: Side,
    ratio: float,
    worth: Worth,
) -> None:
    row, column = at
    chosen: tuple[float, tuple[int, int]] | None = None
    for shape in SHAPES:
        before = (row - shape[0], column - shape[1])
        if before not in best:
            continue
        misfit = _misfit(left, right, before, at)
        if misfit is None:
            continue
        cost = best[before][0] + misfit + _cost(left, right, before, at, ratio, worth)
        if chosen is None or cost < chosen[0]:
            chosen = cost, before
    if chosen is not None:
        best[at] = chosen


def _misfit(
    left: Side, right: Side, before: tuple[int, int], at: tuple[int, int]
) -> float | None:
    """Return the cost of pairing unlike places in nats, None where it is not done."""
    if not left.places or not right.places:
        return 0.0
    for places, first, stop in (
        (left.places, before[0], at[0]),
        (right.places, before[1], at[1]),
    ):
        if stop - first > 1 and places[first].block != places[stop - 1].block:
            return None
    if before[0] == at[0] or before[1] == at[1]:
        return 0.0
    place, other = left.places[before[0]], right.places[before[1]]
    if place.kind == other.kind:
        return 0.0 if place.level == other.level else _OTHER_LEVEL
    return _OTHER_KIND if _RUNNING.issuperset((place.kind, other.kind)) else None


def _way_back(
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]],
    left: Side,
    right: Side,
    ratio: float,
    worth: Worth,
) -> list[Bead]:
    beads: list[Bead] = []
    at = (len(left.lengths), len(right.lengths))
    while at != (0, 0):
        before = best[at][1]
        sure = _confidence(left, right, before, at, ratio, worth)
        if sure < _APART and before[0] < at[0] and before[1] < at[1]:
            # Most pairs as unlikely as this are two sentences whose partners are missing.
            beads.append(Bead((at[0], at[0]), (before[1], at[1]), 0.0))
            beads.append(Bead((before[0], at[0]), (before[1], before[1]), 0.0))
        else:
            beads.append(Bead((before[0], at[0]), (before[1], at[1]), sure))
        at = before
    return beads[::-1]


def _cost(
    left: Side,
    right: Side,
    before: tuple[int, int],
    at: tuple[int, int],
    ratio: float,
    worth: Worth,
) -> float:
    shape = (at[0] - before[0], at[1] - before[1])
    cost = _RARITY[shape] + _length_cost(left, right, before, at, ratio)
    common, alone = _anchors(left, right, before, at, worth)
    return cost - common + _ALONE * alone


def _length_cost(
    left: Side, right: Side, before: tuple[int, int], at: tuple[int, int], ratio: float
) -> float:
    mine = sum(left.lengths[before[0] : at[0]])
    theirs = sum(right.lengths[before[1] : at[1]])
    return _cost_of_lengths(mine, theirs, ratio)


@lru_cache(maxsize=1 << 16)  # sentences have few different lengths
def _cost_of_lengths(mine: int, theirs: int, ratio: float) -> float:
    if not mine or not theirs:
        return _LEFT_OUT
    mean = (mine + theirs / ratio) / 2
    expected = mean * ratio
    away = abs(theirs - mine * ratio) / sqrt(
        _VARIANCE * expected + (_SPREAD * expected) ** 2
    )
    # Both tails, as Gale and Church; the floor keeps the logarithm finite.
    return -log(max(erfc(away / sqrt(2)), 1e-12))


def _worth(left: Sequence[Anchors], right: Sequence[Anchors]) -> Worth:
    """Return nats for each anchor that both documents hold: less, the commoner it is."""
    counts = [
        Counter(anchor for anchor_set in side for anchor in anchor_set)
        for side in (left, right)
    ]
    sentences = max(len(left), len(right), 1)
    return {
        anchor: min(_SHARED, log(1 + sentences / max(count, counts[1][anchor])))
        for anchor, count in counts[0].items()
        if anchor in counts[1]
    }


def _anchors(
    left: Side,
    right: Side,
    before: tuple[int, int],
    at: tuple[int, int],
    worth: Worth,
) -> tuple[float, float]:
    """Return the worth of what both sides of a pair hold, and of what one holds."""
    mine = _union(left.anchors[before[0] : at[0]])
    theirs = _union(right.anchors[before[1] : at[1]])
    if not mine and not theirs:
        return 0.0, 0.0
    return sum(worth[anchor] for anchor in mine & theirs), sum(
        worth[anchor] for anchor in mine ^ theirs
    )


def _union(sets: Sequence[Anchors]) -> Anchors:
    return sets[0] if len(sets) == 1 else frozenset().union(*sets)


def _confidence(
    left: Side,
    right: Side,
    before: tuple[int, int],
    at: tuple[int, int],
    ratio: float,
    worth: Worth,
) -> float:
    """Weigh lengths, anchors and the rarity of the shape: a logistic curve, 0-100."""
    shape = (at[0] - before[0], at[1] - before[1])
    if 0 in shape:
        return 0.0
    common, alone = _anchors(left, right, before, at, worth)
    odds = (
        _ODDS.constant
        + _ODDS.length * _length_cost(left, right, before, at, ratio)
        + _ODDS.rarity * log(SHAPES[1, 1] / SHAPES[shape])
        + _ODDS.shared * log(1 + common)
        + _ODDS.alone * log(1 + alone)
    )
    return round(100 / (1 + exp(-odds)), 1)


def _names(text: str) -> Anchors:
    """Return words in Latin letters: names and code stand so in both languages."""
    return frozenset(word.lower().strip(".") for word in _NAME.findall(text))


def _values(text: str) -> Anchors:
    return frozenset(str(value.value) for value in placeables(text))

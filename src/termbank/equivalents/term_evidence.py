"""What a bilingual text says about each Japanese term and each English phrase."""

from __future__ import annotations

from collections import defaultdict
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from .links import box_sums
from .term_spans import Stretch, english, japanese

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from .bitext import Bitext

    Floats = NDArray[np.float64]

# A stretch answers to another where the links inside the box of both are most of the
# links of either: the harmonic share below. A word without links counts as much as
# _LEAST_LINK, or two words would answer to one as well as one does.
_LEAST_LINK: Final = 0.3
_LEAST_SHARE: Final = 0.6  # below, nothing in the segment answers to the term
_NEAR_BEST: Final = 0.7  # phrases kept beside the best one, by their share of its share
_KEPT: Final = 8  # phrases a term is weighed with in the end
# Segments. A shorter text is taken as a part of one so long that has neither word
# elsewhere: by itself it could not tell an accident from anything.
SHORTEST_TEXT: Final = 1000
_EXAMPLES: Final = 3  # segments named as evidence


class Sighting:
    """Sum of what all segments say about one term and one phrase.

    Attributes:
        weight: Sum of shares, at most 1 a segment.
        count: Places where the phrase answered to the term.
        forms: Spellings of the phrase and how often each was seen.
        examples: First segments, as places in the bitext.
    """

    __slots__ = ("count", "examples", "forms", "weight")

    def __init__(self) -> None:
        self.weight, self.count = 0.0, 0
        self.forms: dict[str, int] = {}
        self.examples: list[int] = []

    def add(self, share: float, form: str, segment: int) -> None:
        """Count one place."""
        self.weight += share
        self.count += 1
        self.forms[form] = self.forms.get(form, 0) + 1
        if len(self.examples) < _EXAMPLES and segment not in self.examples:
            self.examples.append(segment)


class Evidence(NamedTuple):
    """One phrase for one term, with its counts.

    Attributes:
        phrase: Stems, a space between.
        sighting: What the links say.
        term_count: Occurrences of the term.
        term_segments: Segments with the term.
        phrase_segments: Segments with the phrase.
        both: Segments with term and phrase.
        segments: Segments of the text.
    """

    phrase: str
    sighting: Sighting
    term_count: int
    term_segments: int
    phrase_segments: int
    both: int
    segments: int

    @property
    def dice(self) -> float:
        """Dice coefficient of the segments, 0-1."""
        return 2.0 * self.both / (self.term_segments + self.phrase_segments)

    @property
    def log_likelihood(self) -> float:
        """Log-likelihood ratio of term and phrase, negative where they avoid each other."""
        whole = max(self.segments, SHORTEST_TEXT)
        return log_likelihood(
            self.both, self.term_segments, self.phrase_segments, whole
        )


def log_likelihood(both: int, one: int, other: int, whole: int) -> float:
    """Return the log-likelihood ratio of two events, negative where they avoid each other.

    Args:
        both: Segments with both.
        one: Segments with the first.
        other: Segments with the second.
        whole: All segments.

    Source:
        Dunning 1993, "Accurate Methods for the Statistics of Surprise and Coincidence".

    >>> round(log_likelihood(10, 10, 10, 1000)), round(log_likelihood(1, 100, 100, 1000))
    (112, -15)
    """
    cells = (both, one - both, other - both, whole - one - other + both)
    rows = (one, one, whole - one, whole - one)
    columns = (other, whole - other, other, whole - other)
    total = 2.0 * sum(
        cell * log(cell * whole / (row * column))
        for cell, row, column in zip(cells, rows, columns, strict=True)
        if cell > 0
    )
    return total if both * whole >= one * other else -total


def evidence_of(bitext: Bitext, links: Sequence[Floats]) -> dict[str, list[Evidence]]:
    """Return for each Japanese term the phrases that may be its English, best linked first.

    Terms that stand only inside one longer term are left out.
    """
    places: dict[str, list[int]] = defaultdict(list)
    inside: dict[str, str] = {}
    sightings: dict[str, dict[str, Sighting]] = defaultdict(dict)
    for at, table in enumerate(links):
        terms = list(_terms(bitext, at))
        for term in terms:
            places[term.text].append(at)
        _note_containers(terms, inside)
        for name, phrase, form, share in _answers(bitext, at, terms, table):
            by_phrase = sightings[name]
            if phrase not in by_phrase:
                by_phrase[phrase] = Sighting()
            by_phrase[phrase].add(share, form, at)
    best_phrases = {
        term: sorted(by_phrase.items(), key=lambda item: (-item[1].weight, item[0]))[
            :_KEPT
        ]
        for term, by_phrase in sorted(sightings.items())
        if not inside[term]
    }
    return _count(bitext, best_phrases, places)


def _terms(bitext: Bitext, at: int) -> Iterator[Stretch]:
    places = bitext.ja_places[at].tolist()
    return japanese(bitext.segments[at].ja, bitext.tokens[at], places)


def _phrases(bitext: Bitext, at: int) -> list[tuple[Stretch, str]]:
    """English stretches of a segment, each with its stems."""
    forms, numbers = bitext.en_forms, bitext.en[at].tolist()
    stretches = english(
        bitext.segments[at].en,
        bitext.words[at],
        bitext.en_places[at].tolist(),
        bitext.verbs,
    )
    return [
        (
            each,
            " ".join(forms[number] for number in numbers[each.first : each.last + 1]),
        )
        for each in stretches
    ]


def _note_containers(terms: Sequence[Stretch], inside: dict[str, str]) -> None:
    """Remember the one longer term that a term stands in; empty once it stands free."""
    for term in terms:
        holders = [
            other.text
            for other in terms
            if other.first <= term.first
            and term.last <= other.last
            and other.last - other.first > term.last - term.first
        ]
        holder = max(holders, key=len) if holders else ""
        if inside.setdefault(term.text, holder) != holder:
            inside[term.text] = ""


def _answers(
    bitext: Bitext, at: int, terms: Sequence[Stretch], table: Floats
) -> Iterator[tuple[str, str, str, float]]:
    """Yield term, phrase, its spelling and share for what answers to each other."""
    rows, columns = table.shape
    terms = [term for term in terms if term.last < rows]
    phrases = [each for each in _phrases(bitext, at) if each[0].last < columns]
    if not terms or not phrases:
        return
    across = [(term.first, term.last + 1) for term in terms]
    down = [(phrase.first, phrase.last + 1) for phrase, _ in phrases]
    inside, of_term, of_phrase = box_sums(table, across, down)
    least_term = np.array([_LEAST_LINK * (stop - start) for start, stop in across])
    least_phrase = np.array([_LEAST_LINK * (stop - start) for start, stop in down])
    whole = np.maximum(of_term, least_term)[:, None] + np.maximum(
        of_phrase, least_phrase
    )
    shares = 2.0 * inside / whole
    best = shares.max(axis=1)
    good = (shares >= _NEAR_BEST * best[:, None]) & (best[:, None] >= _LEAST_SHARE)
    for row, column in zip(*np.nonzero(good), strict=True):
        phrase, stems = phrases[column]
        yield terms[row].text, stems, phrase.text, float(shares[row, column])


def _count(
    bitext: Bitext,
    best_phrases: dict[str, list[tuple[str, Sighting]]],
    places: dict[str, list[int]],
) -> dict[str, list[Evidence]]:
    """Add the counts of segments with the phrase, and with both."""
    phrase_set = {phrase for phrases in best_phrases.values() for phrase, _ in phrases}
    places_of: dict[str, set[int]] = {phrase: set() for phrase in phrase_set}
    for at in range(len(bitext.segments)):
        for _, stems in _phrases(bitext, at):
            if stems in places_of:
                places_of[stems].add(at)
    out: dict[str, list[Evidence]] = {}
    for term, phrases in best_phrases.items():
        segments = set(places[term])
        out[term] = [
            Evidence(
                phrase,
                sighting,
                len(places[term]),
                len(segments),
                len(places_of[phrase]),
                len(segments & places_of[phrase]),
                len(bitext.segments),
            )
            for phrase, sighting in phrases
        ]
    return out

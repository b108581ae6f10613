"""Chances of names against all rows of labels counted one by one; the best choice."""

from itertools import combinations, pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.mining.names.name_rules import Name
from termbank.mining.names.span_candidates import LEAST, NEVER, Segments, segments
from termbank.mining.names.span_features import rivals_of
from termbank.mining.names.span_model import choose_spans

# Outside, begin, inside, end, single.
NEXT = {0: (0, 1, 4), 1: (2, 3), 2: (2, 3), 3: (0, 1, 4), 4: (0, 1, 4)}


def _transitions(random: np.random.Generator) -> np.ndarray:
    out = np.full((5, 5), NEVER, np.float32)
    for before, after in NEXT.items():
        out[before, list(after)] = random.normal(size=len(after))
    return out


def _counted(
    scores: np.ndarray, transitions: np.ndarray
) -> dict[tuple[int, int], float]:
    total, found = 0.0, {}
    for row in product(range(5), repeat=len(scores)):
        legal = row[0] not in (2, 3) and row[-1] not in (1, 2)
        if not legal or any(b not in NEXT[a] for a, b in pairwise(row)):
            continue
        score = sum(scores[at, label] for at, label in enumerate(row))
        score += sum(transitions[a, b] for a, b in pairwise(row))
        weight = np.exp(float(score))
        total += weight
        start = 0
        for at, label in enumerate(row):
            start = at if label in (1, 4) else start
            if label in (3, 4):
                found[start, at + 1] = found.get((start, at + 1), 0) + weight
    return {span: weight / total for span, weight in found.items()}


@pytest.mark.parametrize("seed", range(4))
def test_chances_are_those_of_all_rows_of_labels(seed: int) -> None:
    random = np.random.default_rng(seed)
    lengths = [5, 1, 3]
    scores = random.normal(scale=2, size=(sum(lengths), 5)).astype(np.float32)
    transitions = _transitions(random)
    sentences = np.repeat(np.arange(len(lengths)), lengths)
    found = segments(scores, sentences, transitions)
    wanted = {}
    for number in range(len(lengths)):
        rows = np.flatnonzero(sentences == number)
        for (a, b), chance in _counted(scores[rows], transitions).items():
            if chance >= LEAST:
                wanted[int(rows[0]) + a, int(rows[0]) + b] = chance
    given_ = dict(
        zip(
            zip(found.first.tolist(), found.last.tolist(), strict=True),
            found.chance,
            strict=True,
        )
    )
    assert list(given_) == sorted(wanted)
    assert given_ == pytest.approx(wanted, rel=1e-4)


SPANS = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 4), st.integers(-4, 9)),
    max_size=7,
    unique_by=lambda one: one[:2],
)


def _segments(rows: list[tuple[int, int, int]]) -> tuple[Segments, np.ndarray]:
    rows = sorted((first, first + length, odds) for first, length, odds in rows)
    first, last, odds = np.array(rows, np.int64).reshape(-1, 3).T
    chance = 1 / (1 + np.exp(-odds.astype(np.float64)))
    return Segments(first, last, chance), odds.astype(np.float32)


@given(SPANS)
@settings(deadline=None)
def test_the_chosen_stretches_have_the_largest_sum(rows: list) -> None:
    spans, odds = _segments(rows)
    names = choose_spans(spans, odds)
    assert all(a.last <= b.first for a, b in pairwise(names))
    every = [
        (Name(int(a), int(b)), float(x))
        for a, b, x in zip(*spans[:2], odds, strict=True)
    ]
    value = dict(every)
    best = max(
        sum(gain for _, gain in some)
        for size in range(len(every) + 1)
        for some in combinations(every, size)
        if all(
            one.last <= two.first or two.last <= one.first
            for (one, _), (two, _) in combinations(some, 2)
        )
    )
    assert sum(value[name] for name in names) == pytest.approx(best)


@given(SPANS)
@settings(deadline=None)
def test_rivals_are_the_likeliest_around_inside_and_across(rows: list) -> None:
    spans, _ = _segments(rows)
    around, inside, across = rivals_of(spans)
    for one, (a, b) in enumerate(zip(spans.first, spans.last, strict=True)):
        wanted = [0.0, 0.0, 0.0]
        for two, (c, d) in enumerate(zip(spans.first, spans.last, strict=True)):
            if one == two or d <= a or b <= c:
                continue
            kind = 0 if c <= a and b <= d else 1 if a <= c and d <= b else 2
            wanted[kind] = max(wanted[kind], spans.chance[two])
        assert [around[one], inside[one], across[one]] == pytest.approx(wanted)

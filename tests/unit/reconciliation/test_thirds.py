"""Pairs that a third form joins."""

from itertools import combinations
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from termbank.reconciliation.model import transitive_links
from termbank.reconciliation.model.transitive_links import REASON, through_thirds
from termbank.reconciliation.relations.relation_links import Link


def never(ours: list[int], theirs: list[int]) -> bool:
    return False


def link(left: int, right: int, similarity: float, relation: str = "spelling") -> Link:
    return Link(left, right, similarity, relation, ("edit",), "ask")


def test_a_pair_that_nothing_linked_asks_as_surely_as_both_links_are_right():
    found = through_thirds([link(0, 1, 90.0), link(1, 2, 60.0)], never)
    assert found[2:] == [Link(0, 2, 54.0, "spelling", (REASON,), "ask")]


def test_a_form_introduces_its_twelve_strongest_partners_and_no_others():
    held = [link(0, other, 100.0 - other) for other in range(1, 15)]
    new = through_thirds(held, never)[len(held) :]
    pairs = {(one.left, one.right) for one in new}
    assert pairs == set(combinations(range(1, 13), 2))


def test_unsure_links_introduce_nobody():
    held = [link(0, 1, 99.0), link(1, 2, 40.0)]
    assert through_thirds(held, never) == held


def test_what_must_stay_apart_is_not_asked_about():
    held = [link(0, 1, 99.0), link(1, 2, 90.0)]
    assert through_thirds(held, lambda ours, theirs: True) == held


def test_other_relations_prove_no_spelling():
    held = [link(0, 1, 99.0), link(1, 2, 90.0, "synonym")]
    assert through_thirds(held, never) == held


@given(
    st.dictionaries(
        st.sampled_from(list(combinations(range(6), 2))), st.integers(1, 100)
    ),
    st.sampled_from([2, 3, transitive_links.MOST_PARTNERS]),
)
def test_the_slow_way_gives_the_same(similarity: dict[tuple[int, int], int], most: int):
    held = [link(*pair, float(value)) for pair, value in sorted(similarity.items())]
    between = {**similarity, **{(b, a): value for (a, b), value in similarity.items()}}
    near = {
        c: sorted(
            (a for a in range(6) if (a, c) in between),
            key=lambda a: (-between[a, c], a),
        )[:most]
        for c in range(6)
    }
    expected = {}
    for a, b in combinations(range(6), 2):
        own = similarity.get((a, b), 0)
        through = [
            round(between[a, c] * between[c, b] / 100, 2)
            for c in range(6)
            if {a, b} <= {*near[c]}
        ]
        best = max([own, *through])
        if own or best >= 50:
            expected[a, b] = float(best)
    with patch.object(transitive_links, "MOST_PARTNERS", most):
        found = through_thirds(held, never)
    assert {(one.left, one.right): one.similarity for one in found} == expected

"""Every reason for which two groups may never share a concept, and what outranks it."""

import polars as pl
import pytest

from termbank.reconciliation.blocking.cannot_link import Apart
from termbank.reconciliation.clustering.decisions import Decided
from termbank.reconciliation.features import form_table
from termbank.reconciliation.relations import relation_tables

TABLES = relation_tables.shipped_relations()
WORDS = ["あいう", "あいえ", "かきく", "かきけ"]


def apart(forms=WORDS, *, same=(), different=(), concepts=None, alike=None):
    frame = form_table.of_sequence(forms)
    assert frame["form"].to_list() == forms
    if concepts:
        frame = frame.with_columns(concept_id=pl.Series(concepts, dtype=pl.String))
    known = Decided(frozenset(same), frozenset(different), {}, {})
    return Apart(frame, known, TABLES, alike or {})


@pytest.mark.parametrize("groups", [([0], [2]), ([2], [0]), ([0, 1], [2, 3])])
def test_a_person_parts_whole_groups_and_outranks_the_glossary(groups):
    assert apart(different=[(0, 2)])(*groups)
    held = ["a", "a", "a", "a"]
    assert apart(different=[(0, 2)], concepts=held)(*groups)
    assert apart(different=[(0, 2)], same=[(1, 3)])(*groups)
    assert not apart(different=[(0, 3)])([0], [2])


@pytest.mark.parametrize("groups", [([0], [2]), ([2], [0]), ([0, 1], [2, 3])])
def test_two_concepts_of_the_glossary_stay_two_unless_a_person_joins_them(groups):
    two = ["a", "a", "b", None]
    assert apart(concepts=two)(*groups)
    assert apart(concepts=["b", "b", "a", None])(*groups)
    assert not apart(concepts=two, same=[(0, 2)])(*groups)
    assert not apart(concepts=["a", "a", "a", None])(*groups)


def test_a_form_the_glossary_lacks_may_join_one_of_its_concepts():
    vetoes = apart(concepts=["a", "a", "b", None])
    assert not vetoes([0], [3])
    assert not vetoes([3], [2])
    assert not vetoes([0], [1])


def test_what_the_glossary_holds_together_needs_no_likeness():
    unlike = {(0, 2): 1.0, (0, 3): 1.0}
    assert apart(alike=unlike)([0, 1], [2, 3])
    assert not apart(alike=unlike, concepts=["a", "a", "a", "a"])([0, 1], [2, 3])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("ジョン・スミス", "ジョン・ベーカー", True),
        ("ジョン・スミス", "メアリー・スミス", True),
        ("ジョン・スミス", "ジョン・スミス氏", False),
        ("ジョン・フランク・スミス", "ジョン・フランク・ベーカー", True),
        # Only full names are compared, part by part, within one script.
        ("ジョン・スミス", "ベーカー", False),
        ("ジョン・スミス", "ジョン・フランク・ベーカー", False),
        ("ジョン・ベーカー", "John.Smith", False),
        ("John.Baker", "John.Smith", True),
    ],
)
def test_full_names_are_compared_part_by_part(left, right, expected):
    forms = sorted([left, right])
    assert apart(forms)([0], [1]) is expected
    assert apart(forms)([1], [0]) is expected


def test_one_name_that_disagrees_parts_whole_groups():
    forms = sorted(["ジョン・スミス", "ジョン・ベーカー", "スミス", "ベーカー"])
    john = [forms.index(form) for form in ("ジョン・スミス", "スミス")]
    baker = [forms.index(form) for form in ("ジョン・ベーカー", "ベーカー")]
    assert apart(forms)(john, baker)
    assert not apart(forms)([john[1]], [baker[1]])


def test_a_mean_of_exactly_one_half_is_believed():
    assert not apart(alike={(0, 2): 60.0, (0, 3): 40.0})([0, 1], [2, 3])


def test_every_member_of_a_group_is_compared_with_a_lone_form():
    forms = sorted(["ジョン・スミス", "ア", "ジョン・ベーカー"])
    word, lone = forms.index("ア"), forms.index("ジョン・スミス")
    group = sorted([word, forms.index("ジョン・ベーカー")])
    assert apart(forms)(group, [lone])
    assert apart(forms)([lone], group)


def test_two_unlike_pairs_are_enough_to_part_a_form_from_a_group():
    assert apart(alike={(0, 2): 60.0, (0, 3): 30.0})([0], [2, 3])

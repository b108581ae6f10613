"""What speaks for and against pairs, beyond their edits."""

import numpy as np
import polars as pl
import pytest

from termbank.reconciliation.features.edit_features import EDIT_KEYS
from termbank.reconciliation.features.form_features import describe_forms
from termbank.reconciliation.features.pair_features import (
    NO_COMPANY,
    NUMBERS,
    gather_evidence,
)

FORMS = pl.Series(
    sorted(
        ["ヴァイオリン", "バイオリン", "バイオレット", "エヌシー", "エヌ・ジー", "NC", "エヌジイ",
         "トンズラリウム", "パス", "パース", "電子メール", "Eメール"]
    )
)  # fmt: skip


def number(name, left, right):
    rows = [np.array([FORMS.to_list().index(form)]) for form in (left, right)]
    evidence = gather_evidence(describe_forms(FORMS), *rows)
    return float(evidence.numbers[0, NUMBERS.index(name)])


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("ヴァイオリン", "トンズラリウム", 0),
        ("ヴァイオリン", "バイオリン", 1),
        ("バイオレット", "バイオリン", -1),
        ("パス", "パース", -1),
    ],
)
def test_words_of_one_lexeme_agree_and_unlisted_ones_say_nothing(left, right, expected):
    assert number("same_lexeme", left, right) == expected


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("エヌシー", "パス", 0),
        ("エヌシー", "エヌ・ジー", -1),
        ("エヌ・ジー", "エヌジイ", 0),
    ],
)
def test_spelled_out_letters_disagree_where_a_letter_differs(left, right, expected):
    assert number("same_letters", left, right) == expected


def test_a_word_without_a_vector_has_no_company():
    assert number("company", "パス", "トンズラリウム") == NO_COMPANY
    assert -1 <= number("company", "パス", "パース") < 0.5
    assert number("company", "パス", "パス") == pytest.approx(1, abs=0.02)


def test_a_spelling_is_rare_whose_normal_form_is_common():
    assert number("rarity_less", "ヴァイオリン", "バイオリン") == number(
        "rarity_more", "ヴァイオリン", "バイオリン"
    )
    assert number("written_less", "ヴァイオリン", "バイオリン") < number(
        "written_more", "ヴァイオリン", "バイオリン"
    )


def test_a_pair_has_one_evidence_whichever_form_comes_first():
    about = describe_forms(FORMS)
    left, right = np.triu_indices(len(FORMS), 1)
    ours, theirs = (
        gather_evidence(about, left, right),
        gather_evidence(about, right, left),
    )
    assert np.array_equal(ours.numbers, theirs.numbers)
    assert ours.edit_keys.shape == (EDIT_KEYS, len(ours.edits.pair))
    assert keys_of(ours, len(left)) == keys_of(theirs, len(left))


def keys_of(evidence, count):
    """All keys of each pair, sorted."""
    pair = evidence.edits.pair
    return [sorted(evidence.edit_keys[:, pair == at].ravel()) for at in range(count)]

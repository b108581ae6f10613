"""English words are compared without what inflects them, and only that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from termbank.text.word_forms import bare_words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("news", "new"),
        ("us", "u"),
        ("crisis", "crisi"),
        ("class", "clas"),
        ("residents", "resident states"),
        ("generals", "generous"),
    ],
)
def test_other_words_stay_apart(left, right):
    assert bare_words(left) != bare_words(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("heads of state", "head of state"),
        ("POWs", "POW"),
        ("allies", "ally"),
        ("crises", "crisis"),
        ("the U.S.", "US"),
        ("Kyiv's", "Kyiv"),
        ("allies’", "ally"),
        ("cease-fires", "cease fire"),
        ("Keio Univ.", "Keio University"),
        ("Dept. of State", "department of state"),
        ("spokesmen", "spokesman"),
        ("taxes", "tax"),
    ],
)
def test_inflected_words_meet(left, right):
    assert bare_words(left) == bare_words(right)


@given(st.text(max_size=40))
def test_any_text_is_folded_without_fault(text):
    assert bare_words(text) == bare_words(f" {text} ")

"""Laws of spellings and of mined pairs, for any text at all."""

from hypothesis import given, settings
from hypothesis import strategies as st

import termbank
from termbank.equivalents.brackets import glosses
from termbank.equivalents.noun_forms import family, noun_of
from termbank.equivalents.romaji import SYMBOLS, symbols
from termbank.equivalents.text_spans import spans

KANA = st.text(alphabet="アイウキシルスクコーッャンヴァ・ティ", max_size=12)
ANY = st.text(max_size=30)
LATIN = st.text(alphabet="abcdeiklnorsuvyz' -.", max_size=16)


@settings(max_examples=60, deadline=None)
@given(KANA | ANY, st.lists(LATIN | ANY, max_size=6))
def test_ranking_loses_and_invents_nothing(name, candidates):
    ranked = termbank.rank_spellings(name, candidates)
    assert sorted(each for each, _ in ranked) == sorted(candidates)
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0.0 <= score <= 100.0 for score in scores)


@settings(max_examples=60, deadline=None)
@given(KANA, st.lists(LATIN, max_size=6), st.randoms(use_true_random=False))
def test_order_of_candidates_changes_no_score(name, candidates, chance):
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    there = termbank.rank_spellings(name, candidates)
    back = termbank.rank_spellings(name, shuffled)
    assert sorted((e, round(s, 9)) for e, s in there) == sorted(
        (e, round(s, 9)) for e, s in back
    )


@settings(max_examples=60, deadline=None)
@given(KANA | ANY, ANY)
def test_best_spelling_stands_in_the_text(name, text):
    found = termbank.best_spelling(name, text, at_least=0.0)
    assert found is None or found[0] in text


@given(ANY)
def test_symbols_are_of_the_alphabet(text):
    assert set(symbols(text)) <= set(SYMBOLS)


@given(ANY, st.integers(min_value=1, max_value=4))
def test_spans_stand_in_the_text(text, parts):
    assert all(span in text for span, _ in spans(text, parts))


@given(st.text(alphabet="停戦案カナ(（)）「」CSIab・、 1", max_size=30))
def test_glosses_lie_in_the_text_one_after_another(text):
    found = list(glosses(text))
    assert all(gloss.ja in text and gloss.en in text for gloss in found)
    ends = [gloss.end for gloss in found]
    assert ends == sorted(ends)
    assert all(0 <= gloss.start < gloss.end <= len(text) for gloss in found)


@given(
    st.dictionaries(
        st.text(alphabet="abdeginostz", min_size=1, max_size=9), st.integers(1, 9)
    )
)
def test_the_noun_is_one_of_the_forms_seen(seen):
    if seen:
        assert noun_of(seen) in seen
    assert all(family(form) for form in seen)

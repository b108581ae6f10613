"""Look-up and scanning agree with slow and obvious readings of their promises."""

from itertools import pairwise
from unicodedata import normalize

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from termbank.glossary import Glossary, index
from termbank.term_search import lookup, scan
from termbank.text.boundaries import stands_alone
from termbank.text.normalise import Mapped, _by_cluster, norm, normalise_mapped

# Few characters, so that forms meet, nest and overlap; some that normalising changes.
CHARACTERS = "キエフーワドｷﾄﾞ停戦側の露NaＡ1㍿Ⅳ゛ﾞ\u3099ßİ・ \n。"
FORMS = st.text(
    st.sampled_from("キエフーワドｷﾄﾞ停戦側の露NaＡ1・"), min_size=1, max_size=4
)
# The first call of all loads modules, and machines are shared.
CALM = settings(deadline=None)
STATUSES = st.sampled_from(["preferred", "admitted", "deprecated"])
TEXTS = st.text(st.sampled_from(CHARACTERS), max_size=40)


@st.composite
def glossaries(draw):
    rows = draw(
        st.lists(
            st.tuples(
                st.integers(0, 3), st.sampled_from(["ja", "en"]), FORMS, STATUSES
            ),
            max_size=8,
            unique_by=lambda row: row[:3],
        )
    )
    columns = {
        "concept_id": [f"{number:012x}" for number, *_ in rows],
        "lang": [row[1] for row in rows],
        "form": [row[2] for row in rows],
        "status": [row[3] for row in rows],
    }
    types = dict.fromkeys(columns, pl.String)
    return Glossary(terms=pl.DataFrame(columns, schema=types))


def by_brute_force(text, forms):
    """Try every form at every place, the longest first; go on behind what fits."""
    plain = _by_cluster(text)
    longest_first = sorted(set(forms), key=lambda form: -len(norm(form)))
    at, found = 0, []
    while at < len(plain.text):
        for form in longest_first:
            end = at + len(norm(form))
            if plain.text[at:end] != norm(form) or not is_whole(plain, at, end):
                continue
            left, right = plain.original(at, end)
            if end - at > 2 or width_aside(form) == width_aside(text[left:right]):
                found.append((left, right))
                at = end - 1
                break
        at += 1
    return found


def width_aside(text):
    return normalize("NFKC", text)


def is_whole(plain: Mapped, start, end):
    borders = set(range(len(plain.text) + 1)) - {
        at
        for at in range(1, len(plain.text))
        if plain.starts[at] == plain.starts[at - 1]
    }
    return {start, end} <= borders and stands_alone(plain.text, start, end)


@CALM
@given(TEXTS, glossaries())
@example("ドキエフキエフ", Glossary.from_variants({"キエフ": []}, lang="ja"))
def test_scan_finds_what_brute_force_finds(text, glossary):
    hits = scan(text, glossary=glossary)
    forms = glossary.terms["form"].to_list()
    assert [(hit.start, hit.end) for hit in hits] == by_brute_force(text, forms)
    assert all(text[hit.start : hit.end] == hit.surface for hit in hits)
    assert all(norm(hit.form) == norm(hit.surface) for hit in hits)


@CALM
@given(TEXTS, glossaries())
def test_hits_never_overlap(text, glossary):
    hits = scan(text, glossary=glossary)
    assert all(one.end <= two.start for one, two in pairwise(hits))


@CALM
@given(st.text(st.characters(codec=None), max_size=20), glossaries())
@example("\ud83dキエフ\udc00", Glossary.from_variants({"キエフ": []}, lang="ja"))
def test_no_text_is_too_strange(text, glossary):
    hits = scan(text, glossary=glossary)
    assert all(text[hit.start : hit.end] == hit.surface for hit in hits)
    lookup(text, glossary=glossary, at_least=0.0)


@CALM
@given(glossaries())
def test_an_exact_form_comes_first(glossary):
    for form in glossary.terms["form"]:
        entry = lookup(form, glossary=glossary)[0]
        assert entry.score == 100.0
        assert form in (entry.preferred, *(other for other, _ in entry.forms))


@CALM
@given(glossaries(), FORMS)
def test_answers_come_in_order_and_above_the_cut_off(glossary, query):
    entries = lookup(query, glossary=glossary, at_least=60.0)
    scores = [entry.score for entry in entries]
    assert scores == sorted(scores, reverse=True)
    assert all(60.0 <= score <= 100.0 for score in scores)
    identifiers = [entry.concept_id for entry in entries]
    assert len(identifiers) == len(set(identifiers)) <= 5


@settings(max_examples=25, deadline=None)  # writes files
@given(glossary=glossaries(), text=TEXTS, query=FORMS)
def test_answers_are_the_same_from_cache_files_and_objects(
    glossary, text, query, tmp_path_factory
):
    place = tmp_path_factory.mktemp("glossary")
    glossary.write(place)
    answers = []
    for one in (glossary, str(place), str(place)):
        index._recent.clear()
        answers.append((lookup(query, glossary=one), scan(text, glossary=one)))
    assert answers[0] == answers[1] == answers[2]


@CALM
@given(st.text(st.sampled_from(CHARACTERS), max_size=20) | st.text(max_size=20))
def test_the_quick_way_of_normalising_changes_nothing(text):
    quick, slow = normalise_mapped(text), _by_cluster(text)
    assert quick.text == slow.text
    assert list(quick.starts) == slow.starts

"""Strategies of concepts for the tests of formats."""

from hypothesis import strategies as st

from termbank.formats.model.concept_records import (
    TERM_FIELDS,
    Concept,
    Definition,
    Term,
)

LETTERS = st.sampled_from("キーウエフ露米停戦abcXYZ &<>\"'=;|,#-・。")
FORMS = st.text(LETTERS, min_size=1, max_size=8).map(str.strip).filter(bool)
TEXTS = st.one_of(st.just(""), FORMS)
STATUSES = st.sampled_from(
    ["", "preferred", "admitted", "deprecated", "forbidden", "proposed"]
)


@st.composite
def terms(draw, form):
    term = Term(draw(st.sampled_from(["ja", "en", "fr"])), form)
    for name in TERM_FIELDS:
        setattr(term, name, draw(TEXTS))
    term.status = draw(STATUSES)
    term.term_type = draw(st.sampled_from(["", "full form", "acronym"]))
    term.since = draw(st.sampled_from(["", "2022-03-31"]))
    term.until = ""
    return term


@st.composite
def concepts(draw):
    forms = draw(st.lists(FORMS, min_size=1, max_size=8, unique_by=str.casefold))
    records, rest = [], list(forms)
    while rest:
        record = Concept(f"c{len(records) + 1}")
        count = draw(st.integers(1, len(rest)))
        record.terms = [draw(terms(form)) for form in rest[:count]]
        rest = rest[count:]
        record.domain = draw(TEXTS)
        record.kind = draw(st.sampled_from(["", "place", "term"]))
        langs = {term.lang for term in record.terms}
        for lang in sorted(langs | {"und"}):
            if text := draw(TEXTS):
                record.definitions.append(Definition(lang, text, draw(TEXTS)))
        records.append(record)
    return records

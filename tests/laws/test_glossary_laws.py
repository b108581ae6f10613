"""What every glossary keeps: its files, its forms, and itself."""

from datetime import date

import polars as pl
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from termbank.errors import GlossaryError
from termbank.glossary import Glossary, concept_id
from termbank.proposal import Proposal
from termbank.schemas import Concepts as ConceptsSchema
from termbank.schemas import Links, check_frame
from termbank.schemas import Terms as TermsSchema
from termbank.table_columns import ACTIONS, KINDS, RELATIONS, STATUSES

KEY = ("lang", "action", "left", "right")
SMALL = st.text(st.sampled_from("キエフウー停戦A"), min_size=1, max_size=3)
PRINTABLE = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=6
)
NOTES = st.none() | st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=8
)
DATES = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
# Checked frames take milliseconds each; so many cases still meet every branch.
FEWER = settings(max_examples=40, deadline=None)
IDS = st.integers(0, 3).map(lambda number: f"{number:012x}")
LANGS = st.sampled_from(["ja", "en", "en-GB"])


@st.composite
def glossaries(draw, forms=SMALL):
    def frame(row, key):
        rows = draw(st.lists(row, max_size=6, unique_by=key))
        # Dates and texts may all be absent, so that Polars cannot tell their type.
        return pl.DataFrame(rows, infer_schema_length=None) if rows else None

    terms = st.fixed_dictionaries(
        {
            "concept_id": IDS,
            "lang": LANGS,
            "form": forms,
            "reading": NOTES,
            "status": st.sampled_from(STATUSES),
            "relation": st.none() | st.sampled_from(RELATIONS),
            "since": DATES,
            "until": DATES,
            "note": NOTES,
        }
    )
    concepts = st.fixed_dictionaries(
        {
            "concept_id": IDS,
            "kind": st.sampled_from(KINDS),
            "domain": NOTES,
            "status": st.sampled_from(STATUSES),
            "since": DATES,
        }
    )
    texts = st.fixed_dictionaries(
        {"concept_id": IDS, "lang": LANGS, "text": NOTES.map(lambda text: text or "。")}
    )
    decisions = st.fixed_dictionaries(
        {
            "lang": st.sampled_from(["ja", "en"]),
            "action": st.sampled_from(ACTIONS),
            "left": forms,
            "right": forms,
            "who": NOTES,
            "when": st.none() | st.datetimes(allow_imaginary=False),
            "why": NOTES,
        }
    ).map(_as_people_decide)
    return Glossary(
        frame(concepts, lambda row: row["concept_id"]),
        frame(texts, lambda row: (row["concept_id"], row["lang"])),
        frame(terms, lambda row: (row["concept_id"], row["lang"], row["form"])),
        frame(decisions, lambda row: tuple(row[name] for name in KEY)),
    )


def _as_people_decide(row):
    if row["action"] not in ("same", "different"):
        return {**row, "right": ""}
    return row


@st.composite
def proposals(draw):
    groups = draw(
        st.lists(st.lists(SMALL, min_size=1, max_size=3, unique=True), max_size=3)
    )
    concepts, terms, taken = [], [], set()
    for forms in groups:
        identifier = concept_id("ja", forms[0], taken)
        taken.add(identifier)
        concepts.append((identifier, "place", "preferred"))
        for at, form in enumerate(forms):
            status = draw(st.sampled_from(STATUSES[1:])) if at else "preferred"
            terms.append((identifier, "ja", form, status))
    columns = ["concept_id", "lang", "form", "status"]
    return Proposal(
        Links.create_empty(),
        check_frame(
            ConceptsSchema, _frame(concepts, ["concept_id", "kind", "status"]), "c"
        ),
        check_frame(TermsSchema, _frame(terms, columns), "t"),
    )


def _frame(rows, columns):
    return pl.DataFrame(rows, dict.fromkeys(columns, pl.String), orient="row")


@FEWER
@given(glossary=glossaries(PRINTABLE))
def test_a_written_glossary_reads_back_equal(glossary, tmp_path_factory):
    place = tmp_path_factory.mktemp("glossary")
    glossary.write(place)
    assert Glossary.read(place) == glossary
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    Glossary.read(place).write(place)
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before


@FEWER
@given(glossaries(), proposals())
def test_applying_twice_is_applying_once(glossary, proposal):
    once = glossary.apply(proposal)
    assert once.apply(proposal) == once


@FEWER
@given(glossaries(), proposals())
def test_applying_never_loses_a_form_and_adds_no_rejected_one(glossary, proposal):
    made = glossary.apply(proposal)
    before = set(glossary.terms.select("lang", "form").iter_rows())
    after = set(made.terms.select("lang", "form").iter_rows())
    assert before <= after
    rejected = glossary.decisions.filter(pl.col("action") == "reject")
    added = {form for _, form in after - before}
    assert added <= set(proposal.terms["form"])
    japanese = set(rejected.filter(pl.col("lang") == "ja")["left"])
    assert not added & japanese


EDITS = ("prefer", "admit", "retire", "reject", "merge", "split")


@FEWER
@given(glossaries(), st.data())
def test_edits_never_change_the_original(glossary, data):
    copy = Glossary(
        glossary.concepts, glossary.definitions, glossary.terms, glossary.decisions
    )
    forms = glossary.terms.filter(pl.col("lang") == "ja")["form"].to_list()
    assume(forms)
    name = data.draw(st.sampled_from(EDITS))
    words = [data.draw(st.sampled_from(forms)) for _ in range(1 + (name == "merge"))]
    try:
        changed = getattr(glossary, name)(*words)
    except GlossaryError:
        changed = None
    assert glossary == copy
    if changed is not None and name != "split":
        assert changed.decisions.height


@FEWER
@given(
    st.lists(st.lists(SMALL, min_size=1, max_size=3), min_size=2, max_size=3),
    st.data(),
)
def test_merge_and_split_keep_every_form(words, data):
    plain = [form for group in words for form in group]
    assume(len(set(plain)) == len(plain))
    glossary = Glossary.from_variants({one: rest for one, *rest in words}, lang="ja")
    left, right = (data.draw(st.sampled_from(group)) for group in words[:2])
    merged = glossary.merge(left, right)
    assert _forms(merged) == _forms(glossary)
    parted = merged.split(right)
    assert _forms(parted) == _forms(glossary)
    assert _home(parted, left) != _home(parted, right)


def _forms(glossary):
    return set(glossary.terms.select("lang", "form").iter_rows())


def _home(glossary, form):
    rows = glossary.terms.filter(pl.col("lang") == "ja", pl.col("form") == form)
    return rows["concept_id"].to_list()


@FEWER
@given(glossaries(), glossaries())
def test_a_difference_is_empty_only_between_equals(one, two):
    assert one.diff(two).is_empty() == (one == two)
    assert one.diff(one).is_empty()

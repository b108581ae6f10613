"""Laws of reconciliation: no order, no second effect, no decision overruled."""

from hashlib import sha256

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import termbank
from termbank.errors import GlossaryError
from termbank.schemas import Decisions

NAMES = {
    "ルーク・コーフィー": "person",
    "ルーク・コフィー": "person",
    "ウラジーミル・プーチン": "person",
    "ウラジミール・プーチン": "person",
    "ウラジーミル・ゼレンスキー": "person",
    "ウォロディミル・ゼレンスキー": "person",
    "プーチン": "person",
    "ゼレンスキー": "person",
    "NATO": "organization",
    "北大西洋条約機構": "organization",
    "キエフ": "place",
    "キーウ": "place",
    "サーバー": "term",
    "サーバ": "term",
    "捕虜の交換": "term",
    "捕虜交換": "term",
    "米露": "term",
    "米ロ": "term",
    "ビル": "term",
    "ビール": "term",
}
FEW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
chosen = st.lists(st.sampled_from(sorted(NAMES)), min_size=1, max_size=14)
pairs = st.lists(
    st.tuples(
        st.sampled_from(["same", "different"]),
        st.sampled_from(sorted(NAMES)),
        st.sampled_from(sorted(NAMES)),
    ).filter(lambda row: row[1] != row[2]),
    max_size=4,
    unique_by=lambda row: frozenset(row[1:]),
)


def mentions(forms: list[str]) -> pl.DataFrame:
    rows = []
    at = 0
    for form in forms:
        rows.append(
            {
                "doc_id": sha256(form.encode()).hexdigest()[:16]
                if len(form) > 5
                else "0" * 16,
                "start": at,
                "end": at + len(form),
                "miner": "hand/1",
                "lang": "ja",
                "surface": form,
                "norm": form.lower(),
                "reading": None,
                "kind": NAMES[form],
            }
        )
        at += len(form) + 2
    return pl.DataFrame(rows, schema_overrides={"reading": pl.String})


def decisions(rows: list[tuple[str, str, str]]) -> pl.DataFrame:
    frame = pl.DataFrame(
        [
            {"lang": "ja", "action": action, "left": left, "right": right}
            for action, left, right in rows
        ],
        schema=dict.fromkeys(("lang", "action", "left", "right"), pl.String),
    )
    absent = {
        "who": pl.lit(None, pl.String),
        "when": pl.lit(None, pl.Datetime("us", "UTC")),
        "why": pl.lit(None, pl.String),
    }
    return Decisions.validate(frame.with_columns(**absent), cast=True)


def equal(ours: termbank.Proposal, theirs: termbank.Proposal) -> bool:
    return all(a.equals(b) for a, b in zip(ours, theirs, strict=True))


def concept_of(proposal: termbank.Proposal) -> dict[str, str]:
    return dict(proposal.terms.select("form", "concept_id").rows())


@FEW
@given(forms=chosen, seed=st.integers(0, 99))
def test_the_order_of_mentions_never_matters(forms, seed):
    frame = mentions(forms)
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=seed)
    assert equal(termbank.reconcile(frame), termbank.reconcile(shuffled))


@FEW
@given(forms=chosen)
def test_a_second_run_changes_nothing(forms):
    frame = mentions(forms)
    first = termbank.reconcile(frame)
    glossary = termbank.Glossary().apply(first)
    second = termbank.reconcile(frame, glossary)
    assert second.concepts.equals(first.concepts)
    assert second.terms.equals(first.terms)
    assert second.links.equals(first.links)
    assert glossary.apply(second) == glossary


@FEW
@given(forms=chosen, decided=pairs)
def test_a_decision_is_never_overruled(forms, decided):
    glossary = termbank.Glossary(decisions=decisions(decided))
    try:
        proposal = termbank.reconcile(mentions(forms), glossary)
    except GlossaryError:
        return  # decisions that contradict each other are refused, not weighed
    concept = concept_of(proposal)
    for action, left, right in decided:
        if left in concept and right in concept:
            assert (concept[left] == concept[right]) == (action == "same")


@FEW
@given(forms=chosen)
def test_two_people_never_share_a_concept(forms):
    concept = concept_of(termbank.reconcile(mentions(forms)))
    ours = {concept[form] for form in forms if form.endswith("プーチン")}
    theirs = {concept[form] for form in forms if form.endswith("ゼレンスキー")}
    assert not ours & theirs


@FEW
@given(forms=st.lists(st.sampled_from(sorted(NAMES)), max_size=12))
def test_compare_takes_sides_alike(forms):
    turned = forms[::-1]
    assert termbank.compare(forms, turned).equals(termbank.compare(turned, forms))

"""Groups as columns against the same groups made one by one."""

from unittest.mock import patch

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.reconciliation import concepts, plain_groups
from termbank.reconciliation.canonical import PROFILES
from termbank.reconciliation.decisions import Decided
from termbank.reconciliation.forms import COLUMNS
from termbank.reconciliation.groups import Edge, Groups
from termbank.reconciliation.linking import linked
from termbank.schemas import KINDS

SIZE = 6
FORM = st.text("サーバアヴィ・ン", min_size=1, max_size=6)
ONE = st.tuples(
    FORM, st.sampled_from(KINDS), st.none() | FORM, st.integers(0, 3), st.integers(0, 2)
)  # fmt: skip
ROW = st.integers(0, SIZE - 1)
LINK = st.tuples(
    ROW,
    ROW,
    st.sampled_from([50.0, 77.5, 98.25]),
    st.sampled_from(["spelling", "synonym"] * 6 + ["renamed"]),
    st.sampled_from(["same"] * 4 + ["ask"]),
)
STATUSES = st.dictionaries(ROW, st.sampled_from(["preferred", "admitted"]), max_size=1)


def frame(rows) -> pl.DataFrame:
    columns = ("form", "kind", "reading", "mentions", "documents")
    made = pl.DataFrame(
        sorted(rows, key=lambda row: row[0]),
        schema={c: COLUMNS[c] for c in columns},
        orient="row",
    )
    return made.with_columns(
        lang=pl.lit("ja"), concept_id=pl.lit(None, pl.String)
    ).select(*COLUMNS)


def link(one, size):
    left, right, similarity, relation, verdict = one
    left, right = left % size, right % size
    renamed = relation == "renamed"
    verdict = "related" if renamed and verdict == "same" else verdict
    note, lesser = ("2022-03-31", left) if renamed else ("", -1)
    return linked(
        left, right, similarity, relation, (), verdict, lesser=lesser, note=note
    )


@given(
    st.lists(ONE, min_size=1, max_size=SIZE, unique_by=lambda one: one[0]),
    st.lists(LINK, max_size=2 * SIZE),
    STATUSES,
    st.sampled_from(PROFILES),
)
@settings(deadline=None, max_examples=200)
def test_columns_say_what_rows_say(rows, wanted, status, profile):
    forms = frame(rows)
    links = {
        (one.left, one.right): one
        for one in (link(one, forms.height) for one in wanted)
        if one.left != one.right
    }
    found = [links[pair] for pair in sorted(links)]
    groups = Groups(forms.height, apart=lambda *_: False)
    groups.join(Edge(one.similarity, one.left, one.right) for one in found if one.joins)
    ruled = {row % forms.height: there for row, there in status.items()}
    known = Decided(frozenset(), frozenset(), ruled, dict.fromkeys(ruled, ""))

    def made():
        return concepts.concepts_and_terms(forms, groups, found, known, None, profile)

    fast = made()
    with patch.object(
        concepts, "split", lambda *_: plain_groups.one_by_one(forms, groups)
    ):
        slow = made()
    assert fast[0].equals(slow[0])
    assert fast[1].equals(slow[1])


def test_concepts_with_one_identifier_are_made_one_by_one():
    forms = frame([(form, "term", None, 1, 1) for form in ("アン", "サン", "バン")])
    groups = Groups(3, apart=lambda *_: False)
    none = Decided(frozenset(), frozenset(), {}, {})
    with patch.object(
        plain_groups, "_identifiers", lambda best: pl.Series(["0" * 12] * best.height)
    ):
        made, _ = concepts.concepts_and_terms(forms, groups, [], none, None, "majority")
    assert made["concept_id"].n_unique() == 3
    assert "0" * 12 not in made["concept_id"]

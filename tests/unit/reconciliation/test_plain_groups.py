"""Groups as columns against the same groups made one by one."""

from random import Random
from unittest.mock import patch

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from termbank.reconciliation.clustering import bulk_concepts, concept_rows
from termbank.reconciliation.clustering.constrained_clusters import Edge, Groups
from termbank.reconciliation.clustering.decisions import Decided
from termbank.reconciliation.clustering.preferred_form import PROFILES
from termbank.reconciliation.features.form_table import COLUMNS
from termbank.reconciliation.relations.link import make_link
from termbank.table_columns import KINDS

SIZE = 12
RELATIONS = ["spelling", "synonym"] * 6 + ["renamed"]
VERDICTS = ["same"] * 4 + ["ask"]


def drawn(random):
    """Return rows, links and a person's statuses, many enough to make large groups."""
    forms = {"".join(random.choices("サーバアヴィ・ン", k=4)) for _ in range(SIZE)}
    rows = [
        (
            form,
            random.choice(KINDS),
            random.choice([None, "サ"]),
            random.randrange(3),
            random.randrange(2),
        )
        for form in sorted(forms)
    ]
    links = [
        (
            *random.choices(range(SIZE), k=2),
            random.choice([50.0, 77.5, 98.25]),
            random.choice(RELATIONS),
            random.choice(VERDICTS),
        )
        for _ in range(random.randrange(SIZE))
    ]
    ruled = random.choices(range(SIZE), k=random.randrange(2))
    return rows, links, {row: random.choice(["preferred", "admitted"]) for row in ruled}


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
    return make_link(
        left, right, similarity, relation, (), verdict, lesser=lesser, note=note
    )


@given(st.integers(0, 1 << 30), st.sampled_from(PROFILES))
@settings(deadline=None, max_examples=200)
def test_columns_say_what_rows_say(seed, profile):
    rows, wanted, status = drawn(Random(seed))
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
        return concept_rows.concepts_and_terms(
            forms, groups, found, known, None, profile
        )

    fast = made()
    with patch.object(
        concept_rows, "split", lambda *_: bulk_concepts.one_by_one(forms, groups)
    ):
        slow = made()
    assert fast[0].equals(slow[0])
    assert fast[1].equals(slow[1])


def test_concepts_with_one_identifier_are_made_one_by_one():
    forms = frame([(form, "term", None, 1, 1) for form in ("アン", "サン", "バン")])
    groups = Groups(3, apart=lambda *_: False)
    none = Decided(frozenset(), frozenset(), {}, {})
    with patch.object(
        bulk_concepts, "_identifiers", lambda best: pl.Series(["0" * 12] * best.height)
    ):
        made, _ = concept_rows.concepts_and_terms(
            forms, groups, [], none, None, "majority"
        )
    assert made["concept_id"].n_unique() == 3
    assert "0" * 12 not in made["concept_id"]

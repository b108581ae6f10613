"""Proposals wait, findings stay decided, counts mean what they say."""

from datetime import UTC, datetime

import polars as pl
import pytest

from termbank import Glossary
from termbank.errors import GlossaryError
from termbank.operations import term_editing as editing
from termbank.operations.deciding import compose
from termbank.operations.finding_queue import (
    close_finding,
    decided_findings,
    open_findings,
    put_findings,
)
from termbank.operations.project import Project
from termbank.operations.proposing import propose
from termbank.operations.row_changes import Author, RowChange
from termbank.operations.statistics import statistics
from termbank.operations.term_values import NewTerm
from termbank.operations.text_terms import terms_in
from termbank.types import Finding, Span

BY = Author("葵", datetime(2026, 12, 1, 9, tzinfo=UTC))


@pytest.fixture
def project(tmp_path):
    made = Project.begin(tmp_path)
    editing.add(made, NewTerm("利用者", english=("user",)), BY)
    return made


def finding(project, line, message="表記"):
    path = str(project.folder.parent / "a.md")
    return Finding("TB101", Span(0, 1), message, None, path, line, 1, "error")


def test_a_decided_finding_stays_decided_when_its_line_moves(project):
    assert put_findings(project, [finding(project, 3), finding(project, 9)]) == 2
    (first, *_), _ = open_findings(project)
    close_finding(project, first, BY, fault=False)
    assert put_findings(project, [finding(project, 4), finding(project, 10)]) == 0
    assert len(open_findings(project)) == 1
    ((_, line, _, _, state, who),) = decided_findings(project)
    assert (line, state, who) == (4, "false alarm", "葵")


def test_of_evidence_five_hundred_characters_are_kept(project):
    propose(project, "利用者", "patron", BY, evidence="あ" * 501)
    terms = project.glossary().terms.select("form", "note").rows()
    assert dict(terms)["patron"] == "あ" * 500


@pytest.mark.parametrize("rendering", ["account", "user"])
def test_a_rendering_that_is_rejected_or_there_is_not_proposed(project, rendering):
    propose(project, "利用者", "account", BY)
    editing.reject(project, ["account"], BY)
    before = project.glossary()
    with pytest.raises(GlossaryError):
        propose(project, "利用者", rendering, BY)
    assert project.glossary() == before


def test_a_proposed_rendering_does_not_count_as_english(project):
    editing.add(project, NewTerm("停戦"), BY)
    assert statistics(project).without_english == 1
    propose(project, "停戦", "truce", BY)
    assert statistics(project).without_english == 1
    editing.prefer(project, "truce", BY)
    assert statistics(project).without_english == 0


def test_changes_that_cancel_each_other_are_none():
    key, old, new = ("a",), ("a", "1"), ("a", "2")
    there = RowChange("concepts", key, old, new)
    assert compose([there, there.inverse]) == ()
    other = RowChange("concepts", ("b",), None, ("b", "1"))
    assert compose([there, other, there._replace(before=new, after=("a", "3"))]) == (
        RowChange("concepts", key, old, ("a", "3")),
        other,
    )


def test_what_is_undone_last_is_ones_own_where_a_name_is_given(project):
    other = Author("楓", BY.when)
    editing.add(project, NewTerm("停戦"), other)
    ours, theirs = project.history()[::-1][:2]
    assert (ours.by.who, theirs.by.who) == ("葵", "楓")
    for who, expected in (("葵", ours), ("楓", theirs), (None, theirs)):
        assert project.journal.last_to_undo(who).number == expected.number
    assert project.journal.last_to_undo("誰か") is None


@pytest.mark.parametrize(
    ("definitions", "expected"),
    [({"en": "sense", "ja": "意味"}, "sense"), ({"ja": "意味"}, "意味"), ({}, "")],
)
def test_a_term_of_a_text_has_a_definition_in_the_other_language_else_in_any(
    definitions, expected
):
    glossary = Glossary.from_variants({"停戦案": []}, lang="ja")
    key = glossary.concepts["concept_id"][0]
    rows = [(key, lang, text, None) for lang, text in definitions.items()]
    frame = pl.DataFrame(rows, schema=glossary.definitions.schema, orient="row")
    defined = Glossary(
        concepts=glossary.concepts, terms=glossary.terms, definitions=frame
    )
    (found,) = terms_in("停戦案を出した。", glossary=defined)
    assert found.definition == expected

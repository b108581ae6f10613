"""Proposals wait, findings stay decided, counts mean what they say."""

from datetime import UTC, datetime

import pytest

from termbank.errors import GlossaryError
from termbank.operations import term_editing as editing
from termbank.operations.deciding import composed
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
    assert composed([there, there.inverse]) == ()
    other = RowChange("concepts", ("b",), None, ("b", "1"))
    assert composed([there, other, there._replace(before=new, after=("a", "3"))]) == (
        RowChange("concepts", key, old, ("a", "3")),
        other,
    )

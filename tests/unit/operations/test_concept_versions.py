"""Optimistic versions: an edit holds only on the concept that its editor saw."""

from datetime import UTC, datetime

import pytest

from termbank.operations.project import Project
from termbank.operations.row_changes import Author
from termbank.operations.team.concept_versions import (
    StaleConceptError,
    concept_state,
    edit_version,
    older_state,
)
from termbank.operations.term_editing import add, edit, retire
from termbank.operations.term_values import NewTerm, Update

AOI = Author("葵", datetime(2026, 12, 1, tzinfo=UTC))
REN = Author("蓮", datetime(2026, 12, 2, tzinfo=UTC))


@pytest.fixture
def project(tmp_path):
    project = Project.begin(tmp_path)
    for form, english in (("停戦", "ceasefire"), ("休戦", "truce")):
        add(project, NewTerm(form, english=(english,)), AOI)
    return project


@pytest.fixture
def seen(project):
    rows = project.rows()
    return concept_state(rows, rows.locate("停戦")[0])


def test_a_version_stays_while_other_concepts_change(project, seen):
    edit(project, "休戦", Update(note="戦闘の一時停止"), REN)
    assert concept_state(project.rows(), seen.id) == seen


def test_an_edit_of_what_was_seen_is_kept_and_gives_a_new_version(project, seen):
    now = edit_version(project, seen.id, seen.version, Update(domain="外交"), AOI)
    assert (now.domain, now.version != seen.version) == ("外交", True)


def test_a_stale_edit_changes_nothing_and_names_the_version(project, seen):
    now = edit_version(project, seen.id, seen.version, Update(domain="外交"), REN)
    with pytest.raises(StaleConceptError) as refusal:
        edit_version(project, seen.id, seen.version, Update(domain="軍事"), AOI)
    assert refusal.value.version == seen.version
    assert concept_state(project.rows(), seen.id) == now


def test_what_the_editor_saw_is_brought_back_through_several_changes(project, seen):
    edit(project, "停戦", Update(form="停戰", note="旧字"), REN)
    edit(project, "停戰", Update(english=("armistice",), definition="やめること"), REN)
    retire(project, "ceasefire", REN, lang="en")
    assert older_state(project, seen.id, seen.version) == seen


def test_an_edit_by_hand_makes_a_version_stale_but_cannot_be_taken_back(project, seen):
    file = project.folder / "concepts.csv"
    file.write_text(file.read_text("utf-8").replace(f"{seen.id},term", f"{seen.id},event"), "utf-8")  # fmt: skip
    with pytest.raises(StaleConceptError):
        edit_version(project, seen.id, seen.version, Update(domain="軍事"), AOI)
    assert older_state(project, seen.id, seen.version) is None


def test_a_deleted_concept_is_stale(project, seen):
    with pytest.raises(StaleConceptError):
        edit_version(project, "0" * 12, seen.version, Update(domain="軍事"), AOI)

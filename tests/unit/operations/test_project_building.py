"""A build into a project: what people took out stays out, a deleted folder starts anew."""

import shutil
from datetime import UTC, datetime

import pytest

from termbank import documents, mine
from termbank.operations.project import Project
from termbank.operations.project_building import build_into_project
from termbank.operations.row_changes import Author
from termbank.operations.term_editing import reject

BY = Author("tester", datetime(2026, 12, 1, tzinfo=UTC))
TEXT = "ウィトコフ特使はNATOの会議に出た。ウィトコフ氏はキーウも訪れた。\n" * 3


@pytest.fixture(scope="module")
def mentions():
    return mine(documents([TEXT]))


def forms(project):
    return set(project.glossary().terms["form"])


def test_what_a_person_rejected_stays_out(tmp_path, mentions):
    project = Project(tmp_path / "glossary")
    build_into_project(project, mentions, BY)
    assert "ウィトコフ" in forms(project)
    reject(project, ["ウィトコフ"], BY)
    build_into_project(project, mentions, BY)
    assert "ウィトコフ" not in forms(project)


def test_a_folder_that_was_deleted_is_built_anew(tmp_path, mentions):
    project = Project(tmp_path / "glossary")
    build_into_project(project, mentions, BY)
    before = forms(project)
    shutil.rmtree(tmp_path / "glossary")
    build_into_project(Project(tmp_path / "glossary"), mentions, BY)
    assert forms(project) == before


def test_a_decision_about_one_concept_touches_no_other_with_the_same_form(
    tmp_path, mentions
):
    from termbank.operations.term_editing import add, approve
    from termbank.operations.term_values import NewTerm

    project = Project.begin(tmp_path)
    build_into_project(project, mentions, BY)
    add(project, NewTerm("会談", english=("meeting",)), BY)
    (concept,) = project.rows().concepts("NATO", "ja") or project.rows().concepts(
        "ウィトコフ", "ja"
    )
    row = (concept, "en", "meeting", "", "proposed", *[""] * 10)
    from termbank.operations.row_changes import RowChange

    project.change("enrich", "", lambda _: [RowChange("terms", row[:3], None, row)], BY)
    approve(project, ["会談"], BY)
    assert build_into_project(project, mentions, BY).change.rows == ()
    assert project.rows().tables["terms"][row[:3]] == row


def test_a_decision_written_into_the_file_by_hand_is_obeyed(tmp_path, mentions):
    project = Project.begin(tmp_path)
    build_into_project(project, mentions, BY)
    file = project.folder / "decisions.csv"
    file.write_text(file.read_text("utf-8") + "ja,retire,キーウ,,,,\n", "utf-8")
    build_into_project(project, mentions, BY)
    rows = project.rows()
    (concept,) = rows.concepts("キーウ", "ja")
    assert rows.tables["terms"][concept, "ja", "キーウ"][4] == "deprecated"


def test_a_status_edited_by_hand_stands(tmp_path, mentions):
    from termbank.operations.term_editing import prefer

    project = Project.begin(tmp_path)
    build_into_project(project, mentions, BY)
    prefer(project, "キーウ", BY)
    file = project.folder / "terms.csv"
    (concept,) = project.rows().concepts("キーウ", "ja")
    before = f"{concept},ja,キーウ,キーウ,preferred"
    text = file.read_text("utf-8")
    assert before in text
    text = text.replace(before, before.replace("preferred", "forbidden"))
    file.write_text(text, "utf-8")
    build_into_project(project, mentions, BY)
    assert file.read_text("utf-8") == text


def test_a_name_with_a_title_is_no_form_of_the_name(tmp_path, mentions):
    project = Project(tmp_path / "glossary")
    build_into_project(project, mentions, BY)
    assert not {"ウィトコフ氏", "ウィトコフ特使"} & forms(project)


def test_a_proposal_never_hides_what_people_approved(tmp_path, mentions):
    from termbank import lookup

    project = Project(tmp_path / "glossary")
    build_into_project(project, mentions, BY)
    stack = [str(tmp_path / "glossary"), "builtin"]
    for query in ("キーウ", "ウィトコフ", "NATO"):
        (best, *_) = lookup(query, to="en", glossary=stack)
        assert best.equivalents, query


def test_documents_without_a_term_build_nothing(tmp_path):
    project = Project(tmp_path / "glossary")
    build_into_project(project, mine(documents(["はい。"])), BY)
    assert forms(project) == set()

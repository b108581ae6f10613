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

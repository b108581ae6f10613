"""A backup holds all that was acknowledged, opens as a project, and appears whole."""

import json
import threading
from datetime import UTC, datetime

import pytest

from termbank.cli import main
from termbank.errors import InputError
from termbank.memory import Memory
from termbank.operations.project import Project
from termbank.operations.row_changes import Author
from termbank.operations.team.access_file import access_file
from termbank.operations.team.access_tokens import AccessTokens
from termbank.operations.team.backup import back_up, read_backup
from termbank.operations.term_editing import add
from termbank.operations.term_values import NewTerm

NOW = datetime(2026, 12, 1, tzinfo=UTC)
BY = Author("葵", NOW)


@pytest.fixture
def project(tmp_path):
    project = Project.begin(tmp_path / "home")
    add(project, NewTerm("停戦", english=("ceasefire",)), BY)
    return project


def copied(project, target, memory=None):
    return back_up(project, target, memory=memory, when=NOW)


def test_a_copy_is_a_project_with_its_history_tokens_and_memory(project, tmp_path):
    _, secret = AccessTokens(access_file(project)).issue("葵", "reader", NOW)
    with Memory.open(tmp_path / "home" / "tm") as memory:
        memory.add(
            [(f"停戦案{n}に合意した。", f"They agreed to {n}.") for n in range(300)]
        )
        expected = memory.search("停戦案7に合意した。")
        copied(project, tmp_path / "copy", tmp_path / "home" / "tm")
    copy = Project(tmp_path / "copy" / "glossary")
    assert copy.rows().tables == project.rows().tables
    assert [change.subject for change in copy.history()] == ["停戦"]
    assert AccessTokens(access_file(copy)).holder(secret) is not None
    with Memory.open(tmp_path / "copy" / "tm") as memory:
        assert memory.search("停戦案7に合意した。") == expected
    add(copy, NewTerm("休戦", english=("truce",)), BY)
    assert "停戦" in {key[2] for key in project.rows().tables["terms"]}


def test_what_was_acknowledged_before_is_there_though_others_write(project, tmp_path):
    stop, acknowledged = threading.Event(), []

    def write():
        own = Project(project.folder)
        for number in range(10_000):
            if stop.is_set():
                return
            add(own, NewTerm(f"用語{number}"), BY)
            acknowledged.append(f"用語{number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(4):
            before = list(acknowledged)
            copied(project, tmp_path / f"copy{number}")
            copy = Project(tmp_path / f"copy{number}" / "glossary")
            forms = {key[2] for key in copy.rows().tables["terms"]}
            assert {*before} <= forms
            assert len(copy.history(100_000)) == len(forms) - 1
    finally:
        stop.set()
        writer.join(120)


def test_a_folder_that_exists_is_not_touched(project, tmp_path):
    (tmp_path / "copy").mkdir()
    with pytest.raises(InputError):
        copied(project, tmp_path / "copy")
    assert list((tmp_path / "copy").iterdir()) == []


def test_a_copy_that_fails_leaves_nothing(project, tmp_path):
    with pytest.raises(InputError):
        copied(project, tmp_path / "copy", tmp_path / "no-memory")
    assert {path.name for path in tmp_path.iterdir()} == {"home"}


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_a_damaged_backup_is_named(project, tmp_path, damage):
    copied(project, tmp_path / "copy")
    assert read_backup(tmp_path / "copy").files
    path = tmp_path / "copy" / "glossary" / "terms.csv"
    content = path.read_bytes()
    path.unlink()
    if damage != "gone":
        path.write_bytes(content[:-1] if damage == "cut" else content.swapcase())
    with pytest.raises(InputError, match=r"terms\.csv"):
        read_backup(tmp_path / "copy")


def test_the_command_copies_and_checks(project, tmp_path, capsys):
    folder = str(tmp_path / "copy")
    made = ["backup", folder, "--glossary", str(project.folder), "--format", "json"]
    assert main(made) == 0
    names = {file["path"] for file in json.loads(capsys.readouterr().out)["files"]}
    assert {"glossary/terms.csv", ".termbank/glossary.db", "termbank.toml"} <= names
    assert main(["backup", folder, "--check"]) == 0
    assert main(made) == 2

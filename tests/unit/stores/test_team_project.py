"""A project whose glossary is a team's: edits, undo and history for everybody."""

from datetime import UTC, datetime

import pytest

from termbank import cli
from termbank.errors import GlossaryError
from termbank.operations.glossary_rows import NOTE
from termbank.operations.project import Project
from termbank.operations.row_changes import Author, RowChange, key_of
from termbank.operations.term_editing import add, edit
from termbank.operations.term_values import NewTerm, Update
from termbank.stores import open_store

BY = Author("愛子", datetime(2026, 12, 1, tzinfo=UTC), "表記統一")


@pytest.fixture
def team(address, tmp_path, monkeypatch):
    """Open the team's project as the machine of that name."""
    open_store(address, create=True).close()
    monkeypatch.setattr("termbank.glossary.team_glossary.FRESH", 0.0)

    def project(name="a"):
        monkeypatch.setenv("TERMBANK_CACHE", str(tmp_path / name))
        monkeypatch.setenv("TERMBANK_STATE", str(tmp_path / name / "state"))
        return Project.find(address)

    return project


def test_what_one_adds_all_have_and_can_take_back(team):
    add(team("a"), NewTerm("停戦", "ja", ("ceasefire",)), BY)
    second = team("b")
    assert second.rows().concepts("停戦", "ja")
    (change,) = second.history()
    assert (change.action, change.by.who, change.by.why) == ("add", "愛子", "表記統一")
    assert {row.key[2] for row in change.rows if row.table == "terms"} == {
        "停戦",
        "ceasefire",
    }
    second.undo(BY)
    assert not team("a").rows().concepts("停戦", "ja")
    with pytest.raises(GlossaryError):
        team("a").undo(BY)
    assert [change.undone for change in team("a").history()] == [0, 2]


def test_an_edit_is_made_over_again_on_what_others_wrote(team):
    add(team("a"), NewTerm("停戦", "ja", ()), BY)
    second = team("b")
    tries = []

    def slow(rows):
        tries.append(1)
        if len(tries) == 1:
            edit(team("a"), "停戦", Update(note="一"), BY)
            team("b")
        (concept,) = rows.concepts("停戦", "ja")
        (row,) = rows.terms(concept, "ja")
        after = (*row[:NOTE], row[NOTE] + "二", *row[NOTE + 1 :])
        yield RowChange("terms", key_of("terms", row), row, after)

    second.change("edit", "停戦", slow, BY)
    (row,) = team("c").rows().terms(second.rows().concepts("停戦", "ja")[0], "ja")
    assert "一二" in row
    assert len(tries) == 2


def test_commands_work_on_the_address(team, address, capsys, monkeypatch):
    team("a")
    words = ("--glossary", address, "--who", "愛子")
    assert cli.main(["add", "停戦", "--en", "ceasefire", *words]) == 0
    assert cli.main(["undo", "--list", *words]) == 0
    assert "愛子" in capsys.readouterr().out
    assert cli.main(["undo", *words]) == 0
    assert cli.main(["lookup", "停戦", "--glossary", address]) == 1
    assert open_store(address).audit()[0].note.undoes == 1

"""Extension points: built-in names win, and one broken package spoils nothing else."""

from importlib.metadata import EntryPoint

import pytest

from termbank.errors import PluginError
from termbank.registry import Point

BUILT_IN = {"json": "termbank.reports.json_array", "text": "termbank.reports.text"}


@pytest.fixture
def offered(monkeypatch):
    def put(**parts):
        found = [
            EntryPoint(name, value, "termbank.reports") for name, value in parts.items()
        ]
        monkeypatch.setattr("importlib.metadata.entry_points", lambda *, group: found)
        return Point("reports", BUILT_IN, {"plain": "text"})

    return put


def test_another_package_never_takes_the_name_of_a_built_in_part(offered):
    reports = offered(json="json:dumps", mine="json:loads")
    assert list(reports.offers()) == ["mine"]
    assert reports.names() == ["json", "text", "mine"]
    assert reports.find("json").__name__ == BUILT_IN["json"]


def test_a_part_that_cannot_be_loaded_spoils_no_other_and_is_named(offered):
    reports = offered(broken="no_such_module_at_all", mine="json:loads")
    assert [name for name, _ in reports.parts()] == ["mine", "json", "text"]
    (fault,) = reports.faults()
    assert "no_such_module_at_all" in str(fault)
    with pytest.raises(PluginError, match="no_such_module_at_all"):
        reports.find("broken")


def test_an_unknown_name_is_answered_with_all_that_there_are(offered):
    reports = offered(mine="json:loads")
    for ask in (reports.find, reports.provider):
        with pytest.raises(PluginError, match=r"json.*mine.*text|json.*text.*mine"):
            ask("none")


def test_an_alias_is_the_part_that_it_names(offered):
    reports = offered()
    assert "plain" in reports
    assert reports.find("plain") is reports.find("text")
    assert reports.provider("plain") == reports.provider("text")

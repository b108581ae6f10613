"""The dictionary of the settings is used, and recorded in what was mined."""

from importlib.util import find_spec

import pytest

import termbank
from termbank import errors, tokenise


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path / "termbank.toml"


def test_the_settings_name_the_dictionary(project):
    assert tokenise.best_dictionary()[0] in ("full", "core", "small")
    project.write_text('dictionary = "core"\n', encoding="utf-8")
    found = termbank.mine(termbank.documents(["キーウで会談した。"]))
    assert f"core/{tokenise.best_dictionary()[1]}" in found["miner"][0]


def test_an_absent_dictionary_says_what_to_install(project):
    if find_spec("sudachidict_small"):
        pytest.skip("needs an environment without sudachidict-small")
    project.write_text('dictionary = "small"\n', encoding="utf-8")
    with pytest.raises(errors.PluginError, match="sudachidict-small"):
        termbank.mine(termbank.documents(["キーウで会談した。"]))
    with pytest.raises(errors.PluginError):
        tokenise.tokeniser()

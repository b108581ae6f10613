"""The page on editing says what really happens."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "edit-a-glossary.md"


def test_the_page_on_editing_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried > 5
    assert not failed

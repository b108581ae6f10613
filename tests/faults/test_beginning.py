"""A project that is begun from a list is there whole, or its beginning can be repeated."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from termbank import Glossary
from termbank.errors import ConfigError
from termbank.operations.beginning import begin
from termbank.operations.project import Project
from termbank.operations.row_changes import Author

INJECTION = Path(__file__).with_name("injection.py")
BY = Author("葵", datetime(2026, 12, 1, tzinfo=UTC))
WORDS = ("init", "--from", "../own.csv")
MOMENTS = 1000 if os.environ.get("TERMBANK_FAULTS") == "all" else 3


def run(place, kind, number):
    environment = {**os.environ, "TERMBANK_CACHE": str(place.parent / "cache")}
    command = [sys.executable, "-P", str(INJECTION), kind, str(number), str(place)]
    return subprocess.run(
        [*command, *WORDS], cwd=place, env=environment,
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """Make a fresh, empty folder beside the list."""
    (tmp_path / "own.csv").write_text("ja,en\nサーバー,server\n利用者,user\n", "utf-8")

    def make(name):
        place = tmp_path / name
        place.mkdir()
        return place

    return make


def whole(place):
    assert Glossary.read(place / "glossary").concepts.height == 2
    assert 'glossaries = ["glossary"]' in (place / "termbank.toml").read_text("utf-8")
    assert [change.action for change in Project(place / "glossary").history()] == [
        "import"
    ]
    return True


def some_moments(place):
    counting = run(place, "counted", 0)
    assert counting.returncode == 0, counting.stderr
    assert whole(place)
    last = int(counting.stderr.rsplit("events: ", 1)[1])
    step = max(1, last // MOMENTS)
    return {*range(1, last + 1, step), *range(last - 2, last + 1)}


def test_a_killed_beginning_is_whole_or_can_be_repeated(folder):
    for number in sorted(some_moments(folder("counted"))):
        place = folder(str(number))
        run(place, "killed", number)
        if not (place / "glossary" / "terms.csv").exists():
            begin(place, [str(place.parent / "own.csv")], BY)
        assert whole(place), number
        with pytest.raises(ConfigError):
            begin(place, [str(place.parent / "own.csv")], BY)


def test_a_refused_beginning_leaves_an_empty_folder(folder):
    place = folder("full")
    refused = run(place, "full", 9)
    assert refused.returncode == 2, refused.stderr
    assert sorted(place.iterdir()) == []

"""Settings: found upwards, checked, and cheap."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import termbank
from termbank.config import Settings, settings
from termbank.errors import ConfigError

SOURCE = str(Path(termbank.__file__).parents[1])


def test_without_a_file_the_defaults_hold(tmp_path):
    assert settings(str(tmp_path)) == Settings()


def test_the_nearest_file_above_wins(tmp_path):
    (tmp_path / "termbank.toml").write_text('glossaries = ["far"]')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "a" / "termbank.toml").write_text('glossaries = ["near", "builtin"]')
    found = settings(str(inner))
    assert found.glossaries == (str(tmp_path / "a" / "near"), "builtin")
    assert found.path == str(tmp_path / "a" / "termbank.toml")


def test_pyproject_counts_only_with_our_table(tmp_path):
    inner = tmp_path / "a"
    inner.mkdir()
    (inner / "pyproject.toml").write_text('[project]\nname = "x"\n')
    (tmp_path / "pyproject.toml").write_text(
        '[tool.termbank]\nprofile = "media"\n[tool.termbank.check]\nselect = ["TB1"]\n'
    )
    found = settings(str(inner))
    assert (found.profile, found.check.select) == ("media", ("TB1",))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('glossary = ["x"]', "glossaries"),
        ('[check]\nselects = ["TB1"]', "select"),
        ("glossaries = 3", "a list of strings"),
        ('[check]\nquotations = "off"', "check | warn"),
        ("check = [", "TOML"),
        ("since = 2024-01-01", "glossaries"),
    ],
)
def test_a_fault_names_the_place_and_what_would_be_right(tmp_path, content, expected):
    (tmp_path / "termbank.toml").write_text(content)
    with pytest.raises(ConfigError) as caught:
        settings(str(tmp_path))
    assert str(tmp_path) in str(caught.value)
    assert expected in str(caught.value)


def test_an_edit_is_seen_at_once(tmp_path):
    path = tmp_path / "termbank.toml"
    path.write_text('profile = "a"')
    settings(str(tmp_path))
    path.write_text('profile = "longer"')
    assert settings(str(tmp_path)).profile == "longer"


def test_tomllib_is_left_alone_where_the_file_is_known(tmp_path):
    (tmp_path / "termbank.toml").write_text('profile = "a"')
    settings(str(tmp_path))
    code = (
        "import sys, termbank.config as c; c.settings(sys.argv[1]);"
        "sys.exit(any(m in sys.modules for m in ('tomllib', 'typing', 're')))"
    )
    run = subprocess.run(
        [sys.executable, "-S", "-c", code, str(tmp_path)],
        check=False,
        env={**os.environ, "PYTHONPATH": SOURCE},
    )
    assert run.returncode == 0


def test_every_setting_and_variable_has_a_meaning_in_both_languages():
    from termbank.command_line.setting_meanings import SETTINGS, VARIABLES
    from termbank.config import CheckSettings, Settings

    keys = {*Settings._fields, *(f"check.{key}" for key in CheckSettings._fields)}
    assert set(SETTINGS) == keys - {"path"}
    source = Path(termbank.__file__).parent
    read = {
        name
        for path in source.rglob("*.py")
        for name in re.findall(r"\bTERMBANK_[A-Z]+\b", path.read_text("utf-8"))
    }
    assert read <= set(VARIABLES)

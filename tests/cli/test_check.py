"""``termbank check``, ``rule`` and ``config`` as a shell sees them."""

import json
import subprocess
import sys

import pytest

from termbank import Glossary


@pytest.fixture
def project(tmp_path):
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").write(
        tmp_path / "glossary"
    )
    (tmp_path / "termbank.toml").write_text('glossaries = ["glossary"]\n')
    (tmp_path / "clean.md").write_text("サーバーを止める。\n", encoding="utf-8")
    (tmp_path / "found.md").write_text("# サーバ\n", encoding="utf-8")
    return tmp_path


def termbank(folder, *words, text=None):
    return subprocess.run(
        [sys.executable, "-m", "termbank", *words],
        cwd=folder, capture_output=True, check=False, encoding="utf-8", input=text,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["check", "clean.md"], 0),
        (["check", "found.md"], 1),
        (["check", "none.md"], 2),
        (["check"], 2),
        (["check", "--select", "TB7", "clean.md"], 2),
        (["check", "--glossary", "nowhere", "clean.md"], 2),
        (["check", "--glossary-only"], 0),
        (["rule", "TB101"], 0),
        (["rule", "TB777"], 2),
        (["config"], 0),
    ],
)
def test_exit_codes(project, words, code):
    run = termbank(project, *words)
    assert run.returncode == code, run.stderr
    assert "Traceback" not in run.stderr
    if code == 2:
        assert run.stdout == ""
        assert run.stderr.count("\n") == 1


def test_the_transcript(project):
    run = termbank(project, "check", "found.md")
    assert run.stdout == (
        "found.md:1:3: TB101 「サーバ」は「サーバー」に統一 (use サーバー)\n"
        "  # サーバ\n"
        "    ^^^^^^\n"
    )
    assert run.stderr == ""


def test_without_a_project_glossary_the_check_says_what_to_do(tmp_path):
    (tmp_path / "a.md").write_text("キエフ\n", encoding="utf-8")
    run = termbank(tmp_path, "check", "a.md")
    assert run.returncode == 2
    assert "--glossary" in run.stderr


def test_fix_and_diff(project):
    before = (project / "found.md").read_bytes()
    shown = termbank(project, "check", "--diff", "found.md")
    assert (shown.returncode, (project / "found.md").read_bytes()) == (1, before)
    assert "+# サーバー\n" in shown.stdout
    assert termbank(project, "check", "--fix", "found.md").returncode == 0
    assert (project / "found.md").read_text(encoding="utf-8") == "# サーバー\n"
    assert termbank(project, "check", "--fix", "--diff", "found.md").stdout == ""


def test_standard_input_and_json(project):
    run = termbank(project, "check", "--format", "json", "-", text="サーバ")
    (one,) = json.loads(run.stdout)
    assert (one["path"], one["code"], one["start"], one["end"]) == ("-", "TB101", 0, 3)
    assert json.loads(termbank(project, "config", "--format", "json").stdout)["codes"]
    assert (
        json.loads(termbank(project, "rule", "--format", "json").stdout)[0]["code"]
        == "TB101"
    )


def test_an_unknown_setting_names_the_closest_one(project):
    (project / "termbank.toml").write_text('glosaries = ["glossary"]\n')
    run = termbank(project, "check", "found.md")
    assert run.returncode == 2
    assert "glossaries" in run.stderr


def test_a_baseline_and_statistics(project):
    assert (
        termbank(project, "check", "--write-baseline", "b.json", "found.md").returncode
        == 0
    )
    run = termbank(project, "check", "--baseline", "b.json", "found.md")
    assert (run.returncode, run.stdout) == (0, "")
    counted = termbank(project, "check", "--statistics", "found.md")
    assert "spelling-variant" in counted.stderr

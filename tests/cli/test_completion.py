"""What the shell offers while a command line is typed."""

import subprocess

import pytest

from termbank import Glossary, cli


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Glossary.from_variants({"サーバー": ["サーバ"], "利用者": []}, lang="ja").write("g")
    (tmp_path / "termbank.toml").write_text('glossaries = ["g"]\n')


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["check", ""], []),
        (["approve", "x"], []),
        (["app"], ["approve"]),
        (["approve", "ｻｰﾊﾞ"], ["サーバ", "サーバー"]),
        (["merge", "サーバー", "利"], ["利用者"]),
        (["approve", "--dr"], ["--dry-run"]),
    ],
)
def test_commands_options_and_forms_are_completed(project, capsys, words, offered):
    assert cli.main(["completion", "candidates", "--", *words]) == 0
    assert capsys.readouterr().out.split() == offered


def test_without_a_project_it_is_silent(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["completion", "candidates", "--", "approve", ""]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_script_for_bash_is_a_script(capsys):
    assert cli.main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    checked = subprocess.run(["bash", "-n"], input=script, text=True, check=False)
    assert checked.returncode == 0

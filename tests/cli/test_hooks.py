"""The hooks and the action: well formed, and run by the real pre-commit.

``pre-commit try-repo`` installs this repository with its dependencies from the package
index, so it runs only where ``$TERMBANK_TRY_REPO`` is set (CI sets it).
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from termbank import Glossary

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"


def hooks():
    yaml = pytest.importorskip("yaml")
    return yaml.safe_load(HOOKS.read_text(encoding="utf-8"))


def test_every_hook_is_a_command_line_that_parses():
    from termbank.cli import arguments

    assert [hook["id"] for hook in hooks()] == [
        "termbank-check",
        "termbank-fix",
        "termbank-check-bilingual",
        "termbank-glossary",
    ]
    for hook in hooks():
        program, command, *words = hook["entry"].split()
        assert (program, command) == ("termbank", "check")
        arguments(command, [*words, "a.md"])


def test_the_action_runs_the_check_without_a_shell_seeing_its_inputs():
    yaml = pytest.importorskip("yaml")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = action["runs"]["steps"]
    assert any("termbank check" in step.get("run", "") for step in steps)
    assert all("${{" not in step.get("run", "") for step in steps)


@pytest.mark.skipif(
    "TERMBANK_TRY_REPO" not in os.environ,
    reason="installs from an index: $TERMBANK_TRY_REPO",
)
def test_pre_commit_runs_all_hooks(tmp_path):
    pytest.importorskip("pre_commit", reason="needs pre-commit")
    Glossary.from_variants({"サーバー": ["サーバ"]}, lang="ja").write(
        tmp_path / "glossary"
    )
    (tmp_path / "termbank.toml").write_text('glossaries = ["glossary"]\n')
    (tmp_path / "a.md").write_text("サーバを使う。\n", encoding="utf-8")
    for words in (["init", "-q", "."], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    run = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), "--all-files"],
        cwd=tmp_path, capture_output=True, check=False, encoding="utf-8",
        env=os.environ | {"PRE_COMMIT_HOME": str(tmp_path.parent / "pre-commit")},
    )  # fmt: skip
    assert "a.md:1:1: TB101" in run.stdout, run.stdout + run.stderr
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "サーバーを使う。\n"
    assert "termbank glossary" in run.stdout

"""The first ten minutes, command by command as printed, in an empty folder."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["ten-minutes.md", "ten-minutes.ja.md"])
def test_every_command_of_the_page_works(tmp_path, name):
    page = (ROOT / "docs" / name).read_text("utf-8")
    commands = re.findall(r"^\$ termbank (.*)$", page, re.MULTILINE)
    assert len(commands) > 10
    shutil.copytree(ROOT / "seeds" / "sample", tmp_path / "samples")
    for command in commands:
        done = subprocess.run(
            [sys.executable, "-m", "termbank", *shlex.split(command)],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"},
        )  # fmt: skip
        right = (0, 1) if command.startswith(("check", "variants")) else (0,)
        assert done.returncode in right, (command, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
    assert (tmp_path / "terms.tbx").stat().st_size > 0


def test_both_languages_show_the_same_commands():
    pages = [
        (ROOT / "docs" / f"ten-minutes{lang}.md").read_text("utf-8")
        for lang in ("", ".ja")
    ]
    blocks = [re.findall(r"```console\n(.*?)```", page, re.DOTALL) for page in pages]
    assert blocks[0] == blocks[1]

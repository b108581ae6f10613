"""What the READMEs show is what the commands print.

A console block holds ``$ termbank …`` lines, each followed by its output; a line ``…``
stands for any number of lines.
"""

import fnmatch
import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
LANGUAGES = {"README.md": "en", "README.ja.md": "ja"}


def shown(page):
    for block in BLOCK.findall((ROOT / page).read_text(encoding="utf-8")):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if output.strip():
                yield command, output


CASES = [
    pytest.param(page, command, output, id=f"{page}: {command}")
    for page in LANGUAGES
    for command, output in shown(page)
]


@pytest.mark.parametrize(("page", "command", "output"), CASES)
def test_the_output_is_the_commands_own(page, command, output, tmp_path):
    words = shlex.split(command)
    assert words[0] == "termbank"
    words = [
        str(tmp_path / word) if before == "-o" else word
        for before, word in pairwise(words)
    ]
    ran = subprocess.run(
        [sys.executable, "-m", "termbank", *words],
        cwd=ROOT,
        env={**os.environ, "TERMBANK_MESSAGES": LANGUAGES[page], "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode in (0, 1), ran.stderr
    pattern = output.rstrip().replace("[", "[[]").replace("\n…\n", "\n*\n")
    if pattern.endswith("\n…"):
        pattern = pattern[:-1] + "*"
    assert fnmatch.fnmatchcase(ran.stdout.rstrip(), pattern), ran.stdout


def test_both_readmes_show_the_same_commands():
    first, second = ([command for command, _ in shown(page)] for page in LANGUAGES)
    assert first
    assert first == second

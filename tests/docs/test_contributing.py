"""Each guide of CONTRIBUTING.md does what it says, in a copy of the checkout."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
GUIDES = [
    "rule",
    "format",
    "dialect of delimited files",
    "command",
    "tokeniser",
    "engine",
    "store",
]
_STEP = re.compile(
    r"(?:<!-- (?P<note>[^>]*?) -->\n)?```(?P<kind>\w*)\n(?P<body>.*?)```", re.DOTALL
)
_IN = re.compile(r"in (?P<path>\S+), before: (?P<mark>.*)")


@pytest.fixture
def checkout(tmp_path):
    for name in ("src", "glossary", "tests/contracts"):
        target = tmp_path / name
        shutil.copytree(
            ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


def guide(title):
    found = re.search(
        rf"^## Add an? {re.escape(title)}\n(.*?)(?=^## )",
        PAGE,
        re.MULTILINE | re.DOTALL,
    )
    assert found, title
    return found[1]


def run(checkout, command):
    words = command.split()
    scripts = {"termbank": ["-m", "termbank"], "python": []}
    done = subprocess.run(
        [sys.executable, *scripts[words[0]], *words[1:]],
        cwd=checkout, capture_output=True, text=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(checkout / "src"), "PYTHONUTF8": "1",
             "TERMBANK_CACHE": str(checkout / "cache"), "NO_COLOR": "1"},
    )  # fmt: skip
    assert done.returncode in (0, 1), (command, done.stdout, done.stderr)
    assert done.returncode == 0 or words[1] == "check", (command, done.stdout)
    return done.stdout


def write(checkout, note, body):
    if note.startswith("file: "):
        path = checkout / note.removeprefix("file: ")
        assert not path.exists(), path
        path.write_text(body, "utf-8")
        return path
    placed = _IN.fullmatch(note)
    assert placed, note
    path = checkout / placed["path"]
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if placed["mark"] in line)
    path.write_text("".join([*lines[:at], body, *lines[at:]]), "utf-8")
    return path


def say_what_is_printed(checkout, body):
    command, shown = "", []
    for line in [*body.splitlines(), "$ end"]:
        if line.startswith("$ "):
            if command:
                printed = run(checkout, command)
                assert printed.splitlines()[: len(shown)] == shown, printed
            command, shown = line[2:], []
        else:
            shown.append(line)


@pytest.mark.parametrize("title", GUIDES)
def test_a_guide_works_as_printed(checkout, title):
    touched = set()
    for step in _STEP.finditer(guide(title)):
        note = step["note"] or ""
        if note.startswith("given: "):
            name, _, text = note.removeprefix("given: ").partition(": ")
            (checkout / name).write_text(f"{text}\n", "utf-8")
        if step["kind"] == "python":
            touched.add(write(checkout, note, step["body"]))
        elif step["kind"] == "console":
            say_what_is_printed(checkout, step["body"])
    assert 1 <= len(touched) <= (1 if "dialect" in title else 2)


def test_every_guide_of_the_page_is_run():
    titles = re.findall(r"^## Add an? (.*)$", PAGE, re.MULTILINE)
    assert titles == GUIDES

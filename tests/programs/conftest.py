"""Real programs: each test is skipped with its reason where its program is missing."""

import os
import shutil
import subprocess
import sys

import pytest

from termbank import Glossary

PATIENCE = 400  # seconds until a test gives up; no step takes five on an idle machine


@pytest.fixture
def program():
    """Return a program's path, or skip."""

    def find(name, variable=""):
        place = os.environ.get(variable, "") or shutil.which(name)
        if not place:
            pytest.skip(f"{name} is not installed")
        return place

    return find


@pytest.fixture
def project(tmp_path):
    """A project with a document, and ``termbank`` on the path of programs."""
    folder = tmp_path / "project"
    pairs = {"サーバー": ["サーバ"], "キーウ": ["キエフ"], "停戦合意": ["停戰合意"]}
    Glossary.from_variants(pairs, lang="ja").write(folder / "glossary")
    (folder / "termbank.toml").write_text('glossaries = ["glossary"]\n')
    (folder / "docs").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "elsewhere").mkdir()
    command = tmp_path / "bin" / "termbank"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m termbank "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.fixture
def run_program(project, tmp_path):
    """Run a program from another folder than the project; return its output."""

    def run(words, **environment):
        path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
        answer = subprocess.run(
            words,
            cwd=tmp_path / "elsewhere",
            env={
                **os.environ,
                "PATH": path,
                "HOME": str(tmp_path),
                "XDG_STATE_HOME": str(tmp_path / "state"),
                "LANG": "C.UTF-8",
                **environment,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        return answer.stdout + answer.stderr

    return run

"""``termbank serve`` as a process: start, stop, kill, and what it needs."""

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

pytest.importorskip("uvicorn", reason="needs the extra: pip install 'termbank[web]'")
import httpx

from termbank.cli import main
from termbank.operations.project import Project
from termbank.operations.team.access_file import access_file
from termbank.operations.team.access_tokens import AccessTokens

NOW = datetime(2026, 12, 1, tzinfo=UTC)
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


class Served:
    """A process that serves a project; killed at the end where it still runs."""

    def __init__(self, project, *options):
        tokens = AccessTokens(access_file(project))
        _, secret = tokens.issue("葵", "terminologist", NOW)
        tokens.close()
        command = [sys.executable, "-m", "termbank", "serve", "--port", "0"]
        command += ["--glossary", str(project.folder), "--rate", "0", *options]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        address = self.process.stdout.readline().strip()
        self.client = httpx.Client(
            base_url=address,
            headers={"Authorization": f"Bearer {secret}"},
            timeout=120,
            trust_env=False,
        )

    def __enter__(self):
        return self

    def __exit__(self, *fault):
        self.client.close()
        self.process.kill()
        self.process.communicate()


@POSIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_0_and_the_log_is_whole(tmp_path, number):
    with Served(Project.begin(tmp_path)) as served:
        assert served.client.get("/health").json() == {"status": "ok"}
        assert (
            served.client.post("/v1/lookup", json={"query": "停戦"}).status_code == 200
        )
        served.process.send_signal(number)
        _, log = served.process.communicate(timeout=120)
        lines = [json.loads(line) for line in log.splitlines()]
        assert [line["event"] for line in lines] == ["started", "request", "request", "stopped"]  # fmt: skip
        assert served.process.returncode == 0


@POSIX
def test_what_was_acknowledged_outlives_kill_minus_nine(tmp_path):
    project, acknowledged = Project.begin(tmp_path), []
    for run in range(2):
        with Served(project, "--memory", str(tmp_path / "tm")) as served:
            for number in range(3):
                term = f"用語{run}の{number}"
                proposal = {"term": term, "rendering": f"term {run} {number}"}
                pair = {"source": f"{term}を見た。", "target": f"Saw {run} {number}."}
                if served.client.post("/v1/propose", json=proposal).is_success:
                    acknowledged.append(term)
                served.client.post("/v1/memory/add", json={"pairs": [pair]})
            os.kill(served.process.pid, signal.SIGKILL)
    assert len(acknowledged) == 6
    forms = {key[2] for key in Project(project.folder).rows().tables["terms"]}
    assert {*acknowledged} <= forms
    from termbank.memory import Memory

    with Memory.open(tmp_path / "tm") as memory:
        assert memory.stats().segments == 6


def test_without_its_extra_the_line_that_installs_it_is_said(
    tmp_path, monkeypatch, capsys
):
    from importlib import util

    Project.begin(tmp_path)
    monkeypatch.chdir(tmp_path)
    find = util.find_spec
    monkeypatch.setattr(
        util, "find_spec", lambda name: None if name == "uvicorn" else find(name)
    )
    assert main(["serve"]) == 2
    assert "pip install 'termbank[web]'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options",
    [
        ["--rate", "-1"],
        ["--largest", "0"],
        ["--seconds", "nan"],
        ["--connections", "0"],
        ["--root-path", "terms"],
        ["--port", "70000"],
        ["--host", "256.256.256.256"],
    ],
)
def test_values_that_cannot_be_are_refused(tmp_path, monkeypatch, capsys, options):
    Project.begin(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["serve", *options]) == 2
    assert options[0] in capsys.readouterr().err


def test_a_folder_without_a_glossary_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["serve", "--glossary", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_look_up_and_check_load_nothing_of_the_service():
    code = (
        "import sys, termbank.cli, termbank.commands.lookup, termbank.commands.check;"
        "print([name for name in sys.modules if name.startswith(("
        "'starlette', 'uvicorn', 'termbank.service', 'termbank.operations.team'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"

"""termbank mine and join-shards on collections: chunks, shards, files, going on."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest

from termbank.cli import main

TEXTS = [
    "首脳会談で「安全の保証」を求めた。ユーリ・ウシャコフ氏は停戦案に応じた。",
    "ウシャコフの談話。\n停戦案は新しい。",
    "ゼレンスキー大統領はキーウで会談した。",
]


@pytest.fixture
def job(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"2025-04-1{number}.txt").write_text(f"{text}\n", "utf-8")
    return folder


@pytest.fixture
def printed(capsys):
    def run(*words):
        assert main(list(map(str, words))) == 0
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("view", [[], ["--mentions"]])
def test_every_way_of_mining_prints_the_same(job, tmp_path, printed, view):
    shown = ("--format", "csv", *view)
    whole = printed("mine", job, *shown)
    assert "ウシャコフ" in whole
    assert printed("mine", job, "--engine", "serial", *shown) == whole
    assert printed("mine", job, "--checkpoint", tmp_path / "run", *shown) == whole
    assert printed("mine", job, "--memory", "2GB", *shown) == whole
    folders = [tmp_path / "1", tmp_path / "2"]
    for number, folder in enumerate(folders, 1):
        assert not printed(
            "mine", job, "--shard", f"{number}/2", "--checkpoint", folder
        )
    assert printed("join-shards", *folders, *shown) == whole


def test_going_on_is_asked_for(job, tmp_path, printed, capsys):
    folder = tmp_path / "run"
    printed("mine", job, "--checkpoint", folder)
    assert main(["mine", str(job), "--checkpoint", str(folder)]) == 2
    assert "--resume" in capsys.readouterr().err
    printed("mine", job, "--checkpoint", folder, "--resume")


def test_results_are_written_as_one_file_or_by_year(job, tmp_path, printed):
    printed("mine", job, "-o", tmp_path / "m.parquet")
    rows = pl.read_parquet(tmp_path / "m.parquet")
    printed("mine", job, "-o", tmp_path / "set", "--partition-by", "year")
    (folder,) = (tmp_path / "set").iterdir()
    assert folder.name == "year=2025"
    assert pl.read_parquet(folder / "*.parquet", hive_partitioning=False).equals(rows)


def test_a_file_that_cannot_be_read_does_not_stop_a_collection(job, tmp_path, capsys):
    (job / "broken.docx").write_bytes(b"no archive")
    assert main(["mine", str(job), "-o", str(tmp_path / "m.parquet")]) == 0
    assert "broken.docx" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--shard", "1/2"],
        ["--resume"],
        ["--partition-by", "year"],
        ["--shard", "3/2", "--checkpoint", "run"],
        ["--checkpoint", "run", "--explain", "停戦案"],
        ["--memory", "little"],
        ["--engine", "slurm"],
        ["--workers", "0"],
    ],
)
def test_what_does_not_fit_together_is_said_in_one_line(
    job, tmp_path, monkeypatch, capsys, words
):
    monkeypatch.chdir(tmp_path)
    assert main(["mine", str(job), *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_joining_says_which_shard_is_missing(job, tmp_path, printed, capsys):
    printed("mine", job, "--shard", "1/2", "--checkpoint", tmp_path / "1")
    assert main(["join-shards", str(tmp_path / "1")]) == 2
    assert "2/2" in capsys.readouterr().err


SMALL_CHUNKS = """
import sys
from termbank.cli import main
from termbank.mining.runs import collection_run
collection_run.CHUNK_SIZE = 2000
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_a_job_that_was_killed_goes_on(tmp_path, printed):
    sources = tmp_path / "texts"
    sources.mkdir()
    for number in range(40):
        text = f"{TEXTS[number % 3]}第{number}回。\n" * 40
        (sources / f"{number:02}.txt").write_text(text, "utf-8")
    run, target = tmp_path / "run", tmp_path / "m.parquet"
    words = ["mine", sources, "-o", target, "--checkpoint", run]
    command = [*words, "--engine", "processes", "--workers", "1"]
    job = subprocess.Popen([sys.executable, "-c", SMALL_CHUNKS, *map(str, command)])
    # Killed when it has kept something, however long that takes.
    while job.poll() is None and not list(run.glob("chunks/*.json")):
        time.sleep(0.05)
    job.kill()
    job.wait()
    before = {path.name for path in run.glob("chunks/*.json")}
    assert before
    printed(*words, "--resume")
    assert before <= {path.name for path in run.glob("chunks/*.json")}
    printed("mine", sources, "-o", tmp_path / "whole.parquet")
    assert target.read_bytes() == (tmp_path / "whole.parquet").read_bytes()

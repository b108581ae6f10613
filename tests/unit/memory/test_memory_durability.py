"""A writer killed at any moment: what it had acknowledged is there afterwards."""

import random
import shutil
import subprocess
import sys

import polars as pl
import pytest
from rapidfuzz.distance import Levenshtein

from termbank.memory import Memory

# Adds small batches, says so after each, and indexes often, so that kills fall into both.
WRITER = """
import sys
import polars as pl
import pytest
from rapidfuzz.distance import Levenshtein
from termbank.memory import Memory
from termbank.memory.search import block_index
block_index.TAIL_ROWS = 30
memory = Memory.open(sys.argv[1])
number = int(sys.argv[2])
while True:
    rows = [f"{number}番目の交渉で{at}人の捕虜が帰った。" for at in range(10)]
    memory.add(pl.DataFrame({"source": rows, "target": rows}))
    print(number, flush=True)
    number += 1
"""
KILLS = 6  # one hundred in bench/memory.py


def test_a_killed_writer_loses_no_acknowledged_row(tmp_path):
    chosen = random.Random(5)
    said = 0
    for _ in range(KILLS):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path / "tm"), str(said)],
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            for _ in range(chosen.randint(1, 12)):
                said = int(writer.stdout.readline()) + 1
            writer.kill()
            rest = writer.stdout.read().split()
        said = int(rest[-1]) + 1 if rest else said
        with Memory.open(tmp_path / "tm") as memory:
            stored = memory.export()["source"].to_list()
            assert stored[: said * 10] == [
                f"{number}番目の交渉で{at}人の捕虜が帰った。"
                for number in range(said)
                for at in range(10)
            ]
            assert len(stored) % 10 == 0  # a batch is there whole or not at all
            last = stored[-1]
            assert memory.search(last, limit=1)[0].score == 100
        said = len(stored) // 10


def test_the_index_of_another_memory_is_not_believed(tmp_path):
    for name, word in (("one", "会談"), ("two", "交渉")):
        texts = [
            f"第{number}回の{word}は{number}時に終わった。" for number in range(5000)
        ]
        with Memory.open(tmp_path / name) as memory:
            memory.add(pl.DataFrame({"source": texts, "target": texts}))
            assert memory.stats().unindexed == 0
    shutil.rmtree(tmp_path / "two" / "index")
    shutil.copytree(tmp_path / "one" / "index", tmp_path / "two" / "index")
    with Memory.open(tmp_path / "two") as memory:
        query = "第77回の交渉は77時に終わったという。"
        best = memory.search(query, limit=1)[0]
        similarity = Levenshtein.normalized_similarity(query, best.source)
        assert best.source == "第77回の交渉は77時に終わった。"
        assert best.score == pytest.approx(100 * similarity)

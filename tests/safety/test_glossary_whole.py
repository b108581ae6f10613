"""A glossary folder is one of the states that somebody wrote, for every reader always."""

import json
import os
import subprocess
import sys
import threading

import pytest

from termbank import Glossary, lookup
from termbank.glossary.csv_snapshot import JOURNAL
from termbank.glossary.light_rows import read_rows_and_definitions
from termbank.table_columns import COLUMNS

WRITER = """
import sys
from termbank import Glossary
states = [Glossary.read(place) for place in sys.argv[2:4]]
for turn in range(int(sys.argv[4])):
    states[turn % 2].write(sys.argv[1])
"""
# Kills its process at the N-th event of the file system below a folder.
KILLER = """
import os, signal, sys
place, left = sys.argv[1], [int(sys.argv[5])]
def at(event, arguments):
    if event in ("open", "os.rename", "os.remove", "os.mkdir") and any(
        str(argument).startswith(place) for argument in arguments
    ):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
"""


def state(number):
    """A glossary whose concepts and terms name its number."""
    forms = [f"サーバー{number}-{at}" for at in range(40)]
    return Glossary.from_variants({form: [form + "ー"] for form in forms}, lang="ja")


@pytest.fixture
def states(tmp_path):
    places = []
    for number in (1, 2):
        place = tmp_path / f"state{number}"
        state(number).write(place)
        places.append(place)
    return places


def test_a_reader_beside_two_writers_sees_one_state(tmp_path, states):
    place = tmp_path / "glossary"
    known = [Glossary.read(one) for one in states]
    known[0].write(place)
    light = [read_rows_and_definitions(str(one)) for one in states]
    words = [sys.executable, "-c", WRITER, str(place), *map(str, states), "150"]
    writers = [subprocess.Popen(words) for _ in range(2)]
    reads = 0
    while any(writer.poll() is None for writer in writers) or reads < 30:
        assert Glossary.read(place) in known
        assert read_rows_and_definitions(str(place)) in light
        reads += 1
    assert all(writer.wait() == 0 for writer in writers)
    assert sorted(os.listdir(place)) == sorted(f"{name}.csv" for name in COLUMNS)


def test_a_writer_killed_at_any_moment_leaves_one_state(tmp_path, states):
    place = tmp_path / "glossary"
    known = [Glossary.read(one) for one in states]
    seen, at = set(), 0
    while True:
        at += 1
        known[0].write(place)
        command = [sys.executable, "-c",
                   KILLER + "import termbank.glossary\nsys.addaudithook(at)\n" + WRITER,
                   str(place), str(states[1]), str(states[1]), "1", str(at)]  # fmt: skip
        code = subprocess.run(command, check=False).returncode
        found = Glossary.read(place)
        assert found in known, at
        assert lookup("サーバー1-3", glossary=place) or lookup(
            "サーバー2-3", glossary=place
        )
        seen.add(known.index(found))
        if code == 0:
            break
    assert seen == {0, 1}
    assert at > 12
    known[0].write(place)
    assert sorted(os.listdir(place)) == sorted(f"{name}.csv" for name in COLUMNS)


def test_a_journal_that_somebody_committed_or_edited_after_is_none(tmp_path, states):
    place = tmp_path / "glossary"
    known = [Glossary.read(one) for one in states]
    known[0].write(place)
    texts = {name: (states[1] / f"{name}.csv").read_text("utf-8") for name in COLUMNS}
    for stamp in ([], [1, 2, 3]):
        files = {name: (stamp, text) for name, text in texts.items()}
        (place / JOURNAL).write_text(json.dumps({"files": files}), encoding="utf-8")
        assert Glossary.read(place) == known[0]
    for broken in (
        "",
        "[]",
        "{}",
        '{"files": 3}',
        '{"files": {"terms": [1]}}',
        '{"files": {"terms": [[], 5]}}\ncut',
        '{"files": {"terms": [[], 1]}}\nlonger',
        '{"files": {"terms": [[], -1]}}\n',
        '{"files": {"terms": [[], 1.5]}}\nab',
        "[" * 9999,
    ):
        (place / JOURNAL).write_text(broken, encoding="utf-8")
        assert Glossary.read(place) == known[0]
    known[1].write(place)
    assert not (place / JOURNAL).exists()
    assert Glossary.read(place) == known[1]


def test_writing_again_touches_nothing(tmp_path):
    glossary = state(1)
    glossary.write(tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    glossary.write(tmp_path)
    assert before == {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}


def test_writers_of_one_process_take_turns(tmp_path, states):
    place = tmp_path / "glossary"
    known = [Glossary.read(one) for one in states]
    known[0].write(place)
    faults = []

    def work(number):
        try:
            for _ in range(20):
                known[number % 2].write(place)
                assert Glossary.read(place) in known
        except BaseException as fault:  # shown by the main thread
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults


@pytest.mark.parametrize("size", [131_072, 200_000, 1_000_000])
def test_a_term_of_any_length_can_be_read_back(tmp_path, size):
    form = "長" * size
    Glossary.from_variants({form: ["短"]}, lang="ja").write(tmp_path)
    assert form in set(Glossary.read(tmp_path).terms["form"])
    rows, _ = read_rows_and_definitions(str(tmp_path))
    assert form in {row.form for row in rows}

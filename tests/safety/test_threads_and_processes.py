"""The public functions give their right answers from threads, tasks and forks at once."""

import asyncio
import multiprocessing
import os
import signal
import threading
import time

import polars as pl
import pytest

import termbank
from termbank import Glossary, Memory
from termbank.errors import StoreError
from termbank.memory import store

RULES = Glossary.from_variants(
    {"サーバー": ["サーバ"], "キーウ": ["キエフ"]}, lang="ja"
)
PAIRS = pl.DataFrame(
    {
        "source": [f"停戦案の第{number}項に合意する。" for number in range(60)],
        "target": [f"Agree on item {number}." for number in range(60)],
    }
)
TEXT = "キエフのサーバでゼレンスキー大統領と会談した。停戦案に合意する。"


WORDS = ["サーバー", "サーバ", "ウイルス", "ウィルス"]
# Each public function on a small input, in a form that can be compared.
CALLS = {
    "compare": lambda: termbank.compare(WORDS[:2], WORDS[1:3]).rows(),
    "reconcile": lambda: str(termbank.reconcile(WORDS)),
    "check_text": lambda: termbank.check_text(TEXT, glossary=RULES),
    "lookup": lambda: termbank.lookup("キエフ", glossary=RULES),
    "scan": lambda: termbank.scan(TEXT, glossary=RULES),
    "segment": lambda: termbank.segment(TEXT),
    "mine": lambda: termbank.mine(termbank.documents([TEXT])).rows(),
    "best_spelling": lambda: termbank.best_spelling(
        "ゼレンスキー", ["Zelensky", "Kyiv"]
    ),
    "align": lambda: str(
        termbank.align(TEXT, "They met in Kyiv. They agreed.").segments
    ),
}


@pytest.fixture(scope="module")
def answers():
    return {name: call() for name, call in CALLS.items()}


def wrong_answers(answers, rounds=3):
    return [
        name
        for _ in range(rounds)
        for name, call in CALLS.items()
        if call() != answers[name]
    ]


def in_threads(work, count=8):
    faults = []

    def run(number):
        try:
            work(number)
        except BaseException as fault:  # shown by the main thread
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_eight_threads_get_the_answers_of_one(answers):
    wrong = []
    faults = in_threads(lambda _: wrong.extend(wrong_answers(answers)))
    assert not faults
    assert not wrong


def test_tasks_get_the_answers_of_one(answers):
    async def main():
        works = (asyncio.to_thread(wrong_answers, answers, 1) for _ in range(6))
        return await asyncio.gather(*works)

    assert asyncio.run(main()) == [[]] * 6


def forked(work):
    """Run in a forked child; return its exit code."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_beside_busy_threads_works_on(answers):
    # Polars keeps threads that no fork takes along: what needs it is for spawn.
    light = ("check_text", "lookup", "scan", "segment")
    done = threading.Event()

    def busy():
        while not done.is_set():
            for name in light:
                CALLS[name]()

    threads = [threading.Thread(target=busy) for _ in range(3)]
    for thread in threads:
        thread.start()

    def work():
        signal.alarm(20)
        for name in light:
            assert CALLS[name]() == answers[name]

    try:
        assert [forked(work) for _ in range(5)] == [0] * 5
    finally:
        done.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def folder(tmp_path):
    with Memory.open(tmp_path / "tm") as memory:
        memory.add(PAIRS)
    return tmp_path / "tm"


def test_closing_beside_searches_breaks_none(folder):
    memory = Memory.open(folder, read_only=True)
    right = memory.search("停戦案の第3項に合意する。")
    stop = time.monotonic() + 3

    def work(number):
        while time.monotonic() < stop:
            if number == 0:
                memory.close()
            else:
                assert memory.search("停戦案の第3項に合意する。") == right
                assert len(list(memory.rows())) == 60
                assert memory.concordance("第3項")

    assert not in_threads(work)
    memory.close()


def test_searches_with_workers_from_several_threads(folder):
    texts = [f"停戦案の第{number}項に合意した。" for number in range(40)]
    with Memory.open(folder) as memory:
        right = memory.search_many(texts)
        found = {}

        def work(number):
            found[number] = memory.search_many(texts, workers=2)
            if number == 1:
                memory.close()

        assert not in_threads(work, 4)
        assert all(matches == right for matches in found.values())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_fork_uses_connections_of_its_own(folder):
    with Memory.open(folder) as memory:
        right = memory.search("停戦案の第3項に合意する。")

        def work():
            assert memory.search("停戦案の第3項に合意する。") == right
            assert memory.concordance("第3項")
            memory.close()

        assert forked(work) == 0
        memory.add(pl.DataFrame({"source": ["親"], "target": ["parent"]}))
        assert memory.stats().segments == 61


def read_as_somebody_else(folder):
    os.setuid(65534)
    with Memory.open(folder, read_only=True) as memory:
        assert memory.search("停戦案の第3項に合意する。")[0].score == 100
        with pytest.raises(StoreError):
            memory.delete(["x"])


@pytest.mark.skipif(not hasattr(os, "fork") or os.getuid(), reason="needs root")
def test_a_memory_is_read_by_a_user_who_may_not_write_it(folder):
    for place in (folder, *folder.parents):
        if place.stat().st_uid == os.getuid() and len(place.parts) > 2:
            place.chmod(0o755)
    for place in folder.rglob("*"):
        place.chmod(0o755 if place.is_dir() else 0o644)
    before = sorted(os.listdir(folder))
    assert forked(lambda: read_as_somebody_else(folder)) == 0
    assert sorted(os.listdir(folder)) == before
    assert store.FILE in before


def test_spawned_processes_are_not_needed_for_small_work():
    assert multiprocessing.active_children() == []

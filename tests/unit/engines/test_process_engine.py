"""The engine of several processes: deaths, order, ends, and what reaches the caller."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from termbank.engines import Kernel, chosen_engine, running_engine
from termbank.errors import ConfigError, EngineError, PluginError

HERE = Path(__file__).parent


def die_once(mark: str) -> str:
    """End the process without a word, the first time a file is not there yet."""
    path = Path(mark)
    if not path.exists():
        path.write_text("died")
        os._exit(9)
    return path.name


def die(_: int) -> None:
    os._exit(9)


def note_and_negate(part: tuple[str, int]) -> int:
    """Leave a file for each call, so that calls can be counted."""
    folder, number = part
    calls = len(list(Path(folder).glob(f"{number}.*")))
    Path(folder, f"{number}.{calls}").write_text("")
    if number == 3 and calls == 0:
        os._exit(9)
    return -number


def shout(part: str) -> str:
    print(part, flush=True)
    return part


def unpicklable(_: int) -> object:
    return lambda: None


@pytest.fixture
def kernel(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(HERE), *sys.path])
    return lambda name, *shared: Kernel(f"test_process_engine:{name}", shared)


def test_a_worker_that_dies_costs_the_part_it_had_and_nothing_else(kernel, tmp_path):
    parts = [(str(tmp_path), number) for number in range(12)]
    with running_engine("processes", 3) as engine:
        results = list(engine.map(kernel("note_and_negate"), parts))
    assert results == [-number for number in range(12)]
    calls = sorted(path.name for path in tmp_path.iterdir())
    assert calls == sorted([f"{number}.0" for number in range(12)] + ["3.1"])


def test_deaths_of_several_workers_are_survived(kernel, tmp_path):
    marks = [str(tmp_path / f"{number}") for number in range(5)]
    with running_engine("processes", 2) as engine:
        assert list(engine.map(kernel("die_once"), marks)) == list("01234")


def test_a_part_that_ends_every_worker_is_an_error_not_a_hang(kernel):
    with running_engine("processes", 2) as engine:
        with pytest.raises(EngineError, match="3"):
            list(engine.map(kernel("die"), [1]))
        assert list(engine.map(Kernel("operator:neg"), [1])) == [-1]


def test_what_a_kernel_prints_does_not_mix_with_results(kernel):
    with running_engine("processes", 1) as engine:
        assert list(engine.map(kernel("shout"), ["停戦", "x" * 9])) == ["停戦", "x" * 9]


def test_a_result_that_cannot_be_sent_is_an_error(kernel):
    with running_engine("processes", 1) as engine, pytest.raises(EngineError):
        list(engine.map(kernel("unpicklable"), [1]))


def test_ending_a_job_early_ends_the_workers(kernel):
    with running_engine("processes", 2) as engine:
        results = engine.map(Kernel("time:sleep"), [0, 600, 600])
        next(results)
        began = time.monotonic()
    assert time.monotonic() - began < 300


@pytest.mark.parametrize(
    ("arguments", "right"),
    [
        ({"name": None, "workers": None, "large": False}, "serial"),
        ({"name": None, "workers": 1, "large": True}, "serial"),
        ({"name": None, "workers": 2, "large": False}, "processes"),
        ({"name": "serial", "workers": 2, "large": True}, "serial"),
    ],
)
def test_the_size_of_a_job_chooses_its_engine_where_nobody_does(arguments, right):
    assert chosen_engine(**arguments) == right


def test_an_engine_nobody_offers_and_no_worker_are_refused():
    with pytest.raises(PluginError, match="serial"), running_engine("slurm"):
        pass
    with pytest.raises(ConfigError), running_engine("processes", 0):
        pass


NO_MAIN_GUARD = """
from termbank.engines import Kernel, running_engine
print("started", flush=True)
with running_engine("processes", 2) as engine:
    print(list(engine.map(Kernel("operator:neg"), [1, 2, 3])))
"""


def test_a_script_without_a_main_guard_is_run_once(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(NO_MAIN_GUARD)
    ran = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "started\n[-1, -2, -3]\n"


PARENT = """
import time
from termbank.engines import Kernel, running_engine
with running_engine("processes", 2) as engine:
    results = engine.map(Kernel("time:sleep"), [0, 0, 600, 600])
    next(results)
    print(*engine.process_ids, flush=True)
    time.sleep(600)
"""


def is_alive(number):
    try:
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_busy_workers_end_with_their_parent(tmp_path, how):
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    parent = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True
    )
    workers = [int(word) for word in parent.stdout.readline().split()]
    assert len(workers) >= 1
    parent.send_signal(how)
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 120
    while any(map(is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(is_alive, workers))

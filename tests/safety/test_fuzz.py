"""Mutated inputs give results or errors that termbank means; bench/fuzz takes more of them."""

import sys
import time
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.fuzz import LONGEST_CASE, fault_of, fuzz, mutated
from bench.fuzz.targets import targets

CASES = 60  # of each target


def test_no_target_fails_on_mutated_inputs(tmp_path):
    chosen = targets(tmp_path)
    faults, counts = fuzz(chosen, 300, CASES * len(chosen), Random(20))
    assert not faults
    assert set(counts) == set(chosen)
    assert min(counts.values()) >= CASES


def test_every_target_takes_its_seeds(tmp_path):
    for name, (target, seeds) in targets(tmp_path).items():
        for seed in seeds:
            assert not fault_of(target, seed), name


@pytest.mark.skipif(sys.platform == "win32", reason="needs alarms")
def test_a_crash_and_a_hang_are_faults():
    def crash(content):
        return content[10**9]

    def hang(_):
        time.sleep(LONGEST_CASE + 5)

    assert fault_of(crash, b"x").startswith("IndexError")
    assert "longer than" in fault_of(hang, b"x")
    assert fault_of(len, b"x") == ""


def test_the_same_seed_gives_the_same_inputs():
    inputs = [
        [mutated(b"abc" * 9, Random(seed)) for seed in range(50)] for _ in range(2)
    ]
    assert inputs[0] == inputs[1]
    assert len(set(inputs[0])) > 40

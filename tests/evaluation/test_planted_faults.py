"""Faults planted in translations of our own are found, and clean translations stay clean."""

import json
import subprocess
import sys

import pytest
from bench.planted import FOLDER, outcome, samples


@pytest.mark.parametrize("name", ["first", "second"])
def test_planted_faults_are_found_and_clean_translations_stay_clean(name):
    outcomes = [outcome(sample) for sample in samples(FOLDER / f"{name}.txt")]
    assert sum(len(result.false) for result in outcomes) <= 3
    assert sum(len(result.missed) for result in outcomes) <= 5


def test_the_command_says_what_the_library_says(tmp_path):
    sample = next(samples(FOLDER / "first.txt"))
    rows = "".join(f"{source}\t{target}\n" for source, target in sample.faulty)
    (tmp_path / "pairs.tsv").write_text(f"ja\ten\n{rows}", encoding="utf-8")
    sample.glossary.write(tmp_path / "glossary")
    words = [
        sys.executable,
        "-m",
        "termbank",
        "verify",
        "pairs.tsv",
        "--format",
        "json",
    ]
    answer = subprocess.run(
        [*words, "--glossary", "glossary", "--from", "ja", "--to", "en"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 1, answer.stderr
    report = json.loads(answer.stdout)
    wrong = {sample.faults[0].wrong, sample.faults[1].wrong}
    found = {each["target"][each["start"] : each["end"]] for each in report["errors"]}
    assert wrong & found
    assert report["segments"] == len(sample.faulty)

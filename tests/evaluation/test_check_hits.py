"""Precision and recall of the check on hits that were labelled by reading them.

``check_labels.tsv`` holds file, offset (code points), variant, better form and label:
``word`` (the variant stands free), ``part`` (of a compound), ``chance``. The texts
themselves stay in ``../shared``.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from termbank.checking.engine import compiled_rules as books
from termbank.checking.engine.hit_classifier import Judge
from termbank.checking.engine.word_context import Words
from termbank.glossary.light_rows import TermRow

LABELS = Path(__file__).parent / "check_labels.tsv"
# What the issue asks for.
PRECISION_OF_ERRORS, PRECISION_OF_WARNINGS, RECALL_IN_COMPOUNDS = 0.98, 0.90, 0.95


def rows():
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def judge_of(variant, better, words):
    def row(form, status):
        return TermRow("c", "term", "", "ja", form, "", status, "spelling", *[""] * 4)

    return Judge(
        books.compile_rules([[row(better, "preferred"), row(variant, "deprecated")]]),
        words,
    )


@pytest.fixture(scope="module")
def judged(shared):
    """Counts of (verdict, label)."""
    folder, words = shared / "data" / "check" / "sample", Words()
    texts: dict[str, str] = {}
    judges: dict[str, Judge] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for one in rows():
        name, variant = one["file"], one["variant"]
        if name not in texts:
            texts[name] = (folder / name).read_bytes().decode()
        if variant not in judges:
            judges[variant] = judge_of(variant, one["better"], words)
        at = int(one["offset"])
        assert texts[name][at : at + len(variant)] == variant
        content = texts[name].encode()
        start = len(texts[name][:at].encode())
        how = judges[variant](content, start, start + len(variant.encode()), 0)
        counts[how, one["label"]] += 1
    return counts


def test_enough_hits_were_read():
    assert len(rows()) >= 500


def test_errors_are_right(judged):
    found = {key: n for key, n in judged.items() if key[0] in ("free", "compound")}
    wrong = sum(n for (_, label), n in found.items() if label == "chance")
    assert 1 - wrong / sum(found.values()) >= PRECISION_OF_ERRORS


def test_warnings_are_right(judged):
    found = {key: n for key, n in judged.items() if key[0] == "unsure"}
    wrong = sum(n for (_, label), n in found.items() if label == "chance")
    assert 1 - wrong / sum(found.values()) >= PRECISION_OF_WARNINGS


def test_parts_of_compounds_are_found(judged):
    parts = {key: n for key, n in judged.items() if key[1] == "part"}
    missed = sum(n for (how, _), n in parts.items() if not how)
    assert 1 - missed / sum(parts.values()) >= RECALL_IN_COMPOUNDS

"""Bilingual flags on real pairs: precision as labelled by reading, and how few there are.

The glossary takes the first gold rendering of each term as the preferred one and retires
the others; ``bilingual_labels.tsv`` says of 320 flags (number of the pair, span in the
target) whether the retired rendering really stands for the term there.
"""

import csv
import gzip
from pathlib import Path

import pytest

from termbank.checking.bilingual.pair_checking import findings
from termbank.checking.bilingual.renderings import Pair, Terms
from termbank.commands.check import EVIDENCE
from termbank.glossary.light_rows import TermRow

LABELS = Path(__file__).parent / "bilingual_labels.tsv"
PRECISION, LABELLED, FLAGS_PER_TERM = 0.90, 300, 0.02


def row(number, lang, form, status):
    return TermRow(f"{number:012x}", "term", "", lang, form, "", status, *[""] * 5)


def terms(shared, others):
    path = shared / "data" / "bilingual" / "termgold_pydocs.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            japanese, _, listed = line.rstrip("\n").split("\t")
            forms = [form for form in listed.split("|") if len(form) > 3]
            if len(japanese) > 2 and len(forms) > 1:
                yield row(number, "ja", japanese, "preferred")
                for at, form in enumerate(forms[:4]):
                    yield row(number, "en", form, others if at else "preferred")


@pytest.fixture(scope="module")
def pairs(shared):
    path = shared / "data" / "bilingual" / "tm_pydocs.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [Pair(one[3], one[2], "", at, "ja", "en") for at, one in enumerate(rows)]


def test_errors_are_right(shared, pairs):
    with LABELS.open(encoding="utf-8", newline="") as file:
        labels = {
            (int(one["pair"]), int(one["start"]), int(one["end"])): one["right"] == "1"
            for one in csv.DictReader(file, delimiter="\t")
        }
    wanted = [pairs[number] for number in sorted({key[0] for key in labels})]
    found = findings(wanted, Terms(terms(shared, "deprecated")), EVIDENCE)
    flagged = {key for key in ((one.line, *one.span) for one in found) if key in labels}
    assert len(flagged) >= LABELLED
    assert sum(labels[key] for key in flagged) / len(flagged) >= PRECISION


def test_the_default_profile_flags_few_terms(shared, pairs):
    some = pairs[::10]
    found = findings(some, Terms(terms(shared, "admitted")), EVIDENCE)
    # Terms of the sources that stand there, whatever became of them in the targets.
    forms = [one.form for one in terms(shared, "admitted") if one.lang == "ja"]
    standing = sum(pair.source.count(form) > 0 for pair in some for form in forms)
    assert standing > 1000
    assert len(found) / standing <= FLAGS_PER_TERM

"""The real documents, and a sample of the labelled pairs.

Rows of the pairs were trained on, so that the bounds here only catch breakage;
``python -m bench reconcile`` on held-out rows, and docs/design/reconciliation.md, judge.
"""

import gzip
from pathlib import Path

import numpy as np
import pytest

import termbank

EVERY = 10  # every tenth row of the pairs
BALANCED = 20  # similarity that parts balanced pairs best


@pytest.fixture(scope="module")
def concept_of(shared: Path) -> dict[str, str]:
    proposal = termbank.reconcile(termbank.mine([str(shared / "seeds")]))
    return dict(proposal.terms.select("form", "concept_id").rows())


@pytest.mark.parametrize(
    "one",
    [
        ("ルーク・コーフィー", "ルーク・コフィー"),
        ("ウラジーミル・プーチン", "ウラジミール・プーチン", "プーチン"),
        (
            "ウラジーミル・ゼレンスキー",
            "ウラジミール・ゼレンスキー",
            "ウォロディミル・ゼレンスキー",
            "ゼレンスキー",
        ),
        ("NATO", "北大西洋条約機構"),
        ("CSIS", "戦略国際問題研究所"),
        ("捕虜交換", "捕虜の交換"),
    ],
)
def test_the_real_documents_give_one_concept(concept_of, one):
    assert len({concept_of[form] for form in one}) == 1


@pytest.mark.parametrize(
    "apart",
    [
        ("プーチン", "ゼレンスキー"),
        ("安全の保証", "安全保障"),
        ("ウィトコフ", "ウシャコフ", "レズニコフ"),
        ("停戦", "停戦案", "停戦合意"),
    ],
)
def test_the_real_documents_keep_apart(concept_of, apart):
    found = [concept_of[form] for form in apart if form in concept_of]
    assert len(found) == len(set(found)) >= 2


@pytest.mark.parametrize(
    ("strata", "at_least"),
    [(("kata",), 0.92), (("kanji",), 0.92), (("script",), 0.92), (("fullname",), 0.94)],
)
def test_pairs_are_judged_about_as_well_as_measured(shared, strata, at_least):
    path = shared / "data/reconcile/variants.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1::EVERY]
    rows = [row for row in rows if row[3].endswith(strata)]
    left, right = [row[1] for row in rows], [row[2] for row in rows]
    answer = termbank.compare(left, right, at_least=BALANCED)
    same = (answer["verdict"] == "same").to_numpy()
    label = np.array([row[0] == "1" for row in rows])
    hits = (same & label).sum()
    assert 2 * hits / (same.sum() + label.sum()) >= at_least

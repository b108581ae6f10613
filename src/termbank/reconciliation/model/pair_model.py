"""The learned judge of a pair: weights of edits, then a few hundred small trees.

Pairs of katakana that these trees leave in doubt are judged anew by a second forest, which
also knows how well one Latin original accounts for both (:mod:`.originals`).

Evaluated with NumPy alone. Two files may be there: ``spellings.npz`` is trained on
permissive sources only; ``spellings-sharealike.npz`` also on JMdict and JMnedict rows,
ships under their share-alike licence (``spellings-sharealike.LICENSE``), and is preferred
where it is present.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from termbank.reconciliation.features import latin_origin
from termbank.reconciliation.features.pair_features import NUMBERS, Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

Floats = NDArray[np.float32]

FOLDER: Final = Path(__file__).with_name("weights")
SHARE_ALIKE: Final = "spellings-sharealike.npz"
PERMISSIVE: Final = "spellings.npz"
# Set to 1, only the permissive file is read: for those who must not use share-alike data.
PERMISSIVE_VARIABLE: Final = "TERMBANK_PERMISSIVE"
AT_ONCE: Final = 1 << 14  # pairs: a few columns of them stay in a processor's cache
# Trees after which the pairs that they put more than HOPELESS (log-odds) below the
# cut-off are left: the rest makes up for more in one kept pair of 5,000 (bench reconcile).
STAGES: Final = (20, 50, 100, 200)
HOPELESS: Final = 3.5
LEARNED: Final = ("edit_sum", "edit_least", "edit_part")
MOST_PARTS: Final = 8
# Log-odds between which katakana pairs are judged anew. Found pairs that the first forest
# puts more than UNLIKELY below the cut-off of questions are left: of vocab_jmdict one
# question in three hundred is lost, of 100,000 forms a third of the pairs need be asked.
DOUBT: Final = (-3.5, 5.0)
UNLIKELY: Final = 1.5
ORIGINALS: Final = ("original", "original_best")
GATE: Final = 4  # the other places of ``cut`` are those of older verdicts


class Forest(NamedTuple):
    """Symmetric trees.

    Attributes:
        feature: Column tested at each level of each tree.
        border: A level sets its bit where the column is above this.
        leaves: Log-odds of each leaf of each tree.
        bias: Added to the sum of leaves.
    """

    feature: NDArray[np.int16]
    border: Floats
    leaves: Floats
    bias: float


class Model(NamedTuple):
    """Everything that was learned.

    Attributes:
        edit_weights: Log-odds of each hashed edit key.
        trees: Judge all pairs by :data:`COLUMNS`.
        doubtful: Judge katakana pairs in doubt by :data:`DOUBTFUL_COLUMNS`.
        handed: Knots (log-odds, similarity) for pairs handed over by a caller.
        found: The same for pairs found among all forms of a vocabulary.
        cut: At :data:`GATE` the log-odds, as if found, below which a pair handed over
            is no likelier than if found.
    """

    edit_weights: Floats
    trees: Forest
    doubtful: Forest
    handed: Floats
    found: Floats
    cut: Floats


class Judged(NamedTuple):
    """The judgement of many pairs; similarities as in the calibration's vocabulary.

    Attributes:
        score: Log-odds, by the question that was asked.
        as_found: Log-odds as if the pairs had been found in a vocabulary.
        similarity: 0-100, share of found pairs with this score that are one word.
        handed: The same for pairs handed over; that of ``found`` where nobody handed
            them over.
    """

    score: Floats
    as_found: Floats
    similarity: Floats
    handed: Floats


def judge(
    model: Model, evidence: Evidence, *, found: bool, asked_from: float = 0.0
) -> Judged:
    """Judge pairs by their evidence.

    Args:
        model: See :func:`shipped_model`.
        evidence: Of the pairs.
        found: Whether the pairs were found among all forms of a vocabulary, where
            most of them are different words, or handed over by somebody who thought
            them worth asking about. The model was trained on both and told which.
        asked_from: Similarity below which found pairs are of no interest.
    """
    count = len(evidence.numbers)
    least = float(np.interp(asked_from, *model.found[::-1])) if found else -np.inf
    # Column by column in memory: the trees look at one column of all pairs at a time.
    columns = np.empty((count, len(COLUMNS)), np.float32, order="F")
    columns[:, : len(NUMBERS)] = evidence.numbers
    columns[:, len(NUMBERS) : -1] = learned_columns(model.edit_weights, evidence)
    columns[:, -1] = 1
    score = _scores(model.trees, columns, above=least)
    doubtful = in_doubt(columns, score)
    if found:
        doubtful &= score > least - UNLIKELY
    else:
        columns[:, -1] = 0
        as_given = _scores(model.trees, columns)
        doubtful |= in_doubt(columns, as_given)
    rows = np.flatnonzero(doubtful)
    likeness = latin_origin.alike(
        evidence.units, evidence.left[rows], evidence.right[rows]
    )
    score = _anew(model, columns, score, rows, likeness, among_all=True)
    similarity = np.interp(score, *model.found).astype(np.float32)
    if found:
        return Judged(score, score, similarity, similarity)
    as_given = _anew(model, columns, as_given, rows, likeness, among_all=False)
    as_handed = np.interp(as_given, *model.handed).astype(np.float32)
    believable = score >= model.cut[GATE]
    return Judged(
        as_given,
        score,
        similarity,
        np.where(believable, as_handed, np.minimum(as_handed, similarity)),
    )


def in_doubt(columns: Floats, score: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Tell which pairs are judged anew: katakana that differ in kana alone."""
    kana = (columns[:, _KATAKANA] > 0) & (columns[:, _OTHER] == 0)
    doubt: NDArray[np.bool_] = kana & (score > DOUBT[0]) & (score < DOUBT[1])
    return doubt


def _anew(
    model: Model,
    columns: Floats,
    score: Floats,
    rows: NDArray[np.int64],
    likeness: Floats,
    *,
    among_all: bool,
) -> Floats:
    """Return the scores, those of pairs in doubt by the second forest.

    Args:
        model: Both forests.
        columns: Of all pairs.
        score: Of all pairs.
        rows: Pairs of which ``likeness`` is known, all in doubt among them.
        likeness: What :func:`.originals.alike` says of them.
        among_all: Which of the two questions is asked.
    """
    doubtful = np.flatnonzero(in_doubt(columns[rows], score[rows]))
    some = rows[doubtful]
    wide = np.empty((len(some), len(DOUBTFUL_COLUMNS)), np.float32, order="F")
    wide[:, : len(COLUMNS) - 1] = columns[some, :-1]
    wide[:, len(COLUMNS) - 1 : -1] = likeness[doubtful]
    wide[:, -1] = among_all
    out = score.copy()
    out[some] = _scores(model.doubtful, wide)
    return out


def learned_columns(weights: Floats, evidence: Evidence) -> Floats:
    """Return for each pair the sum of its edits' weights, the least edit, the least part."""
    count = len(evidence.numbers)
    each = edit_sums(weights, evidence)
    pair = evidence.edits.pair
    total = np.bincount(pair, weights=each, minlength=count)
    least = np.zeros(count, np.float32)
    np.minimum.at(least, pair, each.astype(np.float32))
    place = pair.astype(np.int64) * MOST_PARTS + np.minimum(
        evidence.parts, MOST_PARTS - 1
    )
    by_part = np.bincount(place, weights=each, minlength=count * MOST_PARTS)
    worst = by_part.reshape(count, MOST_PARTS).min(axis=1) if count else np.zeros(0)
    return np.column_stack([total, least, worst]).astype(np.float32)


def edit_sums(weights: Floats, evidence: Evidence) -> Floats:
    """Return the sum of the weights of each edit's keys."""
    total = np.zeros(len(evidence.edits.pair), np.float32)
    for keys in evidence.edit_keys:
        total += weights.take(keys)
    return total


def _scores(forest: Forest, columns: Floats, *, above: float = -np.inf) -> Floats:
    """Return the log-odds of every row.

    Args:
        forest: The trees.
        columns: One row a pair; fastest where each column is one piece of memory.
        above: Rows that the trees so far put far below this (:data:`HOPELESS`, more
            than the rest of the trees make up for) keep what those say.
    """
    total = np.full(len(columns), forest.bias, np.float32)
    rows, table, score = np.arange(len(columns)), columns.T, total
    start = 0
    for stop in (*STAGES, len(forest.feature)):
        score = _add_trees(forest, table, score, slice(start, stop))
        total[rows] = score
        start = stop
        if above > -np.inf:
            open_ = np.flatnonzero(score > above - HOPELESS)
            rows, score = rows.take(open_), score.take(open_)
            table = table.take(open_, axis=1)
    return total


def _add_trees(forest: Forest, table: Floats, score: Floats, trees: slice) -> Floats:
    """Return the scores with what some trees say of the columns of ``table`` added."""
    total = score.copy()
    for at in range(0, len(total), AT_ONCE):
        some = slice(at, at + AT_ONCE)
        _add(forest, table[:, some], total[some], trees)
    return total


def _add(forest: Forest, block: Floats, total: Floats, trees: slice) -> None:
    """Add what the trees say to ``total``: bits of all levels give the leaf."""
    bit = np.empty(len(total), bool)
    leaf = np.empty(len(total), np.uint8)
    values = np.empty(len(total), np.float32)
    for feature, border, leaves in zip(
        forest.feature[trees].tolist(),
        forest.border[trees],
        forest.leaves[trees],
        strict=True,
    ):
        leaf[:] = 0
        for column, edge in zip(reversed(feature), reversed(border), strict=True):
            np.greater(block[column], edge, out=bit)
            np.add(leaf, leaf, out=leaf)
            np.bitwise_or(leaf, bit.view(np.uint8), out=leaf)
        total += leaves.take(leaf, out=values, mode="clip")


@cache
def shipped_model() -> Model:
    """Return the best model that is present."""
    candidates = (
        [PERMISSIVE]
        if os.environ.get(PERMISSIVE_VARIABLE)
        else [SHARE_ALIKE, PERMISSIVE]
    )
    path = next(FOLDER / name for name in candidates if (FOLDER / name).is_file())
    return load(path)


def load(path: Path) -> Model:
    """Return the model in a file that ``training/spellings.py`` wrote."""
    with np.load(path, allow_pickle=False) as arrays:
        weights = arrays["edit_weights"].astype(np.float32)
        return Model(
            weights,
            _forest(arrays, "trees"),
            _forest(arrays, "doubtful"),
            arrays["handed"],
            arrays["found"],
            arrays["cut"],
        )


def _forest(arrays: Mapping[str, NDArray[Any]], name: str) -> Forest:
    feature, border, leaves, bias = (
        arrays[f"{name}_{part}"] for part in Forest._fields
    )
    return Forest(feature, border, leaves, float(bias))


_KATAKANA: Final = NUMBERS.index("all_katakana")
_OTHER: Final = NUMBERS.index("other")
COLUMNS: Final = (*NUMBERS, *LEARNED, "found")
DOUBTFUL_COLUMNS: Final = (*COLUMNS[:-1], *ORIGINALS, COLUMNS[-1])
__all__ = [
    "COLUMNS",
    "DOUBTFUL_COLUMNS",
    "Forest",
    "Judged",
    "Model",
    "in_doubt",
    "judge",
    "learned_columns",
    "load",
    "shipped_model",
]

"""Two linear models over buckets, trained online: a chain of labels, and single choices.

Both take a table of bucket numbers (a row a word or a stretch, a column a question, 0 for
no answer) and learn a row of weights a bucket, by FTRL-proximal with dropout of answers.

Source:
    H. B. McMahan et al.: Ad click prediction: a view from the trenches. KDD 2013
    (FTRL-proximal); J. Lafferty, A. McCallum, F. Pereira: Conditional random fields.
    ICML 2001.

Needs numba.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from termbank.mining.names.span_model import CLASSES

LABELS = 5
# Outside, begin, inside, end, single: which may follow which.
MAY_FOLLOW = np.array(
    [
        [1, 1, 0, 0, 1],
        [0, 0, 1, 1, 0],
        [0, 0, 1, 1, 0],
        [1, 1, 0, 0, 1],
        [1, 1, 0, 0, 1],
    ],
    np.bool_,
)
_NEVER = -1e4
# Gradients below this change nothing but the time taken.
_NOTHING = 1e-3
_FLOOR = -60.0
_MASKS = 4096
# Plain figures would turn the sums of single precision into double.
_ZERO, _ONE = np.float32(0), np.float32(1)


class Plan(NamedTuple):
    """How to train.

    Attributes:
        epochs: Times over all rows.
        rate: Step size of FTRL (its alpha; beta is 1).
        sparse: L1; weights that never pull harder stay 0.
        small: L2.
        dropout: Share of the answers left out at each step.
        seed: Of the order and the dropout.
    """

    epochs: int
    rate: float
    sparse: float
    small: float
    dropout: float
    seed: int = 0


def train_chain(
    table: np.ndarray,
    labels: np.ndarray,
    bounds: np.ndarray,
    sentences: np.ndarray,
    plan: Plan,
) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (a column a label but outside, which is 0) and transitions.

    Both are means over the ends of the later half of the epochs: less noisy than the last.

    Args:
        table: One row a word.
        labels: One a word.
        bounds: First row of each sentence, and one past the last.
        sentences: Which sentences to train on.
        plan: How.
    """
    state = _state(int(table.max()) + 1, LABELS - 1)
    steps = _state(LABELS, LABELS)
    random = np.random.default_rng(plan.seed)
    _seed(plan.seed)
    sums, step_sums = np.zeros_like(state[2]), np.zeros_like(steps[2])
    settled = range(plan.epochs // 2, plan.epochs)
    for epoch in range(plan.epochs):
        rows = (table, labels, bounds, random.permutation(sentences))
        masks = _masks(random, plan, table.shape[1])
        _chain_epoch(rows, state, steps, _sizes(plan), masks)
        if epoch in settled:
            sums += state[2]
            step_sums += steps[2]
    if not np.isfinite(sums).all():
        raise FloatingPointError("the chain's weights grew beyond all bounds")
    transitions = np.where(MAY_FOLLOW, step_sums / len(settled), _NEVER)
    return sums / len(settled), transitions.astype(np.float32)


def train_choice(table: np.ndarray, classes: np.ndarray, plan: Plan) -> np.ndarray:
    """Return a row of weights a bucket, one column for each of ``CLASSES``."""
    state = _state(int(table.max()) + 1, CLASSES)
    random = np.random.default_rng(plan.seed)
    _seed(plan.seed)
    for _ in range(plan.epochs):
        rows = (table, classes, random.permutation(len(classes)))
        masks = _masks(random, plan, table.shape[1])
        _choice_epoch(rows, state, _sizes(plan), masks)
    return state[2]


@njit(cache=True)
def _seed(number):
    np.random.seed(number)


def _masks(random: np.random.Generator, plan: Plan, columns: int) -> np.ndarray:
    """Return rows that tell which answers count; each step takes one of them."""
    return random.random((_MASKS, columns)) >= plan.dropout


def _sizes(plan: Plan) -> tuple[np.float32, ...]:
    sizes = plan.rate, plan.sparse, plan.small, plan.dropout
    return tuple(map(np.float32, sizes))


def _state(buckets: int, columns: int) -> tuple[np.ndarray, ...]:
    """Return pull, root of the summed squares, and weight of each bucket.

    The weight follows from the other two; it is kept because it is read far more often
    than they change.
    """
    pull, root, weights = (np.zeros((buckets, columns), np.float32) for _ in range(3))
    return pull, root, weights


def _steps(columns):
    """Return what scores one row and what corrects its weights.

    Both are made for a number of columns that the compiler knows, which is what lets it
    keep them in one register: four times as fast.
    """

    @njit(cache=True, fastmath=True)
    def scored(answers, mask, state, dropout, kept, scores):
        """Set the score of each class; note which answers counted, return how many."""
        weights = state[2]
        count = 0
        for question in range(len(answers)):
            kept[count] = answers[question]
            count += (answers[question] != 0) & mask[question]
        sums = np.zeros(columns, np.float32)
        for place in range(count):
            for one in range(columns):
                sums[one] += weights[kept[place], one]
        for one in range(columns):
            scores[one] = sums[one] / (_ONE - dropout)
        return count

    @njit(cache=True, fastmath=True)
    def corrected(kept, gradients, state, sizes):
        if np.max(np.abs(gradients)) < _NOTHING:
            return
        pull, root, weights = state
        rate, sparse, small, _ = sizes
        for bucket in kept:
            for one in range(columns):
                before, gradient = root[bucket, one], gradients[one]
                after = np.sqrt(before * before + gradient * gradient)
                step = (after - before) / rate
                now = pull[bucket, one] + gradient - step * weights[bucket, one]
                pull[bucket, one], root[bucket, one] = now, after
                over = max(abs(now) - sparse, _ZERO)
                size = (_ONE + after) / rate + small
                weights[bucket, one] = -np.copysign(over, now) / size

    return scored, corrected


_scored_labels, _corrected_labels = _steps(LABELS - 1)
_scored_classes, _corrected_classes = _steps(CLASSES)
_, _corrected_steps = _steps(LABELS)


@njit(cache=True, fastmath=True)
def _chain_epoch(rows, state, step_state, sizes, masks):
    table, labels, bounds, order = rows
    longest = np.max(bounds[1:] - bounds[:-1])
    kept = np.zeros((longest, table.shape[1]), np.int32)
    counts = np.zeros(longest, np.int64)
    every = np.arange(LABELS)
    for sentence in order:
        low, high = bounds[sentence], bounds[sentence + 1]
        scores = np.zeros((high - low, LABELS))
        for word in range(high - low):
            counts[word] = _scored_labels(
                table[low + word],
                masks[np.random.randint(0, len(masks))],
                state,
                sizes[3],
                kept[word],
                scores[word, 1:],
            )
        chances, steps = _expected(scores, step_state[2])
        for word in range(high - low):
            label = labels[low + word]
            if word:
                steps[labels[low + word - 1], label] -= 1
            chances[word, label] -= 1
            gradients = (chances[word, 1:] / (1 - sizes[3])).astype(np.float32)
            _corrected_labels(kept[word, : counts[word]], gradients, state, sizes)
        loose = (sizes[0], _ZERO, sizes[2], sizes[3])
        for label in every:
            gradients = steps[label].astype(np.float32)
            _corrected_steps(every[label : label + 1], gradients, step_state, loose)


@njit(cache=True, fastmath=True)
def _expected(scores, transitions):
    """Return the chance of each label of each word, and expected transitions."""
    count = len(scores)
    steps = np.where(MAY_FOLLOW, np.exp(transitions), 0.0)
    weights = np.zeros_like(scores)
    for word in range(count):
        # The floor keeps a sum from being 0 where only a label that may not stand here
        # has weight.
        most = scores[word].max()
        for one in range(LABELS):
            weights[word, one] = np.exp(max(scores[word, one] - most, _FLOOR))
    # A sentence begins with no inside or end, and ends with no begin or inside.
    weights[0, 2] = weights[0, 3] = 0.0
    weights[count - 1, 1] = weights[count - 1, 2] = 0.0
    ahead, behind = np.zeros_like(scores), np.ones_like(scores)
    ahead[0] = weights[0] / weights[0].sum()
    for word in range(1, count):
        for a in range(LABELS):
            for b in range(LABELS):
                ahead[word, b] += ahead[word - 1, a] * steps[a, b] * weights[word, b]
        ahead[word] /= ahead[word].sum()
    expected, here = np.zeros((LABELS, LABELS)), np.zeros((LABELS, LABELS))
    for word in range(count - 1, 0, -1):
        for a in range(LABELS):
            behind[word - 1, a] = 0.0
            for b in range(LABELS):
                onward = steps[a, b] * weights[word, b] * behind[word, b]
                behind[word - 1, a] += onward
                here[a, b] = onward * ahead[word - 1, a]
        expected += here / here.sum()
        behind[word - 1] /= behind[word - 1].sum()
    chances = ahead * behind
    for word in range(count):
        chances[word] /= chances[word].sum()
    return chances, expected


@njit(cache=True, fastmath=True)
def _choice_epoch(rows, state, sizes, masks):
    table, classes, order = rows
    kept = np.zeros(table.shape[1], np.int32)
    scores = np.zeros(CLASSES)
    for row in order:
        mask = masks[np.random.randint(0, len(masks))]
        count = _scored_classes(table[row], mask, state, sizes[3], kept, scores)
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        chances[classes[row]] -= 1
        # Dropout would make this gradient larger; the smaller step did better.
        _corrected_classes(kept[:count], chances.astype(np.float32), state, sizes)

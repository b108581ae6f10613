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
_NOTHING = 1e-4
_FLOOR = -60.0


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

    Args:
        table: One row a word.
        labels: One a word.
        bounds: First row of each sentence, and one past the last.
        sentences: Which sentences to train on.
        plan: How.
    """
    count = int(table.max()) + 1
    pull = np.zeros((count, LABELS - 1), np.float32)
    energy = np.zeros_like(pull)
    pull_t, energy_t = np.zeros((LABELS, LABELS)), np.zeros((LABELS, LABELS))
    random = np.random.default_rng(plan.seed)
    for epoch in range(plan.epochs):
        order = random.permutation(sentences)
        _chain_epoch(
            (table, labels, bounds, order),
            (pull, energy, pull_t, energy_t),
            (plan.rate, plan.sparse, plan.small, plan.dropout),
            plan.seed * 1000 + epoch,
            MAY_FOLLOW,
        )
    if not np.isfinite(pull).all():
        raise FloatingPointError("the chain's weights grew beyond all bounds")
    transitions = np.zeros((LABELS, LABELS))
    for place in np.ndindex(transitions.shape):
        transitions[place] = _weight(
            pull_t[place], energy_t[place], plan.rate, 0.0, plan.small
        )
    transitions[~MAY_FOLLOW] = _NEVER
    return _weights(pull, energy, plan), transitions.astype(np.float32)


def train_choice(
    table: np.ndarray, classes: np.ndarray, count: int, plan: Plan
) -> np.ndarray:
    """Return a row of weights a bucket, one column for each of ``count`` classes."""
    pull = np.zeros((int(table.max()) + 1, count), np.float32)
    energy = np.zeros_like(pull)
    random = np.random.default_rng(plan.seed)
    for epoch in range(plan.epochs):
        _choice_epoch(
            (table, classes, random.permutation(len(classes))),
            (pull, energy),
            (plan.rate, plan.sparse, plan.small, plan.dropout),
            plan.seed * 1000 + epoch,
        )
    return _weights(pull, energy, plan)


def _weights(pull: np.ndarray, energy: np.ndarray, plan: Plan) -> np.ndarray:
    size = (1 + np.sqrt(energy)) / plan.rate + plan.small
    out = -(pull - np.sign(pull) * plan.sparse) / size
    return np.where(np.abs(pull) > plan.sparse, out, 0).astype(np.float32)


@njit(cache=True, fastmath=True)
def _weight(pull, energy, rate, sparse, small):
    if abs(pull) <= sparse:
        return 0.0
    over = pull - sparse if pull > 0 else pull + sparse
    return -over / ((1.0 + np.sqrt(energy)) / rate + small)


@njit(cache=True, fastmath=True)
def _learn(pull, energy, place, gradient, weight, rate):
    before = energy[place]
    after = before + gradient * gradient
    step = (np.sqrt(after) - np.sqrt(before)) / rate
    pull[place] += gradient - step * weight
    energy[place] = after


@njit(cache=True, fastmath=True)
def _chain_epoch(rows, state, sizes, seed, may_follow):
    table, labels, bounds, order = rows
    pull, energy, pull_t, energy_t = state
    rate = sizes[0]
    np.random.seed(seed)
    longest = np.max(bounds[1:] - bounds[:-1])
    kept = np.zeros((longest, table.shape[1]), np.bool_)
    used = np.zeros((longest, table.shape[1], LABELS - 1), np.float32)
    for sentence in order:
        part = slice(bounds[sentence], bounds[sentence + 1])
        truth = labels[part]
        transitions = _transitions(pull_t, energy_t, sizes, may_follow)
        scores = np.zeros((len(truth), LABELS))
        for word in range(len(truth)):
            scores[word, 1:] = _scored(
                table[part][word], pull, energy, sizes, kept[word], used[word]
            )
        chances, steps = _expected(scores, transitions, may_follow)
        for word in range(len(truth)):
            if word:
                steps[truth[word - 1], truth[word]] -= 1
            chances[word, truth[word]] -= 1
            gradients = chances[word, 1:] / (1 - sizes[3])
            answers = table[part][word]
            _corrected(answers, gradients, pull, energy, rate, kept[word], used[word])
        for a, b in np.argwhere(may_follow):
            _learn(pull_t, energy_t, (a, b), steps[a, b], transitions[a, b], rate)


@njit(cache=True, fastmath=True)
def _transitions(pull, energy, sizes, may_follow):
    out = np.full((LABELS, LABELS), _NEVER)
    for a, b in np.argwhere(may_follow):
        out[a, b] = _weight(pull[a, b], energy[a, b], sizes[0], 0.0, sizes[2])
    return out


@njit(cache=True, fastmath=True)
def _scored(answers, pull, energy, sizes, kept, used):
    """Return the score of each class; notes which answers counted, and with what."""
    rate, sparse, small, dropout = sizes
    scores = np.zeros(pull.shape[1])
    for question in range(len(answers)):
        bucket = answers[question]
        kept[question] = bucket != 0 and np.random.random() >= dropout
        if kept[question]:
            for one in range(len(scores)):
                weight = _weight(
                    pull[bucket, one], energy[bucket, one], rate, sparse, small
                )
                used[question, one] = weight
                scores[one] += weight / (1 - dropout)
    return scores


@njit(cache=True, fastmath=True)
def _corrected(answers, gradients, pull, energy, rate, kept, used):
    for one in range(len(gradients)):
        if abs(gradients[one]) < _NOTHING:
            continue
        for question in range(len(answers)):
            if kept[question]:
                place = answers[question], one
                weight = used[question, one]
                _learn(pull, energy, place, gradients[one], weight, rate)


@njit(cache=True, fastmath=True)
def _expected(scores, transitions, may_follow):
    """Return the chance of each label of each word, and expected transitions."""
    count = len(scores)
    steps = np.where(may_follow, np.exp(transitions), 0.0)
    weights = np.zeros_like(scores)
    for word in range(count):
        # The floor keeps a sum from being 0 where only a label that may not stand here
        # has weight.
        weights[word] = np.exp(np.maximum(scores[word] - scores[word].max(), _FLOOR))
    # A sentence begins with no inside or end, and ends with no begin or inside.
    weights[0, 2] = weights[0, 3] = 0.0
    weights[count - 1, 1] = weights[count - 1, 2] = 0.0
    ahead, behind = np.zeros_like(scores), np.ones_like(scores)
    ahead[0] = weights[0] / weights[0].sum()
    for word in range(1, count):
        for b in range(LABELS):
            ahead[word, b] = (ahead[word - 1] * steps[:, b]).sum() * weights[word, b]
        ahead[word] /= ahead[word].sum()
    expected = np.zeros((LABELS, LABELS))
    for word in range(count - 1, 0, -1):
        here = np.zeros((LABELS, LABELS))
        for a in range(LABELS):
            here[a] = steps[a] * weights[word] * behind[word]
            behind[word - 1, a] = here[a].sum()
            here[a] *= ahead[word - 1, a]
        expected += here / here.sum()
        behind[word - 1] /= behind[word - 1].sum()
    chances = ahead * behind
    for word in range(count):
        chances[word] /= chances[word].sum()
    return chances, expected


@njit(cache=True, fastmath=True)
def _choice_epoch(rows, state, sizes, seed):
    table, classes, order = rows
    pull, energy = state
    np.random.seed(seed)
    kept = np.zeros(table.shape[1], np.bool_)
    used = np.zeros((table.shape[1], pull.shape[1]), np.float32)
    for row in order:
        scores = _scored(table[row], pull, energy, sizes, kept, used)
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        chances[classes[row]] -= 1
        # Dropout would make this gradient larger; the smaller step did better.
        _corrected(table[row], chances, pull, energy, sizes[0], kept, used)

"""Calibration of the judge, from scores out of fold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.isotonic import IsotonicRegression

if TYPE_CHECKING:
    from numpy.typing import NDArray

KNOTS = 97
SCORES = (-12.0, 12.0)  # log-odds of the first and the last knot
SMOOTHED = 1.0  # log-odds
LIMITS = (0.05, 99.9)  # percent: no pair is sure
RISE = 0.0005  # percent a knot, so that similarities rise with the score
GATE_COSTS = 0.0001  # of F1 on balanced pairs, for keeping far pairs apart
GATE = 4  # place of the gate in the model


class Chosen(NamedTuple):
    """Calibration of both questions, and the gate, from out-of-fold scores."""

    handed: NDArray[np.float32]
    found: NDArray[np.float32]
    cut: NDArray[np.float32]


def chosen(
    scored: list[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]],
) -> Chosen:
    """Calibrate on (handed, found, label) of the balanced and the rare pairs.

    The verdicts themselves are cut from the similarities
    (``termbank.reconciliation.model.verdict_bands``). The gate is the lowest score as if
    found below which a pair handed over is believed no more than a found one.
    """
    (handed, gate_score, label), (rare_handed, found, rare_label) = scored
    _, best = _best_f1(handed, label)
    gate = -9.0
    for at in np.arange(-9.0, -1.0, 0.25):
        gated = np.where(gate_score >= at, handed, -99.0)
        if _best_f1(gated, label)[1] >= best - GATE_COSTS:
            gate = float(at)
    _, f1 = _best_f1(found, rare_label)
    print("gate", gate, "balanced F1", best, "rare F1 of blocked", f1, flush=True)
    cut = np.full(GATE + 1, gate, np.float32)
    return Chosen(
        _calibrated(rare_handed, rare_label), _calibrated(found, rare_label), cut
    )


def _ranked(
    scores: NDArray[np.float64], label: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(label[order])
    return scores[order], hits / np.arange(1, len(order) + 1), hits / label.sum()


def _best_f1(
    scores: NDArray[np.float64], label: NDArray[np.int64]
) -> tuple[float, float]:
    ranked, precision, recall = _ranked(scores, label)
    f1 = 2 * precision * recall / (precision + recall + 1e-12)
    return float(ranked[f1.argmax()]), float(f1.max())


def _calibrated(
    scores: NDArray[np.float64], label: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return knots from score to the share of right pairs, in percent, strictly rising.

    Isotonic regression, smoothed over SMOOTHED log-odds: its steps are those of the few
    pairs at hand. Knots lie evenly, so that the middle, where pairs are few and verdicts
    are cut, is as fine as the ends.
    """
    fitted = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(
        scores, label
    )
    around = np.linspace(-SMOOTHED / 2, SMOOTHED / 2, 41)
    knots = np.linspace(*SCORES, KNOTS)
    share = 100 * fitted.predict((knots[:, None] + around).ravel()).reshape(
        KNOTS, -1
    ).mean(axis=1)
    rising = np.maximum.accumulate(np.clip(share, *LIMITS)) + np.arange(KNOTS) * RISE
    return np.array([knots, rising], np.float32)

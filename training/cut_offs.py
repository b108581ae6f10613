"""Cut-offs and calibration of the judge, from scores out of fold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.isotonic import IsotonicRegression

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAME_PRECISION = 0.981  # of ``same`` among pairs found; the promise is 0.98
NAMES_COST = 0.004  # of F1 on pairs of several parts, for merging fewer different names
ASK_COST = 0.001  # of F1 on pairs found, for asking less often where it hardly matters
NAMES_LEAST = 400  # pairs of several parts that a cut-off of their own is chosen on
KNOTS = 48
GATE_COSTS = 0.0001  # of F1 on balanced pairs, for keeping far pairs apart
SAME, GATE = 0, 6  # places of cut-offs in the model
MARGIN = 0.01  # of log-odds, above pairs that must stay apart
# Log-odds of one in four, from which a pair handed over is asked about.
ASK_FROM = -1.0986


class Chosen(NamedTuple):
    """Cut-offs and calibration, from out-of-fold scores."""

    handed: NDArray[np.float32]
    found: NDArray[np.float32]
    cut: NDArray[np.float32]


def chosen(
    scored: list[tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]],
    parted: NDArray[np.bool_],
) -> Chosen:
    """Choose cut-offs from (handed, found, label) of the balanced and the rare pairs.

    Args:
        scored: Both.
        parted: Which balanced pairs have several parts on both sides.
    """
    (handed, gate_score, label), (rare_handed, found, rare_label) = scored
    same, best = _best_f1(handed, label)
    gate = -9.0
    for at in np.arange(-9.0, -1.0, 0.25):
        if (
            _best_f1(np.where(gate_score >= at, handed, -99.0), label)[1]
            >= best - GATE_COSTS
        ):
            gate = float(at)
    gated = np.where(gate_score >= gate, handed, -99.0)
    same, best = _best_f1(gated, label)
    names = same
    if parted.sum() >= NAMES_LEAST:
        same, _ = _best_f1(gated[~parted], label[~parted])
        names = _strictest(gated[parted], label[parted], NAMES_COST)
    ask = min(ASK_FROM, same)
    _, f1 = _best_f1(found, rare_label)
    found_ask = _strictest(found, rare_label, ASK_COST)
    found_same = max(_lowest(found, rare_label, SAME_PRECISION), found_ask)
    cut = np.array([same, ask, found_same, found_ask, gate, names, gate], np.float32)
    print("cut", cut, "balanced F1", best, "rare F1 of blocked", f1, flush=True)
    return Chosen(
        _calibrated(rare_handed, rare_label), _calibrated(found, rare_label), cut
    )


def kept_apart(
    chosen: Chosen,
    scored: tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]],
    confused: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> Chosen:
    """Raise one cut-off until no pair that checkers confuse is ``same`` as handed over.

    Either the score from which a pair is ``same``, or the one, as if found, below which
    none is: what costs less.

    Args:
        chosen: What is best without these pairs.
        scored: (handed, found, label) of balanced pairs that are no names of several parts.
        confused: (handed, found) of the confusable pairs.
    """
    handed, found, label = scored
    same, gate = float(chosen.cut[SAME]), float(chosen.cut[GATE])
    joined = (confused[0] >= same) & (confused[1] >= gate)
    if not joined.any():
        return chosen
    ways = [
        (float(confused[0][joined].max()) + MARGIN, gate),
        (same, float(confused[1][joined].max()) + MARGIN),
    ]
    cut = chosen.cut.copy()
    cut[SAME], cut[GATE] = max(
        ways, key=lambda way: _f1((handed >= way[0]) & (found >= way[1]), label)
    )
    return chosen._replace(cut=cut)


def _f1(same: NDArray[np.bool_], label: NDArray[np.int64]) -> float:
    return float(2 * label[same].sum() / (same.sum() + label.sum()))


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


def _strictest(
    scores: NDArray[np.float64], label: NDArray[np.int64], cost: float
) -> float:
    """Return the highest score at which F1 is within ``cost`` of the best."""
    ranked, precision, recall = _ranked(scores, label)
    f1 = 2 * precision * recall / (precision + recall + 1e-12)
    return float(ranked[np.flatnonzero(f1 >= f1.max() - cost)[0]])


def _lowest(
    scores: NDArray[np.float64], label: NDArray[np.int64], precision_at_least: float
) -> float:
    ranked, precision, _ = _ranked(scores, label)
    good = np.flatnonzero(precision >= precision_at_least)
    return float(ranked[good[-1]]) if len(good) else float(ranked[0])


def _calibrated(
    scores: NDArray[np.float64], label: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return knots from score to the share of right pairs, in percent, strictly rising."""
    fitted = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(
        scores, label
    )
    knots = np.unique(
        np.quantile(scores[scores > np.quantile(scores, 0.5)], np.linspace(0, 1, KNOTS))
    )
    knots = np.concatenate(
        ([min(-12.0, knots[0] - 1)], knots, [max(12.0, knots[-1] + 1)])
    )
    share = 100 * fitted.predict(knots)
    rising = (
        np.maximum.accumulate(share) * 0.98 + np.linspace(0.0, 2.0, len(knots)) * 0.99
    )
    return np.array([knots, rising], np.float32)

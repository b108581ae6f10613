"""What similarities mean, and where the verdicts are cut from them.

A similarity is the share of such pairs that are one word. How many that are depends on
how many forms were looked through: of twice as many forms there are twice as many right
pairs, but four times as many that look alike by chance. The model's similarity holds for
the vocabulary it was calibrated on; here its odds are brought to the size at hand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

# Verdicts of one pair; a lower one never has a higher similarity.
DIFFERENT, ASK, RELATED, SAME = range(4)
# Forms of vocab_jmdict, whose pairs the model's similarities were calibrated on.
CALIBRATED_ON: Final = 29_037
# Forms that a pair is taken to stand among where fewer are at hand, or none (compare).
# Small collections are about one subject and hold more look-alikes than chance would.
FEWEST_FORMS: Final = 10_000
# Of the pairs from here on at least 98 of 100 are one word, whatever the number of forms
# (docs/design/reconciliation.md; cut out of fold on vocab_jmdict).
SAME_FROM: Final = 90.0
# One such pair in four is one word: a person is asked.
ASK_FROM: Final = 25.0
_BELOW: Final = 0.01  # similarities have two decimals
MOST_IF_ASKED: Final = SAME_FROM - _BELOW
MOST_IF_DIFFERENT: Final = ASK_FROM - _BELOW


def log_odds_of_size(forms: int) -> float:
    """Return what a number of forms adds to the log-odds of a calibrated similarity.

    >>> log_odds_of_size(10) == log_odds_of_size(FEWEST_FORMS) > 0
    True
    >>> round(log_odds_of_size(CALIBRATED_ON), 3)
    0.0
    """
    return float(np.log(CALIBRATED_ON / max(forms, FEWEST_FORMS)))


def at_size(similarity: Floats, forms: int) -> Floats:
    """Return similarities (0-100) of the calibration as they are among so many forms.

    >>> at_size(np.array([0, 50, 100], np.float32), 2 * CALIBRATED_ON).round(1).tolist()
    [0.0, 33.29999923706055, 100.0]
    """
    right = similarity * np.float32(np.exp(log_odds_of_size(forms)))
    values: Floats = 100 * right / np.maximum(right + 100 - similarity, 1e-6)
    return values.astype(np.float32)


def calibrate(similarity: float, forms: int) -> float:
    """Return the similarity of the calibration that is ``similarity`` among so many forms.

    >>> round(calibrate(float(at_size(np.array([40], np.float32), 50)[0]), 50), 3)
    40.0
    """
    right = similarity / np.exp(log_odds_of_size(forms))
    return float(100 * right / (right + 100 - similarity))


def verdict_of(
    similarity: Floats, *, same_from: float = SAME_FROM
) -> NDArray[np.uint8]:
    """Return the verdict that each similarity has: same, ask or different."""
    verdict = np.where(similarity >= ASK_FROM, ASK, DIFFERENT)
    return np.where(similarity >= same_from, SAME, verdict).astype(np.uint8)

"""Judged pairs as columns."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Floats = NDArray[np.float32]


class Scored(NamedTuple):
    """Judged pairs.

    Attributes:
        left: Rows of the forms, lower than ``right``.
        right: Rows of the forms.
        similarity: 0-100.
        verdict: DIFFERENT, ASK, RELATED or SAME.
        numbers: Evidence, columns as ``NUMBERS``.
        veto: Place of the rule that forbids ``same``, else NO_VETO.
    """

    left: Rows
    right: Rows
    similarity: Floats
    verdict: NDArray[np.uint8]
    numbers: Floats
    veto: NDArray[np.int8]

    def where(self, chosen: NDArray[np.bool_]) -> Scored:
        """Return the chosen pairs."""
        return Scored(
            self.left[chosen],
            self.right[chosen],
            self.similarity[chosen],
            self.verdict[chosen],
            self.numbers[chosen],
            self.veto[chosen],
        )

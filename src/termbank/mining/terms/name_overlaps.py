"""How term candidates lie to the names of their text: across a rim, inside, around."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .term_phrases import Spans

    Bools = NDArray[np.bool_]


class Overlaps(NamedTuple):
    """One answer a span.

    Attributes:
        across: It holds a part of a name and more: アムレム外相 of ワリド アルムアレム外相.
        inside: It is a part of a name.
        around: It holds a name and more: トルコ南部, EU外相.
    """

    across: Bools
    inside: Bools
    around: Bools


def overlaps(spans: Spans, names: Spans, rows: int) -> Overlaps:
    """Return how spans lie to the outermost names of a sheet of so many rows."""
    opens = np.full(rows + 1, -1, np.int64)  # first row of the name at each row
    closes = np.full(rows + 1, -1, np.int64)  # one past its last
    order = np.lexsort((names.first - names.last, names.first))
    reach = 0
    for first, last in zip(
        names.first[order].tolist(), names.last[order].tolist(), strict=True
    ):
        if last > reach:
            opens[first:last], closes[first:last] = first, last
            reach = last
    begins, ends = opens[spans.first], closes[spans.last - 1]
    cut_left = (begins >= 0) & (begins < spans.first)
    cut_right = (ends >= 0) & (ends > spans.last)
    same = begins == opens[spans.last - 1]
    inside = same & (begins >= 0) & (cut_left | cut_right)
    across = (cut_left | cut_right) & ~inside
    name_rows = np.append(0, np.cumsum(opens[:rows] >= 0))
    holds = name_rows[spans.last] > name_rows[spans.first]
    whole = (begins == spans.first) & (closes[spans.first] == spans.last)
    return Overlaps(across, inside, holds & ~across & ~inside & ~whole)

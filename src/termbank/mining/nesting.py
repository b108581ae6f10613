"""Names inside names: デューク大学 and サンフォード公共政策大学院 in their joined name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .phrases import Spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .lexicon import Lexicon
    from .sheet import Sheet


def nested(
    sheet: Sheet, lexicon: Lexicon, names: Spans, kinds: NDArray[np.int64]
) -> tuple[Spans, NDArray[np.int64]]:
    """Return the names inside names, and their kinds: those of the names around them.

    A name that ends in a word for a body and holds another such word before it is two
    names, cut after the inner word; each side needs two word parts or more.
    """
    if not len(names.first):
        return names, kinds
    bodies = lexicon.bodies[sheet.slots]
    counts = np.append(0, np.cumsum(bodies))
    ends = bodies[names.last - 1]
    inner = counts[names.last - 2] - counts[names.first]
    rows = np.flatnonzero(ends & (inner > 0) & (names.last - names.first > 3))
    first, last, kind = [], [], []
    for row in rows.tolist():
        start, end = int(names.first[row]), int(names.last[row])
        for cut in range(start + 2, end - 1):
            if bodies[cut - 1] and not bodies[cut]:
                first += [start, cut]
                last += [cut, end]
                kind += [kinds[row]] * 2
    spans = Spans(np.array(first, np.int64), np.array(last, np.int64))
    return spans, np.array(kind, np.int64)

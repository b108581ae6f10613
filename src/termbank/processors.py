"""How many processors this process may use."""

from __future__ import annotations

import os


def processors(at_most: int | None = None) -> int:
    """Return the number of processors this process may use.

    Args:
        at_most: For work of which each part takes memory of its own.

    >>> processors() >= processors(at_most=1) == 1
    True
    """
    try:
        usable = len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        usable = os.cpu_count() or 1
    return usable if at_most is None else min(usable, at_most)

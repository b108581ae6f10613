"""TB902 stale-baseline: the baseline counts findings that are gone.

Why: what was mended must not come back unseen. Write the baseline again with
``termbank check --write-baseline FILE``.
"""

from __future__ import annotations


class StaleBaseline:
    """The name and page of what the run itself reports."""

    code = "TB902"
    name = "stale-baseline"


RULE = StaleBaseline()

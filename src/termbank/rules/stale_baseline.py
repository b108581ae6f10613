"""TB902 stale-baseline: the baseline counts findings that are gone.

Why: what was mended must not come back unseen. Write the baseline again with
``termbank check --write-baseline FILE``.

日本語:
    ベースラインに、もうない指摘が残っている。
    理由: 一度直したものが、気付かれずに戻ってくるのを防ぐ。``termbank check --write-baseline FILE`` で書き直す。
"""

from __future__ import annotations


class StaleBaseline:
    """The name and page of what the run itself reports."""

    code = "TB902"
    name = "stale-baseline"


RULE = StaleBaseline()

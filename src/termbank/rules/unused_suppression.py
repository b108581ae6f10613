"""TB901 unused-suppression: a comment that silences nothing.

Why: a comment left behind hides the next real finding on its line.

Bad:
    サーバー <!-- termbank: ignore[TB101] -->

The comments are described in ``docs/how-to/checking.md``. A comment about codes that did
not run is let be.

日本語:
    何も抑えていないコメントがある。
    理由: 残ったコメントは、その行の次の指摘を隠してしまう。
    コメントの書き方は ``docs/how-to/checking.ja.md`` にある。実行しなかった規則についてのコメントは指摘しない。
"""

from __future__ import annotations


class UnusedSuppression:
    """The name and page of what the run itself reports."""

    code = "TB901"
    name = "unused-suppression"


RULE = UnusedSuppression()

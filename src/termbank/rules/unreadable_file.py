"""TB903 unreadable-file: a file that is not text in a known encoding.

Why: what cannot be read is not checked, and silence would look like a clean file.

UTF-8, UTF-16 with a byte order mark, Shift_JIS (CP932), EUC-JP and ISO-2022-JP are read.
A file that holds NUL bytes, or none of these encodings, gives this finding, and the exit
code is 2.

日本語:
    知っている文字コードのテキストとして読めないファイルがある。
    理由: 読めないファイルは検査できない。何も言わなければ、誤りのないファイルに見える。
    読めるのは、UTF-8、BOM の付いた UTF-16、Shift_JIS (CP932)、EUC-JP、ISO-2022-JP。NUL を含むファイルと、どの文字コードでもないファイルを指摘し、終了コードは 2 になる。
"""

from __future__ import annotations

from termbank.messages import say
from termbank.types import Finding, Span


class UnreadableFile:
    """The finding for a file that cannot be read; the run gives it."""

    code = "TB903"
    name = "unreadable-file"

    def finding(self, path: str, found: str, line: int = 1) -> Finding:
        """Return the finding.

        Args:
            path: The file.
            found: What is there instead of text.
            line: Where, from 1.
        """
        message = f"{say('読めません', 'cannot be read')}: {found}"
        return Finding(self.code, Span(0, 0), message, None, path, line)


RULE = UnreadableFile()

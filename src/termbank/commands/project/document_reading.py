"""Documents as the commands read them: with a bar, and what was skipped said."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from termbank.commands.display import progress
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from termbank.sources.collection import Document
    from termbank.sources.paths import Skipped


def read_documents(sources: Sequence[str | Path]) -> list[Document]:
    """Return the documents of the sources; say which files were skipped, and why.

    Raises:
        InputError: A file that was named cannot be read, or no document is left.
    """
    from termbank.errors import InputError
    from termbank.sources.collection import stream, units

    skips: list[Skipped] = []
    label = say("読み込み", "reading")
    total = len(units(sources))
    documents = list(progress(stream(sources, skipped=skips), label, total=total))
    for path, reason in skips:
        print(f"{path}: {say('読みません', 'skipped')}: {reason}", file=sys.stderr)
    if not documents:
        read = say("読める文書がありません", "no document that can be read")
        expected = say("文章のあるファイル", "a file with text")
        raise InputError(", ".join(map(str, sources)), read, expected)
    return documents

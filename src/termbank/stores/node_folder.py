"""Where this machine keeps its copy of a store: private, and made anew when deleted."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from termbank import cache
from termbank.errors import StoreError
from termbank.messages import of_system, say

_IDENTITY: Final = re.compile(r"[\w-]{8,64}")


def node_folder(identity: str, name: str) -> Path:
    """Return the folder of a copy, made where absent.

    Args:
        identity: Of the store; it names the folder.
        name: glossary or memory.

    Raises:
        StoreError: It cannot be made, or somebody else could write into it.
    """
    if not _IDENTITY.fullmatch(identity):
        raise StoreError(
            identity[:80], say("ストアの識別子ではない", "no identity"), "uuid"
        )
    folder = Path(os.path.abspath(cache.folder())) / "stores" / identity / name
    try:
        for part in (folder.parents[1], folder.parents[0], folder):
            part.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not cache.is_ours(part.stat()):
                problem = say("ほかの人が書けるフォルダー", "a folder others may write")
                right = say("自分だけが書けるフォルダー", "one that only you may write")
                raise StoreError(str(part), problem, right)
    except OSError as fault:
        expected = say("書き込めるフォルダー", "a folder that can be written")
        raise StoreError(str(folder), of_system(fault), expected) from fault
    return folder

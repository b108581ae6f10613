"""Where this machine keeps its copy of a store: private, and made anew when deleted."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from termbank import cache
from termbank.errors import StoreError
from termbank.messages import of_system, say

VARIABLE: Final = "TERMBANK_STATE"
_IDENTITY: Final = re.compile(r"[\w-]{8,64}")


def node_folder(identity: str, name: str) -> Path:
    """Return the folder of a copy, made where absent.

    Args:
        identity: Of the store; it names the folder.
        name: glossary or memory.

    Raises:
        StoreError: It cannot be made, or somebody else could write into it.
    """
    return _own_folder(Path(os.path.abspath(cache.folder())), identity, name)


def state_folder(identity: str) -> Path:
    """Return the folder of what is kept beside the copies, made where absent.

    Marks of reviewers and tokens of a service are made by people, so they do not lie in
    the cache: ``$TERMBANK_STATE``, else ``$XDG_STATE_HOME/termbank``, else
    ``~/.local/state/termbank``.

    Raises:
        StoreError: As :func:`node_folder`.
    """
    home = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    root = os.environ.get(VARIABLE) or os.path.join(home, "termbank")
    return _own_folder(Path(os.path.abspath(root)), identity, "state")


def _own_folder(root: Path, identity: str, name: str) -> Path:
    if not _IDENTITY.fullmatch(identity):
        raise StoreError(
            identity[:80], say("ストアの識別子ではない", "no identity"), "uuid"
        )
    folder = root / "stores" / identity / name
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

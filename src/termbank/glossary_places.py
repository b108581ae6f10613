"""What callers may name as a glossary, and the files it is read from.

Look-up and checking stand on it alike; it is imported at every start, and reads nothing
but names of files and the lists that a list of rules imports.
"""

from __future__ import annotations

import os

from termbank.config import BUILT_IN
from termbank.errors import GlossaryError
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What a writer is about to put into the files (glossary.csv_snapshot).
JOURNAL = ".termbank-journal"
RULE_LISTS = (".yml", ".yaml")
_FILES = (JOURNAL, "concepts.csv", "definitions.csv", "terms.csv")
_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def stack_of(glossary: object, default: Iterable[object]) -> tuple[object, ...]:
    """Return the glossaries that hold, in the order in which they win.

    Args:
        glossary: A glossary, a path, ``builtin``, a list or tuple of these, or None.
        default: What None stands for.
    """
    if glossary is None:
        return tuple(default)
    return tuple(glossary) if isinstance(glossary, (list, tuple)) else (glossary,)


def is_same_stack(left: object, right: Sequence[object]) -> bool:
    """Answer whether two stacks hold the same objects: glossaries never change."""
    return (
        isinstance(left, (list, tuple))
        and len(left) == len(right)
        and all(ours is theirs for ours, theirs in zip(left, right, strict=True))
    )


def path_of(glossary: object) -> str:
    """Return the path by which a glossary is named; empty for an object."""
    if not isinstance(glossary, (str, os.PathLike)):
        return ""
    return os.fspath(glossary)


def shipped_folder() -> str:
    """Return the folder of the shipped glossary's CSV files.

    A wheel holds it inside the package (``termbank/shipped``); in a checkout that was
    installed editable it stands beside ``src``, where translators look for it.

    Raises:
        GlossaryError: It is in neither place: the installation is not whole.
    """
    inside = os.path.join(_PACKAGE, "shipped")
    beside = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "glossary")
    for place in (inside, beside):
        if os.path.isfile(os.path.join(place, "terms.csv")):
            return place
    raise GlossaryError(
        say("付属の用語集", "shipped glossary"),
        say(
            f"{inside} にも {beside} にも terms.csv がありません",
            f"no terms.csv in {inside} or {beside}",
        ),
        say(
            "入れ直す: pip install --force-reinstall termbank",
            "a whole installation: pip install --force-reinstall termbank",
        ),
    )


def files_of(named: str) -> list[str]:
    """Return the files of a glossary on this machine: a path, or ``builtin``.

    They need not exist: what compiled rules and names are kept under tells an absent
    file from a present one.

    Raises:
        GlossaryError: As for :func:`shipped_folder`.
    """
    place = shipped_folder() if named == BUILT_IN else named
    if os.path.isdir(place):
        return [os.path.join(place, name) for name in _FILES]
    return [place, *_lists_named_in(place)] if is_rule_list(place) else [place]


def is_rule_list(place: str) -> bool:
    """Answer whether a glossary may be a list of rules, by its name."""
    return place.lower().endswith(RULE_LISTS)


def _lists_named_in(place: str) -> list[str]:
    """Return the lists that a list of rules names: what it imports, and perhaps more."""
    import re

    try:
        with open(place, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        return []
    folder = os.path.dirname(place)
    lists = [
        os.path.join(folder, name) for name in re.findall(r"[\w./+-]+\.ya?ml", text)
    ]
    return sorted({path for path in lists if os.path.isfile(path)})

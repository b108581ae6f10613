"""What a glossary folder and a team's store last had in common: a file beside the CSVs.

``.termbank-store`` goes into git with the glossary, so that each branch and each clone
knows what its files were compared with. It names no server: only the store's identity
and numbers of its transactions.
"""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.atomic_files import os_errors, replace_content
from termbank.errors import FormatError
from termbank.isolation.project_root import refuse_leading_out
from termbank.messages import say
from termbank.stores.protocol import CONCEPT, DECISION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILE: Final = ".termbank-store"
_HEAD: Final = (
    "# What this glossary and the team's store last had in common (termbank pull)"
)
_WORDS: Final = {"store": 2, "number": 2, CONCEPT: 3, DECISION: 3}


class StoreBase(NamedTuple):
    """What files and store last had in common.

    Attributes:
        store: Identity of the store; empty where they never met.
        number: Transaction after which the files had all that the store had.
        pushed: Entries pushed since, by (kind, key): number of their transaction.
    """

    store: str = ""
    number: int = 0
    pushed: Mapping[tuple[str, str], int] = MappingProxyType({})


def read_base(folder: Path) -> StoreBase:
    """Return the base of a glossary folder; an empty one where there is none.

    Raises:
        FormatError: The file is broken, perhaps by a merge of git.
    """
    path = os.fspath(folder / FILE)
    refuse_leading_out(path)
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        return StoreBase()
    except (OSError, UnicodeDecodeError) as fault:
        raise FormatError(path, 1, str(fault), _HEAD) from fault
    store, number = "", 0
    push_numbers: dict[tuple[str, str], int] = {}
    for at, line in enumerate(lines, 1):
        if not line or line.startswith("# "):
            continue
        words = line.split(" ")
        if len(words) != _WORDS.get(words[0]) or not _is_number(words):
            expected = say(
                "store ID、number N (git の衝突なら小さいほうの N の側)",
                "store ID and number N; after a merge of git the side with the lower N",
            )
            raise FormatError(path, at, line[:60], expected)
        if words[0] == "store":
            store = words[1]
        elif words[0] == "number":
            number = int(words[1])
        else:
            push_numbers[words[0], words[1]] = int(words[2])
    return StoreBase(store, number, push_numbers)


def write_base(folder: Path, base: StoreBase) -> None:
    """Write the base of a glossary folder.

    Raises:
        InputError: It cannot be written.
    """
    lines = [_HEAD, f"store {base.store}", f"number {base.number}"]
    lines += [f"{kind} {key} {at}" for (kind, key), at in sorted(base.pushed.items())]
    path = os.fspath(folder / FILE)
    refuse_leading_out(path)
    content = "".join(f"{line}\n" for line in lines).encode()
    with os_errors(path):
        replace_content(path, content)


def _is_number(words: list[str]) -> bool:
    return words[0] == "store" or (words[-1].isascii() and words[-1].isdigit())

"""Writing several files of a glossary so that no reader sees some old and some new.

The journal that this rests on is explained in :mod:`.csv_snapshot`.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress

from termbank.atomic_files import os_errors, replace_content

from .csv_snapshot import file_of, journal_of, stamp, valid_journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def write_texts(place: str, texts: Mapping[str, str]) -> None:
    """Write files of a glossary folder together; one that stays the same is not touched.

    Args:
        place: Folder; made where absent.
        texts: By name: concepts, definitions, terms, decisions.

    Raises:
        InputError: The folder cannot be written; readers see what was there before.
    """
    with os_errors(place):
        os.makedirs(place, exist_ok=True)
    with _only_writer(place):
        _finish_interrupted(place)
        changes = {
            name: text for name, text in texts.items() if _text_of(place, name) != text
        }
        if len(changes) > 1:
            _write_journal(place, changes)
        _put(place, changes)


def _put(place: str, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        replace_content(file_of(place, name), text.encode())
    with os_errors(place), suppress(FileNotFoundError):
        os.unlink(journal_of(place))


def _write_journal(place: str, texts: Mapping[str, str]) -> None:
    files = {name: (stamp(file_of(place, name)), text) for name, text in texts.items()}
    content = json.dumps({"files": files}, ensure_ascii=False)
    replace_content(journal_of(place), content.encode())


def _finish_interrupted(place: str) -> None:
    """Put the texts of a journal in their places that a killed writer left."""
    journal = valid_journal(place)
    if journal:
        _put(place, {name: text for name, (_, text) in journal.items()})
    with suppress(OSError):  # one that no longer holds
        os.unlink(journal_of(place))


def _text_of(place: str, name: str) -> str | None:
    try:
        with open(file_of(place, name), encoding="utf-8", newline="") as file:
            return file.read()
    except (OSError, UnicodeDecodeError):
        return None


@contextmanager
def _only_writer(place: str) -> Iterator[None]:
    """Hold a folder against other writers; where the system has no locks, hope."""
    if os.name == "nt":
        yield
        return
    from fcntl import LOCK_EX, flock

    with os_errors(place):
        number = os.open(place, os.O_RDONLY)
    try:
        with suppress(OSError):
            flock(number, LOCK_EX)
        yield
    finally:
        os.close(number)

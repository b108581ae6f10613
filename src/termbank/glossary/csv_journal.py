"""Writing several files of a glossary so that no reader sees some old and some new.

The journal that this rests on is explained in :mod:`.csv_snapshot`.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress

from termbank.atomic_files import os_errors, replace_content

from .csv_snapshot import file_of, journal_bytes, journal_of, stamp, valid_journal

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
        contents = {name: text.encode() for name, text in texts.items()}
        changes = {
            name: content
            for name, content in contents.items()
            if _content_of(place, name) != content
        }
        if len(changes) > 1:
            _write_journal(place, changes)
        _put(place, changes)


def _put(place: str, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        replace_content(file_of(place, name), content)
    with os_errors(place), suppress(FileNotFoundError):
        os.unlink(journal_of(place))


def _write_journal(place: str, contents: Mapping[str, bytes]) -> None:
    files = {
        name: (stamp(file_of(place, name)), content)
        for name, content in contents.items()
    }
    replace_content(journal_of(place), journal_bytes(files))


def _finish_interrupted(place: str) -> None:
    """Put the texts of a journal in their places that a killed writer left."""
    journal = valid_journal(place)
    if journal:
        _put(place, {name: text.encode() for name, (_, text) in journal.items()})
    with suppress(OSError):  # one that no longer holds
        os.unlink(journal_of(place))


def _content_of(place: str, name: str) -> bytes | None:
    try:
        with open(file_of(place, name), "rb") as file:
            return file.read()
    except OSError:
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

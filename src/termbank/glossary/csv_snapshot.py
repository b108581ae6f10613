"""The texts of a glossary's files as they were at one moment, whoever writes beside us.

Several files cannot be replaced in one step. A writer first puts the new texts of all of
them into a journal, by one rename, and takes it away when each file has its new text
(:mod:`.csv_folder`). While a journal holds, it is the glossary; without one, the files are
read again until none changed meanwhile.
"""

from __future__ import annotations

import os

from termbank import strict_csv
from termbank.glossary_places import JOURNAL
from termbank.isolation.project_root import refuse_leading_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    # Inode, size and time of a file; empty where it is absent.
    Stamp = list[int]
    Texts = dict[str, str | None]
    Journal = dict[str, tuple[Stamp, str]]

_TRIES = 50  # a writer takes milliseconds; many in a row are no glossary in use


def journal_of(folder: str) -> str:
    """Return the path of a folder's journal."""
    return os.path.join(folder, JOURNAL)


def file_of(folder: str, name: str) -> str:
    """Return the path of one of the four files."""
    return os.path.join(folder, f"{name}.csv")


def texts_of(folder: str, names: Sequence[str]) -> Texts:
    """Return the texts of files by name, all of one moment; None for an absent file.

    Args:
        folder: Glossary folder.
        names: concepts, definitions, terms, decisions, or some of these.

    Raises:
        FormatError: A file is not UTF-8, with the line.
        InputError: A file cannot be read, or leads out of its repository.
    """
    for name in names:
        refuse_leading_out(file_of(folder, name))
    places = [journal_of(folder), *(file_of(folder, name) for name in names)]
    for _ in range(_TRIES):
        before = [stamp(place) for place in places]
        texts = {name: strict_csv.text_of(file_of(folder, name)) for name in names}
        journal = valid_journal(folder) if before[0] else None
        after = [stamp(place) for place in places]
        # Under one and the same journal the files it does not name stay as they are.
        if after == before or (journal and after[0] == before[0]):
            break
    pending = journal or {}
    return texts | {name: pending[name][1] for name in names if name in pending}


def valid_journal(folder: str) -> Journal | None:
    """Return the journal of a folder where it holds.

    It holds where each of its files is what it was when the journal was written, or has
    its new text already. One that somebody copied, committed or edited after is none.
    """
    try:
        with open(journal_of(folder), "rb") as file:
            journal = _journal_in(file.read())
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    holds = all(
        stamp(file_of(folder, name)) == before or _has(file_of(folder, name), text)
        for name, (before, text) in journal.items()
    )
    return journal if holds else None


def journal_bytes(files: dict[str, tuple[Stamp, bytes]]) -> bytes:
    """Return what is written for a journal: a line of lengths, then the texts.

    Texts of megabytes are not made JSON: that costs more than writing them.
    """
    from json import dumps

    lengths = {name: (before, len(text)) for name, (before, text) in files.items()}
    head = dumps({"files": lengths}).encode()
    return b"\n".join((head, b"".join(text for _, text in files.values())))


def _journal_in(content: bytes) -> Journal:
    from json import loads

    head, _, texts = content.partition(b"\n")
    journal: Journal = {}
    at = 0
    for name, (before, length) in loads(head)["files"].items():
        if isinstance(length, str):  # as termbank wrote it at first: the text itself
            journal[name] = (list(before), length)
            continue
        journal[name] = (list(before), texts[at : at + length].decode())
        at += length
    if at != len(texts):
        raise ValueError(at)  # cut short, or something was put behind it
    return journal


def _has(path: str, text: str) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read() == text.encode()
    except OSError:
        return False


def stamp(path: str) -> Stamp:
    """Return what changes whenever a file is written."""
    try:
        status = os.stat(path)
    except OSError:
        return []
    return [status.st_ino, status.st_size, status.st_mtime_ns]

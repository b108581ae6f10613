"""A whole copy of a project while it is used: glossary, journal, tokens, memory.

The copy is a project itself: what lies in it can be opened, served or copied back.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.atomic_files import scratch_folder
from termbank.config import FILE_NAME
from termbank.errors import InputError, StoreError
from termbank.glossary.csv_snapshot import file_of, valid_journal
from termbank.messages import of_system, say
from termbank.operations.project import STATE_FOLDER, Project
from termbank.table_columns import COLUMNS
from termbank.version import __version__

from .access_file import access_file

if TYPE_CHECKING:
    from datetime import datetime

MANIFEST: Final = "backup.json"
_MEMORY_FILE: Final = "memory.sqlite"
_PAGES: Final = 2_000  # of SQLite that are copied before writers get a turn


class Backup(NamedTuple):
    """What a backup holds.

    Attributes:
        folder: Where it lies.
        files: (path within the folder, bytes, SHA-256), sorted.
    """

    folder: Path
    files: tuple[tuple[str, int, str], ...]


def back_up(
    project: Project, target: Path, *, memory: Path | None, when: datetime
) -> Backup:
    """Copy a project, whoever works on it meanwhile, and read the copy.

    All changes that were acknowledged before the call are in the copy, none by half. The
    index of a memory is left out: it is made again by the first search.

    Args:
        project: What is copied.
        target: Folder that does not exist yet; it appears whole or not at all.
        memory: Folder of the translation memory; None for none.
        when: Time in UTC, for the manifest.

    Raises:
        InputError: The target exists, or something cannot be read or written.
        StoreError: The copy of a database is broken.
    """
    if os.path.lexists(target):
        raise InputError(
            str(target),
            say("すでにあります", "it is there already"),
            say("新しいフォルダー", "a new folder"),
        )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(str(target.parent)) as place:
            copy = Path(place) / target.name
            copy.mkdir()
            _copy_glossary(project, copy)
            _copy_database(access_file(project), copy / STATE_FOLDER)
            if memory is not None:
                _copy_memory(memory, copy / (memory.name or "tm"))
            _write_manifest(copy, when)
            files = read_backup(copy).files
            copy.replace(target)
    except OSError as fault:
        expected = say("書き込めるフォルダー", "a folder that can be written")
        raise InputError(
            fault.filename or str(target), of_system(fault), expected
        ) from fault
    return Backup(target, files)


def read_backup(folder: Path) -> Backup:
    """Read a backup whole: sums, databases, glossary.

    Raises:
        InputError: It is no backup, or a file is absent or another one.
        StoreError: A database is broken.
        FormatError: The glossary is.
    """
    try:
        entries = json.loads((folder / MANIFEST).read_bytes())["files"]
        files = tuple((str(name), int(size), str(sums)) for name, size, sums in entries)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        absent = say("バックアップではありません", "no backup")
        raise InputError(str(folder), absent, MANIFEST) from fault
    for name, size, sums in files:
        path = folder / name
        if not path.is_file() or _sums(path) != (size, sums):
            problem = say("欠けたか変わったファイル", "a file that is gone or changed")
            expected = say(f"{size} バイトのファイル", f"the file of {size} bytes")
            raise InputError(str(path), problem, expected)
        if path.suffix in (".db", ".sqlite"):
            _refuse_broken_database(path)
    for name, _, _ in files:
        if name.endswith("/terms.csv"):
            Project((folder / name).parent).rows()
    return Backup(folder, files)


def _copy_glossary(project: Project, scratch: Path) -> None:
    """Copy the files and the journal of one moment."""
    place = scratch / project.folder.name
    place.mkdir()
    with project.journal.exclusive():
        pending = valid_journal(os.fspath(project.folder)) or {}
        for name in COLUMNS:
            source = Path(file_of(os.fspath(project.folder), name))
            if name in pending:  # a killed writer left it there
                (place / source.name).write_bytes(pending[name][1].encode())
            elif source.is_file():
                shutil.copyfile(source, place / source.name)
        _copy_database(project.journal.path, scratch / STATE_FOLDER)
    settings = project.folder.parent / FILE_NAME
    if settings.is_file():
        shutil.copyfile(settings, scratch / FILE_NAME)


def _copy_memory(memory: Path, place: Path) -> None:
    if not (memory / _MEMORY_FILE).is_file():
        raise InputError(
            str(memory),
            say("翻訳メモリがありません", "no memory"),
            say(f"{_MEMORY_FILE} のあるフォルダー", f"a folder with {_MEMORY_FILE}"),
        )
    _copy_database(memory / _MEMORY_FILE, place)


def _copy_database(source: Path, place: Path) -> None:
    """Copy a SQLite file as it is at one moment, while others write to it."""
    if not source.is_file():
        return
    place.mkdir(exist_ok=True)
    try:
        with (
            closing(
                sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
            ) as from_,
            closing(sqlite3.connect(place / source.name)) as to,
        ):
            from_.backup(to, pages=_PAGES)
            to.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as fault:
        raise _broken(source, str(fault)) from fault
    (place / source.name).chmod(0o600)


def _refuse_broken_database(path: Path) -> None:
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            ((answer,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
    except sqlite3.DatabaseError as fault:
        raise _broken(path, str(fault)) from fault
    if answer != "ok":
        raise _broken(path, str(answer))


def _broken(path: Path, reason: str) -> StoreError:
    broken = say("壊れたデータベース", "a broken database")
    return StoreError(
        str(path), f"{broken}: {reason}", say("SQLite のファイル", "SQLite")
    )


def _write_manifest(scratch: Path, when: datetime) -> None:
    paths = sorted(path for path in scratch.rglob("*") if path.is_file())
    for path in paths:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    content = {
        "termbank": __version__,
        "at": when.replace(microsecond=0).isoformat(),
        "files": [
            (path.relative_to(scratch).as_posix(), *_sums(path)) for path in paths
        ],
    }
    with (scratch / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _sums(path: Path) -> tuple[int, str]:
    digest = sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return path.stat().st_size, digest.hexdigest()

"""The SQLite file of a team server: tokens by their hashes, and the audit trail."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from termbank.errors import StoreError
from termbank.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from termbank.operations.project import Project

_LAYOUT: Final = 1
_WAIT: Final = 30  # seconds for another process that writes
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS tokens(
  id TEXT PRIMARY KEY, hash BLOB NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
  created TEXT NOT NULL, withdrawn TEXT NOT NULL DEFAULT '') WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events(
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, token TEXT NOT NULL,
  who TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, outcome TEXT NOT NULL);
"""


def access_file(project: Project) -> Path:
    """Return where the tokens of a project's server lie; the file need not exist."""
    return project.journal.path.with_name(f"{project.folder.name}.access.sqlite")


def open_access_file(path: Path) -> sqlite3.Connection:
    """Open the file, making it where it is new; only its owner may read it.

    Raises:
        StoreError: It is no such file, or a newer termbank made it.
    """
    try:
        _make_private(path)
        connection = sqlite3.connect(path, timeout=_WAIT, check_same_thread=False)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        ((layout,),) = connection.execute("PRAGMA user_version").fetchall()
        if layout <= _LAYOUT:
            connection.executescript(_SCHEMA)
            connection.execute(f"PRAGMA user_version={_LAYOUT}")
            return connection
    except (sqlite3.DatabaseError, OSError) as fault:
        raise StoreError(
            str(path),
            f"{say('使えないファイル', 'a file that cannot be used')}: {fault}",
            say("termbank token が作るファイル", "a file that termbank token makes"),
        ) from fault
    connection.close()
    raise StoreError(
        str(path),
        say(f"版 {layout} の形式のファイル", f"a file of layout {layout}"),
        say(f"{_LAYOUT} まで", f"at most {_LAYOUT}: a newer termbank"),
    )


def _make_private(path: Path) -> None:
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True)
        # What lies here belongs to one machine; the glossary's files go into git.
        (path.parent / ".gitignore").write_text("*\n", encoding="ascii")
    # SQLite gives its write-ahead log the mode of the file. A file that is there is left
    # alone: closing it would drop the locks of this process's other connections, and the
    # next process would take the log from under them.
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))

"""The glossary of a team's store, and the copy of it that this machine reads.

The copy is a glossary folder like any other, so that look-up and check read it as
quickly as one in git. It takes in the change feed before it is read, at most once a
second. ``copy.db`` beside it holds each entry with its version; whoever deletes the
folder loses nothing.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing, contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from termbank.cache import folder, signature
from termbank.errors import StoreError
from termbank.messages import say
from termbank.stores import open_store
from termbank.stores.entry_rows import rows_of_entries, tables_of_text, text_of
from termbank.stores.node_folder import node_folder
from termbank.stores.protocol import Entry
from termbank.table_columns import COLUMNS

from .csv_snapshot import file_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.stores.protocol import SharedStore

FRESH: Final = 1.0  # seconds for which the copy is taken to be up to date
_FILE: Final = "copy.db"
_WAIT: Final = 60.0  # seconds to wait for another process of this machine
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entries (
    kind TEXT, key TEXT, version INTEGER NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
"""
_teams: dict[tuple[str, str, str], TeamGlossary] = {}
_opening = threading.Lock()


def team_glossary(address: str) -> TeamGlossary:
    """Return the glossary of a store, opened once in a process and brought up to date.

    Raises:
        StoreError: The store is out of reach, or there is none.
    """
    key = (address, folder(), os.getcwd())  # an address may hold a relative path
    with _opening:
        team = _teams.get(key)
        if team is None:
            team = _teams[key] = TeamGlossary(open_store(address))
    team.pull()
    return team


class TeamGlossary:
    """A store and this machine's copy of its entries.

    Attributes:
        shared: The store.
        folder: Glossary folder of the copy.
    """

    def __init__(self, shared: SharedStore) -> None:
        self.shared = shared
        self.folder = str(node_folder(shared.identity, "glossary"))
        self._file = os.path.join(self.folder, _FILE)
        self._pulled = float("-inf")
        with self._opened() as connection:
            connection.executescript(_SCHEMA)

    def pull(self, *, at_once: bool = False) -> None:
        """Take in what anybody changed, where the last look is a second old."""
        if not at_once and monotonic() - self._pulled < FRESH:
            return
        with self._opened() as connection:
            number = _fact(connection, "number", 0)
            head, entries = self.shared.entries(number)
            if head != number or _fact(connection, "files", "") != self._files():
                self._take_in(connection, number, head, entries)
        self._pulled = monotonic()

    def entries(self) -> dict[tuple[str, str], Entry]:
        """Return all entries of the copy by (kind, key)."""
        with self._opened() as connection:
            rows = connection.execute("SELECT kind, key, version, body FROM entries")
            return {
                (kind, key): Entry(kind, key, version, tables_of_text(body))
                for kind, key, version, body in rows
            }

    def versions(self) -> dict[tuple[str, str], int]:
        """Return the version of each entry of the copy by (kind, key)."""
        with self._opened() as connection:
            rows = connection.execute("SELECT kind, key, version FROM entries")
            return {(kind, key): version for kind, key, version in rows}

    def entry(self, kind: str, key: str) -> Entry:
        """Return one entry of the copy; version 0 where there is none."""
        with self._opened() as connection:
            row = connection.execute(
                "SELECT version, body FROM entries WHERE kind = ? AND key = ?",
                (kind, key),
            ).fetchone()
        version, body = row or (0, None)
        return Entry(kind, key, version, tables_of_text(body))

    def _take_in(
        self,
        connection: sqlite3.Connection,
        number: int,
        head: int,
        entries: Iterable[Entry],
    ) -> None:
        """Put entries into the copy and write its files, one process at a time."""
        connection.execute("BEGIN IMMEDIATE")
        number_now = _fact(connection, "number", 0)
        if number_now != number:  # another process was faster
            number, (head, entries) = number_now, self.shared.entries(number_now)
        if head < number:
            # The store was restored from an older backup.
            connection.execute("DELETE FROM entries")
            head, entries = self.shared.entries()
        _put(connection, entries)
        bodies = connection.execute("SELECT body FROM entries")
        self._write_files(body for (body,) in bodies)
        _set_fact(connection, "number", head)
        _set_fact(connection, "files", self._files())
        connection.execute("COMMIT")

    def _write_files(self, bodies: Iterable[str]) -> None:
        # Here, because it loads Polars; a copy that is up to date does without.
        from .csv_folder import csv_line
        from .csv_journal import write_texts

        tables = rows_of_entries(map(tables_of_text, bodies))
        write_texts(
            self.folder,
            {
                name: "".join(
                    f"{csv_line(row)}\n" for row in (COLUMNS[name], *sorted(rows))
                )
                for name, rows in tables.items()
            },
        )

    def _files(self) -> str:
        return signature(file_of(self.folder, name) for name in COLUMNS)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._file, timeout=_WAIT)) as connection:
                connection.isolation_level = None
                connection.execute("PRAGMA synchronous = OFF")  # it can be made anew
                yield connection
        except sqlite3.Error as fault:
            problem = f"{say('SQLite の誤り', 'a fault of SQLite')}: {fault}"
            expected = say("書き込めるフォルダー", "a folder that can be written")
            raise StoreError(self._file, problem, expected) from fault


def _put(connection: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    for kind, key, version, tables in entries:
        body = text_of(tables)
        if body is None:
            connection.execute(
                "DELETE FROM entries WHERE kind = ? AND key = ?", (kind, key)
            )
        else:
            connection.execute(
                "INSERT OR REPLACE INTO entries VALUES (?, ?, ?, ?)",
                (kind, key, version, body),
            )


def _fact(connection: sqlite3.Connection, name: str, default: Any) -> Any:
    row = connection.execute("SELECT value FROM facts WHERE name = ?", (name,))
    value_row = row.fetchone()
    return default if value_row is None else value_row[0]


def _set_fact(connection: sqlite3.Connection, name: str, value: object) -> None:
    connection.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

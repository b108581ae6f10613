"""The journal beside a glossary: every change with its rows, and the review queue.

One SQLite file. A change is acknowledged once it is committed here; the CSV files follow
at once, and a change that a killed process left unwritten is written by the next one.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import StoreError
from termbank.messages import say

from .file_lock import exclusive
from .row_changes import Author, Change, RowChange

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

LAYOUT: Final = 1
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS changes(
  number INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL, subject TEXT NOT NULL,
  who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, rows TEXT NOT NULL,
  undoes INTEGER NOT NULL DEFAULT 0, undone INTEGER NOT NULL DEFAULT 0,
  written INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS built(name TEXT PRIMARY KEY, rows TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS documents(
  uri TEXT PRIMARY KEY, doc_id TEXT NOT NULL, published TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS forms(
  lang TEXT, form TEXT, mentions INTEGER NOT NULL, documents INTEGER NOT NULL,
  first TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY(lang, form)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contexts(
  lang TEXT, form TEXT, place INTEGER, uri TEXT NOT NULL, line INTEGER NOT NULL,
  left TEXT NOT NULL, found TEXT NOT NULL, right TEXT NOT NULL,
  PRIMARY KEY(lang, form, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links(
  left TEXT, right TEXT, similarity REAL NOT NULL, reasons TEXT NOT NULL,
  relation TEXT NOT NULL, verdict TEXT NOT NULL, PRIMARY KEY(left, right)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS marks(
  card TEXT PRIMARY KEY, mark TEXT NOT NULL, note TEXT NOT NULL, who TEXT NOT NULL,
  at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS requests(
  number INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, subject TEXT NOT NULL,
  body TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS findings(
  id TEXT PRIMARY KEY, code TEXT NOT NULL, path TEXT NOT NULL, line INTEGER NOT NULL,
  column INTEGER NOT NULL, message TEXT NOT NULL, state TEXT NOT NULL,
  who TEXT NOT NULL DEFAULT '', at TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS misses(
  query TEXT PRIMARY KEY, times INTEGER NOT NULL, last TEXT NOT NULL);
"""


class Journal:
    """Changes, evidence and marks of one glossary folder.

    Args:
        path: The SQLite file; its folder is made on the first write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    # Whether the files of the glossary are written by whoever adds a change.
    writes_files = True

    def refresh(self, *, at_once: bool = False) -> None:
        """Bring the glossary's files up to date: here they are the truth themselves."""

    def exists(self) -> bool:
        """Whether anything was ever written here."""
        return self.path.is_file()

    @contextmanager
    def exclusive(self) -> Iterator[sqlite3.Connection]:
        """Hold the project: nobody else changes it meanwhile, in this process or another."""
        self._make_folder()
        with exclusive(self.path.with_suffix(".lock")):
            yield self._open()

    def read(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """Return the rows of a query; none where the file is not there."""
        if not self.exists():
            return []
        return self._open().execute(sql, tuple(values)).fetchall()

    def execute(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Run a statement for each row, all or nothing."""
        self._make_folder()
        connection = self._open()
        with connection:
            connection.executemany(sql, rows)

    def replace(self, tables: dict[str, list[tuple[Any, ...]]]) -> None:
        """Put new rows into tables in place of all old ones, all or nothing."""
        self._make_folder()
        connection = self._open()
        with connection:
            for table, rows in tables.items():
                connection.execute(f"DELETE FROM {table}")  # noqa: S608  # our own names
                if rows:
                    marks = ",".join("?" * len(rows[0]))
                    sql = f"INSERT OR REPLACE INTO {table} VALUES({marks})"
                    connection.executemany(sql, rows)

    def add(self, change: Change) -> int:
        """Commit a change that is not written to the files yet; return its number."""
        connection = self._open()
        rows = json.dumps([tuple(row) for row in change.rows], ensure_ascii=False)
        by = change.by
        with connection:
            cursor = connection.execute(
                "INSERT INTO changes(action, subject, who, at, why, rows, undoes)"
                " VALUES(?,?,?,?,?,?,?)",
                (
                    *(change.action, change.subject, by.who, by.when.isoformat()),
                    *(by.why, rows, change.undoes),
                ),
            )
            number = int(cursor.lastrowid or 0)
            connection.execute(
                "UPDATE changes SET undone = ? WHERE number = ?",
                (number, change.undoes),
            )
        return number

    def withdraw(self, change: Change) -> None:
        """Forget a change that could not be written."""
        self.execute("DELETE FROM changes WHERE number = ?", [(change.number,)])
        sql = "UPDATE changes SET undone = 0 WHERE number = ?"
        self.execute(sql, [(change.undoes,)])

    def note_written(self, numbers: Iterable[int]) -> None:
        """Note that the files hold these changes.

        Losing this note costs nothing, so the disk is not waited for: to write a change
        once more leaves the files as they are.
        """
        connection = self._open()
        connection.execute("PRAGMA synchronous=NORMAL")
        sql = "UPDATE changes SET written = 1 WHERE number = ?"
        self.execute(sql, [(number,) for number in numbers])
        connection.execute("PRAGMA synchronous=FULL")

    def unwritten(self) -> list[Change]:
        """Return the changes that a killed process may have left out of the files."""
        return self._changes("WHERE written = 0 ORDER BY number")

    def changes(self, limit: int = 50, subject: str = "") -> list[Change]:
        """Return the newest changes first.

        Args:
            limit: How many at most.
            subject: Only those whose subject holds this text; empty for all.
        """
        sql = "WHERE instr(subject, ?) ORDER BY number DESC LIMIT ?"
        return self._changes(sql, (subject, limit))

    def headlines(
        self, limit: int, *, holding: str = "", since: str = ""
    ) -> list[Change]:
        """Return the newest changes without their rows, which a build has many of.

        Args:
            limit: How many at most.
            holding: Only those with this text in a row, for example an identifier.
            since: Only those from this ISO date on.
        """
        columns = "number, action, subject, who, at, why, undoes, undone"
        rows = self.read(
            f"SELECT {columns} FROM changes WHERE instr(rows, ?) AND at >= ?"  # noqa: S608  # our own words
            " ORDER BY number DESC LIMIT ?",
            (holding, since, limit),
        )
        return [
            Change(
                *(number, action, subject),
                Author(who, datetime.fromisoformat(at), why),
                (),
                *(undoes, undone),
            )
            for number, action, subject, who, at, why, undoes, undone in rows
        ]

    def last_to_undo(self, who: str | None = None) -> Change | None:
        """Return the newest change that neither is undone nor undoes another."""
        sql = "WHERE undone = 0 AND undoes = 0 AND (? IS NULL OR who = ?)"
        changes = self._changes(f"{sql} ORDER BY number DESC LIMIT 1", (who, who))
        return changes[0] if changes else None

    def change(self, number: int) -> Change | None:
        """Return one change by its number."""
        changes = self._changes("WHERE number = ?", (number,))
        return changes[0] if changes else None

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _changes(self, where: str, values: tuple[Any, ...] = ()) -> list[Change]:
        columns = "number, action, subject, who, at, why, rows, undoes, undone"
        return [
            Change(
                number,
                action,
                subject,
                Author(who, datetime.fromisoformat(at), why),
                tuple(_row_change(row) for row in json.loads(rows)),
                undoes,
                undone,
            )
            for number, action, subject, who, at, why, rows, undoes, undone in self.read(
                f"SELECT {columns} FROM changes {where}",  # noqa: S608  # our own words
                values,
            )
        ]

    def _make_folder(self) -> None:
        folder = self.path.parent
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            # What lies here belongs to one machine; the glossary's files go into git.
            (folder / ".gitignore").write_text("*\n", encoding="ascii")

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            try:
                connection = sqlite3.connect(
                    self.path, timeout=30, check_same_thread=False
                )
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=FULL")
                self._refuse_newer(connection)
                connection.executescript(_SCHEMA)
                connection.execute(f"PRAGMA user_version={LAYOUT}")
            except sqlite3.DatabaseError as fault:
                raise StoreError(
                    str(self.path),
                    f"{say('使えないファイル', 'a file that cannot be used')}: {fault}",
                    say("termbank の記録", "a journal of termbank"),
                ) from fault
            self._connection = connection
        return self._connection

    def _refuse_newer(self, connection: sqlite3.Connection) -> None:
        ((layout,),) = connection.execute("PRAGMA user_version").fetchall()
        if layout > LAYOUT:
            raise StoreError(
                str(self.path),
                say(f"新しい版の記録 {layout}", f"a journal of layout {layout}"),
                say(f"{LAYOUT} まで", f"at most {LAYOUT}: a newer termbank"),
            )


def _row_change(row: list[Any]) -> RowChange:
    table, key, before, after = row
    return RowChange(
        table,
        tuple(key),
        None if before is None else tuple(before),
        None if after is None else tuple(after),
    )

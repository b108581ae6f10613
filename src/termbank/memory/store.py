"""The truth of a translation memory: one SQLite file in write-ahead mode.

What ``commit`` acknowledged is on disk. Writers wait for each other; readers never wait
and never see half of an import. Row numbers are never used twice, so the index can
outlive a deletion: a row that is gone is simply not found.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import StoreError
from termbank.isolation.project_root import leads_out, out_of_repository
from termbank.messages import of_system, say
from termbank.table_columns import SEGMENTS

from .memory_row import Row
from .search import match_scoring
from .search.sql_prefilter import folds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

FILE: Final = "memory.sqlite"
# 2: skeletons leave units out; 3: all placeholders, and dates alone are of one kind. An
# older memory that is only read keeps its own, and misses near-exact matches of these.
# 4: segments have a context; 5: folds, which spares concordances most rows.
LAYOUT: Final = 5
# Seconds a second writer waits for the first: an index of ten million rows takes two
# minutes to build.
WAIT: Final = 300.0
_CACHE: Final = -16_000  # KiB of pages a connection keeps
_CACHE_WRITING: Final = -64_000  # holds both SQL indexes of a million rows
_MAX_VARIABLES: Final = 500  # of one statement; SQLite's own limit is far above

COLUMNS: Final = SEGMENTS
_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS segments (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    skeleton INTEGER NOT NULL,
    {", ".join(COLUMNS)},
    folds INTEGER
);
CREATE UNIQUE INDEX IF NOT EXISTS by_segment_id ON segments (segment_id);
CREATE INDEX IF NOT EXISTS by_skeleton ON segments (skeleton);
CREATE TABLE IF NOT EXISTS blocks (
    file TEXT PRIMARY KEY, level INTEGER, first INTEGER, rows INTEGER, mark INTEGER
) WITHOUT ROWID;
"""  # names of our own
_INSERT: Final = (
    f"INSERT INTO segments (folds, skeleton, {', '.join(COLUMNS)})"  # noqa: S608  # ours
    f" VALUES ({', '.join('?' * (len(COLUMNS) + 2))})"
    " ON CONFLICT (segment_id) DO UPDATE SET folds = max(folds, excluded.folds), "
    + ", ".join(f"{name} = coalesce(excluded.{name}, {name})" for name in COLUMNS[2:])
)
_COLUMNS_BEFORE_4: Final = ", ".join((*COLUMNS[:-1], "NULL AS context"))
GONE_SHARE: Final = 0.05  # of the rows; after a larger deletion the index is made anew


# Thread-local connections of a parent process, kept so that nobody closes them.
_of_parents: list[threading.local] = []


class Store:
    """Connections to one memory's SQLite file, one for each thread.

    Attributes:
        columns: What to select for :data:`COLUMNS`.
        flagged: Whether rows have the column ``folds`` of layout 5.
        indexed: Whether the index is of a kind that can be read; else rows are scanned.

    Args:
        folder: Folder of the memory; made where absent, unless ``read_only``.
        read_only: Refuse to write.
        wait: Seconds to wait for another writer.

    Raises:
        StoreError: Not a folder, not a memory, or made by a newer termbank.
    """

    def __init__(self, folder: Path, *, read_only: bool, wait: float) -> None:
        self.folder, self.read_only, self._wait = folder, read_only, wait
        self.columns = ", ".join(COLUMNS)
        self.flagged = self.indexed = True
        self._threads = threading.local()
        self._pins = threading.local()
        self._process = os.getpid()
        if folder.exists() and not folder.is_dir():
            raise StoreError(
                str(folder),
                say("ファイルです", "a file"),
                say(
                    "翻訳メモリのフォルダー、または新しいフォルダー",
                    "a folder of a memory, or a new one",
                ),
            )
        if read_only and not (folder / FILE).is_file():
            raise StoreError(
                str(folder),
                say("翻訳メモリがありません", "no memory"),
                say(f"{FILE} のあるフォルダー", f"a folder with {FILE}"),
            )
        if leads_out(str(folder / FILE)):
            raise StoreError(str(folder / FILE), *out_of_repository())
        if not read_only:
            with self.faults():
                folder.mkdir(parents=True, exist_ok=True)
        self._prepare()

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's connection, opened on first use, also after :meth:`close`."""
        if self._process != os.getpid():
            # SQLite forbids a forked process to use, or even to close, what it inherits.
            _of_parents.extend((self._threads, self._pins))
            self._threads, self._pins = threading.local(), threading.local()
            self._process = os.getpid()
        own: sqlite3.Connection | None = getattr(self._pins, "connection", None)
        if own is not None:
            return own
        try:
            connection: sqlite3.Connection = self._threads.connection
        except AttributeError:
            connection = self._threads.connection = self._connect()
        return connection

    @contextmanager
    def pinned(self) -> Iterator[sqlite3.Connection]:
        """Give this thread one connection for several questions, whoever closes."""
        before = getattr(self._pins, "connection", None)
        self._pins.connection = connection = self.connection
        try:
            yield connection
        finally:
            self._pins.connection = before

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection inside a write transaction: committed whole or not at all.

        Raises:
            StoreError: Read only, another writer took longer than ``wait``, disk full.
        """
        if self.read_only:
            problem = say("読み取り専用で開いています", "opened to read")
            raise StoreError(str(self.folder), problem, "open(path)")
        with self.pinned() as connection:
            yield from self._transaction(connection)

    def _transaction(
        self, connection: sqlite3.Connection
    ) -> Iterator[sqlite3.Connection]:
        with self.faults():
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA cache_size = {_CACHE_WRITING}")
        try:
            yield connection
            with self.faults():
                connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.execute(f"PRAGMA cache_size = {_CACHE}")

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Turn SQLite's errors into a StoreError that says what to do."""
        try:
            yield
        except sqlite3.OperationalError as fault:
            busy = "locked" in str(fault) or "busy" in str(fault)
            problem = f"{say('SQLite の誤り', 'a fault of SQLite')}: {fault}"
            right = (
                say(
                    f"{self._wait:g} 秒のあいだにほかの書き込みが終わること (wait=)",
                    f"no writer for {self._wait:g} s (wait=)",
                )
                if busy
                else say("空き容量と書き込みの権限", "room and rights")
            )
            raise StoreError(str(self.folder), problem, right) from fault
        except OSError as fault:
            expected = say("空き容量と書き込みの権限", "room and rights")
            raise StoreError(str(self.folder), of_system(fault), expected) from fault
        except sqlite3.DatabaseError as fault:
            problem = f"{say('SQLite の誤り', 'a fault of SQLite')}: {fault}"
            right = say("termbank の翻訳メモリ", "a termbank memory")
            raise StoreError(str(self.folder / FILE), problem, right) from fault

    def version(self) -> tuple[int, int]:
        """Return what changes whenever any process, or this one, commits."""
        connection = self.connection
        return (
            connection.execute("PRAGMA data_version").fetchone()[0],
            connection.total_changes,
        )

    def rows(self, ids: Sequence[int]) -> dict[int, Row]:
        """Return the rows that still exist, by number."""
        by_number: dict[int, Row] = {}
        for at in range(0, len(ids), _MAX_VARIABLES):
            part = ids[at : at + _MAX_VARIABLES]
            marks = ",".join("?" * len(part))
            for row in self.select(f"id IN ({marks})", part):
                by_number[row.id] = row
        return by_number

    def select(self, where: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Yield rows that fulfil a condition of ours, with the caller's values bound."""
        text = f"SELECT id, skeleton, {self.columns} FROM segments WHERE {where}"  # noqa: S608
        with self.faults():
            yield from map(Row._make, self.connection.execute(text, values))

    def near(self, skeleton: int, text: str, limit: int) -> Iterator[Row]:
        """Yield rows of a skeleton, those of the very text first."""
        yield from self.select(
            "skeleton = ? ORDER BY source <> ?, id LIMIT ?", (skeleton, text, limit)
        )

    def languages(self) -> tuple[tuple[str, str, int], ...]:
        """Return (source language, target language, pairs), sorted."""
        with self.faults():
            langs = self.connection.execute(
                "SELECT coalesce(source_lang, ''), coalesce(target_lang, ''), count(*)"
                " FROM segments GROUP BY 1, 2 ORDER BY 1, 2"
            ).fetchall()
        return tuple(langs)

    def count(self) -> int:
        """Return the number of segments."""
        with self.faults():
            count: int = self.connection.execute(
                "SELECT count(*) FROM segments"
            ).fetchone()[0]
        return count

    def fact(self, name: str, default: Any = None) -> Any:
        """Return a fact about the memory."""
        with self.faults():
            row = self.connection.execute(
                "SELECT value FROM facts WHERE name = ?", (name,)
            ).fetchone()
        return default if row is None else json.loads(row[0])

    def close(self) -> None:
        """Close the connection of every thread.

        That of a thread in the middle of a search is closed when the search lets go of
        it: to close it from here would take the memory from under SQLite.
        """
        if self._process == os.getpid():
            own = self._threads.__dict__.pop("connection", None)
            if own is not None and own is not getattr(self._pins, "connection", None):
                own.close()
            self._threads = threading.local()

    def _connect(self) -> sqlite3.Connection:
        with self.faults():
            connection = self._open_file("mode=ro" if self.read_only else "mode=rwc")
            if self.read_only and not _is_readable(connection):
                # Without the right to write beside it, a file in write-ahead mode is
                # read as one that nobody changes, if no writer left anything.
                connection.close()
                connection = self._open_file(
                    "immutable=1" if self._at_rest() else "mode=ro"
                )
            connection.execute(f"PRAGMA cache_size = {_CACHE}")
            # FULL: an acknowledged row survives a power cut too, one fsync an import.
            connection.execute("PRAGMA synchronous = FULL")
            if self.read_only:
                connection.execute("PRAGMA query_only = ON")
        return connection

    def _open_file(self, how: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{(self.folder / FILE).absolute().as_uri()}?{how}",
            timeout=self._wait,
            isolation_level=None,
            uri=True,
            check_same_thread=False,  # let go by whichever thread ends last
        )

    def _at_rest(self) -> bool:
        log = self.folder / f"{FILE}-wal"
        return not log.exists() or not log.stat().st_size

    def _prepare(self) -> None:
        connection = self.connection
        with self.faults():
            layout = connection.execute("PRAGMA user_version").fetchone()[0]
            if layout > LAYOUT:
                raise StoreError(
                    str(self.folder),
                    say(f"版 {layout} の翻訳メモリ", f"layout {layout}"),
                    say(
                        f"版 {LAYOUT}。新しい termbank が必要です",
                        f"{LAYOUT}; a newer termbank",
                    ),
                )
            self.indexed = not layout or _has_column(connection, "mark", of="blocks")
            if self.read_only and layout:
                self.flagged = _has_column(connection, "folds")
                if not _has_column(connection, "context"):
                    self.columns = _COLUMNS_BEFORE_4
            if layout == LAYOUT or self.read_only:
                return
            connection.execute("PRAGMA journal_mode = WAL")
        with self.writing():
            if layout and not self.indexed:
                _forget_first_index(connection)
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            self.indexed = True
            if 0 < layout < 3:
                _renew_skeletons(connection)
            if not _has_column(connection, "context"):
                connection.execute("ALTER TABLE segments ADD COLUMN context")
            if not _has_column(connection, "folds"):
                connection.execute("ALTER TABLE segments ADD COLUMN folds INTEGER")
                _flag_folds(connection)
            connection.execute(f"PRAGMA user_version = {LAYOUT}")


def _forget_first_index(connection: sqlite3.Connection) -> None:
    """Drop what the first layout began with: an index without marks, and a trigger."""
    connection.execute("DROP TRIGGER IF EXISTS source_changed")
    connection.execute("DROP TABLE IF EXISTS blocks")
    set_fact(connection, "covered", 0)


def _has_column(
    connection: sqlite3.Connection, name: str, *, of: str = "segments"
) -> bool:
    """Return whether a table has a column: 4 added context to segments, 5 folds."""
    columns = connection.execute(f"PRAGMA table_info({of})").fetchall()
    return any(column[1] == name for column in columns)


def _flag_folds(connection: sqlite3.Connection) -> None:
    connection.create_function("termbank_folds_any", 2, folds)
    connection.execute("UPDATE segments SET folds = termbank_folds_any(source, target)")


def _is_readable(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("PRAGMA user_version").fetchone()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        return False
    return True


def _renew_skeletons(connection: sqlite3.Connection) -> None:
    connection.create_function("termbank_skeleton", 1, match_scoring.skeleton)
    connection.execute("UPDATE segments SET skeleton = termbank_skeleton(source)")


def set_fact(connection: sqlite3.Connection, name: str, value: object) -> None:
    """Set a fact inside a write transaction."""
    connection.execute(
        "INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value))
    )


def insert(
    connection: sqlite3.Connection, rows: Iterable[Sequence[object]], *, own: bool
) -> None:
    """Insert segments: ``skeleton`` and then ``COLUMNS`` of each.

    Args:
        connection: Inside a write transaction.
        rows: Segments.
        own: Whether every identifier was made from the content, so that an old row of
            the same identifier cannot have another source.

    Where the segment_id is there with the same source, what is new is taken over. Where
    the source differs the old row goes and the new one gets a new number: the index
    knows numbers, and would serve an old text for a new one.
    """
    if not own:
        rows = list(rows)
        connection.executemany(
            "DELETE FROM segments WHERE segment_id = ? AND source <> ?",
            ((row[1], row[2]) for row in rows),
        )
    connection.executemany(_INSERT, map(_with_folds, rows))


def _with_folds(row: Sequence[object]) -> tuple[object, ...]:
    return (folds(str(row[2]), str(row[3])), *row)


def replace(
    truth: Store,
    connection: sqlite3.Connection,
    segment_id: str,
    texts: dict[str, str],
) -> None:
    """Change texts of one segment; a new source takes a new row number.

    Raises:
        StoreError: There is no such segment.
    """
    old_row = next(truth.select("segment_id = ?", (segment_id,)), None)
    if old_row is None:
        expected = say("あるセグメントの segment_id", "the segment_id of a segment")
        raise StoreError(str(truth.folder), segment_id, expected)
    row = old_row._asdict() | texts
    skeleton = match_scoring.skeleton(row["source"])
    insert(connection, [(skeleton, *(row[name] for name in COLUMNS))], own=False)


def no_such_segment(place: str, segment_id: str) -> StoreError:
    """Return the error for an identifier that no segment has."""
    expected = say("あるセグメントの segment_id", "the segment_id of a segment")
    return StoreError(place, segment_id, expected)

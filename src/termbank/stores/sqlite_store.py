"""A shared store in one SQLite file: for a team on one machine, and for trials.

``sqlite:///folder/team.db``. A network share is no place for it: SQLite's locks are not
kept there.
"""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import uuid4

from termbank.errors import StoreError
from termbank.messages import say

from .migrations import SQLITE
from .protocol import SEGMENT_COLUMNS
from .segment_sql import COLUMN_TYPES
from .sql_store import SqlStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .protocol import SegmentRow

Answer = TypeVar("Answer")
WAIT: Final = 60.0  # seconds that a writer waits for another
_STAGE: Final = (
    f"INSERT INTO staged VALUES (?, {', '.join('?' * len(SEGMENT_COLUMNS))})"  # noqa: S608
)


def open_store(address: str, *, create: bool = False) -> SqlStore:
    """Return the store of a file.

    Args:
        address: ``sqlite:///absolute/path`` or ``sqlite://relative/path``.
        create: Make the file where absent, and bring an older layout up to date.

    Raises:
        StoreError: No such file, no store, or of another layout.
    """
    return SqlStore(SqliteFile(Path(address.partition("://")[2]), create=create))


class SqliteFile:
    """The connections to one file, one for each thread."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path, self.address = path, f"sqlite://{path}"
        self._threads = threading.local()
        if not create and not path.is_file():
            raise StoreError(
                self.address,
                say("ストアがありません", "no store"),
                f"termbank store init {self.address}",
            )
        with self._faults():
            if create:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare(create=create)

    def run(
        self, work: Callable[[SqliteSession], Answer], *, again: bool = True
    ) -> Answer:
        """Do work in one transaction that nobody else writes in."""
        del again
        with self._transaction("BEGIN IMMEDIATE") as session:
            return work(session)

    @contextmanager
    def snapshot(self) -> Iterator[SqliteSession]:
        """Give a session that sees the moment of its first statement."""
        with self._transaction("BEGIN") as session:
            yield session

    def role(self) -> str:
        """Return ``owner``: whoever may write the file may do everything."""
        return "owner"

    def close(self) -> None:
        """Close this thread's connection."""
        connection = self._threads.__dict__.pop("connection", None)
        if connection is not None:
            connection.close()

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[SqliteSession]:
        with self._faults():
            connection = self._connection()
            connection.execute(begin)
            try:
                yield SqliteSession(connection)
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def _connection(self) -> sqlite3.Connection:
        try:
            connection: sqlite3.Connection = self._threads.connection
        except AttributeError:
            connection = sqlite3.connect(
                self.path, timeout=WAIT, isolation_level=None, check_same_thread=False
            )
            connection.execute("PRAGMA synchronous = FULL")
            self._threads.connection = connection
        return connection

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as fault:
            raise StoreError(
                self.address,
                f"{say('SQLite の誤り', 'a fault of SQLite')}: {fault}",
                say("書き込めるストアのファイル", "a store's file that can be written"),
            ) from fault

    def _prepare(self, *, create: bool) -> None:
        connection = self._connection()
        layout = connection.execute("PRAGMA user_version").fetchone()[0]
        if layout == len(SQLITE):
            return
        if layout > len(SQLITE) or not create:
            raise wrong_layout(self.address, layout, len(SQLITE))
        connection.execute("PRAGMA journal_mode = WAL")
        with self._transaction("BEGIN IMMEDIATE"):
            # Somebody else may have done it while we waited.
            layout = connection.execute("PRAGMA user_version").fetchone()[0]
            for statements in SQLITE[layout:]:
                for statement in statements:
                    connection.execute(statement)
            if not layout:
                connection.execute(
                    "INSERT INTO facts VALUES ('identity', ?)", (uuid4().hex,)
                )
            connection.execute(f"PRAGMA user_version = {len(SQLITE)}")


class SqliteSession:
    """Statements inside a transaction of SQLite."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self._connection.execute(sql, values).fetchall()

    def stream(self, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query."""
        yield from self._connection.execute(sql, values)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows it changed."""
        # SQLite before 3.39 knows the second name only.
        sql = sql.replace("IS DISTINCT FROM", "IS NOT")
        return max(self._connection.execute(sql, values).rowcount, 0)

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each row."""
        self._connection.executemany(sql, rows)

    def stage(self, rows: Iterable[SegmentRow]) -> int:
        """Put segments into the table ``staged``; return how many."""
        self._connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS staged (place INTEGER, {COLUMN_TYPES})"
        )
        self._connection.execute("DELETE FROM staged")
        with_places = ((place, *row) for place, row in enumerate(rows, 1))
        return max(self._connection.executemany(_STAGE, with_places).rowcount, 0)

    def lock(self) -> None:
        """Do nothing: the transaction began with the only lock that there is."""


def wrong_layout(address: str, layout: int, newest: int) -> StoreError:
    """Return the error of a store of an older, a newer or no layout."""
    if not layout:
        return StoreError(
            address,
            say("ストアがありません", "no store"),
            f"termbank store init {address}",
        )
    older = layout < newest
    return StoreError(
        address,
        say(f"版 {layout} のストア", f"a store of layout {layout}"),
        f"termbank store init {address}"
        if older
        else say(
            f"版 {newest}。新しい termbank が必要です", f"{newest}; a newer termbank"
        ),
    )

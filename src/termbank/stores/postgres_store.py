"""A shared store on PostgreSQL 12 or newer, by psycopg 3 (extra ``postgres``)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import uuid4

from termbank.errors import StoreError

from .migrations import POSTGRES
from .postgres_connection import Connector
from .protocol import ROLES, SEGMENT_COLUMNS
from .segment_sql import COLUMN_TYPES
from .sql_store import SqlStore
from .sqlite_store import wrong_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import psycopg

    from .protocol import SegmentRow

Answer = TypeVar("Answer")
_FETCHED: Final = 5_000  # rows of a large query that are in memory at once
_MIGRATION_LOCK: Final = 0x7465726D  # one process at a time makes or changes tables
_COPY: Final = f"COPY staged (place, {', '.join(SEGMENT_COLUMNS)}) FROM STDIN"  # ours
_WRITTEN_BY_PROPOSERS: Final = (
    "GRANT INSERT, UPDATE ON entries, segments TO {login}",
    "GRANT INSERT ON changes, history TO {login}",
    "GRANT UPDATE ON clock TO {login}",
)
_GRANTS: Final = {
    "reader": (),
    "proposer": _WRITTEN_BY_PROPOSERS,
    "editor": _WRITTEN_BY_PROPOSERS,
    "owner": ("GRANT ALL ON ALL TABLES IN SCHEMA termbank TO {login}",),
}


def open_store(address: str, *, create: bool = False) -> PostgresStore:
    """Return the store of a database.

    Args:
        address: ``postgresql://[user@]host[:port]/database``, with the options of libpq;
            a password stands better in ``~/.pgpass``.
        create: Make the tables where absent, and bring an older layout up to date.

    Raises:
        StoreError: Out of reach, refused, no store there, or of another layout.
    """
    connector = Connector(address)
    if create:
        connector.run(_migrate, again=False)
    else:
        connector.run(lambda connection: _check_layout(connection, connector.address))
    return PostgresStore(Postgres(connector))


class PostgresStore(SqlStore):
    """A store on PostgreSQL, whose owner gives rights to accounts."""

    def __init__(self, database: Postgres) -> None:
        super().__init__(database)
        self._postgres = database

    def grant(self, login: str, role: str) -> None:
        """Let an account of the database do what a role may do; ``none`` takes all.

        Args:
            login: Name of the account, which must exist.
            role: reader, proposer (adds proposals and segments), editor, owner or none.

        Raises:
            StoreError: No such account or role, or the connected account may not.
        """
        if role != "none" and role not in ROLES:
            raise StoreError(self.address, role, " | ".join((*ROLES, "none")))
        self._postgres.connector.run(lambda connection: _grant(connection, login, role))

    def rights(self) -> list[tuple[str, str]]:
        """Return (account, role), sorted."""
        return self._postgres.run(
            lambda session: [
                (str(login), str(role))
                for login, role in session.query(
                    "SELECT login, role FROM rights ORDER BY login"
                )
            ]
        )


class Postgres:
    """The tables in a database, each call in a transaction of its own."""

    def __init__(self, connector: Connector) -> None:
        self.connector, self.address = connector, connector.address

    def run(
        self, work: Callable[[PostgresSession], Answer], *, again: bool = True
    ) -> Answer:
        """Do work in one transaction; over again after a lost connection if allowed."""

        def transaction(connection: psycopg.Connection[Any]) -> Answer:
            with connection.transaction():
                return work(PostgresSession(connection))

        return self.connector.run(transaction, again=again)

    @contextmanager
    def snapshot(self) -> Iterator[PostgresSession]:
        """Give a session that sees the moment of its first statement."""
        with self.connector.held() as connection, connection.transaction():
            connection.execute(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
            )
            yield PostgresSession(connection)

    def role(self) -> str:
        """Return the role of the connected account."""
        return self.run(
            lambda session: str(session.query("SELECT role_of_session()")[0][0])
        )

    def close(self) -> None:
        """Close the connection."""
        self.connector.close()


class PostgresSession:
    """Statements inside a transaction of PostgreSQL."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return self._connection.execute(_marks(sql), values).fetchall()

    def stream(self, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, some thousand in memory at once."""
        with self._connection.cursor("termbank_feed") as cursor:
            cursor.itersize = _FETCHED
            cursor.execute(_marks(sql), values)
            yield from cursor

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows it changed."""
        return max(self._connection.execute(_marks(sql), values).rowcount, 0)

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each row."""
        with self._connection.cursor() as cursor:
            cursor.executemany(_marks(sql), rows)

    def stage(self, rows: Iterable[SegmentRow]) -> int:
        """Put segments into the table ``staged``; return how many."""
        self._connection.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS staged (place bigint, {COLUMN_TYPES})"
            " ON COMMIT DELETE ROWS"
        )
        place = 0
        with self._connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for place, row in enumerate(rows, 1):
                copy.write_row((place, *row))
        self._connection.execute("ANALYZE staged")
        return place

    def lock(self) -> None:
        """Wait for the row of ``clock``: the next number is ours."""
        self._connection.execute("SELECT number FROM clock FOR UPDATE")


def _marks(sql: str) -> str:
    return sql.replace("?", "%s")


def _layout(connection: psycopg.Connection[Any]) -> int:
    """Return the number of the newest migration; 0 where there are no tables."""
    there = connection.execute("SELECT to_regclass('termbank.migrations')").fetchone()
    if there is None or there[0] is None:
        return 0
    row = connection.execute("SELECT coalesce(max(number), 0) FROM migrations")
    newest = row.fetchone()
    return int(newest[0]) if newest else 0


def _check_layout(connection: psycopg.Connection[Any], address: str) -> None:
    layout = _layout(connection)
    if layout != len(POSTGRES):
        raise wrong_layout(address, layout, len(POSTGRES))


def _migrate(connection: psycopg.Connection[Any]) -> None:
    """Make or change the tables, all or nothing, one process at a time."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MIGRATION_LOCK,))
        layout = _layout(connection)
        if layout > len(POSTGRES):
            raise wrong_layout("postgresql://…", layout, len(POSTGRES))
        if layout == len(POSTGRES):
            return
        if not layout:
            connection.execute("CREATE SCHEMA IF NOT EXISTS termbank")
            connection.execute(
                "CREATE TABLE migrations (number bigint PRIMARY KEY,"
                " at timestamptz NOT NULL DEFAULT clock_timestamp())"
            )
        for number in range(layout + 1, len(POSTGRES) + 1):
            connection.execute(POSTGRES[number - 1].encode())
            connection.execute("INSERT INTO migrations VALUES (%s)", (number,))
        if not layout:
            connection.execute(
                "INSERT INTO facts VALUES ('identity', %s)", (uuid4().hex,)
            )


def _grant(connection: psycopg.Connection[Any], login: str, role: str) -> None:
    from psycopg.sql import SQL, Identifier

    texts = ["REVOKE ALL ON ALL TABLES IN SCHEMA termbank FROM {login}"]
    if role != "none":
        texts += [
            "GRANT USAGE ON SCHEMA termbank TO {login}",
            "GRANT SELECT ON ALL TABLES IN SCHEMA termbank TO {login}",
            *_GRANTS[role],
        ]
    with connection.transaction():
        for text in texts:
            connection.execute(SQL(text).format(login=Identifier(login)))
        connection.execute("DELETE FROM rights WHERE login = %s", (login,))
        if role != "none":
            connection.execute("INSERT INTO rights VALUES (%s, %s)", (login, role))

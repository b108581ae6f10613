"""A shared store in SQL that SQLite and PostgreSQL both speak.

Writers take the row of ``clock`` first and keep it to the end of their transaction. So
transactions are numbered in the order in which they commit (a reader that has seen
number N never misses a smaller one), and no two writers can wait for each other.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar
from uuid import uuid4

from termbank.errors import ConflictError, StoreError
from termbank.messages import say
from termbank.text.lone_surrogates import without_surrogates

from .entry_rows import faults_of, tables_of_text, text_of
from .protocol import (
    SEGMENT_COLUMNS,
    Conflict,
    Entry,
    Note,
    Step,
    StoredSegment,
    Transaction,
)
from .segment_sql import COUNT_KNOWN, COUNT_STAGED, COUNT_TURNS, INSERT_TURN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from .protocol import SegmentRow, Tables, Write

Answer = TypeVar("Answer")
_AT_ONCE: Final = 500  # keys of one statement; SQLite allows 32,766 variables
_KNOWN: Final = "SELECT key, version, CAST(body AS text) FROM entries WHERE kind = ?"


class Session(Protocol):
    """Statements inside one transaction; ``?`` stands for a value."""

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""

    def stream(self, sql: str, values: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a large query."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Run a statement; return how many rows it changed."""

    def execute_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each row."""

    def stage(self, rows: Iterable[SegmentRow]) -> int:
        """Put segments into the empty table ``staged``; return how many."""

    def lock(self) -> None:
        """Wait until no other transaction writes, and keep others waiting."""


class Database(Protocol):
    """Where the tables are.

    Attributes:
        address: Without a password.
    """

    address: str

    def run(self, work: Callable[[Session], Answer], *, again: bool = True) -> Answer:
        """Do work in one transaction, over again after a lost connection if allowed."""

    def snapshot(self) -> AbstractContextManager[Session]:
        """Give a session that sees the moment at which it began."""

    def role(self) -> str:
        """Return what the connected account may do."""

    def close(self) -> None:
        """Let go of the connection."""


class SqlStore:
    """A :class:`termbank.stores.protocol.SharedStore` over a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.address = database.address
        self.identity: str = database.run(
            lambda session: _value(
                session, "SELECT value FROM facts WHERE name = ?", "identity"
            )
        )

    def role(self) -> str:
        """Return what the connected account may do."""
        return self._database.role()

    def entries(self, since: int = 0) -> tuple[int, list[Entry]]:
        """Return the last number and what changed after one."""

        def work(session: Session) -> tuple[int, list[Entry]]:
            # The number first: an entry written in between comes once more next time.
            head = _head(session)
            rows = session.stream(
                "SELECT kind, key, version, CAST(body AS text) FROM entries"
                " WHERE version > ? AND (? > 0 OR body IS NOT NULL) ORDER BY kind, key",
                (since, since),
            )
            return head, [_entry(*row) for row in rows]

        return self._database.run(work)

    def entries_at(self, number: int) -> list[Entry]:
        """Return the entries changed after a transaction, as they were right after it."""
        rows = self._query(
            "SELECT kind, key, CAST(before AS text) FROM history AS step"
            " WHERE kind <> 'segment' AND number = (SELECT min(number) FROM history"
            "   WHERE kind = step.kind AND key = step.key AND number > ?)"
            " ORDER BY kind, key",
            number,
        )
        return [_entry(kind, key, number, before) for kind, key, before in rows]

    def write(self, writes: Iterable[Write], note: Note) -> int:
        """Write entries, all or none; return the number of the transaction."""
        all_writes = list(writes)
        faults = [fault for write in all_writes for fault in faults_of(write.tables)]
        if faults:
            expected = say("用語集の行", "rows of a glossary")
            raise StoreError(self.address, "; ".join(faults[:3]), expected)

        def work(session: Session) -> int:
            session.lock()
            before = _stored(session, all_writes)
            conflicts, due = _sorted_out(all_writes, before)
            if conflicts:
                raise ConflictError(self.address, conflicts)
            if not due:
                return 0
            number = _begin(session, note)
            _put(session, number, due, before)
            return number

        return self._database.run(work)

    @contextmanager
    def segments(self, since: int = 0) -> Iterator[tuple[int, Iterator[StoredSegment]]]:
        """Give the last number and the segments changed after one, by ``added``."""
        with self._database.snapshot() as session:
            rows = session.stream(
                f"SELECT added, retired, {', '.join(SEGMENT_COLUMNS)} FROM segments"  # noqa: S608
                " WHERE version > ? AND (? > 0 OR NOT retired) ORDER BY added",
                (since, since),
            )
            head = _head(session)
            yield (
                head,
                (
                    StoredSegment(place, bool(is_retired), tuple(row))
                    for place, is_retired, *row in rows
                ),
            )

    def add_segments(self, rows: Iterable[SegmentRow], note: Note) -> int:
        """Store segments, all or none; return how many are new."""

        def work(session: Session) -> int:
            # Staged before the lock is taken: the others wait for the merge alone.
            count = session.stage(rows)
            session.lock()
            new = _number(session, COUNT_STAGED) - _number(session, COUNT_KNOWN)
            count_changes = _merge_staged(session, count)
            if count_changes:
                _begin(session, note, count)
            return new

        return self._database.run(work, again=isinstance(rows, list | tuple))

    def retire_segments(self, ids: Sequence[str], note: Note) -> int:
        """Take segments out; return how many there were."""
        keys = sorted({without_surrogates(key) for key in ids})

        def work(session: Session) -> int:
            session.lock()
            number = _head(session) + 1
            gone = 0
            for part in _parts(keys):
                marks = ", ".join("?" * len(part))
                gone += session.execute(
                    "UPDATE segments SET retired = TRUE, version = ?"  # noqa: S608  # marks
                    f" WHERE NOT retired AND segment_id IN ({marks})",
                    (number, *part),
                )
            if gone:
                _begin(session, note)
            return gone

        return self._database.run(work)

    def audit(
        self, limit: int = 50, before: int = 0, key: str = ""
    ) -> list[Transaction]:
        """Return what was done, the newest first."""
        rows = self._query(
            "SELECT number, who, why, action, subject, undoes, CAST(at AS text),"
            " login, EXISTS (SELECT 1 FROM history"
            "   WHERE history.number = changes.number AND kind <> 'segment')"
            " FROM changes WHERE (? = 0 OR number < ?) AND (? = '' OR"
            "   number IN (SELECT number FROM history WHERE key = ?))"
            " ORDER BY number DESC LIMIT ?",
            *(before, before, key, key, limit),
        )
        return [
            Transaction(row[0], Note(*row[1:6]), row[6], row[7], bool(row[8]))
            for row in rows
        ]

    def steps(self, number: int) -> list[Step]:
        """Return what a transaction did to entries."""
        rows = self._query(
            "SELECT kind, key, CAST(before AS text), CAST(after AS text) FROM history"
            " WHERE number = ? AND kind <> 'segment' ORDER BY kind, key",
            number,
        )
        return [
            Step(kind, key, tables_of_text(before), tables_of_text(after))
            for kind, key, before, after in rows
        ]

    def renew(self) -> None:
        """Give the store a new identity, so that copies of what it was are left alone.

        Due after an older backup was restored: numbers are then given a second time.
        """
        identity = uuid4().hex
        sql = "UPDATE facts SET value = ? WHERE name = 'identity'"
        self._database.run(lambda session: session.execute(sql, (identity,)))
        self.identity = identity

    def close(self) -> None:
        """Let go of the connection."""
        self._database.close()

    def _query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._database.run(lambda session: session.query(sql, values))


def _entry(kind: str, key: str, version: int, body: str | None) -> Entry:
    return Entry(kind, key, version, tables_of_text(body))


def _value(session: Session, sql: str, *values: object) -> Any:
    return session.query(sql, values)[0][0]


def _number(session: Session, sql: str) -> int:
    return int(_value(session, sql))


def _head(session: Session) -> int:
    return _number(session, "SELECT number FROM clock")


def _begin(session: Session, note: Note, segments: int = 0) -> int:
    """Give the transaction its number and its line of the audit trail."""
    number = _head(session) + 1
    session.execute(
        "UPDATE clock SET number = ?, added = added + ?", (number, segments)
    )
    texts = [without_surrogates(text) for text in note[:4]]
    session.execute(
        "INSERT INTO changes (number, who, why, action, subject, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (number, *texts, note.undoes),
    )
    return number


def _stored(session: Session, writes: Sequence[Write]) -> dict[tuple[str, str], Entry]:
    """Return what stands under the keys of writes, those that stand at all."""
    by_key: dict[tuple[str, str], Entry] = {}
    for kind in sorted({write.kind for write in writes}):
        for part in _parts([write.key for write in writes if write.kind == kind]):
            marks = ", ".join("?" * len(part))
            for row in session.query(f"{_KNOWN} AND key IN ({marks})", (kind, *part)):
                by_key[kind, row[0]] = _entry(kind, *row)
    return by_key


def _sorted_out(
    writes: Iterable[Write], stored: dict[tuple[str, str], Entry]
) -> tuple[tuple[Conflict, ...], list[Write]]:
    """Return the writes that come too late, and those that change something."""
    conflicts, due = [], []
    for write in writes:
        entry = stored.get(
            (write.kind, write.key), Entry(write.kind, write.key, 0, None)
        )
        if entry.tables == write.tables:
            continue
        unseen = write.expected == 0 and entry.tables is None
        if entry.version != write.expected and not unseen:
            conflicts.append(Conflict(write, entry))
        else:
            due.append(write)
    return tuple(conflicts), due


def _put(
    session: Session,
    number: int,
    due: Sequence[Write],
    stored: dict[tuple[str, str], Entry],
) -> None:
    before: dict[tuple[str, str], Tables | None] = {
        key: entry.tables for key, entry in stored.items()
    }
    bodies = [(write.kind, write.key, text_of(write.tables)) for write in due]
    session.execute_many(
        "INSERT INTO entries (kind, key, version, body) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (kind, key)"
        " DO UPDATE SET version = excluded.version, body = excluded.body",
        [(kind, key, number, body) for kind, key, body in bodies],
    )
    session.execute_many(
        "INSERT INTO history (number, kind, key, before, after) VALUES (?, ?, ?, ?, ?)",
        [
            (number, kind, key, text_of(before.get((kind, key))), body)
            for kind, key, body in bodies
        ],
    )


def _merge_staged(session: Session, count: int) -> int:
    """Merge staged segments in their order; return how many rows that changed.

    A segment_id that stands several times takes several turns, as if each row came in
    a transaction of its own.
    """
    if not count:
        return 0
    number = _head(session) + 1
    place = _number(session, "SELECT added FROM clock")
    turns = _number(session, COUNT_TURNS)
    return sum(
        session.execute(INSERT_TURN, (number, place, turn))
        for turn in range(1, turns + 1)
    )


def _parts(keys: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(keys)
    while part := list(islice(rest, _AT_ONCE)):
        yield part

"""The segments of a team's store, and the copy of them that this machine searches.

The store is the truth: what is added goes there first. The copy is a memory like any
other; it takes in the change feed before it is searched, at most once a second. Its rows
have the numbers that the store gave them, so that every machine's answers are the same
to the order of ties.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Final

from termbank.errors import StoreError
from termbank.messages import say
from termbank.stores import open_store
from termbank.stores.node_folder import node_folder
from termbank.stores.protocol import Note, account_name

from . import store
from .search.block_index import rebuild, sweep, update
from .search.match_scoring import skeleton
from .search.sql_prefilter import folds
from .store import COLUMNS, GONE_SHARE, Store, set_fact

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from termbank.stores.protocol import SegmentRow, SharedStore, StoredSegment

FRESH: Final = 1.0  # seconds for which the copy is taken to be up to date
_FACT: Final = "team_number"  # number of the last transaction that was taken in
_INSERT: Final = (
    f"INSERT OR REPLACE INTO segments (id, folds, skeleton, {', '.join(COLUMNS)})"  # noqa: S608
    f" VALUES ({', '.join('?' * (len(COLUMNS) + 3))})"
)


class TeamSegments:
    """What a :class:`termbank.Memory` does where its truth is a team's store.

    Attributes:
        copy: The memory on this machine.
    """

    def __init__(
        self, shared: SharedStore, copy: Store, *, who: str, read_only: bool
    ) -> None:
        self.copy = copy
        self._shared, self._who, self._read_only = shared, who, read_only
        self._pulled = float("-inf")

    @classmethod
    def open(
        cls, address: str, *, read_only: bool, wait: float, who: str | None = None
    ) -> TeamSegments:
        """Open the memory of a store.

        Args:
            address: Of the store.
            read_only: Refuse to write into the store.
            wait: Seconds to wait for another process of this machine.
            who: Person that the audit trail names; the account's name where absent.

        Raises:
            StoreError: The store is out of reach, or the copy cannot be written.
        """
        team_store = open_store(address)
        copy = Store(
            node_folder(team_store.identity, "memory"), read_only=False, wait=wait
        )
        return cls(team_store, copy, who=who or account_name(), read_only=read_only)

    def add(self, rows: Iterable[SegmentRow], *, action: str = "add segments") -> int:
        """Store segments, all or none; return how many are new."""
        self._refuse_reader()
        new_count = self._shared.add_segments(rows, Note(self._who, "", action))
        self.pull(at_once=True)
        return new_count

    def retire(self, ids: Sequence[str]) -> int:
        """Take segments out; return how many there were."""
        self._refuse_reader()
        gone = self._shared.retire_segments(ids, Note(self._who, "", "retire segments"))
        self.pull(at_once=True)
        return gone

    def replace(self, segment_id: str, texts: dict[str, str]) -> None:
        """Change texts of one segment.

        Raises:
            StoreError: There is no such segment.
        """
        self.pull(at_once=True)
        old_row = next(self.copy.select("segment_id = ?", (segment_id,)), None)
        if old_row is None:
            raise store.no_such_segment(self._shared.address, segment_id)
        row = old_row._asdict() | texts
        self.add([tuple([row[name] for name in COLUMNS])], action="edit segment")

    def pull(self, *, at_once: bool = False) -> None:
        """Take in what anybody changed, where the last look is a second old."""
        if not at_once and monotonic() - self._pulled < FRESH:
            return
        number = self.copy.fact(_FACT, 0)
        with self._shared.segments(number) as (head, rows):
            behind = head > number
            if behind:
                self._take_in(number, head, rows)
        if head < number:
            # The store was restored from an older backup.
            self._start_over()
            self.pull(at_once=True)
        elif behind:
            self._index()
        self._pulled = monotonic()

    def close(self) -> None:
        """Let go of the store; the copy is closed by its owner."""
        self._shared.close()

    def _refuse_reader(self) -> None:
        if self._read_only:
            problem = say("読み取り専用で開いています", "opened to read")
            raise StoreError(self._shared.address, problem, "open(address)")

    def _take_in(self, number: int, head: int, rows: Iterator[StoredSegment]) -> None:
        with self.copy.writing() as connection:
            if self.copy.fact(_FACT, 0) != number:
                return  # another process of this machine was faster
            before = self.copy.count()
            gone = _apply(connection, rows)
            set_fact(connection, _FACT, head)
            if gone > GONE_SHARE * before:
                rebuild(connection, self.copy)

    def _index(self) -> None:
        # The copy is whole from here on; the index can be made again at any time.
        with self.copy.writing() as connection:
            update(connection, self.copy)
        with self.copy.writing() as connection:
            sweep(connection, self.copy)

    def _start_over(self) -> None:
        with self.copy.writing() as connection:
            connection.execute("DELETE FROM segments")
            set_fact(connection, _FACT, 0)
            rebuild(connection, self.copy)


def _apply(connection: sqlite3.Connection, rows: Iterator[StoredSegment]) -> int:
    """Put rows of the feed into the copy; return how many went out."""
    gone = 0

    def present() -> Iterator[tuple[object, ...]]:
        nonlocal gone
        for place, is_retired, row in rows:
            if is_retired:
                sql = "DELETE FROM segments WHERE segment_id = ?"
                gone += connection.execute(sql, (row[0],)).rowcount
            else:
                source, target = str(row[1]), str(row[2])
                yield (place, folds(source, target), skeleton(source), *row)

    connection.executemany(_INSERT, present())
    return gone

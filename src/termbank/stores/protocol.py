"""What every store shared by a team offers: the protocol and its values.

A store holds *entries* (concepts with their definitions and terms, and decisions) and
*segments* of a translation memory. Every transaction has a number, one more than the
one before; an entry's version is the number of the transaction that wrote it last. So
"what changed since number N" is the change feed, and a version that is still the one
somebody read proves that nobody wrote in between.
"""

from __future__ import annotations

import getpass
import os
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from termbank.table_columns import SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

Row: TypeAlias = tuple[str, ...]  # texts in the order of a table's columns
# Rows by table, sorted; concepts, definitions and terms of a concept, or a decision.
Tables: TypeAlias = "dict[str, tuple[Row, ...]]"
# Values in the order of SEGMENTS; changed and created in microseconds, UTC.
SegmentRow: TypeAlias = "tuple[object, ...]"

CONCEPT, DECISION = "concept", "decision"
SEGMENT_COLUMNS = SEGMENTS
ROLES = ("reader", "proposer", "editor", "owner")


class Note(NamedTuple):
    """Who writes, why, and what the transaction does, for the audit trail.

    Attributes:
        who: Name of the person.
        why: Reason; empty where none is given.
        action: Name of the operation: merge, import, push …
        subject: What it is done to, in words.
        undoes: Number of the transaction that this one takes back; 0 for none.
    """

    who: str
    why: str = ""
    action: str = "write"
    subject: str = ""
    undoes: int = 0


class Entry(NamedTuple):
    """A concept or a decision as the store has it.

    Attributes:
        kind: ``concept`` or ``decision``.
        key: Identifier within the kind.
        version: Number of the transaction that wrote it; 0 where there is none.
        tables: Its rows; None where it was removed or never was.
    """

    kind: str
    key: str
    version: int
    tables: Tables | None


class Write(NamedTuple):
    """An entry to be written, provided that its version is still the expected one.

    Attributes:
        kind: As in :class:`Entry`.
        key: As there.
        expected: Version that was read; 0 where there was none, or none any more.
        tables: Rows to stand there; None removes the entry.
    """

    kind: str
    key: str
    expected: int
    tables: Tables | None


class Conflict(NamedTuple):
    """A write whose entry was changed since it was read: both versions."""

    write: Write
    stored: Entry


class Step(NamedTuple):
    """What one transaction did to one entry."""

    kind: str
    key: str
    before: Tables | None
    after: Tables | None


class Transaction(NamedTuple):
    """One line of the audit trail.

    Attributes:
        number: Number of the transaction.
        note: What its writer said.
        at: When the store wrote it, ISO 8601, UTC.
        login: Account that the writer was connected by; empty where stores have none.
        of_glossary: Whether it changed entries; else segments.
    """

    number: int
    note: Note
    at: str
    login: str
    of_glossary: bool


class StoredSegment(NamedTuple):
    """A segment of the change feed.

    Attributes:
        added: Counts up over all segments; a segment whose source is replaced gets a
            new one. All nodes number their rows by it.
        retired: Whether it was taken out.
        row: Values in the order of ``SEGMENT_COLUMNS``.
    """

    added: int
    retired: bool
    row: SegmentRow


class SharedStore(Protocol):
    """A store of record for a team.

    Attributes:
        address: Where it is, without a password.
        identity: Made when the store was; a copy of another store has another.
    """

    address: str
    identity: str

    def role(self) -> str:
        """Return what the connected account may do: one of ``ROLES``."""

    def entries(self, since: int = 0) -> tuple[int, list[Entry]]:
        """Return the number of the last transaction and the entries changed after one.

        Args:
            since: Number of a transaction; 0 for all entries that are there. After
                another number, removed entries come with ``tables`` None.
        """

    def entries_at(self, number: int) -> list[Entry]:
        """Return the entries changed after a transaction, as they were right after it."""

    def write(self, writes: Iterable[Write], note: Note) -> int:
        """Write entries, all or none; return the number of the transaction.

        To write what is there already changes nothing and is no conflict, so that a
        writer that lost the answer may write again. Returns 0 where nothing changed.

        Raises:
            ConflictError: Entries have other versions than expected; all are listed.
            StoreError: No right to write, or the store is out of reach.
        """

    def segments(
        self, since: int = 0
    ) -> AbstractContextManager[tuple[int, Iterator[StoredSegment]]]:
        """Give the last number and the segments changed after one, by ``added``."""

    def add_segments(self, rows: Iterable[SegmentRow], note: Note) -> int:
        """Store segments, all or none; return how many are new.

        Where a segment_id is there with the same source, values that are not null
        replace those there; with another source it is a new segment in its place.
        """

    def retire_segments(self, ids: Sequence[str], note: Note) -> int:
        """Take segments out; return how many there were. Their texts stay for audit."""

    def audit(
        self, limit: int = 50, before: int = 0, key: str = ""
    ) -> list[Transaction]:
        """Return what was done, the newest first.

        Args:
            limit: How many at most.
            before: Only transactions before this number; 0 for all.
            key: Only those that changed the entry of this key; empty for all.
        """

    def steps(self, number: int) -> list[Step]:
        """Return what a transaction did to entries."""

    def close(self) -> None:
        """Let go of the connection; closing twice does nothing."""


def account_name() -> str:
    """Return the name of the system's account, for a note; empty where it has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without an entry
        return str(os.getuid()) if hasattr(os, "getuid") else ""

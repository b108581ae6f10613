"""The journal of a project whose glossary is a team's: its changes are the store's.

A change is acknowledged once the store has committed it; the copy on this machine
follows by the change feed. What review and build note (evidence, marks) stays here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from termbank.errors import ConflictError
from termbank.glossary.team_glossary import team_glossary
from termbank.operations.journal import Journal
from termbank.operations.row_changes import Author, Change, key_of, row_changes
from termbank.stores.entry_rows import decision_key, rows_of_entries
from termbank.stores.node_folder import state_folder
from termbank.stores.protocol import CONCEPT, DECISION, Conflict, Note, Write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termbank.operations.row_changes import Row, RowChange
    from termbank.stores.protocol import (
        Entry,
        SharedStore,
        Step,
        Tables,
        Transaction,
    )

_PAGE: Final = 200  # transactions that are looked through at once


class TeamJournal(Journal):
    """Changes of a team's store; evidence and marks of this machine.

    Args:
        address: Of the store.
    """

    def __init__(self, address: str) -> None:
        identity = team_glossary(address).shared.identity
        super().__init__(state_folder(identity) / "glossary.db")
        self._address = address

    writes_files = False

    def refresh(self, *, at_once: bool = False) -> None:
        """Bring the copy on this machine up to date."""
        team_glossary(self._address).pull(at_once=at_once)

    def add(self, change: Change) -> int:
        """Commit a change in the store; return its number.

        Raises:
            ConflictError: Somebody changed the same entries meanwhile.
            StoreError: The store is out of reach, or refuses.
        """
        team = team_glossary(self._address)
        by = change.by
        note = Note(by.who, by.why, change.action, change.subject, change.undoes)
        writes, conflicts = [], []
        for (kind, key), rows in _by_entry(change.rows).items():
            entry = team.entry(kind, key)
            write = Write(kind, key, entry.version, _applied(entry, rows))
            writes.append(write)
            if any(_row_at(entry, row) != row.before for row in rows):
                conflicts.append(Conflict(write, entry))
        if conflicts:
            raise ConflictError(team.shared.address, tuple(conflicts))
        number = team.shared.write(writes, note)
        team.pull(at_once=True)
        return number

    def withdraw(self, change: Change) -> None:
        """Do nothing: what the store has committed stays."""

    def note_written(self, numbers: Iterable[int]) -> None:
        """Do nothing: the copy is written from the change feed."""

    def unwritten(self) -> list[Change]:
        """Return nothing: the copy is written from the change feed."""
        return []

    def changes(self, limit: int = 50, subject: str = "") -> list[Change]:
        """Return the newest changes of the glossary first."""
        undone = self._undone()
        return [
            self._whole(line, undone) for line in self._lines(limit, subject=subject)
        ]

    def headlines(
        self, limit: int, *, holding: str = "", since: str = ""
    ) -> list[Change]:
        """Return the newest changes without their rows."""
        undone = self._undone()
        lines = self._lines(limit, key=holding.strip('"'))
        changes = [_headline(line, undone) for line in lines]
        return [change for change in changes if change.by.when.isoformat() >= since]

    def last_to_undo(self, who: str | None = None) -> Change | None:
        """Return the newest change that neither is undone nor undoes another."""
        undone = self._undone()
        for line in self._lines(_PAGE * 10):
            note = line.note
            if (
                not note.undoes
                and line.number not in undone
                and who in (None, note.who)
            ):
                return self._whole(line, undone)
        return None

    def change(self, number: int) -> Change | None:
        """Return one change by its number."""
        for line in self._store.audit(1, before=number + 1):
            if line.number == number:
                return self._whole(line, self._undone())
        return None

    @property
    def _store(self) -> SharedStore:
        return team_glossary(self._address).shared

    def _lines(
        self, limit: int, *, subject: str = "", key: str = ""
    ) -> list[Transaction]:
        """Return transactions that changed entries, the newest first."""
        lines: list[Transaction] = []
        before = 0
        while len(lines) < limit:
            page: Sequence[Transaction] = self._store.audit(_PAGE, before, key)
            lines += [
                line
                for line in page
                if subject in line.note.subject and line.of_glossary
            ]
            if len(page) < _PAGE:
                break
            before = page[-1].number
        return lines[:limit]

    def _undone(self) -> dict[int, int]:
        lines = self._lines(_PAGE * 10)
        return {line.note.undoes: line.number for line in lines if line.note.undoes}

    def _whole(self, line: Transaction, undone: dict[int, int]) -> Change:
        steps: list[Step] = self._store.steps(line.number)
        rows = row_changes(
            rows_of_entries(step.before for step in steps),
            rows_of_entries(step.after for step in steps),
        )
        return _headline(line, undone)._replace(rows=rows)


def _headline(line: Transaction, undone: dict[int, int]) -> Change:
    note, number = line.note, line.number
    by = Author(note.who or line.login, datetime.fromisoformat(line.at), note.why)
    return Change(
        number, note.action, note.subject, by, (), note.undoes, undone.get(number, 0)
    )


def _by_entry(rows: Iterable[RowChange]) -> dict[tuple[str, str], list[RowChange]]:
    by_entry: dict[tuple[str, str], list[RowChange]] = {}
    for row in rows:
        if row.table == "decisions":
            key = (DECISION, decision_key(row.key))
        else:
            key = (CONCEPT, row.key[0])
        by_entry.setdefault(key, []).append(row)
    return by_entry


def _applied(entry: Entry, changes: Iterable[RowChange]) -> Tables | None:
    """Return the rows of an entry after changes; None where none is left."""
    rows = {
        (table, key_of(table, row)): row
        for table, some in (entry.tables or {}).items()
        for row in some
    }
    for change in changes:
        if change.after is None:
            rows.pop((change.table, change.key), None)
        else:
            rows[change.table, change.key] = change.after
    tables: dict[str, list[Row]] = {}
    for table, key in sorted(rows):
        tables.setdefault(table, []).append(rows[table, key])
    return {table: tuple(sorted(some)) for table, some in tables.items()} or None


def _row_at(entry: Entry, change: RowChange) -> Row | None:
    some = (entry.tables or {}).get(change.table, ())
    return next((row for row in some if key_of(change.table, row) == change.key), None)

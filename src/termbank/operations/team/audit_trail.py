"""The audit trail of a team server: who asked for which change, and what came of it."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

from .access_file import open_access_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_LONGEST: Final = 200  # code points of a subject that are kept


class AuditEvent(NamedTuple):
    """One request to change something, or a change of the tokens.

    Attributes:
        number: Counts up from 1.
        at: ISO time in UTC.
        token: Identifier of the token; empty for the command line.
        who: Name of the token, or of the person at the command line.
        action: Name of the operation.
        subject: What it was about: a form, a concept, a token.
        outcome: done, refused (by role), stale or rejected.
    """

    number: int
    at: str
    token: str
    who: str
    action: str
    subject: str
    outcome: str


class AuditTrail:
    """The trail of one project: written to, never edited.

    Args:
        path: The file that holds the tokens, too.

    Raises:
        StoreError: The file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._connection = open_access_file(path)
        self._lock = Lock()

    def note(
        self,
        when: datetime,
        who: str,
        action: str,
        subject: str,
        *,
        token: str = "",
        outcome: str = "done",
    ) -> None:
        """Add an event; it is on disk when this returns."""
        at = when.replace(microsecond=0).isoformat()
        short = subject.encode("utf-8", "replace").decode()[:_LONGEST]
        sql = (
            "INSERT INTO events(at, token, who, action, subject, outcome)"
            " VALUES(?,?,?,?,?,?)"
        )
        with self._lock, self._connection:
            self._connection.execute(sql, (at, token, who, action, short, outcome))

    def newest(self, limit: int = 50, before: int = 0) -> list[AuditEvent]:
        """Return events, the newest first.

        Args:
            limit: How many at most.
            before: Only events with a lower number; 0 for all.
        """
        sql = "SELECT * FROM events WHERE ? = 0 OR number < ? ORDER BY number DESC LIMIT ?"
        with self._lock:
            rows = self._connection.execute(sql, (before, before, limit)).fetchall()
        return [AuditEvent(*row) for row in rows]

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

"""What readers ask for: a term that is wanted, a fault, a look-up that found nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import GlossaryError
from termbank.messages import say

if TYPE_CHECKING:
    from .project import Project
    from .row_changes import Author

KINDS: Final = ("wanted", "wrong", "question")
_LONGEST: Final = 2000  # code points of what somebody writes


class TermRequest(NamedTuple):
    """Something a reader asks for.

    Attributes:
        id: As a card of the review has it.
        kind: wanted, wrong, question or missed.
        subject: The form it is about.
        body: What was written about it.
        who: By whom; empty for look-ups, which nobody signs.
        at: When, ISO.
        times: How often it was looked up.
    """

    id: str
    kind: str
    subject: str
    body: str
    who: str
    at: str
    times: int = 1


def ask(project: Project, kind: str, subject: str, body: str, by: Author) -> None:
    """Note a request for the next review.

    Raises:
        GlossaryError: No such kind, or it says nothing.
    """
    if kind not in KINDS or not subject.strip():
        raise GlossaryError(
            subject or kind,
            say("空の希望", "an empty request"),
            say("語と希望の内容", "a form, and what is asked"),
        )
    row = (kind, subject.strip()[:200], body[:_LONGEST], by.who, by.when.isoformat())
    sql = "INSERT INTO requests(kind, subject, body, who, at, state) VALUES(?,?,?,?,?,'open')"
    project.journal.execute(sql, [row])


def note_miss(project: Project, query: str, by: Author) -> None:
    """Count a look-up that found nothing."""
    sql = (
        "INSERT INTO misses VALUES(?,1,?) ON CONFLICT(query)"
        " DO UPDATE SET times = times + 1, last = excluded.last"
    )
    project.journal.execute(sql, [(query.strip()[:200], by.when.isoformat())])


def request_of(project: Project, identifier: str) -> TermRequest | None:
    """Return what a card of the request queue is about; None where it is closed."""
    kind, _, rest = identifier.partition(":")
    if kind == "miss":
        rows = project.journal.read(
            "SELECT query, times, last FROM misses WHERE query = ?", (rest,)
        )
        for query, times, last in rows:
            return TermRequest(identifier, "missed", query, "", "", last, times)
    if kind == "request" and rest.isdigit():
        rows = project.journal.read(
            "SELECT kind, subject, body, who, at FROM requests"
            " WHERE number = ? AND state = 'open'",
            (int(rest),),
        )
        for row in rows:
            return TermRequest(identifier, *row)
    return None


def close_request(project: Project, identifier: str, state: str, by: Author) -> None:
    """Take a request out of the queue.

    Args:
        project: Where.
        identifier: Of its card.
        state: done or refused.
        by: Who closes it.
    """
    kind, _, rest = identifier.partition(":")
    if kind == "miss":
        project.journal.execute("DELETE FROM misses WHERE query = ?", [(rest,)])
    elif rest.isdigit():
        sql = "UPDATE requests SET state = ? WHERE number = ?"
        project.journal.execute(sql, [(f"{state} {by.who}", int(rest))])

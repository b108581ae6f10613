"""Findings of a check as cards: a person says which are faults and which false alarms."""

from __future__ import annotations

import os
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from .requests import TermRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termbank.types import Finding

    from .project import Project
    from .row_changes import Author

STATES: Final = ("open", "fault", "false alarm")


def put_findings(project: Project, findings: Iterable[Finding]) -> int:
    """Put findings into the queue; return how many were not there before.

    A finding that a person decided about stays decided, though its line may move: it is
    known by its file, rule and message, equal ones by their order.
    """
    root = os.fspath(project.folder.parent)
    rows: list[tuple[object, ...]] = []
    files: dict[str, None] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for finding in findings:
        path = os.path.abspath(finding.path)
        shown_path = (
            os.path.relpath(path, root) if path.startswith(root + os.sep) else path
        )
        files[shown_path] = None
        content = (shown_path, finding.code, finding.message)
        counts[content] += 1
        rows.append(
            (
                _identifier(*content, str(counts[content])),
                *(finding.code, shown_path, finding.line, finding.column),
                finding.message,
                "open",
            )
        )
    journal = project.journal
    before = _count(project)
    sql = "INSERT OR IGNORE INTO findings(id, code, path, line, column, message, state)"
    journal.execute(f"{sql} VALUES(?,?,?,?,?,?,?)", rows)
    places = [(row[3], row[4], row[0]) for row in rows]
    journal.execute("UPDATE findings SET line = ?, column = ? WHERE id = ?", places)
    # The page shows lines of files that are recorded, and of no others.
    sql = "INSERT OR IGNORE INTO documents(uri, doc_id, published) VALUES(?, '', '')"
    journal.execute(sql, [(path,) for path in files])
    return _count(project) - before


def open_findings(project: Project) -> list[tuple[str, str, str]]:
    """Return (card, message, code) of the findings that wait, by file and line."""
    return project.journal.read(
        "SELECT 'finding:' || id, message, code FROM findings WHERE state = 'open'"
        " ORDER BY path, line, column, id"
    )


def finding_of(project: Project, identifier: str) -> TermRequest | None:
    """Return what a card of the queue is about; its body is file, line and rule."""
    rows = project.journal.read(
        "SELECT message, path, line, code FROM findings WHERE id = ? AND state = 'open'",
        (identifier.partition(":")[2],),
    )
    for message, path, line, code in rows:
        return TermRequest(identifier, code, message, f"{path}:{line}", "", "")
    return None


def close_finding(
    project: Project, identifier: str, by: Author, *, fault: bool
) -> None:
    """Note whether a finding is a fault or a false alarm.

    Args:
        project: Where.
        identifier: Of its card.
        by: Who decides.
        fault: Whether the text is wrong there.
    """
    state = STATES[1] if fault else STATES[2]
    sql = "UPDATE findings SET state = ?, who = ?, at = ? WHERE id = ?"
    row = (state, by.who, by.when.isoformat(), identifier.partition(":")[2])
    project.journal.execute(sql, [row])


def decided_findings(project: Project) -> list[tuple[str, int, str, str, str, str]]:
    """Return (file, line, rule, message, state, who) of the findings decided about."""
    return project.journal.read(
        "SELECT path, line, code, message, state, who FROM findings"
        " WHERE state != 'open' ORDER BY state, path, line, id"
    )


def _identifier(*content: str) -> str:
    text = "\0".join(content)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _count(project: Project) -> int:
    ((count,),) = project.journal.read("SELECT count(*) FROM findings") or ((0,),)
    return int(count)

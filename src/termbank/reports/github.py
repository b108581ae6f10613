"""Findings as workflow commands of GitHub Actions, shown beside the changed lines.

Source: docs.github.com, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = _IN_MESSAGE | {":": "%3A", ",": "%2C"}

_SEVERITIES = {"error": "error", "warning": "warning", "advice": "notice"}


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield one command a finding."""
    for one in findings:
        end = one.column + max(one.span.end - one.span.start, 1) - 1
        place = (
            f"file={_escape(one.path, _IN_PROPERTY)},line={one.line},"
            f"col={one.column},endColumn={end},title={one.code}"
        )
        yield f"::{_SEVERITIES[one.severity]} {place}::{_escape(one.message, _IN_MESSAGE)}\n"


def _escape(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char) for char in text)

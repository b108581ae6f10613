"""Findings as workflow commands of GitHub Actions, shown beside the changed lines.

Source: docs.github.com, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from .file_names import FileNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = _IN_MESSAGE | {":": "%3A", ",": "%2C"}

_SEVERITIES = {"error": "error", "warning": "warning", "advice": "notice"}


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield one command a finding."""
    names = FileNames(from_repository=True)
    for finding in findings:
        end = finding.column + max(finding.span.end - finding.span.start, 1) - 1
        place = (
            f"file={_escape(names.of(finding.path), _IN_PROPERTY)},line={finding.line},"
            f"col={finding.column},endColumn={end},title={finding.code}"
        )
        yield f"::{_SEVERITIES[finding.severity]} {place}::{_escape(finding.message, _IN_MESSAGE)}\n"


def _escape(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char) for char in text)

"""Findings as JSON of reviewdog (Reviewdog Diagnostic Format).

Columns there are UTF-8 bytes, from 1.
"""

from __future__ import annotations

import json

from termbank.terminal import JSON

from .file_names import FileNames
from .places import Utf8Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from termbank.types import Finding, Span

MEDIUM = JSON

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "advice": "INFO"}


def lines(findings: Iterable[Finding], files: Callable[[str], str]) -> Iterator[str]:
    """Yield one JSON object."""
    path, places = None, None
    names = FileNames()
    diagnostics = []
    for finding in findings:
        if finding.path != path or places is None:
            path, places = finding.path, Utf8Places(files(finding.path))
        diagnostics.append(_diagnostic(finding, names.of(path), places))
    result = {"source": {"name": "termbank"}, "diagnostics": diagnostics}
    yield json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(finding: Finding, name: str, places: Utf8Places) -> dict[str, Any]:
    diagnostic: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": name, "range": _range(finding.span, places)},
        "severity": finding.severity.upper(),
        "code": {"value": finding.code},
    }
    if finding.fix:
        place = _range(finding.fix.span, places)
        diagnostic["suggestions"] = [{"range": place, "text": finding.fix.text}]
    return diagnostic


def _range(span: Span, places: Utf8Places) -> dict[str, dict[str, int]]:
    start, end = places.of(span.start), places.of(span.end)
    return {
        "start": dict(zip(("line", "column"), start, strict=True)),
        "end": dict(zip(("line", "column"), end, strict=True)),
    }

"""Findings as JSON of reviewdog (Reviewdog Diagnostic Format).

Columns there are UTF-8 bytes, from 1.
"""

from __future__ import annotations

import json

from termbank.terminal import JSON

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
    diagnostics = []
    for one in findings:
        if one.path != path or places is None:
            path, places = one.path, Utf8Places(files(one.path))
        diagnostics.append(_diagnostic(one, places))
    result = {"source": {"name": "termbank"}, "diagnostics": diagnostics}
    yield json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(one: Finding, places: Utf8Places) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": one.message,
        "location": {"path": one.path, "range": _range(one.span, places)},
        "severity": one.severity.upper(),
        "code": {"value": one.code},
    }
    if one.fix:
        place = _range(one.fix.span, places)
        found["suggestions"] = [{"range": place, "text": one.fix.text}]
    return found


def _range(span: Span, places: Utf8Places) -> dict[str, dict[str, int]]:
    start, end = places.of(span.start), places.of(span.end)
    return {
        "start": dict(zip(("line", "column"), start, strict=True)),
        "end": dict(zip(("line", "column"), end, strict=True)),
    }

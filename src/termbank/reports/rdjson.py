"""Findings as JSON of reviewdog (Reviewdog Diagnostic Format).

Columns there are UTF-8 bytes, from 1.
"""

from __future__ import annotations

import json

from termbank.terminal import JSON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from termbank.types import Finding

MEDIUM = JSON

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "advice": "INFO"}


def lines(findings: Iterable[Finding], files: Callable[[str], str]) -> Iterator[str]:
    """Yield one JSON object."""
    texts: dict[str, str] = {}
    diagnostics = []
    for one in findings:
        if one.path not in texts:
            texts[one.path] = files(one.path)
        diagnostics.append(_diagnostic(one, texts[one.path]))
    result = {"source": {"name": "termbank"}, "diagnostics": diagnostics}
    yield json.dumps(result, ensure_ascii=False, indent=1) + "\n"


def _diagnostic(one: Finding, text: str) -> dict[str, Any]:
    span = _range(one.span.start, one.span.end, text)
    found: dict[str, Any] = {
        "message": one.message,
        "location": {"path": one.path, "range": span},
        "severity": _SEVERITIES[one.severity],
        "code": {"value": one.code},
    }
    if one.fix:
        place = _range(one.fix.span.start, one.fix.span.end, text)
        found["suggestions"] = [{"range": place, "text": one.fix.text}]
    return found


def _range(start: int, end: int, text: str) -> dict[str, dict[str, int]]:
    return {"start": _position(start, text), "end": _position(end, text)}


def _position(at: int, text: str) -> dict[str, int]:
    begin = text.rfind("\n", 0, at) + 1
    return {
        "line": text.count("\n", 0, at) + 1,
        "column": len(text[begin:at].encode()) + 1,
    }

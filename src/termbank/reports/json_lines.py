"""Findings as JSON, one object a line."""

from __future__ import annotations

import json

from termbank.terminal import JSON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from termbank.types import Finding

MEDIUM = JSON


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield one JSON object a finding."""
    for finding in findings:
        yield json.dumps(as_object(finding), ensure_ascii=False) + "\n"


def as_object(one: Finding) -> dict[str, Any]:
    """Return a finding with the columns of the frame FINDINGS, the fix in full."""
    fix = one.fix and {
        "start": one.fix.span.start,
        "end": one.fix.span.end,
        "text": one.fix.text,
        "safe": one.fix.safe,
    }
    return {
        "path": one.path,
        "start": one.span.start,
        "end": one.span.end,
        "line": one.line,
        "column": one.column,
        "code": one.code,
        "severity": one.severity,
        "message": one.message,
        "concept_id": one.concept_id or None,
        "fix": fix,
    }

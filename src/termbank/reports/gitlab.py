"""Findings as a Code Quality report of GitLab.

Source: docs.gitlab.com, "Code Quality", report format.
"""

from __future__ import annotations

import json
from zlib import crc32

from termbank.terminal import JSON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

MEDIUM = JSON

_SEVERITIES = {"error": "major", "warning": "minor", "advice": "info"}


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield one JSON array; fingerprints do not depend on line numbers."""
    seen: dict[str, int] = {}
    issues = []
    for one in findings:
        base = f"{one.path}\0{one.code}\0{one.concept_id}\0{one.message}"
        seen[base] = seen.get(base, 0) + 1
        issues.append(
            {
                "description": one.message,
                "check_name": one.code,
                "fingerprint": f"{crc32(base.encode('utf-8', 'surrogatepass')):08x}{seen[base]:08x}",
                "severity": _SEVERITIES[one.severity],
                "location": {"path": one.path, "lines": {"begin": one.line}},
            }
        )
    yield json.dumps(issues, ensure_ascii=False, indent=1) + "\n"

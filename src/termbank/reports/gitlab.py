"""Findings as a Code Quality report of GitLab.

Source: docs.gitlab.com, "Code Quality", report format.
"""

from __future__ import annotations

import json
from zlib import crc32

from termbank.terminal import JSON

from .file_names import FileNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

MEDIUM = JSON

_SEVERITIES = {"error": "major", "warning": "minor", "advice": "info"}


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield one JSON array; fingerprints do not depend on line numbers."""
    counts: dict[str, int] = {}
    issues = []
    names = FileNames(from_repository=True)
    for finding in findings:
        name = names.of(finding.path)
        base = f"{name}\0{finding.code}\0{finding.concept_id}\0{finding.message}"
        counts[base] = counts.get(base, 0) + 1
        issues.append(
            {
                "description": finding.message,
                "check_name": finding.code,
                "fingerprint": f"{crc32(base.encode('utf-8', 'surrogatepass')):08x}{counts[base]:08x}",
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": name, "lines": {"begin": finding.line}},
            }
        )
    yield json.dumps(issues, ensure_ascii=False, indent=1) + "\n"

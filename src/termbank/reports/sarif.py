"""Findings as SARIF 2.1.0, for code scanning; columns are code points."""

from __future__ import annotations

import json
import os
from urllib.parse import quote

from termbank.terminal import JSON
from termbank.version import __version__

from .file_names import FileNames
from .places import end_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from termbank.types import Finding

MEDIUM = JSON

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_SEVERITIES = {"error": "error", "warning": "warning", "advice": "note"}


def lines(findings: Iterable[Finding], files: Callable[[str], str]) -> Iterator[str]:
    """Yield one SARIF log with one run."""
    all_findings = list(findings)
    codes = sorted({finding.code for finding in all_findings})
    names = FileNames(from_repository=True)
    run = {
        "tool": {
            "driver": {
                "name": "termbank",
                "version": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(finding, names.of(finding.path), codes, files)
            for finding in all_findings
        ],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str) -> dict[str, Any]:
    from termbank.rules import row_of

    name = row_of(code).name
    return {"id": code, "name": name, "shortDescription": {"text": name}}


def _result(
    finding: Finding, name: str, codes: list[str], files: Callable[[str], str]
) -> dict[str, Any]:
    # The bytes of the name: one that is no UTF-8 is a URI as well.
    place = {"uri": quote(os.fsencode(name))}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _SEVERITIES[finding.severity],
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": _region(finding, files),
                }
            }
        ],
    }
    if finding.fix:
        change = {
            "deletedRegion": {
                "charOffset": finding.fix.span.start,
                "charLength": finding.fix.span.end - finding.fix.span.start,
            },
            "insertedContent": {"text": finding.fix.text},
        }
        result["fixes"] = [
            {"artifactChanges": [{"artifactLocation": place, "replacements": [change]}]}
        ]
    return result


def _region(finding: Finding, files: Callable[[str], str]) -> dict[str, int]:
    line, column = end_of(finding, files)
    return {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": line,
        "endColumn": column,
    }

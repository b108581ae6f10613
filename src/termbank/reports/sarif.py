"""Findings as SARIF 2.1.0, for code scanning; columns are code points."""

from __future__ import annotations

import json
import os
from urllib.parse import quote

from termbank.terminal import JSON
from termbank.version import __version__

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
    listed = list(findings)
    codes = sorted({one.code for one in listed})
    run = {
        "tool": {
            "driver": {
                "name": "termbank",
                "version": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes, files) for one in listed],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    yield json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(code: str) -> dict[str, Any]:
    from termbank.rules import row_of

    name = row_of(code).name
    return {"id": code, "name": name, "shortDescription": {"text": name}}


def _result(
    one: Finding, codes: list[str], files: Callable[[str], str]
) -> dict[str, Any]:
    # The bytes of the name: one that is no UTF-8 is a URI as well.
    place = {"uri": quote(os.fsencode(one.path.replace(os.sep, "/")))}
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": codes.index(one.code),
        "level": _SEVERITIES[one.severity],
        "message": {"text": one.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": _region(one, files),
                }
            }
        ],
    }
    if one.fix:
        change = {
            "deletedRegion": {
                "charOffset": one.fix.span.start,
                "charLength": one.fix.span.end - one.fix.span.start,
            },
            "insertedContent": {"text": one.fix.text},
        }
        result["fixes"] = [
            {"artifactChanges": [{"artifactLocation": place, "replacements": [change]}]}
        ]
    return result


def _region(one: Finding, files: Callable[[str], str]) -> dict[str, int]:
    line, column = end_of(one, files)
    return {
        "startLine": one.line,
        "startColumn": one.column,
        "endLine": line,
        "endColumn": column,
    }

"""The forms in which findings are written, one a file: ``lines(findings, files)``.

A report yields text pieces, each with its line end. ``files`` opens the checked texts
again where a report shows them.
"""

from __future__ import annotations

from termbank.registry import Point

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

REPORTS = Point(
    "reports",
    {
        "text": "termbank.reports.text",
        "concise": "termbank.reports.concise",
        "json": "termbank.reports.json_array",
        "jsonl": "termbank.reports.json_lines",
        "github": "termbank.reports.github",
        "gitlab": "termbank.reports.gitlab",
        "sarif": "termbank.reports.sarif",
        "checkstyle": "termbank.reports.checkstyle",
        "junit": "termbank.reports.junit",
        "rdjson": "termbank.reports.rdjson",
    },
)


def report(name: str) -> Any:
    """Return the module of a report.

    Raises:
        PluginError: Nobody offers it.
    """
    return REPORTS.find(name)

"""Findings as one line each, as compilers write them."""

from __future__ import annotations

from termbank.terminal import visible_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield ``path:line:column: code message``."""
    for finding in findings:
        mark = "" if finding.severity == "error" else f" {finding.severity}:"
        yield f"{visible_line(finding.path)}:{finding.line}:{finding.column}: {finding.code}{mark} {finding.message}\n"

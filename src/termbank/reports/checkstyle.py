"""Findings as Checkstyle XML, which most build servers read."""

from __future__ import annotations

from itertools import groupby
from xml.sax.saxutils import quoteattr

from termbank.terminal import XML
from termbank.version import __version__

from .file_names import FileNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

MEDIUM = XML

_SEVERITIES = {"error": "error", "warning": "warning", "advice": "info"}


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield one XML document."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<checkstyle version="{__version__}">\n'
    names = FileNames()
    for path, group in groupby(findings, key=lambda finding: finding.path):
        yield f" <file name={quoteattr(names.of(path))}>\n"
        for finding in group:
            yield (
                f'  <error line="{finding.line}" column="{finding.column}"'
                f' severity="{_SEVERITIES[finding.severity]}" message={quoteattr(finding.message)}'
                f' source="termbank.{finding.code}"/>\n'
            )
        yield " </file>\n"
    yield "</checkstyle>\n"

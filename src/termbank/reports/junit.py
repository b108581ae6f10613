"""Findings as JUnit XML: one failed test case each."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from termbank.terminal import XML

from .file_names import FileNames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

MEDIUM = XML


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield one XML document; a clean run is one passed case."""
    all_findings = list(findings)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield (
        f'<testsuites><testsuite name="termbank" tests="{max(len(all_findings), 1)}"'
        f' failures="{len(all_findings)}" errors="0">\n'
    )
    if not all_findings:
        yield ' <testcase name="termbank" classname="termbank"/>\n'
    names = FileNames(from_repository=True)
    for finding in all_findings:
        path = names.of(finding.path)
        name = quoteattr(f"{finding.code} {finding.line}:{finding.column}")
        where = escape(f"{path}:{finding.line}:{finding.column}")
        yield f" <testcase name={name} classname={quoteattr(path)}>\n"
        yield f"  <failure type={quoteattr(finding.code)} message={quoteattr(finding.message)}>"
        yield f"{where}</failure>\n </testcase>\n"
    yield "</testsuite></testsuites>\n"

"""Findings as JUnit XML: one failed test case each."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from termbank.terminal import XML

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

MEDIUM = XML


def lines(findings: Iterable[Finding], _files: Callable[[str], str]) -> Iterator[str]:
    """Yield one XML document; a clean run is one passed case."""
    listed = list(findings)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield (
        f'<testsuites><testsuite name="termbank" tests="{max(len(listed), 1)}"'
        f' failures="{len(listed)}" errors="0">\n'
    )
    if not listed:
        yield ' <testcase name="termbank" classname="termbank"/>\n'
    for one in listed:
        name = quoteattr(f"{one.code} {one.line}:{one.column}")
        where = escape(f"{one.path}:{one.line}:{one.column}")
        yield f" <testcase name={name} classname={quoteattr(one.path)}>\n"
        yield f"  <failure type={quoteattr(one.code)} message={quoteattr(one.message)}>"
        yield f"{where}</failure>\n </testcase>\n"
    yield "</testsuite></testsuites>\n"

"""Findings for a person: place, sentence, the line, and a caret under the words."""

from __future__ import annotations

from termbank.terminal import visible_cells, visible_line
from termbank.text.columns import width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.types import Finding

_SHOWN = 76  # columns of the line that are shown: an 80-column terminal with a margin


def lines(findings: Iterable[Finding], files: Callable[[str], str]) -> Iterator[str]:
    """Yield each finding with the line it speaks about.

    Args:
        findings: In the order of their files.
        files: Gives the text of a path; an empty text where it cannot be read. A file
            may have been saved since it was checked: where the place of a finding is
            not in it any more, its line is not shown.
    """
    path, rows = None, [""]
    for finding in findings:
        if finding.path != path:
            path, rows = finding.path, files(finding.path).split("\n")
        mark = "" if finding.severity == "error" else f" {finding.severity}:"
        yield f"{visible_line(finding.path)}:{finding.line}:{finding.column}: {finding.code}{mark} {finding.message}\n"
        line = rows[finding.line - 1] if finding.line <= len(rows) else ""
        length = finding.span.end - finding.span.start
        if length and line.strip() and finding.column <= len(line):
            visible, before, under = _window(
                line.rstrip("\r"), finding.column - 1, length
            )
            yield f"  {visible}\n  {' ' * width(before)}{'^' * max(width(under), 1)}\n"


def _window(line: str, start: int, length: int) -> tuple[str, str, str]:
    """Return what is shown of a line, its part before the words, and the words.

    A line may be a whole file: only as much of it is looked at as can be shown.
    """
    first = max(start - _SHOWN, 0)
    part = visible_cells(line[first : start + min(length, _SHOWN) + _SHOWN])
    start -= first
    end = min(start + length, len(part))
    begin, columns = start, width(part[start:end])
    while begin > 0 and columns + width(part[begin - 1]) < _SHOWN * 2 // 3:
        begin -= 1
        columns += width(part[begin])
    close = end
    while close < len(part) and columns + width(part[close]) <= _SHOWN:
        columns += width(part[close])
        close += 1
    head = "…" if first + begin else ""
    tail = "…" if first + close < len(line) else ""
    return head + part[begin:close] + tail, head + part[begin:start], part[start:end]

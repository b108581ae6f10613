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
    for one in findings:
        if one.path != path:
            path, rows = one.path, files(one.path).split("\n")
        mark = "" if one.severity == "error" else f" {one.severity}:"
        yield f"{visible_line(one.path)}:{one.line}:{one.column}: {one.code}{mark} {one.message}\n"
        line = rows[one.line - 1] if one.line <= len(rows) else ""
        length = one.span.end - one.span.start
        if length and line.strip() and one.column <= len(line):
            shown, before, under = _window(line.rstrip("\r"), one.column - 1, length)
            yield f"  {shown}\n  {' ' * width(before)}{'^' * max(width(under), 1)}\n"


def _window(line: str, start: int, length: int) -> tuple[str, str, str]:
    """Return what is shown of a line, its part before the words, and the words.

    A line may be a whole file: only as much of it is looked at as can be shown.
    """
    first = max(start - _SHOWN, 0)
    part = visible_cells(line[first : start + min(length, _SHOWN) + _SHOWN])
    start -= first
    end = min(start + length, len(part))
    begin, taken = start, width(part[start:end])
    while begin > 0 and taken + width(part[begin - 1]) < _SHOWN * 2 // 3:
        begin -= 1
        taken += width(part[begin])
    close = end
    while close < len(part) and taken + width(part[close]) <= _SHOWN:
        taken += width(part[close])
        close += 1
    head = "…" if first + begin else ""
    tail = "…" if first + close < len(line) else ""
    return head + part[begin:close] + tail, head + part[begin:start], part[start:end]

"""Findings for a person: place, sentence, the line, and a caret under the words."""

from __future__ import annotations

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
        files: Gives the text of a path; an empty text where it cannot be read.
    """
    path, rows = None, [""]
    for one in findings:
        if one.path != path:
            path, rows = one.path, files(one.path).split("\n")
        mark = "" if one.severity == "error" else f" {one.severity}:"
        yield f"{one.path}:{one.line}:{one.column}: {one.code}{mark} {one.message}\n"
        line = rows[one.line - 1] if one.line <= len(rows) else ""
        length = one.span.end - one.span.start
        if length and line.strip():
            shown, before, under = _window(line.rstrip("\r"), one.column - 1, length)
            yield f"  {shown}\n  {' ' * width(before)}{'^' * max(width(under), 1)}\n"


def _window(line: str, start: int, length: int) -> tuple[str, str, str]:
    """Return what is shown of a line, its part before the words, and the words."""
    line = "".join(" " if ord(char) < 32 else char for char in line)
    end = min(start + length, len(line))
    begin = start
    while begin > 0 and width(line[begin - 1 : end]) < _SHOWN * 2 // 3:
        begin -= 1
    close = end
    while close < len(line) and width(line[begin : close + 1]) <= _SHOWN:
        close += 1
    head = "…" if begin else ""
    tail = "…" if close < len(line) else ""
    return head + line[begin:close] + tail, head + line[begin:start], line[start:end]

"""Where a finding ends, in lines and columns."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from termbank.types import Finding


def end_of(one: Finding, files: Callable[[str], str]) -> tuple[int, int]:
    """Return line and column, from 1, just behind a finding.

    Args:
        one: The finding.
        files: Gives the text of a path; asked only where a finding may cross a line.
    """
    length = one.span.end - one.span.start
    if one.column + length < 2 or length == 0:
        return one.line, one.column
    covered = files(one.path)[one.span.start : one.span.end]
    breaks = covered.count("\n")
    if not breaks:
        return one.line, one.column + length
    return one.line + breaks, length - covered.rfind("\n")

"""Which lines changed since a revision, asked of git."""

from __future__ import annotations

import os

from termbank.errors import InputError

from . import source_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.types import Finding


def on_changed_lines(
    findings: Sequence[Finding], revision: str, files: Sequence[str]
) -> list[Finding]:
    """Return the findings on lines that changed since a revision.

    Args:
        findings: Of files in git work trees.
        revision: Commit, branch or tag, or ``A...B`` for where the two parted; a file
            that was not there then is new.
        files: What was checked: where nothing was found, a revision that git does not
            know would pass unseen.

    Raises:
        ConfigError: Git does not know the revision, or is not there.
    """
    lines_by_path: dict[str, set[int] | None] = {}
    left = []
    if files and not findings:
        _changed_lines(files[0], revision)
    for finding in findings:
        path = finding.path
        if path not in lines_by_path:
            lines_by_path[path] = _changed_lines(path, revision)
        lines = lines_by_path[path]
        if lines is None or finding.line in lines:
            left.append(finding)
    return left


def _changed_lines(path: str, revision: str) -> set[int] | None:
    """Return the new numbers of the changed lines, or None for a new file."""
    from termbank.isolation.git_commands import changed_lines, content_at

    folder, name = os.path.split(os.path.abspath(path))
    before = content_at(folder, revision, name)
    if before is None:
        return None
    try:
        now = source_file.read(path).content
        return changed_lines(source_file.of_bytes(before, path).content, now)
    except InputError:  # unreadable, which is a finding of its own
        return None

"""Which lines changed since a revision, asked of git."""

from __future__ import annotations

import os
import re

from termbank.errors import ConfigError
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.types import Finding

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def kept(
    findings: Sequence[Finding], revision: str, files: Sequence[str]
) -> list[Finding]:
    """Return the findings on lines that changed since a revision.

    Args:
        findings: Of files in git work trees.
        revision: Anything that ``git diff`` takes; a file unknown to git is new.
        files: What was checked: where nothing was found, a revision that git does not
            know would pass unseen.

    Raises:
        ConfigError: Git does not know the revision, or is not there.
    """
    changed: dict[str, set[int] | None] = {}
    left = []
    if files and not findings:
        _changed_lines(files[0], revision)
    for finding in findings:
        path = finding.path
        if path not in changed:
            changed[path] = _changed_lines(path, revision)
        lines = changed[path]
        if lines is None or finding.line in lines:
            left.append(finding)
    return left


def _changed_lines(path: str, revision: str) -> set[int] | None:
    """Return the new numbers of the changed lines, or None for a new file."""
    folder = os.path.dirname(os.path.abspath(path))
    name = os.path.basename(path)
    if not _git(folder, "ls-files", "--", name).strip():
        return None
    # --end-of-options: a revision must never be read as a flag.
    shown = _git(
        folder, "diff", "--no-color", "--no-ext-diff", "--unified=0",
        "--end-of-options", revision, "--", name,
    )  # fmt: skip
    lines: set[int] = set()
    for row in shown.splitlines():
        found = _HUNK.match(row)
        if found:
            start, count = int(found[1]), int(found[2] or 1)
            lines.update(range(start, start + count))
    return lines


def _git(folder: str, *words: str) -> str:
    import subprocess

    try:
        run = subprocess.run(
            ["git", "-C", folder, *words],
            capture_output=True,
            check=True,
            encoding="utf-8",
            errors="replace",
        )
    except FileNotFoundError as fault:
        raise ConfigError(
            "--changed-since",
            say("git がありません", "no git"),
            say("PATH にある git", "git on the path"),
        ) from fault
    except subprocess.CalledProcessError as fault:
        found = fault.stderr.strip().splitlines()
        reason = found[0] if found else f"exit {fault.returncode}"
        raise ConfigError(
            "--changed-since",
            f"{say('git の失敗', 'a failure of git')}: {reason}",
            say("git のリビジョン", "a revision of git"),
        ) from fault
    return run.stdout

"""Questions to git that run nothing a repository brings with it.

A repository can name programs in its settings and attributes: hooks, a file-system
monitor, filters, external diffs, text conversions, transports of missing objects. Only
commands that read objects or the index are called here, with these switched off, and
never for a bare repository that lies among the files of another.
"""

from __future__ import annotations

import os
import re

from termbank.errors import ConfigError
from termbank.messages import say

from .child_processes import program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

_SETTINGS = (
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    f"core.attributesFile={os.devnull}",
    "core.untrackedCache=false",
    "diff.external=",
    "protocol.allow=never",
)
_FLAGS = ("--no-pager", "--no-optional-locks", "--literal-pathspecs")
_OVERRIDES: Mapping[str, str] = {
    # An empty list of transports: missing objects are never fetched.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
# Of what git itself hands to a hook, only where to look and whom to trust: GIT_DIR and
# GIT_INDEX_FILE speak of the folder the hook began in, GIT_EXTERNAL_DIFF names a program.
_INHERITED = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES")
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)


def content_at(folder: str, revision: str, name: str) -> bytes | None:
    """Return the bytes a file had at a revision, or None where it was not there.

    Args:
        folder: Folder of the file.
        revision: Commit, branch or tag; ``A...B`` stands for where the two part.
        name: File name in ``folder``.

    Raises:
        ConfigError: No repository, an unknown revision, or no git.
    """
    git_object = f"{_revision(folder, revision)}:./{name}"
    blob_id = _git(folder, "rev-parse", "--verify", "--quiet", git_object, fine=(0, 1))
    return (
        _git(folder, "cat-file", "blob", blob_id.decode().strip()) if blob_id else None
    )


def changed_lines(before: bytes, after: bytes) -> set[int]:
    """Return the numbers, from 1, of the lines of ``after`` that are new or changed.

    Line ends do not count: a repository may hold LF for what lies here as CRLF.
    """
    from tempfile import gettempdir

    from termbank.atomic_files import scratch_folder

    with scratch_folder(gettempdir()) as folder:
        for name, content in (("before", before), ("after", after)):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        hunks = _git(
            folder,
            "diff", "--no-index", "--no-color", "--no-ext-diff", "--no-textconv", "--text",
            "--ignore-cr-at-eol", "--unified=0", "--", "before", "after",
            fine=(0, 1),
            GIT_CEILING_DIRECTORIES=os.path.dirname(os.path.realpath(folder)),
        )  # fmt: skip
    lines: set[int] = set()
    for hunk in _HUNK.finditer(hunks):
        start, count = int(hunk[1]), int(hunk[2] or 1)
        lines.update(range(start, start + count))
    return lines


def commits_with(folder: str, pattern: str, names: Sequence[str]) -> list[list[str]]:
    """Return [ISO time, author, subject] of commits that changed a matching line.

    Args:
        folder: Folder of the files.
        pattern: Regular expression of git for a line.
        names: File names in ``folder``.

    Returns:
        The newest first, at most fifty; empty where there is no repository or no git.
    """
    separator = "\x1f"
    log_format = f"--format=%aI{separator}%an{separator}%s"
    words = ("log", "--no-ext-diff", "--no-textconv", "-n", "50", log_format)
    try:
        log = _git(folder, *words, f"-G{pattern}", "--", *names, fine=(0, 128))
    except ConfigError:
        return []
    lines = log.decode("utf-8", "replace").splitlines()
    return [row for line in lines if len(row := line.split(separator)) == 3]


def author_name(folder: str) -> str:
    """Return the name under which git knows this person; empty where it knows none."""
    try:
        name = _git(folder, "config", "--get", "user.name", fine=(0, 1))
    except ConfigError:
        return ""
    return name.decode("utf-8", "replace").strip()


def _revision(folder: str, revision: str) -> str:
    ours, dots, theirs = revision.partition("...")
    if dots:
        both = [_revision(folder, side or "HEAD") for side in (ours, theirs)]
        return _git(folder, "merge-base", *both).decode().strip()
    # --end-of-options: a revision must never be read as a flag.
    command = ("rev-parse", "--verify", "--quiet", "--end-of-options")
    commit = _git(folder, *command, f"{revision}^{{commit}}", fine=(0, 1))
    if not commit:
        _fail(say(f"不明なリビジョン {revision}", f"unknown revision {revision}"))
    return commit.decode().strip()


def _fail(problem: str) -> NoReturn:
    expected = say("git のリビジョン", "a revision of git")
    raise ConfigError("--changed-since", problem, expected)


def _git(folder: str, *words: str, fine: tuple[int, ...] = (0,), **more: str) -> bytes:
    import subprocess

    git = program("git")
    if git is None:
        raise ConfigError(
            "--changed-since",
            say("git が見つかりません", "no git"),
            say("PATH にある git", "git on the path"),
        )
    settings = [word for setting in _SETTINGS for word in ("-c", setting)]
    own_environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith(_INHERITED)
    }
    ran = subprocess.run(
        [git, *settings, *_FLAGS, "-C", folder, *words],
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**own_environment, **_OVERRIDES, **more},
    )
    if ran.returncode not in fine:
        complaints = ran.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = complaints[0] if complaints else f"exit {ran.returncode}"
        _fail(f"{say('git の失敗', 'a failure of git')}: {reason}")
    return ran.stdout

"""Links and settings that would lead out of the repository they lie in.

Whoever checks a repository of somebody else must not read or change files of their own
because a link or a setting in it says so. Folders that may be used from anywhere are
listed in ``$TERMBANK_TRUSTED``.
"""

from __future__ import annotations

import os

from termbank.errors import InputError
from termbank.messages import say

TRUSTED_VARIABLE = "TERMBANK_TRUSTED"  # folders, separated as in PATH
_MARKS = (".git", ".hg", ".svn", ".jj")


def repository_of(path: str) -> str:
    """Return the folder of the repository that a path lies in, or an empty string.

    Args:
        path: Absolute; links in it are not followed.
    """
    folder = os.path.dirname(path)
    while True:
        if any(os.path.lexists(os.path.join(folder, mark)) for mark in _MARKS):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return ""
        folder = above


def is_outside(path: str, root: str) -> bool:
    """Answer whether a path, links followed, is neither below a root nor trusted."""
    real = os.path.realpath(path)
    trusted_paths = os.environ.get(TRUSTED_VARIABLE, "")
    return not any(
        _is_below(real, os.path.realpath(place))
        for place in (root, *trusted_paths.split(os.pathsep))
        if place
    )


def leads_out(path: str) -> bool:
    """Answer whether a path in a repository is a link to something outside of it."""
    place = os.path.abspath(path)
    if os.path.realpath(place) == place:
        return False
    root = repository_of(place)
    return bool(root) and is_outside(place, root)


def refuse_leading_out(path: str) -> None:
    """Raise InputError where a path in a repository is a link out of it."""
    if leads_out(path):
        raise InputError(path, *out_of_repository())


def out_of_repository() -> tuple[str, str]:
    """Return what is found and what would be right where a link leads out."""
    return (
        say("リポジトリの外を指すリンク", "a link out of the repository"),
        say(
            f"リポジトリの中のファイル。外なら {TRUSTED_VARIABLE} にそのフォルダー",
            f"a file of the repository, or its folder in {TRUSTED_VARIABLE}",
        ),
    )


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)

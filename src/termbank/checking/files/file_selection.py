"""Which files are checked, and what markup a file name stands for."""

from __future__ import annotations

import os

from termbank.errors import InputError
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.config import Settings

    PathLike = str | os.PathLike[str]

PLAIN = "plain"
STANDARD_INPUT = "-"
FORMATS = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rst": "rst",
    ".tex": "latex",
    ".po": "po",
    ".pot": "po",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".tmx": "xliff",
    ".py": "hash",
    ".sh": "hash",
    ".rb": "hash",
    ".toml": "toml",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".js": "scripts",
    ".jsx": "scripts",
    ".mjs": "scripts",
    ".ts": "scripts",
    ".tsx": "scripts",
    ".c": "slashes",
    ".h": "slashes",
    ".cc": "slashes",
    ".cpp": "slashes",
    ".cs": "slashes",
    ".go": "slashes",
    ".java": "slashes",
    ".kt": "slashes",
    ".rs": "slashes",
    ".swift": "slashes",
    ".css": "slashes",
}
# Their values are read by programs; those of termbank hold wrong forms on purpose.
_SETTINGS = ("termbank.toml", ".termbank.toml", "pyproject.toml")
_IGNORED_FOLDERS = frozenset((".git", ".venv", "node_modules", "__pycache__"))


def format_of(path: str) -> str:
    """Return the markup that a file name stands for; plain where unknown.

    >>> format_of("docs/a.MD"), format_of("README")
    ('markdown', 'plain')
    """
    if os.path.basename(path).lower() in _SETTINGS:
        return "hash"
    return FORMATS.get(os.path.splitext(path)[1].lower(), PLAIN)


def files_of(
    paths: PathLike | Sequence[PathLike], also: Sequence[str] = ()
) -> Iterator[str]:
    """Yield files in the order asked for, each once; folders and globs sorted.

    Args:
        paths: Files, folders and globs.
        also: Suffixes of files that are taken out of folders beside the usual ones.

    Raises:
        InputError: A path that is not there, or a glob that fits nothing.
    """
    if isinstance(paths, (str, os.PathLike)):
        paths = [paths]
    paths_so_far = set()
    for pattern in paths:
        for path in _expand(os.fspath(pattern), also):
            if path not in paths_so_far:
                paths_so_far.add(path)
                yield path


def _expand(path: str, also: Sequence[str]) -> list[str]:
    if os.path.isdir(path):
        return sorted(_inside(path, also))
    if path == STANDARD_INPUT or os.path.exists(path):
        return [path]
    if any(mark in path for mark in "*?["):
        from glob import glob

        matches = sorted(
            match for match in glob(path, recursive=True) if os.path.isfile(match)
        )
        if matches:
            return matches
    raise InputError(
        path,
        say("ファイルが見つかりません", "no such file"),
        say("ファイル・フォルダー・glob", "a file, a folder or a glob"),
    )


def _inside(folder: str, also: Sequence[str]) -> Iterator[str]:
    unreadable: list[str] = []
    walk = os.walk(folder, onerror=lambda fault: unreadable.append(fault.filename))
    for place, folders, names in walk:
        folders[:] = [
            name
            for name in folders
            if name not in _IGNORED_FOLDERS and not name.startswith(".")
        ]
        for name in names:
            suffix = os.path.splitext(name)[1].lower()
            if suffix in FORMATS or suffix in also:
                yield os.path.join(place, name)
    yield from unreadable  # reading them says why


def left_out(path: str, settings: Settings) -> bool:
    """Answer whether the settings exclude a path."""
    return any(fits(path, glob, settings) for glob in settings.check.exclude)


def fits(path: str, glob: str, settings: Settings) -> bool:
    """Answer whether a path fits a glob of the settings.

    A glob speaks about the path below the folder of the settings file, or about the
    file's name alone where it has no slash; a folder's glob covers what is in it.
    """
    from fnmatch import fnmatchcase

    below = os.path.abspath(path)
    if settings.path:
        root = os.path.dirname(settings.path)
        below = os.path.relpath(below, root)
    below = below.replace(os.sep, "/")
    glob = glob.rstrip("/")
    if "/" not in glob and fnmatchcase(os.path.basename(path), glob):
        return True
    return fnmatchcase(below, glob) or fnmatchcase(below, f"{glob}/*")

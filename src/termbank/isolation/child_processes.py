"""Python processes that termbank starts: none imports from the working folder.

Python puts the working folder on the search path of ``python -m`` and ``python -c``, so
a ``json.py`` in a repository that is checked would run. Children get ``-P`` and the
search path of their parent, without empty, relative and working-folder entries.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Understood by every Python that termbank runs on (3.11); children inherit it.
_SAFE_PATH = "PYTHONSAFEPATH"


def trusted_search_path(entries: Sequence[str], working: str, own: str) -> list[str]:
    """Return the entries of a search path that do not depend on the working folder.

    Args:
        entries: As in ``sys.path``.
        working: The working folder.
        own: Folder that holds the package termbank; it is kept in any case.

    >>> trusted_search_path(["", "lib", "/work", "/usr/lib"], "/work", "/opt")
    ['/usr/lib']
    >>> trusted_search_path(["/work", "/usr/lib"], "/work", "/work")
    ['/work', '/usr/lib']
    """
    here = os.path.realpath(working)
    own = os.path.realpath(own)
    return [
        entry
        for entry in entries
        if os.path.isabs(entry)
        and (os.path.realpath(entry) != here or os.path.realpath(entry) == own)
    ]


def leave_out_working_folder() -> None:
    """Take the working folder off the search path of this process.

    For programs only: a library leaves the search path of its caller alone.
    """
    sys.path[:] = _search_path()


def python_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module of termbank in a process of its own.

    To be started with :func:`environment`.
    """
    return [sys.executable, "-P", "-m", module, *arguments]


def environment() -> dict[str, str]:
    """Return the environment of a child: ours, with a search path that can be trusted."""
    paths = os.pathsep.join(_search_path())
    return {**os.environ, "PYTHONPATH": paths, _SAFE_PATH: "1"}


def is_running(process: int) -> bool:
    """Answer whether a process of any user is there."""
    if os.name == "nt":  # signal 0 would end it there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def program(name: str) -> str | None:
    """Return the absolute path of a program, or None.

    Only absolute entries of PATH are searched, and never the working folder, which
    Windows would search first.
    """
    here = os.path.realpath(os.getcwd())
    for folder in _absolute(os.get_exec_path()):
        if os.path.realpath(folder) == here:
            continue
        for suffix in (".exe", "") if os.name == "nt" else ("",):
            path = os.path.join(folder, name + suffix)
            if os.path.isfile(path) and os.access(path, os.X_OK):
                return path
    return None


def _absolute(folders: Sequence[str]) -> Iterator[str]:
    return (folder for folder in folders if os.path.isabs(folder))


def _search_path() -> list[str]:
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    own = os.path.dirname(package)
    try:
        working = os.getcwd()
    except OSError:  # the folder was removed: no entry can mean it
        working = own
    return trusted_search_path(sys.path, working, own)

"""How reports call a file: the same name whichever way the check was started.

Code hosts compare the findings of two runs by the names of files, so ``./a.md``,
``a.md`` and ``/repository/a.md`` must be one name in them.
"""

from __future__ import annotations

import os

from termbank.isolation.project_root import repository_of


class FileNames:
    """Names of checked files, worked out once a path.

    Args:
        from_repository: Whether names begin at the folder of the repository that holds
            a file, as code hosts count; else, and outside of one, at the working folder.
    """

    def __init__(self, *, from_repository: bool = False) -> None:
        self._from_repository = from_repository
        self._roots: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def of(self, path: str) -> str:
        """Return the name of a file with slashes; what is no file keeps its name.

        A file outside of the folder where names begin has its absolute path.
        """
        name = self._names.get(path)
        if name is None:
            name = self._names[path] = self._name(path)
        return name

    def _name(self, path: str) -> str:
        if not os.path.lexists(path):
            return path.replace(os.sep, "/")
        # A folder that is a link must not be taken back by the ".." behind it.
        folder, base = os.path.split(os.path.abspath(path))
        if os.pardir in path.split(os.sep):
            folder = os.path.realpath(os.path.dirname(path) or os.curdir)
        place = os.path.join(folder, base)
        root = self._root(folder)
        inside = place.startswith(root.rstrip(os.sep) + os.sep)
        name = os.path.relpath(place, root) if inside else place
        return name.replace(os.sep, "/")

    def _root(self, folder: str) -> str:
        if not self._from_repository:
            return os.getcwd()
        root = self._roots.get(folder)
        if root is None:
            root = repository_of(os.path.join(folder, "file")) or os.getcwd()
            self._roots[folder] = root
        return root

"""From what a person names (files, folders, globs) to the files meant."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termbank.errors import InputError
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What counts as a document when a whole folder is named. Tables (CSV, TSV, JSON),
# program code and files about the folder itself do not; named one by one they do.
SUFFIXES: Final = frozenset(
    {".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".docx", ".pptx"}
    | {".xlsx", ".pdf", ".srt", ".vtt", ".po", ".pot", ".xliff", ".xlf", ".sdlxliff"}
)
_ABOUT: Final = ("readme", "license", "licence", "notice", "changelog", "contributing")


def files(paths: Iterable[str | Path]) -> list[Path]:
    """Return the files meant, each once, in the order named; within a folder sorted.

    Args:
        paths: A file is taken whatever its suffix; of a folder, all files below it
            with one of ``SUFFIXES`` that are neither hidden nor about the folder
            (README, LICENSE, NOTICE, CHANGELOG, CONTRIBUTING); ``*``, ``?``, ``[…]``
            and ``**`` are expanded where no file bears that name.

    Raises:
        InputError: A path does not exist, a glob meets nothing, or a folder holds no
            document.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_files(str(path))))
    if not found:
        raise InputError("", say("パスがありません", "no path"), _expected())
    return list(found)


def _files(name: str) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from _of_folder(path)
    elif path.exists():
        yield path
    elif glob.has_magic(name):
        yield from _of_glob(name)
    else:
        found = say("その名前のものはありません", "nothing of that name")
        raise InputError(name, found, _expected())


def _of_folder(folder: Path) -> Iterator[Path]:
    inside = sorted(path for path in folder.rglob("*") if _is_document(path, folder))
    if not inside:
        found = say("文書のないフォルダー", "a folder without documents")
        raise InputError(str(folder), found, ", ".join(sorted(SUFFIXES)))
    yield from inside


def _of_glob(name: str) -> Iterator[Path]:
    met = sorted(Path(path) for path in glob.glob(name, recursive=True))
    inside = [path for path in met if path.is_file()]
    if not inside:
        found = say("どのファイルにも当たらない glob", "a glob that meets no file")
        raise InputError(name, found, _expected())
    yield from inside


def _expected() -> str:
    return say("ファイル・フォルダー・glob", "a file, folder or glob")


def _is_document(path: Path, folder: Path) -> bool:
    return (
        path.suffix.lower() in SUFFIXES
        and not path.name.lower().startswith(_ABOUT)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and path.is_file()
    )

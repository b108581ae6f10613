"""A project's first day: settings, an empty glossary, and the lists people own."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from termbank.errors import InputError
from termbank.messages import of_system, say

from .file_lock import exclusive
from .project import STATE_FOLDER, Project, refuse_begun
from .term_import import import_files, read_terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .row_changes import Author

_DRAFT: Final = "beginning"  # folder in which a project is made before it is moved
_WRITTEN_AHEAD: Final = ("-wal", "-shm")  # SQLite's own files beside its database
_MOVED_LAST: Final = "terms.csv"  # with it there is a glossary, without it none


def begin(
    folder: Path, sources: Sequence[str], by: Author, *, glossary: str = "glossary"
) -> tuple[Project, int]:
    """Write the settings and a glossary; return the project and its count of concepts.

    All or nothing: where the process is killed, the same call begins once more.

    Args:
        folder: Where the project stands; made where absent.
        sources: Files of terms to start from.
        by: Who begins it.
        glossary: Name of the glossary folder.

    Raises:
        ConfigError: There are settings or a glossary already.
        InputError: A source cannot be read; nothing is written then.
    """
    for source in sources:
        read_terms(source)
    refuse_begun(folder, glossary)
    with _draft_in(folder) as draft:
        project = Project.begin(draft, glossary)
        if sources:
            import_files(project, sources, by)
        project.journal.close()
        _move_all(draft, folder)
    project = Project(folder / glossary)
    return project, len(project.rows().tables["concepts"])


@contextmanager
def _draft_in(folder: Path) -> Iterator[Path]:
    """Give a folder to work in, emptied of what a killed process left there."""
    state = folder / STATE_FOLDER
    draft = state / _DRAFT
    fresh = not state.is_dir()
    try:
        state.mkdir(parents=True, exist_ok=True)
        with exclusive(state / f"{_DRAFT}.lock"):
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            yield draft
    except OSError as fault:
        expected = say("書き込めるフォルダー", "a folder that can be written")
        raise InputError(str(folder), of_system(fault), expected) from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if state.is_dir():
            (state / f"{_DRAFT}.lock").unlink(missing_ok=True)
        if fresh and state.is_dir() and not any(state.iterdir()):
            state.rmdir()


def _move_all(draft: Path, folder: Path) -> None:
    """Move every file to its place; the one that makes it a glossary comes last."""
    files = [path for path in sorted(draft.rglob("*")) if path.is_file()]
    for path in sorted(files, key=lambda path: path.name == _MOVED_LAST):
        place = folder / path.relative_to(draft)
        place.parent.mkdir(parents=True, exist_ok=True)
        for rest in _WRITTEN_AHEAD:  # of a journal that stood there: not of this one
            place.with_name(place.name + rest).unlink(missing_ok=True)
        os.replace(path, place)

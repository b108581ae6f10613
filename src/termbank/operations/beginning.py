"""A project's first day: settings, an empty glossary, and the lists people own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .project import Project
from .term_import import import_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .row_changes import Author


def begin(
    folder: Path, sources: Sequence[str], by: Author, *, glossary: str = "glossary"
) -> tuple[Project, int]:
    """Write the settings and a glossary; return the project and its count of concepts.

    Args:
        folder: Where the project stands; made where absent.
        sources: Files of terms to start from.
        by: Who begins it.
        glossary: Name of the glossary folder.

    Raises:
        ConfigError: There are settings or a glossary already.
        InputError: A source cannot be read; nothing is written then.
    """
    from .term_import import read_terms

    for source in sources:
        read_terms(source)
    project = Project.begin(folder, glossary)
    if sources:
        import_files(project, sources, by)
    return project, len(project.rows().tables["concepts"])

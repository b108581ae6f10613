"""From what a person names (files, folders, globs) to the files meant."""

from __future__ import annotations

import glob
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import InputError
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# What counts as a document when a whole folder is named. Tables (CSV, TSV), data (JSON,
# YAML) and program code do not, unless their place says that they are texts of a
# program; named one by one they do.
SUFFIXES: Final = frozenset(
    {".txt", ".text", ".md", ".markdown", ".mdx", ".qmd", ".rst", ".adoc", ".asciidoc"}
    | {".html", ".htm", ".xhtml", ".vue", ".svelte", ".ipynb", ".tex"}
    | {".docx", ".pptx", ".xlsx", ".pdf", ".epub", ".odt"}
    | {".srt", ".vtt", ".ass", ".ssa"}
    | {".po", ".pot", ".xliff", ".xlf", ".sdlxliff", ".tmx"}
    | {".arb", ".strings", ".stringsdict", ".xcstrings", ".resx", ".ftl", ".rpy"}
)
_STRING_FILES: Final = frozenset(
    {".json", ".yaml", ".yml", ".properties", ".csv", ".tsv"}
)
_STRING_FOLDERS: Final = frozenset(
    {"locale", "locales", "i18n", "l10n", "lang", "langs", "translations"}
)
_ABOUT: Final = ("license", "licence", "notice", "changelog", "contributing")
_PARTS_OF_TOOLS: Final = frozenset({"node_modules", "__pycache__"})


class Skipped(NamedTuple):
    """A file of a folder that is not read.

    Attributes:
        path: The file.
        reason: Why, in the language of the messages.
    """

    path: Path
    reason: str


def files(
    paths: Iterable[str | Path], *, skipped: list[Skipped] | None = None
) -> list[Path]:
    """Return the files meant, each once, in the order named; within a folder sorted.

    Args:
        paths: A file is taken whatever its suffix; of a folder, all files below it
            with one of ``SUFFIXES``, and string tables in a folder of translations,
            that are neither hidden nor about the folder (LICENSE, NOTICE, CHANGELOG,
            CONTRIBUTING); ``*``, ``?``, ``[…]`` and ``**`` are expanded where no file
            bears that name.
        skipped: Takes in the other files of the folders, with the reason.

    Raises:
        InputError: A path does not exist, a glob meets nothing, or a folder holds no
            document.
    """
    paths_in_order: dict[Path, None] = {}
    left_out: list[Skipped] = [] if skipped is None else skipped
    for path in paths:
        paths_in_order.update(dict.fromkeys(_files(str(path), left_out)))
    if not paths_in_order:
        raise InputError("", say("パスがありません", "no path"), _expectation())
    return list(paths_in_order)


def _files(name: str, skips: list[Skipped]) -> Iterator[Path]:
    path = Path(name)
    if path.is_dir():
        yield from _of_folder(path, skips)
    elif path.exists():
        yield path
    elif glob.has_magic(name):
        yield from _of_glob(name)
    else:
        problem = say(
            "ファイルまたはフォルダーが見つかりません", "nothing of that name"
        )
        raise InputError(name, problem, _expectation())


def _of_folder(folder: Path, skips: list[Skipped]) -> Iterator[Path]:
    inside = []
    for path in sorted(_visible(folder)):
        reason = _reason_to_skip(path, folder)
        if reason is None:
            inside.append(path)
        else:
            skips.append(Skipped(path, reason))
    if not inside:
        problem = say("文書のないフォルダー", "a folder without documents")
        raise InputError(str(folder), problem, ", ".join(sorted(SUFFIXES)))
    yield from inside


def _visible(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder that are not hidden and no parts of tools."""
    for place, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and name not in _PARTS_OF_TOOLS
        ]
        for name in names:
            path = Path(place, name)
            if not name.startswith(".") and path.is_file():
                yield path


def _reason_to_skip(path: Path, folder: Path) -> str | None:
    """Return why a file of a folder is not read; None where it is."""
    if path.name.lower().startswith(_ABOUT):
        return say("フォルダー自体についての文書", "about the folder itself")
    suffix = path.suffix.lower()
    if suffix in SUFFIXES or path.name.lower() == "strings.xml":
        return None
    if suffix in _STRING_FILES:
        parts = {part.lower() for part in path.relative_to(folder.parent).parts}
        language = path.stem.lower().replace("_", "-").split("-")[0].split(".")[-1]
        if parts & _STRING_FOLDERS or language == "ja":
            return None
        return say(
            "表・データ (ファイル名の指定で読みます)", "data; read when named by itself"
        )
    kind = suffix or path.name
    return say(f"文書ではない種類 ({kind})", f"not a kind of document ({kind})")


def _of_glob(name: str) -> Iterator[Path]:
    matches = sorted(Path(path) for path in glob.glob(name, recursive=True))
    inside = [path for path in matches if path.is_file()]
    if not inside:
        problem = say(
            "パターンに一致するファイルがありません", "a glob that meets no file"
        )
        raise InputError(name, problem, _expectation())
    yield from inside


def _expectation() -> str:
    return say("ファイル・フォルダー・glob", "a file, folder or glob")

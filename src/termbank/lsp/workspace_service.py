"""Answers about documents of an editor's workspace, without the protocol.

The nearest settings above a document hold for it, those of the folders that the editor
has opened come next, those above the working folder last. Settings and glossaries are
read again once their files have changed, on whatever question comes next.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank import cache
from termbank.checking.files.file_selection import format_of
from termbank.checking.run import Run
from termbank.config import Settings
from termbank.config import settings as settings_for
from termbank.glossary.glossary_sources import rows_of
from termbank.glossary_places import files_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.glossary.light_rows import TermRow
    from termbank.types import Finding

_MARKUP_OF_LANGUAGE: Final = {
    "markdown": "markdown", "html": "html", "latex": "latex", "tex": "latex",
    "restructuredtext": "rst", "python": "python", "plaintext": "plain",
}  # fmt: skip
_COMPLETIONS: Final = 50  # more than fit on a screen
_LONGEST_HEAD: Final = 12  # code points before the cursor that a term may begin with
_RIGHT: Final = ("preferred", "admitted")


class _OpenGlossaries(NamedTuple):
    """The glossaries of one settings file as they were when they were read."""

    signature: str
    run: Run
    rows: list[TermRow]


class Completions(NamedTuple):
    """Terms that fit before a cursor.

    Attributes:
        head: What they all begin with: the code points right before the cursor that a
            chosen term replaces.
        rows: Preferred and admitted forms, each once.
    """

    head: str
    rows: list[TermRow]


class Service:
    """What the server answers.

    Args:
        folder: Folder whose settings hold where none are nearer to a document; the
            working folder where absent.
        glossary: Glossaries in the place of the settings'.
    """

    def __init__(
        self, folder: str | None = None, glossary: list[str] | None = None
    ) -> None:
        self._folder, self._glossary = folder, glossary
        self._roots: tuple[str, ...] = ()
        self._open: dict[str, _OpenGlossaries] = {}

    def set_roots(self, folders: Sequence[str]) -> None:
        """Take the folders that the editor has opened, the first one first."""
        self._roots = tuple(folders)

    def reload(self) -> None:
        """Forget glossaries and settings; the next question reads them again."""
        self._open.clear()

    def findings(self, text: str, path: str, language: str = "") -> list[Finding]:
        """Return the findings of a text.

        Args:
            text: Content of the document, as the editor has it.
            path: Where it lies; need not be saved yet.
            language: What the editor calls its markup.

        Raises:
            TermbankError: No glossary, or a broken one.
        """
        name = _MARKUP_OF_LANGUAGE.get(language) or format_of(path)
        content = text.encode("utf-8", "replace")
        run = self._glossaries_for(path).run
        all_findings = [*run.of_content(content, path, name), *run.across_files()]
        run.forget_texts()
        return sorted(all_findings, key=lambda finding: (finding.span, finding.code))

    def terms_at(self, text: str, at: int, path: str = "") -> list[TermRow]:
        """Return all rows of the concepts whose form covers a code point."""
        rows = self._glossaries_for(path).rows
        best: tuple[int, str] = (0, "")
        for row in rows:
            start = text.find(row.form, max(0, at - len(row.form) + 1))
            if 0 <= start <= at < start + len(row.form) and len(row.form) > best[0]:
                best = (len(row.form), row.concept_id)
        return [row for row in rows if row.concept_id == best[1]]

    def completions(self, before: str, path: str = "") -> Completions:
        """Return right terms that begin with the last letters before the cursor."""
        rows = self._glossaries_for(path).rows
        for length in range(min(_LONGEST_HEAD, len(before)), 0, -1):
            head = before[-length:]
            fitting: dict[str, TermRow] = {}
            for row in rows:
                begins = row.form.startswith(head) and row.form != head
                if begins and row.status in _RIGHT:
                    fitting.setdefault(row.form, row)
            if fitting:
                return Completions(head, list(fitting.values())[:_COMPLETIONS])
        return Completions("", [])

    def _glossaries_for(self, path: str) -> _OpenGlossaries:
        settings = self._settings_for(path)
        places = self._glossary if self._glossary is not None else settings.glossaries
        files = [file for place in places for file in files_of(place)]
        signature = cache.signature([settings.path, *files])
        open_glossaries = self._open.get(settings.path)
        if open_glossaries is None or open_glossaries.signature != signature:
            self._open.pop(settings.path, None)
            run = Run(self._glossary, settings=settings)
            rows = [row for glossary in run.glossaries for row in rows_of(glossary)]
            open_glossaries = self._open[settings.path] = _OpenGlossaries(
                signature, run, rows
            )
        return open_glossaries

    def _settings_for(self, path: str) -> Settings:
        for folder in self._folders_near(path):
            settings = settings_for(folder)
            if settings.path:
                return settings
        return settings_for(self._folder)

    def _folders_near(self, path: str) -> Iterator[str]:
        if os.path.isabs(path):
            yield os.path.dirname(path)
        yield from self._roots

"""Bilingual files as pairs of segments, each with its place and the way to write there.

XLIFF, TMX and PO are read by :mod:`termbank.formats.xml.target_edits`, string tables and
subtitles by :mod:`termbank.formats.strings`; both know where each character of a target
stands and how it is escaped there. Tables are read cell by
cell; the sentences of a translated page are looked for in their order.
"""

from __future__ import annotations

import os

from termbank.text.language_tags import guess_language, primary_language
from termbank.types import Fix, Span

from .renderings import Pair

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.formats.model.bilingual_documents import BilingualDocument as Document
    from termbank.formats.model.bilingual_units import BilingualUnit

    from .table_cells import Cell

DOCUMENTS = (".po", ".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".tmx")
STRINGS = (
    *(
        ".json",
        ".arb",
        ".xcstrings",
        ".yml",
        ".yaml",
        ".resx",
        ".resw",
        ".strings",
        ".stringsdict",
    ),
    *(".properties", ".ftl", ".rpy", ".srt", ".vtt", ".ass", ".ssa", ".xml"),
)
# Most files of these are no tables of strings: one is where its name says a language.
SETTINGS = (".json", ".yml", ".yaml", ".properties", ".xml")
TABLES = (".csv", ".tsv")
SUFFIXES = (*DOCUMENTS, *STRINGS, *TABLES)
_BREAKS_CELL = frozenset('",;\t\r\n')  # what may end a cell of some table


class PairFile:
    """The translated segments of one file.

    Args:
        text: The file; offsets count in it.
        pairs: Its pairs; their ``number`` is the index in the list.
    """

    def __init__(self, text: str, pairs: Sequence[Pair]) -> None:
        self.text, self.pairs = text, list(pairs)

    def place(self, number: int, start: int, end: int) -> Span | None:
        """Return where characters of a target stand in the file; None where unknown.

        Args:
            number: Of the pair.
            start: First code point in the target.
            end: One past the last.
        """
        raise NotImplementedError

    def fix(self, number: int, fix: Fix) -> Fix | None:
        """Return a change of the file for a change of a target; None where none is safe."""
        raise NotImplementedError


class DocumentPairs(PairFile):
    """The pairs of an XLIFF, TMX or PO file, a string table or subtitles.

    Args:
        document: The file.
        path: What it is called in findings.
        text: Its text as the check counts in it.
    """

    def __init__(self, document: Document, path: str, text: str) -> None:
        from termbank.formats.model.bilingual_units import TRANSLATED

        self._document = document.text
        # The check counts without a byte order mark, the document with one.
        self._mark = int(document.text.startswith("\ufeff"))
        self._same = document.text[self._mark :] == text
        self._units = [unit for unit in document.read() if unit.state == TRANSLATED]
        pairs = [_pair_of(unit, path, at) for at, unit in enumerate(self._units)]
        super().__init__(document.text[self._mark :], pairs)

    def place(self, number: int, start: int, end: int) -> Span | None:  # noqa: D102
        range_in_file = self._units[number].place(self._document, start, end)
        return (
            Span(range_in_file[0] - self._mark, range_in_file[1] - self._mark)
            if range_in_file
            else None
        )

    def fix(self, number: int, fix: Fix) -> Fix | None:  # noqa: D102
        if not self._same:
            return None  # the bytes were decoded in two ways
        unit = self._units[number]
        try:
            splices = list(unit.replace(self._document, *fix.span, fix.text))
        except (IndexError, ValueError):
            return None  # the place is unknown, or cannot hold the text
        if len(splices) != 1:
            return None  # markup or a seam of strings stands between the characters
        start, end, text = splices[0]
        return Fix(Span(start - self._mark, end - self._mark), text, fix.safe)


def document_of(path: str, content: bytes, *, asked: bool = False) -> Document | None:
    """Return a bilingual file whose targets have places; None for any other file.

    The source of a pair of files is no such file: what is checked is the translation.

    Args:
        path: The file.
        content: Its bytes.
        asked: Whether somebody named the file; one that came out of a folder may be a
            table of one language and no fault.

    Raises:
        FormatError: The file is broken.
        InputError: It is of no format of pairs.
    """
    from termbank.formats import module
    from termbank.formats.detection import recognise_format
    from termbank.formats.strings.counterparts import names_language
    from termbank.formats.xml.target_edits import Document

    suffix = os.path.splitext(path)[1].lower()
    if suffix in DOCUMENTS:
        return Document(content, path=path)
    unsure = not asked or suffix in SETTINGS
    if unsure and suffix in STRINGS and not names_language(path):
        return None
    reader = module(recognise_format(path))
    if not hasattr(reader, "reading"):
        return None
    document = reader.document(path, content)
    if asked:
        document.refuse_alone()
    return document if document.path == path and document.alone is None else None


def _pair_of(unit: BilingualUnit, path: str, number: int) -> Pair:
    segment = unit.segment
    first, second = (
        primary_language(segment.source_lang),
        primary_language(segment.target_lang),
    )
    first = first or guess_language(segment.source)
    second = second or guess_language(unit.target)
    if first == second:  # PO names no source language; its reader says en
        first, second = guess_language(segment.source), guess_language(unit.target)
    # Plural forms of a message stand under one line.
    message = str(unit.line) if unit.part.startswith("msgstr") else ""
    return Pair(
        segment.source, unit.target, path, number, first, second, unit.context, message
    )


class TablePairs(PairFile):
    """The pairs of a table.

    Raises:
        InputError: The file is broken, or holds no pairs.
    """

    def __init__(self, path: str, text: str) -> None:
        from termbank.formats import read_segments

        from .table_cells import rows

        pairs: list[Pair] = []
        columns = ("source", "target", "source_lang", "target_lang")
        for frame in read_segments(path):
            for left, right, lang, other in frame.select(columns).iter_rows():
                first = primary_language(lang) or guess_language(left)
                second = primary_language(other) or guess_language(right)
                if first == second:
                    first, second = guess_language(left), guess_language(right)
                pairs.append(Pair(left, right, path, len(pairs), first, second))
        super().__init__(text, pairs)
        self._cells = _cells_of(pairs, list(rows(text)))

    def place(self, number: int, start: int, end: int) -> Span | None:  # noqa: D102
        cell = self._cells.get(number)
        if cell is None:
            return None
        # The reader may have taken blanks off the ends.
        lead = cell.value.find(self.pairs[number].target)
        if not cell.plain or lead < 0:
            return Span(cell.start, cell.end)
        return Span(cell.start + lead + start, cell.start + lead + end)

    def fix(self, number: int, fix: Fix) -> Fix | None:  # noqa: D102
        cell, place = self._cells.get(number), self.place(number, *fix.span)
        if cell is None or place is None or not cell.plain:
            return None
        if self.pairs[number].target not in cell.value:
            return None
        if not _BREAKS_CELL.isdisjoint(fix.text):
            return None
        return fix._replace(span=place)


def _cells_of(pairs: Sequence[Pair], rows: Sequence[list[Cell]]) -> dict[int, Cell]:
    """Return the cell of each pair's target: both texts stand in one row, in order."""
    cells: dict[int, Cell] = {}
    at = 0
    for pair in pairs:
        for row in range(at, len(rows)):
            values = [cell.value.strip() for cell in rows[row]]
            if pair.source.strip() in values and pair.target.strip() in values:
                cells[pair.number] = rows[row][_index(values, pair)]
                at = row + 1
                break
    return cells


def _index(values: Sequence[str], pair: Pair) -> int:
    source, target = pair.source.strip(), pair.target.strip()
    first = values.index(target)
    # A text translated by itself stands in two cells; the source usually comes first.
    return values.index(target, first + 1) if source == target else first


class PagePairs(PairFile):
    """The sentences of a translated page with those of its source.

    Args:
        source_path: File of the source text.
        path: File of the translation.
        text: Its text.

    Raises:
        InputError: The source text cannot be read.
    """

    def __init__(self, source_path: str, path: str, text: str) -> None:
        from termbank.checking.files.source_file import read
        from termbank.memory.alignment.document_alignment import align

        source = read(source_path).content.decode()
        lang, to = guess_language(source), guess_language(text)
        segments = align(source, text, lang=lang, to=to, origin=path).segments
        pairs = [
            Pair(left, right, path, number, lang, to, aligned=True)
            for number, (left, right) in enumerate(
                segments.select("source", "target").iter_rows()
            )
        ]
        super().__init__(text, pairs)
        self._starts = _in_order(pairs, text)

    def place(self, number: int, start: int, end: int) -> Span | None:  # noqa: D102
        begin = self._starts.get(number)
        return None if begin is None else Span(begin + start, begin + end)

    def fix(self, number: int, fix: Fix) -> Fix | None:  # noqa: D102
        place = self.place(number, *fix.span)
        return None if place is None else fix._replace(span=place)


def _in_order(pairs: Sequence[Pair], text: str) -> dict[int, int]:
    """Return where each target begins; one that the page writes otherwise is left out."""
    starts: dict[int, int] = {}
    searched_to = 0
    for pair in pairs:
        at = text.find(pair.target, searched_to) if pair.target else -1
        if at >= 0:
            starts[pair.number] = at
            searched_to = at + len(pair.target)
    return starts


def counterpart(path: str, folder: str) -> str:
    """Return the source text of a translated file: the longest path that is in both.

    Args:
        path: The translation, for example ``docs/en/a/b.md``.
        folder: Folder of the sources; ``a/b.md`` there comes before ``b.md``.

    Returns:
        Its path, empty where there is none.
    """
    parts = os.path.normpath(os.path.abspath(path)).split(os.sep)
    for first in range(1, len(parts)):
        candidate = os.path.join(folder, *parts[first:])
        other = os.path.abspath(candidate) != os.path.abspath(path)
        if other and os.path.isfile(candidate):
            return candidate
    return ""

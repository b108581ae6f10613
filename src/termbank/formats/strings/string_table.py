"""Tables of strings as a format: what reads their values is all that differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.formats.model.inspection_report import Inspection
from termbank.formats.model.pair_records import concept_of_pair

from .languages_held import ALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from termbank.formats.model.concept_records import Concept, Segment
    from termbank.formats.model.file_head import Head

    from .pair_document import PairDocument
    from .table_sides import Reading


class StringTable:
    """A format whose files hold the values of one language, or pairs of two.

    Args:
        name: Of the format.
        suffixes: The usual one first.
        reading: How its files are read.
        recognise: Tells a file of this format by its beginning.
        roots: Root elements of a format of XML.
        by_suffix: Whether the suffix alone chooses the format.
    """

    HOLDS: Final = "pairs"
    DROPS: Final = ("everything but texts, keys and comments",)

    def __init__(
        self,
        name: str,
        suffixes: tuple[str, ...],
        reading: Reading,
        recognise: Callable[[Head], bool],
        *,
        roots: tuple[str, ...] = (),
        by_suffix: bool = True,
    ) -> None:
        self.NAME, self.SUFFIXES, self.reading = name, suffixes, reading
        self.recognise, self.ROOTS = recognise, roots
        self.CHOSEN_BY_SUFFIX = by_suffix

    def document(self, path: str, content: bytes | None = None) -> PairDocument:
        """Return a file and its counterpart as units that can be edited in place.

        Args:
            path: File of one language or of two.
            content: Its bytes where they are not those on the disk.
        """
        from .pair_document import PairDocument

        return PairDocument(self.NAME, self.reading, path, content)

    def segments(
        self, path: str, *, source: str | None = None, target: str | None = None
    ) -> Iterator[Segment]:
        """Yield the pairs of a file and of its counterpart in another language.

        Raises:
            InputError: It has no counterpart.
        """
        document = self.document(path)
        if self.reading.many and not (source or target):
            source = ALL
        units = document.units(source=source, target=target)
        document.refuse_alone()
        for unit in units:
            yield unit.segment

    def concepts(self, path: str) -> Iterator[Concept]:
        """Yield a concept for each translated pair."""
        for pair in self.segments(path):
            if pair.target:
                yield concept_of_pair(pair)

    def inspect(self, path: str) -> Inspection:
        """Return what a file holds, reading all of it and its counterpart."""
        report = Inspection(self.NAME)
        document = self.document(path)
        for unit in document.read(source=ALL if self.reading.many else None):
            report.units += 1
            report.terms += unit.segment.target is not None
            report.lang(unit.segment.source_lang or "", unit.line)
            report.lang(unit.segment.target_lang or "", unit.line)
            if unit.state != "translated":
                report.statuses[unit.state] = report.statuses.get(unit.state, 0) + 1
        return report.finished(document.warnings)

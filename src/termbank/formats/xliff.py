"""XLIFF 1.0 to 1.2 (with sdlxliff, mqxliff, mxliff) and 2.x as bilingual segments.

Keeps: source and target text, languages, identifiers, the file they are from.
Drops: inline codes, alternative translations, states, notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.model.file_copy import copy_checked
from termbank.formats.model.inspection_report import Inspection
from termbank.formats.model.language_check import pairs_with_possible_languages
from termbank.formats.model.segment_writers import write_xliff
from termbank.formats.safe_files import chunks
from termbank.formats.xml.subtree_reader import units_of_any_prefix
from termbank.formats.xml.target_edits import Document
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from termbank.formats.model.concept_records import Losses, Segment
    from termbank.formats.model.file_head import Head

NAME: Final = "xliff"
SUFFIXES: Final = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
DROPS: Final = ("inline codes", "alternative translations", "states", "notes")
HOLDS: Final = "pairs"
ONE_PAIR: Final = True
ROOTS: Final = ("xliff",)

UNITS: Final = ("trans-unit", "unit", "bin-unit")


class Place:
    """What the elements around a unit say: languages and file."""

    def __init__(self) -> None:
        self.source_lang = self.target_lang = self.origin = ""


def elements(path: str) -> Iterator[tuple[Element, str, Place]]:
    """Yield the root and each unit with its local name and what surrounds it.

    Raises:
        FormatError: The file is not well-formed or no XLIFF.
    """
    place = Place()
    first = True
    for element, complete in units_of_any_prefix(path, UNITS):
        tag = local(element)
        if first:
            if tag != "xliff":
                expected = say("XLIFF ファイル (<xliff>)", "an XLIFF file (<xliff>)")
                raise FormatError(path, 1, f"<{tag}>", expected)
            place.source_lang = element.get("srcLang", "")
            place.target_lang = element.get("trgLang", "")
            yield element, tag, place
            first = False
        elif complete:
            yield element, tag, place
        elif tag == "file":
            get = element.get
            place.source_lang = get("source-language") or place.source_lang
            place.target_lang = get("target-language") or place.target_lang
            place.origin = get("original") or get("id") or ""


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def segments(
    path: str, *, source: str | None = None, target: str | None = None
) -> Iterator[Segment]:
    """Yield the segments of all units, those without a translation too.

    A target that is locked is a translation; one whose state says that it is none yet,
    or that nobody has confirmed, is left out.

    Args:
        path: XLIFF file.
        source: Language tag for the source where the file names none.
        target: Language tag for the target where the file names none.
    """
    for unit in document(path).read(source=source, target=target):
        yield unit.segment


def document(path: str, content: bytes | None = None) -> Document:
    """Return a file as units that can be edited in place.

    Args:
        path: The file.
        content: Its bytes where they are not those on the disk.
    """
    content = b"".join(chunks(path)) if content is None else content
    return Document(content, path=path, name=NAME)


def inspect(path: str) -> Inspection:
    """Return what a file holds, reading all of it."""
    report = Inspection(NAME)
    for element, tag, place in elements(path):
        report.lang(place.source_lang)
        report.lang(place.target_lang)
        if tag == "xliff":
            report.version = element.get("version", "")
            if report.version not in ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2"):
                version = report.version
                report.odd(f"XLIFF の版 {version!r}", f"XLIFF version {version!r}")
        elif tag != "bin-unit":
            report.units += 1
            targets = [e for e in element.iter() if local(e) == "target"]
            report.terms += bool(targets)
            if not element.get("id"):
                report.odd(
                    "id のない翻訳単位", "a unit without id", f"unit {report.units}"
                )
    return report.finished()


def recognise(head: Head) -> bool:
    """Whether the root element is one of this format."""
    return head.root in ROOTS


def write_segments(
    pairs: Iterable[Segment], path: str, *, strict: bool = False
) -> Losses:
    """Write pairs as XLIFF 2.0 and return what was lost."""
    return write_xliff(pairs, path, version="2.0", strict=strict)


def rewrite(path: str, target: str, **_: bool) -> Losses:
    """Copy a file that needs no change, once it has been read without a fault."""
    return copy_checked(
        path, target, pairs_with_possible_languages(segments(path), path)
    )


class Version1:
    """XLIFF 1.2 as a format to write; reading knows both versions."""

    NAME = "xliff1"
    SUFFIXES = SUFFIXES
    DROPS = DROPS
    HOLDS = HOLDS
    segments = staticmethod(segments)

    def write_segments(
        self, pairs: Iterable[Segment], path: str, *, strict: bool = False
    ) -> Losses:
        """Write pairs as XLIFF 1.2 and return what was lost."""
        return write_xliff(pairs, path, version="1.2", strict=strict)


VERSION_1: Final = Version1()

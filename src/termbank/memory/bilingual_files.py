"""The pairs of a bilingual file, whatever its format, with what is left out counted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import InputError
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from termbank.formats.model.bilingual_units import BilingualUnit
    from termbank.formats.model.concept_records import Segment

    from .import_report import ImportReport

_OBSOLETE: Final = re.compile(r"^#~[ \t]*msgid[ \t\"]", re.MULTILINE)
_WHY: Final = {"open": "no translation", "review": "nobody has confirmed it"}


def pairs_of(
    path: Path,
    lang: str | None,
    to: str | None,
    wanted: tuple[str, str],
    report: ImportReport,
) -> Iterator[Segment]:
    """Yield the pairs of a file, those without a translation too where they are few.

    Args:
        path: TMX, XLIFF, PO or a table.
        lang: Language of the sources where the file names none.
        to: Language of the translations where the file names none.
        wanted: The pair of languages asked for.
        report: Counts what is left out here.

    Raises:
        InputError: The file holds no pairs.
    """
    from termbank.formats import module
    from termbank.formats.detection import recognise_format

    name = recognise_format(str(path))
    reader = module(name)
    if not hasattr(reader, "segments"):
        expected = say(
            "対訳ファイル: TMX・XLIFF・PO・CSV", "a bilingual file: TMX, XLIFF, PO, CSV"
        )
        raise InputError(str(path), name, expected)
    if hasattr(reader, "document"):
        return _document(reader.document(str(path)), lang, to, report)
    if getattr(reader, "HOLDS_MANY", False):
        pairs: Iterator[Segment] = reader.segments(str(path), pair=wanted)
        return pairs
    return _table(reader, path, lang, to, report)


def _document(
    document: Any, lang: str | None, to: str | None, report: ImportReport
) -> Iterator[Segment]:
    units = document.read(source=lang, target=to)
    if hasattr(document, "refuse_alone"):
        units = iter(list(units))
        document.refuse_alone()
        report.warnings += document.warnings
    yield from _translate(in_context(units), report)
    if document.name == "po":
        report.leave_out("obsolete", len(_OBSOLETE.findall(document.text)))


def _translate(
    units: Iterable[BilingualUnit], report: ImportReport
) -> Iterator[Segment]:
    for unit in units:
        if unit.segment.target is None:
            report.leave_out(_WHY.get(unit.state, _WHY["open"]))
        else:
            yield unit.segment


def in_context(units: Iterable[BilingualUnit]) -> Iterator[BilingualUnit]:
    """Yield the units of a document, each with the sources before and after it."""
    before: BilingualUnit | None = None
    for unit in units:
        if before is not None:
            before.segment.next = before.segment.next or unit.segment.source
            unit.segment.previous = unit.segment.previous or before.segment.source
            yield before
        before = unit
    if before is not None:
        yield before


def _table(
    reader: Any, path: Path, lang: str | None, to: str | None, report: ImportReport
) -> Iterator[Segment]:
    if not hasattr(reader, "reader"):
        yield from reader.segments(str(path), source=lang, target=to)
        return
    rows = reader.reader(str(path), source=lang, target=to)
    yield from rows.segments()
    report.warnings += [*rows.understood(), *rows.warnings]

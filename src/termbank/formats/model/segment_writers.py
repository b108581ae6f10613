"""Writing pairs of segments: tables, XLIFF 1.2 and 2.0; TMX and PO have their own modules."""

from __future__ import annotations

import csv
from typing import IO, TYPE_CHECKING, Final

from termbank.formats.safe_files import replacing
from termbank.formats.xml.element_tree import attribute, escape_text
from termbank.formats.xml.text_fields import language_tag, text_for_xml

from .concept_records import Losses, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS: Final = (
    *("segment_id", "source", "target", "source_lang", "target_lang"),
    *("previous", "next", "origin", "changed", "author", "created", "client"),
    *("domain", "note", "method", "context", "plural_of"),
)
_XLIFF_1: Final = "urn:oasis:names:tc:xliff:document:1.2"
_XLIFF_2: Final = "urn:oasis:names:tc:xliff:document:2.0"


def write_table(
    pairs: Iterable[Segment], path: str, *, separator: str = ",", strict: bool = False
) -> Losses:
    """Write all fields of pairs as a table with a header; nothing is lost."""
    del strict
    with replacing(path) as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(p, name) for name in COLUMNS] for p in pairs)
    return Losses()


def write_xliff(
    pairs: Iterable[Segment], path: str, *, version: str = "2.0", strict: bool = False
) -> Losses:
    """Write pairs as XLIFF; XLIFF 1 has a file element for each origin and languages."""
    losses = Losses()
    file_of = _xliff_2 if version.startswith("2") else _xliff_1
    with replacing(path) as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file_of(file, pairs, losses)
        if strict:
            losses.refuse(path)
    return losses


def _xliff_1(file: IO[str], pairs: Iterable[Segment], losses: Losses) -> None:
    file.write(f'<xliff version="1.2" xmlns="{_XLIFF_1}">\n')
    begun: tuple[str, str, str] | None = None
    for number, pair in enumerate(pairs, 1):
        origin = pair.origin or "termbank"
        langs = (language_tag(pair.source_lang), language_tag(pair.target_lang))
        here = (*langs, origin)
        if here != begun:
            if begun:
                file.write("</body></file>\n")
            original = attribute("original", text_for_xml(origin, losses))
            langs_text = attribute("source-language", here[0])
            langs_text += attribute("target-language", here[1])
            file.write(f'<file{original}{langs_text} datatype="plaintext"><body>\n')
            begun = here
        unit = attribute("id", text_for_xml(pair.segment_id or str(number), losses))
        file.write(f"<trans-unit{unit}>{_sides(pair, losses)}</trans-unit>\n")
        count_rest(pair, losses, "no place in XLIFF", "origin")
    if begun is None:
        file.write('<file original="termbank" source-language="und" ')
        file.write('datatype="plaintext"><body>\n')
    file.write("</body></file>\n</xliff>\n")


def _xliff_2(file: IO[str], pairs: Iterable[Segment], losses: Losses) -> None:
    """XLIFF 2 names its languages once; the first pair's are taken."""
    langs: tuple[str, str] | None = None
    for number, pair in enumerate(pairs, 1):
        here = (language_tag(pair.source_lang), language_tag(pair.target_lang))
        if langs is None:
            langs = here
            langs_text = attribute("srcLang", here[0]) + attribute("trgLang", here[1])
            file.write(f'<xliff version="2.0"{langs_text} xmlns="{_XLIFF_2}">\n')
            file.write('<file id="f1">\n')
        if here != langs:
            reason = "other languages than the first pair"
            losses.leave_out(pair.source[:60], reason)
            losses.add("segments.source", reason)
            continue
        # Identifiers of XLIFF 2 are NMTOKENs and unique; ours go where any text may.
        name = (
            attribute("name", text_for_xml(pair.segment_id, losses))
            if pair.segment_id
            else ""
        )
        sides = _sides(pair, losses)
        file.write(f'<unit id="u{number}"{name}><segment>{sides}</segment></unit>\n')
        count_rest(pair, losses, "no place in XLIFF 2")
    if langs is None:
        file.write(f'<xliff version="2.0" srcLang="und" xmlns="{_XLIFF_2}">\n')
        file.write('<file id="f1"><unit id="u1"><segment><source/></segment></unit>\n')
    file.write("</file>\n</xliff>\n")


def _sides(pair: Segment, losses: Losses) -> str:
    source = escape_text(text_for_xml(pair.source, losses))
    if pair.target is None:
        return f"<source>{source}</source>"
    target = escape_text(text_for_xml(pair.target, losses))
    return f"<source>{source}</source><target>{target}</target>"


def count_rest(pair: Segment, losses: Losses, reason: str, *carried: str) -> None:
    """Count the fields of a pair beside texts, languages and those carried as lost."""
    for name in COLUMNS[5:]:
        if name not in carried and getattr(pair, name):
            losses.add(f"segments.{name}", reason)

"""XLIFF 1.0 to 1.2 (with sdlxliff) and 2.x as bilingual segments.

Keeps: source and target text, languages, identifiers, the file they are from.
Drops: inline codes, alternative translations, states, notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.model.concept_records import Segment
from termbank.formats.xml.element_tree import codes_in
from termbank.formats.xml.subtree_reader import units
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

NAME: Final = "xliff"
SUFFIXES: Final = (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff")
DROPS: Final = ("inline codes", "alternative translations", "states", "notes")

UNITS: Final = ("trans-unit", "unit", "bin-unit")
# Elements whose content is another format's markup, not text to translate.
_CODES: Final = frozenset(
    ("bpt", "ept", "it", "ph", "x", "bx", "ex", "sub", "sc", "ec", "sm", "em", "data")
)
_FIRST_PRINTABLE: Final = 0x20


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
    for element, complete in units(path, UNITS):
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

    Args:
        path: XLIFF file.
        source: Language tag for the source where the file names none.
        target: Language tag for the target where the file names none.
    """
    for element, tag, place in elements(path):
        if tag == "trans-unit":
            pairs = _version_1(element)
        elif tag == "unit":
            pairs = _version_2(element)
        else:
            continue
        for pair in pairs:
            pair.source_lang = place.source_lang or source
            pair.target_lang = place.target_lang or target
            pair.origin = place.origin or None
            yield pair


def _version_1(unit: Element) -> Iterator[Segment]:
    parts = {local(child): child for child in reversed(unit)}
    target = parts.get("target")
    whole = parts.get("seg-source")
    key = unit.get("id")
    if whole is not None and (marked := _marked(whole)):
        translated = _marked(target) if target is not None else {}
        for number, (text, lost) in marked.items():
            translation, codes = translated.get(number, ("", 0))
            pair = Segment(text, translation or None)
            pair.codes = lost + codes
            pair.segment_id = f"{key}/{number}" if key else None
            yield pair
        return
    source = parts.get("source")
    if source is None:
        return
    pair = Segment(text_of(source), None if target is None else text_of(target) or None)
    pair.codes = codes_in(source, _CODES)
    pair.codes += 0 if target is None else codes_in(target, _CODES)
    pair.segment_id = key
    yield pair


def _marked(element: Element) -> dict[str, tuple[str, int]]:
    """Return text and lost codes of each segment marker of an element, by its number."""
    return {
        mark.get("mid", str(number)): (text_of(mark), codes_in(mark, _CODES))
        for number, mark in enumerate(element.iter())
        if local(mark) == "mrk" and mark.get("mtype") == "seg"
    }


def _version_2(unit: Element) -> Iterator[Segment]:
    key = unit.get("id")
    for number, part in enumerate(unit):
        if local(part) != "segment":
            continue
        texts = {local(child): text_of(child) for child in reversed(part)}
        if "source" not in texts:
            continue
        pair = Segment(texts["source"], texts.get("target") or None)
        sides = (side for side in part if local(side) in ("source", "target"))
        pair.codes = sum(codes_in(side, _CODES) for side in sides)
        mark = part.get("id") or str(number)
        pair.segment_id = f"{key}/{mark}" if key else None
        yield pair


def text_of(element: Element) -> str:
    """Return the text of a source or target without inline codes."""
    if not len(element):
        return element.text or ""
    parts = [element.text or ""]
    for child in element:
        tag = local(child)
        if tag == "cp":
            parts.append(_code_point(child.get("hex", "")))
        elif tag not in _CODES:
            parts.append(text_of(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _code_point(digits: str) -> str:
    # XLIFF 2 writes characters that XML forbids this way; a frame takes none of them.
    try:
        number = int(digits, 16)
    except ValueError:
        return ""
    return chr(number) if _FIRST_PRINTABLE <= number < 0xD800 else ""

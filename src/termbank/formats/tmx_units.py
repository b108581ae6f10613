"""Units of TMX files with the place of each translation, for edits in place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.formats.model.bilingual_units import (
    OPEN,
    TRANSLATED,
    BilingualUnit,
    Run,
    Splice,
    TargetEdit,
)
from termbank.formats.model.concept_records import Segment
from termbank.formats.xml.located_elements import (
    LocatedElement,
    Text,
    escaped_text,
    located_elements,
)
from termbank.text.language_tags import answers, is_same_language

from .tmx_directions import source_variant

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Codes hold another format's markup; hi marks words of the text.
_LANGUAGE: Final = re.compile(r"<(?:[\w.-]+:)?tuv\b[^>]*?\blang\s*=\s*[\"']([^\"']+)")
CODES: Final = frozenset(("bpt", "ept", "ph", "it", "ut", "sub"))


def bilingual_units(
    document: str, *, source: str | None = None, target: str | None = None
) -> Iterator[BilingualUnit]:
    """Yield one unit for each translation of each translation unit.

    Args:
        document: Text of a file that is known to be well-formed.
        source: Language of the source text; the file's own where absent.
        target: Language of the translation; all others where absent. A unit without
            one is open in ``target``, or in the other of the two languages of the file.
    """
    srclang = ""
    languages = languages_of(document)
    number, line, at = 0, 1, 0
    for element, complete in located_elements(document, ("tu", "header")):
        if not complete:
            continue
        if element.tag == "header":
            srclang = element.get("srclang")
            continue
        line += document.count("\n", at, element.start)
        at = element.start
        for unit in _units(document, element, source, srclang, target, languages):
            unit.number, unit.line = number, line
            number += 1
            yield unit


def languages_of(document: str) -> list[str]:
    """Return the languages of the texts of a file, in the order of the file."""
    return list(dict.fromkeys(_LANGUAGE.findall(document)))


def _units(
    document: str,
    element: LocatedElement,
    source: str | None,
    srclang: str,
    target: str | None,
    languages: Sequence[str],
) -> Iterator[BilingualUnit]:
    variants = [
        (variant.get("xml:lang") or variant.get("lang"), seg)
        for variant in element.elements()
        if variant.tag == "tuv" and (seg := _seg(variant)) is not None
    ]
    if len(variants) == 1:
        yield from _untranslated(document, element, *variants[0], target, languages)
    if len(variants) < 2:
        return
    langs = tuple([lang for lang, _ in variants])
    first = source_variant(langs, source, element.get("srclang"), srclang)
    lang, seg = variants[first]
    text, lost = "".join(run.read(document) for run in _runs(seg)), _codes(seg)
    for number, (other, translation) in enumerate(variants):
        if number == first or (target and not answers(other, target)):
            continue
        unit = _unit(document, text, translation)
        unit.segment.codes = lost + _codes(translation)
        unit.fillable = not lost
        unit.segment.source_lang, unit.segment.target_lang = lang or None, other or None
        unit.segment.segment_id = element.get("tuid") or None
        yield unit


def _untranslated(
    document: str,
    element: LocatedElement,
    lang: str,
    seg: LocatedElement,
    target: str | None,
    languages: Sequence[str],
) -> Iterator[BilingualUnit]:
    """Yield a unit without a translation where its language is certain."""
    others = {other for other in languages if not is_same_language(other, lang)}
    if target and not is_same_language(target, lang):
        others = {next((other for other in others if answers(other, target)), target)}
    if len(others) != 1:
        return
    variant = next(child for child in element.elements() if _seg(child) is seg)
    text, lost = "".join(run.read(document) for run in _runs(seg)), _codes(seg)
    unit = BilingualUnit(Segment(text, None), OPEN, "", 0)
    unit.segment.codes, unit.fillable = lost, not lost
    unit.segment.source_lang, unit.segment.target_lang = lang or None, others.pop()
    unit.segment.segment_id = element.get("tuid") or None
    unit.writer = _VariantWriter(variant, unit.segment.target_lang)
    yield unit


def _seg(variant: LocatedElement) -> LocatedElement | None:
    return next((child for child in variant.elements() if child.tag == "seg"), None)


def _unit(document: str, text: str, translation: LocatedElement) -> BilingualUnit:
    runs = list(_runs(translation))
    target = "".join(run.read(document) for run in runs)
    state = TRANSLATED if target else OPEN
    unit = BilingualUnit(Segment(text, target or None), state, target, 0)
    unit_runs: list[Run] = list(runs)
    unit.runs, unit.writer = unit_runs, _SegWriter(translation)
    return unit


def _runs(element: LocatedElement) -> Iterator[Text]:
    for child in element.children:
        if isinstance(child, Text):
            yield child
        elif child.tag not in CODES:
            yield from _runs(child)


def _codes(element: LocatedElement) -> int:
    return sum(
        1 if child.tag in CODES else 1 + _codes(child) for child in element.elements()
    )


class _VariantWriter:
    """Puts a translation behind the one text of a unit, laid out as that is."""

    def __init__(self, variant: LocatedElement, lang: str) -> None:
        self._variant, self._lang = variant, lang

    def splices(
        self, document: str, changes: Sequence[tuple[BilingualUnit, TargetEdit]]
    ) -> Iterator[Splice]:
        """Yield the new element."""
        variant, content = self._variant, escaped_text(changes[-1][1].text)
        before = document[: variant.start]
        blank = before[len(before.rstrip()) :]
        prefix = variant.name.removesuffix("tuv")
        name = "xml:lang" if "xml:lang" in variant.attrs else "lang"
        text = f'<{variant.name} {name}="{self._lang}"><{prefix}seg>{content}'
        text += f"</{prefix}seg></{variant.name}>"
        yield Splice(variant.end, variant.end, blank + text)


class _SegWriter:
    """Writes what a seg holds."""

    def __init__(self, seg: LocatedElement) -> None:
        self._seg = seg

    def splices(
        self, document: str, changes: Sequence[tuple[BilingualUnit, TargetEdit]]
    ) -> Iterator[Splice]:
        """Yield the one change of a translation."""
        seg, content = self._seg, escaped_text(changes[-1][1].text)
        opening = document[seg.start : seg.inner]
        if opening.endswith("/>"):
            start_tag = opening.removesuffix(">").removesuffix("/").rstrip() + ">"
            yield Splice(seg.start, seg.end, f"{start_tag}{content}</{seg.name}>")
        else:
            yield Splice(seg.inner, seg.close, content)

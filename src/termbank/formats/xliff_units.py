"""Units of XLIFF files of all versions and vendors: what each says, and where.

Read are trans-units (1.x) with or without segment markers, and the segments of units
(2.x). Locked and protected units and states are understood as their tools write them:
XLIFF itself, Trados (sdlxliff), memoQ (mqxliff) and Phrase (mxliff).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.formats.model.bilingual_units import (
    HARD_BREAK,
    OPEN,
    PROTECTED,
    REVIEW,
    TRANSLATED,
    BilingualUnit,
    Run,
    Splice,
    TargetEdit,
    fold_blanks,
)
from termbank.formats.model.concept_records import Segment
from termbank.formats.xml.located_elements import (
    LocatedElement,
    Text,
    escaped_text,
    located_elements,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Elements whose content is another format's markup, not text to translate.
CODES: Final = frozenset(
    ("bpt", "ept", "it", "ph", "x", "bx", "ex", "sub", "sc", "ec", "sm", "em", "data")
)
_UNITS: Final = frozenset(("trans-unit", "unit"))
_FIRST_PRINTABLE: Final = 0x20
# States that say that a target is no translation yet: of XLIFF 1.2 and 2, and memoQ's.
_UNTRANSLATED: Final = frozenset(
    ("new", "needs-translation", "initial", "notstarted", "not started")
)
# Trados and memoQ: there is a text, but nobody has confirmed it or somebody refused it.
_UNCONFIRMED: Final = frozenset(
    (
        *("draft", "rejectedtranslation", "rejectedsignoff"),
        *("partiallyedited", "pretranslated", "assembledfromfragments", "rejected"),
        "machinetranslated",
    )
)
_YES: Final = frozenset(("yes", "true", "locked", "1"))


def bilingual_units(
    document: str, *, source: str | None = None, target: str | None = None
) -> Iterator[BilingualUnit]:
    """Yield the segments of all units, those without a translation too.

    Args:
        document: Text of a file that is known to be well-formed.
        source: Language of the source where the file names none.
        target: Language of the target where the file names none.
    """
    lines = _Lines(document)
    number = 0
    for element, complete in located_elements(document, _UNITS):
        if not complete:
            continue
        reader = _version_1 if element.tag == "trans-unit" else _version_2
        for unit in reader(document, element):
            unit.number, unit.line = number, lines.of(element.start)
            _name_languages(unit.segment, element, source, target)
            number += 1
            yield unit


class _Lines:
    """Line numbers of offsets that only grow."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._line, self._at = 1, 0

    def of(self, offset: int) -> int:
        self._line += self._document.count("\n", self._at, offset)
        self._at = offset
        return self._line


def _name_languages(
    segment: Segment, unit: LocatedElement, source: str | None, target: str | None
) -> None:
    get = unit.inherited
    segment.source_lang = get("source-language") or get("srcLang") or source
    segment.target_lang = get("target-language") or get("trgLang") or target
    around = unit.parent
    while around is not None and around.tag != "file":
        around = around.parent
    if around is not None:
        segment.origin = around.get("original") or around.get("id") or None


class _Side:
    """The text of a source, a target or a segment marker, and where it stands."""

    def __init__(self, document: str, element: LocatedElement | None) -> None:
        self.element = element
        self.runs: list[Run] = []
        self.codes = 0
        if element is not None:
            self._collect(element)
        self.preserved = (
            element is not None and element.inherited("xml:space") == "preserve"
        )
        hard_break = "\n" if self.preserved else HARD_BREAK
        text = "".join([_read(run, document, hard_break) for run in self.runs])
        self.text = text if self.preserved else fold_blanks(text)

    def _collect(self, element: LocatedElement) -> None:
        for child in element.children:
            if isinstance(child, Text):
                self.runs.append(child)
            elif child.tag == "cp":
                self.runs.append(_CodePoint(child))
            elif child.tag in CODES:
                self.codes += 1
            else:
                self.codes += not _is_marker(child)
                self._collect(child)


def _read(run: Run, document: str, line_feed: str) -> str:
    if isinstance(run, Text):
        return run.read(document, line_feed=line_feed)
    return "".join([char for char, _, _ in run.characters(document)])


class _CodePoint:
    """A character that XLIFF 2 writes as an element, because XML forbids it."""

    def __init__(self, element: LocatedElement) -> None:
        self._element = element

    def characters(self, document: str) -> Iterator[tuple[str, int, int]]:
        """Yield the character, if it is printable."""
        del document
        try:
            number = int(self._element.get("hex"), 16)
        except ValueError:
            return
        if _FIRST_PRINTABLE <= number < 0xD800:
            yield chr(number), self._element.start, self._element.end

    def written(self, text: str) -> str:
        """Return text as it stands between tags."""
        return escaped_text(text)


def _is_marker(element: LocatedElement) -> bool:
    return element.tag == "mrk" and element.get("mtype") == "seg"


def _version_1(document: str, unit: LocatedElement) -> Iterator[BilingualUnit]:
    source, target = unit.child("source"), unit.child("target")
    whole = unit.child("seg-source")
    marks = _markers(whole) if whole is not None else {}
    if source is None and not marks:
        return
    target_marks = _markers(target) if target is not None else {}
    # A target with text and no markers translates the whole unit.
    uncut = target is not None and not target_marks and _Side(document, target).text
    if whole is not None and marks and not uncut:
        states = _sdl_states(unit)
        writer = _UnitWriter(unit, whole)
        for number, mark in marks.items():
            bilingual_unit = _unit(document, mark, target_marks.get(number), writer)
            bilingual_unit.part = number
            _judge(bilingual_unit, unit, target, states.get(number))
            key = unit.get("id")
            bilingual_unit.segment.segment_id = f"{key}/{number}" if key else None
            yield bilingual_unit
        return
    if source is None:
        return
    bilingual_unit = _unit(document, source, target, _UnitWriter(unit, source))
    _judge(bilingual_unit, unit, target, None)
    bilingual_unit.segment.segment_id = unit.get("id") or None
    yield bilingual_unit


def _markers(element: LocatedElement) -> dict[str, LocatedElement]:
    """Return the segment markers of an element by their numbers."""
    return {
        mark.get("mid", str(number)): mark
        for number, mark in enumerate(element.walk())
        if _is_marker(mark)
    }


def _sdl_states(unit: LocatedElement) -> dict[str, LocatedElement]:
    """Return what Trados says of each segment of a unit (``sdl:seg-defs``)."""
    return {
        seg.get("id"): seg
        for defs in unit.elements()
        if defs.tag == "seg-defs"
        for seg in defs.elements()
    }


def _unit(
    document: str,
    source: LocatedElement,
    target: LocatedElement | None,
    writer: _UnitWriter,
) -> BilingualUnit:
    left, right = _Side(document, source), _Side(document, target)
    unit = BilingualUnit(Segment(left.text, None), OPEN, right.text, 0)
    unit.segment.codes = left.codes + right.codes
    unit.runs, unit.writer = right.runs, writer
    unit.folds = target is not None and not right.preserved
    unit.fillable = not left.codes or _only_text(document, source) is not None
    return unit


def _judge(
    bilingual_unit: BilingualUnit,
    unit: LocatedElement,
    target: LocatedElement | None,
    definition: LocatedElement | None,
) -> None:
    """Say what state a unit is in, and give its segment the target if it is one."""
    lock = unit.local("locked") or (definition and definition.get("locked")) or ""
    state = (target.get("state") if target is not None else "") or unit.get("state")
    state = state or unit.local("status")
    if definition is not None:
        state = definition.get("conf")
        # Trados writes no state for a segment that nobody has worked on.
        if not state and bilingual_unit.target == bilingual_unit.segment.source:
            state = "new"
    state = state.casefold()
    if bilingual_unit.target.strip() and state not in _UNTRANSLATED:
        waits = state in _UNCONFIRMED or unit.local("confirmed") == "0"
        bilingual_unit.state = REVIEW if waits else TRANSLATED
    if bilingual_unit.state == TRANSLATED:
        bilingual_unit.segment.target = bilingual_unit.target
    if unit.inherited("translate") == "no" or lock.casefold() in _YES:
        bilingual_unit.state = PROTECTED


def _version_2(document: str, unit: LocatedElement) -> Iterator[BilingualUnit]:
    is_whole = sum(part.tag == "segment" for part in unit.elements()) == 1
    for number, part in enumerate(unit.elements()):
        source = part.child("source")
        if part.tag != "segment" or source is None:
            continue
        target = part.child("target")
        bilingual_unit = _unit(document, source, target, _UnitWriter(part, source))
        _judge(bilingual_unit, part, target, None)
        key, mark = unit.get("id"), part.get("id") or str(number)
        bilingual_unit.segment.segment_id = f"{key}/{mark}" if key else None
        if unit.get("name") and is_whole:
            # The identifier where the text comes from: the id only counts the units.
            bilingual_unit.segment.segment_id = unit.get("name")
        yield bilingual_unit


def _only_text(document: str, element: LocatedElement) -> Text | None:
    """Return the text of an element if all of it stands in one place among its codes."""
    only_text: Text | None = None
    for part in element.walk():
        if part.tag in CODES and part is not element and part.tag != "cp":
            if any(isinstance(child, LocatedElement) for child in part.children):
                return None
            continue
        if part.tag == "cp":
            return None
        for child in part.children:
            if isinstance(child, Text) and child.read(document).strip():
                if only_text is not None:
                    return None
                only_text = child
    return only_text


def _with_text(document: str, source: LocatedElement, text: str) -> str:
    """Return what a source holds, with ``text`` in place of its text."""
    place = _only_text(document, source)
    if place is None:
        return escaped_text(text)
    before, after = (
        document[source.inner : place.start],
        document[place.end : source.close],
    )
    if place.literal:
        before, after = before.removesuffix("<![CDATA["), after.removeprefix("]]>")
    return before + escaped_text(text) + after


class _UnitWriter:
    """Writes the target of a trans-unit or of a segment of XLIFF 2.

    Where the source is cut by markers, the target gets the same markers; the text
    between them stays.
    """

    def __init__(self, unit: LocatedElement, source: LocatedElement) -> None:
        self._unit, self._source = unit, source

    def splices(
        self, document: str, changes: Sequence[tuple[BilingualUnit, TargetEdit]]
    ) -> Iterator[Splice]:
        """Yield the changes that put texts into the target, made where absent."""
        texts = {unit.part: edit.text for unit, edit in changes}
        fuzzy = any(edit.fuzzy for _, edit in changes)
        target = self._unit.child("target")
        marks = _markers(target) if target is not None else {}
        if target is not None and marks:
            yield from self._into_markers(document, target, marks, texts)
            return
        if "" in texts:
            content = _with_text(document, self._source, texts[""])
        else:
            content = self._with_markers(document, texts)
        yield _target_splice(document, self._unit, target, content, fuzzy=fuzzy)

    def _into_markers(
        self,
        document: str,
        target: LocatedElement,
        marks: dict[str, LocatedElement],
        texts: dict[str, str],
    ) -> Iterator[Splice]:
        opening = document[target.start : target.inner]
        # The state speaks of all segments: it changes only when all of them do.
        if target.get("state").casefold() in _UNTRANSLATED and set(marks) <= set(texts):
            start_tag = _with_attribute(opening, "state", "needs-review-translation")
            yield Splice(target.start, target.inner, start_tag)
        sources = _markers(self._source)
        missing = ""
        for number, text in texts.items():
            source = sources[number]
            if number in marks:
                content = _with_text(document, source, text)
                yield _content_splice(document, marks[number], content)
            else:
                missing += _marker(document, source, text)
        if missing:
            yield Splice(target.close, target.close, missing)

    def _with_markers(self, document: str, texts: dict[str, str]) -> str:
        parts, copied_to = [], self._source.inner
        for number, mark in _markers(self._source).items():
            if mark.start < copied_to:
                continue  # a marker within a marker
            parts.append(document[copied_to : mark.start])
            parts.append(_marker(document, mark, texts.get(number)))
            copied_to = mark.end
        return "".join(parts) + document[copied_to : self._source.close]


def _marker(document: str, source: LocatedElement, text: str | None) -> str:
    """Return a marker like that of the source, with a text or empty."""
    opening = _start_tag(document[source.start : source.inner])
    content = "" if text is None else _with_text(document, source, text)
    return f"{opening}{content}</{source.name}>"


def _start_tag(tag: str) -> str:
    """Return the start tag of an empty tag; a start tag as it is."""
    return tag.removesuffix(">").removesuffix("/").rstrip() + ">"


def _content_splice(document: str, element: LocatedElement, content: str) -> Splice:
    """Return the change of what an element holds; an empty tag is opened."""
    opening = document[element.start : element.inner]
    if opening.endswith("/>"):
        whole = f"{_start_tag(opening)}{content}</{element.name}>"
        return Splice(element.start, element.end, whole)
    return Splice(element.inner, element.close, content)


def _target_splice(
    document: str,
    unit: LocatedElement,
    target: LocatedElement | None,
    content: str,
    *,
    fuzzy: bool,
) -> Splice:
    """Return the change that makes ``content`` the target, with its state in 1.x."""
    prefix = unit.name.rpartition(":")[0]
    name = f"{prefix}:target" if prefix else "target"
    opening = f"<{name}>"
    if target is not None:
        opening = _start_tag(document[target.start : target.inner])
    if unit.tag == "trans-unit" and not _has_vendor_state(unit):
        opening = _with_attribute(opening, "state", "needs-review-translation")
        kind = "fuzzy-match" if fuzzy else "exact-match"
        opening = _with_attribute(opening, "state-qualifier", kind)
    written = f"{opening}{content}</{name}>"
    if target is not None:
        return Splice(target.start, target.end, written)
    after = unit.child("seg-source") or unit.child("source")
    at = after.end if after is not None else unit.inner
    return Splice(at, at, written)


def _has_vendor_state(unit: LocatedElement) -> bool:
    """Say whether memoQ, Phrase or Trados keeps the state elsewhere."""
    elsewhere = unit.local("status") or unit.local("confirmed")
    return bool(elsewhere) or any(e.tag == "seg-defs" for e in unit.elements())


def _with_attribute(opening: str, name: str, value: str) -> str:
    own_attribute = re.compile(rf"(\s{name}\s*=\s*)(?:\"[^\"]*\"|'[^']*')")
    if own_attribute.search(opening):
        return own_attribute.sub(rf'\g<1>"{value}"', opening, count=1)
    return f'{opening[:-1]} {name}="{value}">'

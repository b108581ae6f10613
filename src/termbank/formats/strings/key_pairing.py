"""Values of two string tables paired by their keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.formats.model.bilingual_units import OPEN, TRANSLATED, BilingualUnit
from termbank.formats.model.concept_records import Segment
from termbank.text.language_tags import primary_language

if TYPE_CHECKING:
    from .entries import StringEntry
    from .table_sides import Side

# Two words or more of which one is no name: a text that a translator left for later.
_PROSE: Final = re.compile(r"\w+[ \t]+(?:\w+[ \t]+)*[a-z]+")


def units_by_key(source: Side, target: Side) -> list[BilingualUnit]:
    """Return the values of two tables that stand under one key, in the source's order.

    Values of the source that the target does not have stay open, without a writer. A
    table paired with itself is a text to be translated: its targets are its sources.
    """
    alone = source is target
    places: dict[str, list[StringEntry]] = {}
    for entry in target.entries:
        places.setdefault(entry.key, []).append(entry)
    copied = not alone and _is_copy(source, target)
    units = []
    for entry in source.entries:
        same = places.get(entry.key) or places.get(_plain_key(entry.key)) or []
        found = same.pop(0) if same else None
        if not entry.text.strip():
            continue
        unit = unit_of(entry, found, source.lang, "" if alone else target.lang)
        left = unit.target == entry.text and (copied or _PROSE.search(entry.text))
        if alone or (left and primary_language(target.lang) in ("ja", "zh", "ko")):
            unit.state, unit.segment.target, unit.target = OPEN, None, ""
            unit.runs = ()
        units.append(unit)
    return units


def _plain_key(key: str) -> str:
    """Return the key of a message without variants for one of its variant other."""
    return key.removesuffix("[other]").removesuffix("_other")


def _is_copy(source: Side, target: Side) -> bool:
    """Whether a table is that of the source, still to be translated."""
    mine = {entry.key: entry.text for entry in source.entries if entry.text.strip()}
    shared = [e for e in target.entries if e.text.strip() and e.key in mine]
    return bool(shared) and all(e.text == mine[e.key] for e in shared)


def unit_of(
    source: StringEntry, target: StringEntry | None, lang: str, to: str
) -> BilingualUnit:
    """Return the unit of a value and of its translation."""
    text = target.text if target is not None else ""
    done = bool(text.strip())
    segment = Segment(source.text, text if done else None)
    segment.segment_id = segment.context = source.key
    segment.source_lang, segment.target_lang = lang, to or None
    segment.note = source.note or None
    line = (target or source).line
    unit = BilingualUnit(segment, TRANSLATED if done else OPEN, text, line)
    unit.context = source.key
    if target is not None:
        unit.runs = target.runs
        unit.writer = target.writer
    return unit

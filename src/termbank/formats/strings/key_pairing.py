"""Values of two string tables paired by their keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.formats.model.bilingual_units import OPEN, TRANSLATED, BilingualUnit
from termbank.formats.model.concept_records import Segment
from termbank.formats.model.plural_forms import has_plurals
from termbank.text.japanese import mostly_japanese
from termbank.text.language_tags import primary_language

from .absent_entries import AbsentEntries
from .entries import StringEntry

if TYPE_CHECKING:
    from .table_sides import Side

# Two words or more of which one is no name: a text that a translator left for later.
_OTHER: Final = re.compile(r"(?:\[other\]|[._]other)\Z")
# A key of one of the plural forms of CLDR but the last: days.one, days_one, days[one].
_FORM: Final = re.compile(r"(.+[._\[])(zero|one|two|few|many)(\]?)")
_SENTENCE: Final = re.compile(r"\w[,!?.…]* \w|[\u3040-\u30ff\u4e00-\u9fff]")
_PROSE: Final = re.compile(r"\w+[ \t]+(?:\w+[ \t]+)*[a-z]+")


def units_by_key(source: Side, target: Side) -> list[BilingualUnit]:
    """Return the values of two tables that stand under one key, in the source's order.

    Values of the source that the target does not have stay open and can be put in. A
    table paired with itself is a text to be translated: its targets are its sources.
    """
    alone = source is target
    places: dict[str, list[StringEntry]] = {}
    for entry in target.entries:
        places.setdefault(entry.key, []).append(entry)
    is_copy = not alone and _is_copy(source, target)
    forms = _forms_without(source, target)
    units = []
    absent = None if alone else AbsentEntries(source, target)
    for entry in source.entries:
        same = places.get(entry.key) or places.get(_plain_key(entry.key)) or []
        counterpart = same.pop(0) if same else None
        if not entry.text.strip() or (not counterpart and entry.key in forms):
            continue
        unit = unit_of(entry, counterpart, source.lang, "" if alone else target.lang)
        if counterpart is None and absent is not None:
            unit.writer = absent.writer(entry)
        left = unit.target == entry.text and (is_copy or _PROSE.search(entry.text))
        if alone or (left and primary_language(target.lang) in ("ja", "zh", "ko")):
            unit.state, unit.segment.target, unit.target = OPEN, None, ""
            unit.runs = ()
        units.append(unit)
    return units


def _plain_key(key: str) -> str:
    """Return the key of a message without variants for one of its variant other."""
    return _OTHER.sub("", key)


def _forms_without(source: Side, target: Side) -> frozenset[str]:
    """Return the keys of plural forms that the language of the target does not have."""
    if has_plurals(target.lang):
        return frozenset()
    keys = {entry.key for entry in source.entries}
    matches = ((key, _FORM.fullmatch(key)) for key in keys)
    return frozenset(
        key for key, form in matches if form and f"{form[1]}other{form[3]}" in keys
    )


def _is_copy(source: Side, target: Side) -> bool:
    """Whether a table is that of the source, still to be translated."""
    mine = {entry.key: entry.text for entry in source.entries if entry.text.strip()}
    shared_entries = [e for e in target.entries if e.text.strip() and e.key in mine]
    return bool(shared_entries) and all(e.text == mine[e.key] for e in shared_entries)


def unit_of(
    source: StringEntry, target: StringEntry | None, lang: str, to: str
) -> BilingualUnit:
    """Return the unit of a value and of its translation."""
    text = target.text if target is not None else ""
    has_translation = bool(text.strip())
    segment = Segment(source.text, text if has_translation else None)
    segment.segment_id = segment.context = source.key
    segment.source_lang, segment.target_lang = lang, to or None
    segment.note = source.note or None
    line = (target or source).line
    unit = BilingualUnit(segment, TRANSLATED if has_translation else OPEN, text, line)
    unit.context = source.key
    if target is not None:
        unit.runs = target.runs
        unit.writer = target.writer
    return unit


def sentences_of_keys(side: Side) -> Side | None:
    """Return the keys of a table as the sources of its values; None for mere names.

    Some projects use the text of the source language as the key. Keys of several words
    or in Japanese are such texts where they are most of those that could be either.
    """
    values = side.entries
    texts = sum(_SENTENCE.search(entry.key) is not None for entry in values)
    if not values or 2 * texts <= len(values):
        return None
    sources = []
    for entry in side.entries:
        source = StringEntry(entry.key, entry.key, entry.start)
        source.line, source.note = entry.line, entry.note
        sources.append(source)
    is_japanese = mostly_japanese([entry.text for entry in sources])
    lang = "ja" if is_japanese else "en"
    return None if lang == primary_language(side.lang) else side.of_texts(sources, lang)

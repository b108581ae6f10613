"""String catalogues of Xcode (``.xcstrings``): all languages of a string in one file.

Keeps: keys, values, plural and device variations, comments, states.
Drops: substitutions' formats.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.model.bilingual_units import OPEN, REVIEW, BilingualUnit
from termbank.messages import say

from .entries import Lines, StringEntry, entry_of_stretch
from .json_table import json_escapes, strings
from .key_pairing import unit_of
from .languages_held import chosen_pairs
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

_STATES: Final = {"new": OPEN, "needs_review": REVIEW, "stale": REVIEW}


def units(
    document: str, *, source: str | None, target: str | None, path: str
) -> Iterator[BilingualUnit]:
    """Yield the strings of a catalogue with their translation into one language.

    Raises:
        FormatError: It is no catalogue.
    """
    values, states, notes = _values(document, path)
    original = _original(document, path)
    parts = _parts_of(values)
    keys = dict.fromkeys(key for key, _, _ in values)
    langs = dict.fromkeys([original, *(lang for _, lang, _ in values)])
    for first, second in chosen_pairs(list(langs), source, target, original):
        for key in (*notes, *(k for k in keys if k not in notes)):
            for part in parts.get((key, second)) or parts.get((key, first)) or [""]:
                mine = values.get((key, first, part)) or values.get((key, first, ""))
                if mine is None:
                    mine = StringEntry(key, key if first == original else "", 0)
                theirs = values.get((key, second, part))
                if not mine.text.strip():
                    continue
                unit = unit_of(mine, theirs, first, second)
                unit.context = f"{key}[{part}]" if part else key
                unit.segment.segment_id = unit.segment.context = unit.context
                unit.segment.note = notes.get(key) or None
                state = _STATES.get(states.get((key, second, part), ""))
                if state and unit.segment.target is not None:
                    unit.state, unit.segment.target = state, None
                yield unit


def _parts_of(
    values: dict[tuple[str, str, str], StringEntry],
) -> dict[tuple[str, str], list[str]]:
    """Return the variations of each string in each language."""
    parts: dict[tuple[str, str], list[str]] = {}
    for key, lang, part in values:
        parts.setdefault((key, lang), []).append(part)
    return parts


def _values(
    document: str, path: str
) -> tuple[
    dict[tuple[str, str, str], StringEntry],
    dict[tuple[str, str, str], str],
    dict[str, str],
]:
    escapes = json_escapes(ascii_only=False)
    values: dict[tuple[str, str, str], StringEntry] = {}
    states: dict[tuple[str, str, str], str] = {}
    notes: dict[str, str] = {}
    lines = Lines(document)
    for each in strings(document, path):
        place = each.path
        if place[:1] != ("strings",) or len(place) < 3:
            continue
        key = place[1]
        entry = entry_of_stretch(document, key, each.start, each.end, escapes)
        entry.line = lines.at(each.start)
        notes.setdefault(key, "")
        if place[2:] == ("comment",):
            notes[key] = entry.text
        elif place[2] == "localizations" and place[-2:-1] == ("stringUnit",):
            part = ".".join(name for name in place[4:-2] if name != "variations")
            if place[-1] == "value":
                values[key, place[3], part] = entry
            elif place[-1] == "state":
                states[key, place[3], part] = entry.text
    return values, states, notes


def _original(document: str, path: str) -> str:
    try:
        root = json.loads(document.removeprefix("\ufeff"))
        original = root["sourceLanguage"]
    except (ValueError, KeyError, TypeError, RecursionError):
        original = None
    if not isinstance(original, str):
        problem = say("sourceLanguage がありません", "no sourceLanguage")
        raise FormatError(path, 1, problem, '"sourceLanguage": "en"')
    return original


def _recognise(head: Head) -> bool:
    return head.suffix == ".xcstrings"


FORMAT: Final = StringTable(
    "xcstrings", (".xcstrings",), Reading(units=units, many=True), _recognise
)

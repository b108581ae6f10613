"""What a file holds: format, counts, languages, statuses, and what is odd about it."""

from __future__ import annotations

import os

from .detection import recognise_format
from .model.inspection_report import Inspection
from .model.language_check import refuse_impossible
from .parts import module


def inspect(path: str | os.PathLike[str]) -> Inspection:
    """Return what a file holds, reading all of it.

    A format says it itself (``inspect``); of one that does not, the concepts or the
    pairs are counted.

    Raises:
        FormatError: The file must be rejected; place and reason are named.
        InputError: It cannot be read.
    """
    place = os.fspath(path)
    name = recognise_format(place)
    part = module(name)
    if hasattr(part, "inspect"):
        found: Inspection = part.inspect(place)
    elif hasattr(part, "concepts"):
        found = _concepts(place, name)
    else:
        found = _pairs(place, name)
    for tag in found.langs:
        refuse_impossible(tag, place)
    return found


def _concepts(path: str, name: str) -> Inspection:
    found = Inspection(name)
    for record in module(name).concepts(path):
        found.units += 1
        found.terms += len(record.terms)
        if not record.terms:
            found.odd("用語のない項目", "an entry without terms", record.id)
        for term in record.terms:
            found.lang(term.lang, record.id)
            found.note_form(term.form, record.id)
            if term.status:
                found.status((term.extra or {}).get("status", term.status), record.id)
    return found.finished()


def _pairs(path: str, name: str) -> Inspection:
    found = Inspection(name)
    for pair in module(name).segments(path, source=None, target=None):
        found.units += 1
        found.terms += bool(pair.target)
        found.lang(pair.source_lang or "", found.units)
        found.lang(pair.target_lang or "", found.units)
    return found.finished()

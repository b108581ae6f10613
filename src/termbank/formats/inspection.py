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
        report: Inspection = part.inspect(place)
    elif hasattr(part, "concepts"):
        report = _concepts(place, name)
    else:
        report = _pairs(place, name)
    for tag in report.langs:
        refuse_impossible(tag, place)
    return report


def _concepts(path: str, name: str) -> Inspection:
    report = Inspection(name)
    for record in module(name).concepts(path):
        report.units += 1
        report.terms += len(record.terms)
        if not record.terms:
            report.odd("用語のない項目", "an entry without terms", record.id)
        for term in record.terms:
            report.lang(term.lang, record.id)
            report.note_form(term.form, record.id)
            if term.status:
                report.status((term.extra or {}).get("status", term.status), record.id)
    return report.finished()


def _pairs(path: str, name: str) -> Inspection:
    report = Inspection(name)
    for pair in module(name).segments(path, source=None, target=None):
        report.units += 1
        report.terms += bool(pair.target)
        report.lang(pair.source_lang or "", report.units)
        report.lang(pair.target_lang or "", report.units)
    return report.finished()

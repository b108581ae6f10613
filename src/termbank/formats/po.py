"""Gettext PO as bilingual segments; nothing but text, context and place is read.

Keeps: source and translation, plural forms, context.
Drops: comments, flags, references.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.formats.model.file_copy import copy_checked
from termbank.formats.model.inspection_report import Inspection
from termbank.formats.model.language_check import (
    pairs_with_possible_languages,
    refuse_impossible,
)
from termbank.formats.xml.target_edits import Document

from .po_messages import Message, decode, header_of, messages
from .po_units import SOURCE_FIELDS, bilingual_units
from .po_writer import write_po
from .safe_files import chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Losses, Segment
    from termbank.formats.model.file_head import Head

__all__ = ["DROPS", "NAME", "SUFFIXES", "Message", "header_of", "messages", "segments"]

NAME: Final = "po"
SUFFIXES: Final = (".po", ".pot")
DROPS: Final = ("comments", "flags", "references")
HOLDS: Final = "pairs"
ONE_PAIR: Final = True
_BEGINS: Final = re.compile(r'(?:#.*\n|\s)*+msgid\s+"')


def segments(
    path: str, *, source: str | None = None, target: str | None = None
) -> Iterator[Segment]:
    """Yield the pairs of a file; fuzzy and obsolete ones have no translation.

    Args:
        path: PO file.
        source: Language of msgid. Where absent, the header's X-Source-Language, else
            English, or Japanese where the header names English as the translation's.
        target: Language of msgstr where the header names none.
    """
    document, _ = decode(b"".join(chunks(path)), path)
    for unit in bilingual_units(document, source=source, target=target, path=path):
        yield unit.segment


def document(path: str, content: bytes | None = None) -> Document:
    """Return a file as units that can be edited in place.

    Args:
        path: The file.
        content: Its bytes where they are not those on the disk.
    """
    content = b"".join(chunks(path)) if content is None else content
    return Document(content, path=path, name=NAME)


def inspect(path: str) -> Inspection:
    """Return what a file holds, reading all of it."""
    report = Inspection(NAME)
    keys: set[tuple[str, str]] = set()
    fuzzy = 0
    for message in messages(path):
        if message.obsolete:
            continue
        report.units += 1
        texts = message.texts
        key = (texts.get("msgctxt", ""), texts.get("msgid", ""))
        if key in keys:
            report.odd(
                "同じ msgid が二つあります",
                "two messages with one msgid",
                message.line,
            )
        keys.add(key)
        if key == ("", ""):
            fields = header_of(message)
            report.lang(fields.get("language", ""))
            for name in SOURCE_FIELDS:
                refuse_impossible(fields.get(name, ""), path, message.line)
            continue
        fuzzy += message.fuzzy
        report.terms += any(v for k, v in texts.items() if k.startswith("msgstr"))
    if fuzzy:
        report.statuses["fuzzy"] = fuzzy
    return report.finished()


def recognise(head: Head) -> bool:
    """Whether a text of a suffix that nobody claims begins with a message."""
    return not head.claimed and _BEGINS.match(head.text) is not None


def write_segments(
    pairs: Iterable[Segment], path: str, *, strict: bool = False
) -> Losses:
    """Write pairs as a catalogue and return what was lost."""
    return write_po(pairs, path, strict=strict)


def rewrite(path: str, target: str, **_: bool) -> Losses:
    """Copy a file that needs no change, once it has been read without a fault."""
    return copy_checked(
        path, target, pairs_with_possible_languages(segments(path), path)
    )

"""Gettext PO as bilingual segments; nothing but text, context and place is read.

Keeps: source and translation, plural forms, context.
Drops: comments, flags, references.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .po_messages import Message, decoded, header_of, messages
from .po_units import bilingual_units
from .safe_files import chunks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.concept_records import Segment

__all__ = ["DROPS", "NAME", "SUFFIXES", "Message", "header_of", "messages", "segments"]

NAME: Final = "po"
SUFFIXES: Final = (".po", ".pot")
DROPS: Final = ("comments", "flags", "references")


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
    document, _ = decoded(b"".join(chunks(path)), path)
    for unit in bilingual_units(document, source=source, target=target, path=path):
        yield unit.segment

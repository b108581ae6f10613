"""Application Resource Bundle, the tables of Flutter: JSON with metadata under ``@``.

Keeps: messages, their keys and descriptions.
Drops: placeholders' types, examples.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.formats.model.language_check import refuse_impossible

from .entries import StringEntry, entry_of_stretch, writes_ascii_only
from .json_table import json_escapes, set_block, strings
from .string_table import StringTable
from .table_sides import Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the messages; a description becomes the note of its message."""
    escapes = json_escapes(ascii_only=writes_ascii_only(document))
    messages: list[StringEntry] = []
    notes: dict[str, str] = {}
    for each in strings(document, path):
        entry = entry_of_stretch(
            document, ".".join(each.path), each.start, each.end, escapes
        )
        if each.path == ("@@locale",):
            refuse_impossible(entry.text, path)
        if not each.path or not each.path[0].startswith("@"):
            set_block(entry, each)
            messages.append(entry)
        elif each.path[1:] == ("description",):
            notes[each.path[0].removeprefix("@")] = entry.text
    for entry in messages:
        entry.note = notes.get(entry.key, "")
        yield entry


def _recognise(head: Head) -> bool:
    return head.suffix == ".arb"


FORMAT: Final = StringTable("arb", (".arb",), Reading(entries=entries), _recognise)

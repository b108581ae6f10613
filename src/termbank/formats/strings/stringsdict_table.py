"""``.stringsdict`` of macOS and iOS: texts by number, width and device, as a property list.

Keeps: texts with their keys, variables and plural forms.
Drops: types of rules and of values.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from .entries import StringEntry, ValueWriter, entry_of_stretch
from .string_table import StringTable
from .table_sides import Reading
from .xml_values import Located, elements, text_escapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

_WANTED: Final = frozenset(("key", "string", "dict"))
_RULES: Final = frozenset(("NSStringFormatSpecTypeKey", "NSStringFormatValueTypeKey"))
_FORMAT: Final = "NSStringLocalizedFormatKey"
_VARIABLE: Final = re.compile(r"%(?:\d+\$)?#@[^@]*@")
_OUTER: Final = 2  # elements around the first key: plist and its dict


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the texts; a format of nothing but variables is none."""
    escapes = text_escapes(document)
    keys: list[Located] = []
    for element in elements(document, path, _WANTED):
        depth = len(element.parents) - _OUTER
        if depth < 0:
            continue
        if element.name == "key":
            keys[depth:] = [element]
            continue
        if element.name == "dict" or len(keys) <= depth:
            continue
        names = [unescape(document[key.start : key.end]) for key in keys]
        if names[-1] in _RULES:
            continue
        key = ".".join(names)
        if element.is_empty_tag:
            entry = StringEntry(key, "", element.outer)
            entry.writer = ValueWriter(
                element.outer,
                element.stop,
                lambda text: f"<string>{escapes.write(text)}</string>",
            )
        else:
            place = (element.start, element.end)
            entry = entry_of_stretch(document, key, *place, escapes)
        if names[-1] == _FORMAT and not _VARIABLE.sub("", entry.text).strip():
            continue
        entry.parent = tuple(names[:-1])
        entry.block = (keys[-1].outer, element.stop)
        yield entry


def _recognise(head: Head) -> bool:
    return head.suffix == ".stringsdict"


FORMAT: Final = StringTable(
    "stringsdict",
    (".stringsdict",),
    Reading(entries=entries),
    _recognise,
    roots=("plist",),
)

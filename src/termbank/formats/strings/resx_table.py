"""RESX, the resources of .NET programs.

Keeps: texts, names, comments.
Drops: typed and binary resources, layout of forms.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final

from .entries import Escapes, StringEntry, ValueWriter, entry_of_stretch
from .string_table import StringTable
from .table_sides import Reading
from .xml_values import Located, elements, text_escapes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.model.file_head import Head

_WANTED: Final = frozenset(("value", "comment", "data"))
_CDATA: Final = re.compile(r"\s*<!\[CDATA\[(.*?)\]\]>\s*", re.DOTALL)
# Properties of a form's controls that are no texts.
_LAYOUT: Final = re.compile(
    r">>|\$this\.(?:Name|Type)$|.*\.(?:Type|Name|Parent|ZOrder)$"
)


def entries(document: str, path: str = "") -> Iterator[StringEntry]:
    """Yield the texts of the data elements that hold strings."""
    escapes = text_escapes(document)
    value: Located | None = None
    note = ""
    for element in elements(document, path, _WANTED):
        if element.name == "value":
            value = element
        elif element.name == "comment":
            note = unescape(document[element.start : element.end]).strip()
        else:
            if value is not None and _is_text(element):
                yield _entry(document, element, value, note, escapes)
            value, note = None, ""


def _is_text(element: Located) -> bool:
    attributes = element.attributes
    if not attributes.get("type", "System.String").startswith("System.String"):
        return False
    name = attributes.get("name", "")
    return "mimetype" not in attributes and not _LAYOUT.match(name)


def _entry(
    document: str, element: Located, value: Located, note: str, escapes: Escapes
) -> StringEntry:
    name = element.attributes.get("name", "")
    if value.is_empty_tag:
        entry = StringEntry(name, "", value.outer)
        entry.writer = ValueWriter(
            value.outer,
            value.stop,
            lambda text: f"<value>{escapes.write(text)}</value>",
        )
    else:
        start, end = value.start, value.end
        cdata = _CDATA.fullmatch(document, start, end)
        if cdata:
            plain = Escapes(escapes.pattern, str, lambda text: text)
            entry = entry_of_stretch(document, name, *cdata.span(1), plain)
        else:
            entry = entry_of_stretch(document, name, start, end, escapes)
    entry.note = note
    entry.block = (element.outer, element.stop)
    return entry


def _recognise(head: Head) -> bool:
    if head.suffix in (".resx", ".resw"):
        return head.root == "root"
    return head.root == "root" and "resheader" in head.text and "<data" in head.text


FORMAT: Final = StringTable(
    "resx", (".resx", ".resw"), Reading(entries=entries), _recognise, roots=("root",)
)

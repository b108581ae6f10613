"""Kept elements and identifiers: what TBX took from elsewhere and has to place again."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, Final

from termbank.formats.xml.element_tree import Node, attribute, escape_text, serialise
from termbank.formats.xml.positioned_reader import parse_element

from .data_categories import CATEGORIES, CORE, DIALECTS, META
from .element_structure import is_foreign, is_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termbank.formats.model.concept_records import Losses

MODULE_PREFIX: Final = {"min": "min", "basic": "basic", "linguist": "ling"}


def encoded_id(identifier: str) -> str:
    """Return an identifier as an XML name: what a name cannot hold becomes ``_xHHHH_``.

    >>> encoded_id("c147"), encoded_id("12"), encoded_id("a/b")
    ('c147', '_x0031_2', 'a_x002F_b')
    """
    if is_name(identifier):
        return identifier
    first, rest = identifier[:1], identifier[1:]
    good = first if is_name(first) else _encode(first)
    return good + "".join(c if is_name("a" + c) else _encode(c) for c in rest)


def decoded_id(name: str) -> str:
    """Return the identifier that :func:`encoded_id` wrote as ``name``.

    >>> decoded_id("_x0031_2"), decoded_id("c147")
    ('12', 'c147')
    """
    if "_x" not in name:
        return name
    return re.sub("_x([0-9A-F]{4,6})_", lambda m: chr(int(m[1], 16)), name)


def _encode(char: str) -> str:
    return f"_x{ord(char):04X}_"


def node_of_text(text: Any) -> Node | None:
    """Return a kept element, None where the text is none."""
    return parse_element(text, home=(CORE,)) if isinstance(text, str) else None


def split_kept(kept: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Return kept elements that stand before the auxiliary ones of a term, and others."""
    leading: list[Any] = []
    others: list[Any] = []
    for each in kept:
        node = node_of_text(each)
        leads = node is not None and node.tag in ("termNote", "termNoteGrp")
        (leading if leads else others).append(node or each)
    return leading, others


def has_place(node: Node, level: str, dialect: str) -> bool:
    """Say whether a dialect has a place for a kept element."""
    if is_foreign(node):
        return False
    for each in node.walk():
        name = each.attrs.get("type", "")
        if each.tag not in META:
            continue
        entry = CATEGORIES.get(name)
        modules = DIALECTS[dialect]
        if entry is None or entry.module not in modules or entry.element != each.tag:
            return False
        if level not in entry.levels:
            return False
        if entry.values and each.text() not in entry.values:
            return False
    return True


def in_modules(node: Node) -> str:
    """Return a kept element in style DCT where its category has an element of its own."""
    entry = CATEGORIES.get(node.attrs.get("type", ""))
    plain = set(node.attrs) <= {"type", "target"}
    if entry and entry.element == node.tag and plain and not list(node.elements()):
        tag = f"{MODULE_PREFIX[entry.module]}:{node.attrs['type']}"
        target = node.attrs.get("target")
        attributes = attribute("target", target) if target else ""
        return f"<{tag}{attributes}>{escape_text(node.text())}</{tag}>"
    if node.tag not in ("adminGrp", "descripGrp", "termNoteGrp", "transacGrp"):
        return serialise(node)
    inner = "".join(
        escape_text(child) if isinstance(child, str) else in_modules(child)
        for child in node.children
    )
    attributes = "".join(attribute(name, value) for name, value in node.attrs.items())
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"


def drop_targets(file: IO[bytes], dangling: set[str], losses: Losses) -> None:
    """Take references to what the file does not hold out of it, in place."""
    references = (re.escape(attribute("target", each)) for each in sorted(dangling))
    pattern = re.compile("|".join(references).encode())
    read = written = 0
    file.seek(0)
    while lines := file.readlines(1 << 20):
        read = file.tell()
        shorter, count = pattern.subn(b"", b"".join(lines))
        if count:
            losses.add("attribute target", "points at nothing in the file", count)
        file.seek(written)
        written += file.write(shorter)
        file.seek(read)
    file.truncate(written)

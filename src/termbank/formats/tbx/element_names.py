"""Elements of TBX under their names in version 3, style DCA, whatever they came as."""

from __future__ import annotations

import re
from typing import Any, Final

from termbank.formats.xml.element_tree import Node

from .data_categories import CATEGORIES, MODULE_OF

_RENAMED: Final = {
    "termEntry": "conceptEntry",
    "langSet": "langSec",
    "tig": "termSec",
    "ntig": "termSec",
    "entry": "conceptEntry",
    "langGroup": "langSec",
    "termGroup": "termSec",
}
# Legacy TBX-Min has an element for each category, and two that go by other names.
_LEGACY: Final = {
    "subjectField": "subjectField",
    "partOfSpeech": "partOfSpeech",
    "termStatus": "administrativeStatus",
    "customer": "customerSubset",
}
# In these, white space between elements is only layout.
_STRUCTURAL: Final = frozenset(
    (
        *("langSet", "langSec", "langGroup", "tig", "ntig", "termSec", "termGroup"),
        *("termGrp", "descripGrp", "adminGrp", "transacGrp", "termNoteGrp"),
        *("refObject", "itemSet", "itemGrp"),
    )
)
_COMPACT_DATE: Final = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:T(\d\d):?(\d\d):?(\d\d)(Z|[+-]\d\d:?\d\d)?)?"
)


def modern(node: Node) -> Node:
    """Return an element under its name in TBX v3, style DCA."""
    tag, children = node.tag, node.children
    if "}" in tag:
        space, _, name = tag.rpartition("}")
        entry = CATEGORIES.get(name)
        if entry is None or MODULE_OF.get(space) is None:
            return node
        return _category(node, entry.element, name)
    if tag in _LEGACY:
        name = _LEGACY[tag]
        return _category(node, CATEGORIES[name].element, name)
    if tag == "date":
        return _date(node)
    new_name = _RENAMED.get(tag)
    bare = not any(child.__class__ is Node for child in children)
    if new_name == "conceptEntry" or (new_name is None and bare):
        return node
    renewed_node = Node(new_name or tag, node.attrs, node.line, node.column)
    for child in children:
        if isinstance(child, Node):
            renewed_node.children.extend(_flatten(child))
        elif tag not in _STRUCTURAL or child.strip(" \t\r\n"):
            renewed_node.children.append(child)
    return renewed_node


def _flatten(child: Any) -> list[Node | str]:
    # v2 wraps a term and its notes in termGrp; v3 does not.
    if child.tag != "termGrp":
        return [modern(child)]
    return [modern(each) for each in child.elements()]


def _category(node: Node, element: str, name: str) -> Node:
    category_node = Node(element, {**node.attrs, "type": name}, node.line, node.column)
    category_node.children = node.children
    return category_node


def _date(node: Node) -> Node:
    compact = _COMPACT_DATE.fullmatch(node.text().strip())
    if compact is None:
        return node
    year, month, day, hour, minute, second, zone = compact.groups()
    text = f"{year}-{month}-{day}"
    if hour:
        text += f"T{hour}:{minute}:{second}{zone or ''}"
    date_node = Node("date", node.attrs, node.line, node.column)
    date_node.children = [text]
    return date_node

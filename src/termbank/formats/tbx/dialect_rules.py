"""The constraints of TBX dialects that no grammar holds, as streaming rules.

They are those of the Schematron files of LTAC Global (TBX-Core, Min, Basic 1.2.1 and
Linguist, styles DCA and DCT) with the reach that a Schematron processor gives them:
in each pattern only the first rule that fits an element speaks, and rules about
attributes do not fire, which is why an undeclared category is only a warning here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.messages import say

from .data_categories import (
    CATEGORIES,
    CONCEPT,
    DIALECTS,
    LANGUAGE,
    MODULE_OF,
    TERM,
    Category,
)
from .element_structure import is_foreign, is_name, text_only

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.formats.xml.element_tree import Node

_HTTP: Final = re.compile("https?://.+")
_GROUPS_BUT_TRANSAC: Final = ("adminGrp", "descripGrp", "termNoteGrp")
_GROUPS: Final = (*_GROUPS_BUT_TRANSAC, "transacGrp")


class Place(NamedTuple):
    """Where an element stands.

    Attributes:
        parent: Its parent's tag; empty at the root.
        grandparent: The tag above that.
        before: Whether an ``sc`` stands before it under the same parent.
        after: Whether an ``ec`` stands after it under the same parent.
        outside: Whether it is in the header or the back matter.
    """

    parent: str
    grandparent: str
    before: bool
    after: bool
    outside: bool


class Fault(NamedTuple):
    """What is wrong with an element.

    Attributes:
        found: What stands there.
        expected: What would be right.
        warning: Whether a validator lets it pass.
    """

    found: str
    expected: str
    warning: bool = False


def faults(node: Node, place: Place, dialect: str, style: str) -> Iterator[Fault]:
    """Yield what the rules of a dialect say about one element.

    Args:
        node: The element.
        place: Where it stands.
        dialect: Name in DIALECTS; another name has no rules but those of the core.
        style: dca or dct.
    """
    if dialect not in DIALECTS:
        return
    yield from _core(node, place, style)
    yield from _inline(node, place)
    yield from _dialect(node, place, dialect, style)
    if style == "dct":
        yield from _module(node, place)
        return
    name = node.attrs.get("type", "")
    entry = CATEGORIES.get(name)
    if entry and entry.element == node.tag and entry.module in DIALECTS[dialect]:
        yield from _category(node, name, entry, place, dialect)
    elif name and node.tag in _TYPED and not place.outside and dialect != "TBX-Core":
        expected = say(f"{dialect} のデータカテゴリー", f"a category of {dialect}")
        yield Fault(f"{node.tag} type={name!r}", expected, warning=True)


_TYPED: Final = frozenset(entry.element for entry in CATEGORIES.values())


def points(node: Node, style: str) -> str:
    """Return the target that has to be an id of the file by Schematron, else empty."""
    target = node.attrs.get("target")
    if target is None or _HTTP.search(target):
        return ""
    if style == "dca" and (node.tag == "termNote" or "type" in node.attrs):
        return "" if not is_foreign(node) else target
    return "" if style == "dct" and node.tag == "termNote" else target


def _core(node: Node, place: Place, style: str) -> Iterator[Fault]:
    if node.tag == "termNote":
        if not _at(place, (TERM,), ("termNoteGrp",)):
            yield Fault(
                say(f"{place.parent} の中の termNote", f"termNote in {place.parent}"),
                say("termSec の中の termNote", "termNote in termSec"),
            )
    elif style == "dca" and not is_foreign(node) and node.attrs.get("type") == "":
        yield Fault(
            say("空の type", "an empty type"),
            say("データカテゴリーの名前", "the name of a data category"),
        )


def _inline(node: Node, place: Place) -> Iterator[Fault]:
    if node.tag not in ("sc", "ec"):
        return
    isolation = node.attrs.get("isolated")
    partner = place.after if node.tag == "sc" else place.before
    right = "no" if partner else "yes"
    if isolation not in (None, right):
        expected = say(f"ここでは isolated={right!r}", f"isolated={right!r} here")
        yield Fault(f"{node.tag} isolated={isolation!r}", expected)
    if node.tag == "ec" and partner and "startRef" not in node.attrs:
        yield Fault(
            say("startRef のない ec", "ec without startRef"),
            say("前の sc を指す startRef", "startRef of the sc before it"),
        )
    if node.tag == "ec" and not partner and "id" not in node.attrs:
        yield Fault(
            say("id のない単独の ec", "isolated ec without id"), say("id", "an id")
        )


def _dialect(node: Node, place: Place, dialect: str, style: str) -> Iterator[Fault]:
    if node.tag == "tbx":
        if node.attrs.get("type") != dialect:
            yield Fault(f"type={node.attrs.get('type')!r}", f"type={dialect!r}")
        return
    if is_foreign(node):
        own_spaces = {
            uri for uri, name in MODULE_OF.items() if name in DIALECTS[dialect]
        }
        space = node.tag.rpartition("}")[0]
        if style == "dca" or dialect == "TBX-Core" or space not in own_spaces:
            yield Fault(
                say(f"{space} の要素", f"an element of {space}"),
                say(f"{dialect} ({style}) の要素", f"elements of {dialect} ({style})"),
            )
    elif (
        style == "dct"
        and dialect != "TBX-Core"
        and "type" in node.attrs
        and not place.outside
    ):
        yield Fault(
            say(f"type のある {node.tag}", f"{node.tag} with a type"),
            say("モジュールの要素 (dct)", "an element of a module (style dct)"),
        )


def _category(
    node: Node, name: str, entry: Category, place: Place, dialect: str
) -> Iterator[Fault]:
    levels, groups = _reach(name, entry, dialect)
    if levels and not _at(place, levels, groups):
        yield _find_misplaced(name, place, levels)
    # Two rules of one pattern: the first, on the level, always fits and hides the
    # values of transactionType, except in TBX-Linguist, which has only the second.
    if name == "transactionType" and dialect != "TBX-Linguist":
        return
    if entry.values and node.text() not in entry.values:
        yield Fault(f"{name} {node.text()!r}", " | ".join(entry.values))


def _find_misplaced(name: str, place: Place, levels: tuple[str, ...]) -> Fault:
    places = ", ".join(levels)
    return Fault(
        say(f"{place.parent} の中の {name}", f"{name} in {place.parent}"),
        say(f"{places} にある {name}", f"{name} at {places}"),
    )


def _reach(
    name: str, entry: Category, dialect: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the levels of a category and the groups it may stand in there."""
    if entry.element == "termNote":
        return (), ()  # where a termNote may stand is a rule of the core
    linguist = dialect == "TBX-Linguist"
    if name in _LINGUIST_REACH and linguist:
        return _LINGUIST_REACH[name]
    return _REACH[name]


_ALL: Final = (CONCEPT, LANGUAGE, TERM)
_REACH: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "customerSubset": ((CONCEPT, TERM), _GROUPS_BUT_TRANSAC),
    "subjectField": ((CONCEPT,), ("descripGrp",)),
    "externalCrossReference": (_ALL, ()),
    "projectSubset": ((CONCEPT, TERM), _GROUPS_BUT_TRANSAC),
    "source": (_ALL, _GROUPS_BUT_TRANSAC),
    "context": ((TERM,), ("descripGrp",)),
    "definition": ((CONCEPT, LANGUAGE), ("descripGrp",)),
    "crossReference": ((CONCEPT, TERM), _GROUPS),
    "transactionType": (_ALL, ("transacGrp",)),
    "responsibility": (_ALL, ("transacGrp",)),
    "xGraphic": ((CONCEPT, LANGUAGE), ()),
    "reading": ((TERM,), ("adminGrp",)),
    "readingNote": ((), ()),
}
# Any parent of the core namespace counts as a group in these two.
_ANY: Final = ("*",)
_LINGUIST_REACH: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "customerSubset": ((CONCEPT, TERM), ("adminGrp:termSec",)),
    "projectSubset": ((CONCEPT, TERM), ()),
    "source": (_ALL, ("descripGrp",)),
    "crossReference": ((CONCEPT, TERM), _ANY),
    "externalCrossReference": ((CONCEPT, TERM), _ANY),
    "transactionType": ((), ()),
    "responsibility": ((), ()),
    "readingNote": ((TERM,), ("adminGrp!",)),
}


def _at(place: Place, levels: tuple[str, ...], groups: tuple[str, ...]) -> bool:
    """Say whether an element stands at a level, itself or in one of the groups."""
    for group in groups:
        if group == "*" and place.grandparent in levels and "}" not in place.parent:
            return True
        name, colon, level = group.partition(":")
        if colon and (place.parent, place.grandparent) == (name, level):
            return True
        if group.endswith("!"):
            return place.parent == group[:-1] and place.grandparent in levels
        if place.parent == group and place.grandparent in levels:
            return True
    return place.parent in levels


# Style DCT: the module's element, and where its Schematron lets it stand.
_DCT_REACH: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "customerSubset": ((CONCEPT, TERM), ("adminGrp:termSec",)),
    "subjectField": ((CONCEPT,), ("descripGrp",)),
    "administrativeStatus": ((TERM,), ()),
    "partOfSpeech": ((TERM,), ()),
    "projectSubset": ((CONCEPT, TERM), ("adminGrp",)),
    "source": (_ALL, ("descripGrp",)),
    "context": ((TERM,), ("descripGrp",)),
    "definition": ((CONCEPT, LANGUAGE), ("descripGrp",)),
    "grammaticalGender": ((TERM,), ("termNoteGrp",)),
    "termLocation": ((TERM,), ("termNoteGrp",)),
    "termType": ((TERM,), ("termNoteGrp",)),
    "transactionType": (_ALL, ("transacGrp",)),
    "responsibility": (_ALL, ("transacGrp!",)),
    "crossReference": ((CONCEPT, TERM), _ANY),
    "xGraphic": ((CONCEPT, LANGUAGE), ()),
    "reading": ((TERM,), ("adminGrp",)),
    "readingNote": ((TERM,), ("adminGrp!",)),
    "grammaticalNumber": ((TERM,), ("termNoteGrp",)),
    "register": ((TERM,), ("termNoteGrp",)),
    "transferComment": ((TERM,), ("termNoteGrp",)),
}
_TARGETED: Final = {"crossReference": True, "responsibility": False}
_ADDRESSED: Final = ("externalCrossReference", "xGraphic")


def _module(node: Node, place: Place) -> Iterator[Fault]:
    """Yield what the grammar and the rules of a module say about its element."""
    space, _, name = node.tag.rpartition("}")
    module = MODULE_OF.get(space)
    if module is None:
        if MODULE_OF.get(place.parent.rpartition("}")[0]):
            yield Fault(
                say(
                    f"モジュールの要素の中の <{name}>",
                    f"<{name}> in a module's element",
                ),
                text_only(),
            )
        return
    entry = CATEGORIES.get(name)
    if entry is None or entry.module != module:
        expected = say(
            f"モジュール {module} の要素", f"an element of the module {module}"
        )
        yield Fault(f"<{name}>", expected)
        return
    yield from _module_attributes(node, name)
    if any(True for _ in node.elements()):
        yield Fault(say(f"<{name}> の中の要素", f"elements in <{name}>"), text_only())
    text = " ".join(node.text().split())
    # The grammar compares tokens, so white space around a value does not matter here.
    if entry.values and text not in entry.values:
        yield Fault(f"{name} {text!r}", " | ".join(entry.values))
    levels, groups = _DCT_REACH.get(name, ((), ()))
    if levels and not _at(place, levels, groups):
        yield _find_misplaced(name, place, levels)


def _module_attributes(node: Node, name: str) -> Iterator[Fault]:
    attributes = ("target",) if name in _TARGETED or name in _ADDRESSED else ()
    for attribute in node.attrs:
        if attribute not in attributes:
            local_name = attribute.rpartition("}")[2]
            yield Fault(
                say(f"{name} の属性 {local_name}", f"attribute {local_name} of {name}"),
                ", ".join(attributes) or say("属性なし", "none"),
            )
    target = node.attrs.get("target")
    if target is None:
        if _TARGETED.get(name) or name in _ADDRESSED:
            yield Fault(
                say(f"target のない {name}", f"{name} without target"),
                say("属性 target", "the attribute target"),
            )
    elif name in _ADDRESSED and not re.fullmatch("https?://.+", target.strip()):
        expected = say("http か https のアドレス", "an address with http or https")
        yield Fault(f"target={target!r}", expected)
    elif name in _TARGETED and not is_name(target.strip()):
        expected = say("このファイルにある id", "an id of this file")
        yield Fault(f"target={target!r}", expected)

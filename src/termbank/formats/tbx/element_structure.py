"""The element structure of TBX v3 as a table: children, attributes, text.

One table serves the validator, which walks a file with it, and the writer, which asks
it whether an element kept from another file may stand where it stood.

Source: TBXcoreStructV03.rng of LTAC Global.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.parsers import expat

from termbank.formats.xml.element_tree import XML_LANG
from termbank.messages import say

from .data_categories import META

if TYPE_CHECKING:
    from termbank.formats.xml.element_tree import Node

_ASCII_NAME: Final = re.compile("[A-Za-z_][A-Za-z0-9_.-]*")
LANGUAGE_TYPE: Final = re.compile("[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_DATE: Final = r"-?([1-9]\d{3,}|0\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_ZONE: Final = r"(Z|[+-](0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
DATE_TYPE: Final = re.compile(
    rf"{_DATE}(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?|T24:00:00(\.0+)?)?{_ZONE}"
)
_SPACE: Final = " \t\r\n"
_INLINE_TYPES: Final = ("fmt", "ui", "quote", "link", "image", "other")


@lru_cache(maxsize=1 << 16)
def is_name(text: str) -> bool:
    """Say whether a text is an XML name without a colon, as schemas ask of an id.

    Beyond ASCII expat decides: like schema validators it follows the name characters
    of XML 1.0 before the fifth edition.

    >>> is_name("c147"), is_name("用語"), is_name("../x"), is_name("1a")
    (True, True, False, False)
    """
    if text.isascii():
        return bool(_ASCII_NAME.fullmatch(text))
    if not re.fullmatch(r"[\w.·-]+", text):
        return False
    try:
        expat.ParserCreate("utf-8").Parse(f"<{text}/>".encode(), True)
    except (expat.ExpatError, UnicodeEncodeError):
        return False
    return True


_SCHEME: Final = re.compile("[A-Za-z][A-Za-z0-9+.-]*")
_BRACKETED: Final = re.compile(
    r"//[^/?#\[\]]*\[[0-9A-Fa-f:.]+\](:\d*)?([/?#].*)?", re.DOTALL
)


def is_uri(text: str) -> bool:
    """Say whether a text is a URI reference as XML Schema's anyURI asks for.

    Characters that a URI has to escape are taken as escaped.

    >>> is_uri("https://a.example/用語"), is_uri("http:"), is_uri("%zz")
    (True, False, False)
    """
    text = text.strip(_SPACE)
    if re.search("%(?![0-9A-Fa-f]{2})", text) or text.count("#") > 1:
        return False
    scheme, colon, rest = re.split("[/?#]", text)[0].partition(":")
    if colon:
        rest = text[len(scheme) + 1 :]
        if not _SCHEME.fullmatch(scheme) or not rest or rest.startswith("#"):
            return False
    else:
        rest = text
    if rest == "//" or rest.startswith(("//?", "//#")):
        return False
    if "[" in rest or "]" in rest:
        return bool(_BRACKETED.fullmatch(rest))
    return True


class Attribute(NamedTuple):
    """What an attribute may be.

    Attributes:
        kind: id, idref, lang, text, uri, or a tuple of the values allowed.
        needed: Whether it must be there.
    """

    kind: str | tuple[str, ...]
    needed: bool = False


class Shape(NamedTuple):
    """What an element may hold.

    Attributes:
        content: Regular expression over the children, each written as ``name ``; an
            element of a foreign namespace is written ``* ``.
        text: Whether characters other than white space may stand in it.
        attributes: By name.
    """

    content: str
    text: bool
    attributes: dict[str, Attribute]


_ID: Final = {"id": Attribute("id")}
_LANG: Final = {XML_LANG: Attribute("lang")}
_ID_LANG: Final = _ID | _LANG
_FULL: Final = {
    **_ID_LANG,
    "target": Attribute("idref"),
    "datatype": Attribute("text"),
    "type": Attribute("text", needed=True),
}
_ID_TYPE: Final = _ID | {"type": Attribute("text")}
_NOTE_TEXT: Final = r"((ec|foreign|hi|ph|sc) )*"
_AUX: Final = r"((admin|adminGrp|descrip|descripGrp|note|ref|transacGrp|xref|\*) )*"
_LINK: Final = r"((admin|adminGrp|note|ref|transacGrp|xref|\*) )*"

SHAPES: Final[dict[str, Shape]] = {
    "tbx": Shape(
        "tbxHeader text ",
        False,
        {
            XML_LANG: Attribute("lang", needed=True),
            "type": Attribute("dialect", needed=True),
            "style": Attribute(("dca", "dct"), needed=True),
        },
    ),
    "tbxHeader": Shape("fileDesc (encodingDesc )?(revisionDesc )?", False, _ID),
    "fileDesc": Shape("(publicationStmt )?(titleStmt )?sourceDesc ", False, _ID),
    "publicationStmt": Shape("(p )+", False, _ID),
    "titleStmt": Shape("title (note )*", False, _ID_LANG),
    "title": Shape("", True, _ID_LANG),
    "sourceDesc": Shape("(p )+", False, _ID_LANG),
    "encodingDesc": Shape("(p )+", False, _ID),
    "revisionDesc": Shape("(change )+", False, _ID_LANG),
    "change": Shape("(p )+", False, _ID_LANG),
    "p": Shape(_NOTE_TEXT, True, _ID_LANG | {"type": Attribute("text")}),
    "text": Shape("(body )?(back )?", False, _ID),
    "body": Shape("(conceptEntry )+", False, _ID),
    "back": Shape("(refObjectSec )*", False, _ID),
    "refObjectSec": Shape(
        "(refObject )+", False, _ID | {"type": Attribute("text", needed=True)}
    ),
    "refObject": Shape("((itemSet|itemGrp|item) )+", False, _ID),
    "itemSet": Shape("((itemGrp|item) )+", False, _ID_TYPE),
    "itemGrp": Shape("item " + _LINK, False, _ID),
    "item": Shape(_NOTE_TEXT, True, _ID_TYPE),
    "conceptEntry": Shape(
        _AUX + "(langSec )+", False, {"id": Attribute("id", needed=True)}
    ),
    "langSec": Shape(
        _AUX + "(termSec )+", False, {XML_LANG: Attribute("lang", needed=True)}
    ),
    "termSec": Shape(rf"term ((termNote|termNoteGrp|\*) )*{_AUX}", False, _ID),
    "term": Shape("(hi )*", True, _ID),
    "admin": Shape(_NOTE_TEXT, True, _FULL),
    "descrip": Shape(_NOTE_TEXT, True, _FULL),
    "termNote": Shape(_NOTE_TEXT, True, _FULL),
    "adminNote": Shape("", True, _FULL),
    "descripNote": Shape("", True, _FULL),
    "ref": Shape("", True, _FULL),
    "transac": Shape("", True, _FULL),
    "transacNote": Shape("", True, _FULL),
    "xref": Shape(
        "",
        True,
        {
            **_ID,
            "target": Attribute("uri", needed=True),
            "type": Attribute("text", needed=True),
        },
    ),
    "adminGrp": Shape(r"(admin|\*) ((adminNote|note|ref|xref|\*) )*", False, _ID),
    "descripGrp": Shape(
        r"(descrip|\*) ((admin|adminGrp|descripNote|note|ref|transacGrp|xref|\*) )*",
        False,
        _ID,
    ),
    "termNoteGrp": Shape(rf"(termNote|\*) {_LINK}", False, _ID),
    "transacGrp": Shape(
        r"(transac|\*) ((date|note|ref|transacNote|xref|\*) )*", False, _ID
    ),
    "date": Shape("", True, _ID),
    "note": Shape(_NOTE_TEXT, True, _ID_LANG),
    "foreign": Shape(_NOTE_TEXT, True, _ID_LANG),
    "hi": Shape(
        "",
        True,
        {
            "target": Attribute("idref"),
            "type": Attribute(
                (
                    *("entailedTerm", "hotkey", "italics", "bold", "superscript"),
                    *("subscript", "math"),
                )
            ),
        },
    ),
    "ph": Shape("", False, {"type": Attribute("text")}),
    "sc": Shape(
        "",
        False,
        {"id": Attribute("id", needed=True), "isolated": Attribute(("yes", "no"))},
    ),
    "ec": Shape(
        "",
        False,
        {
            "startRef": Attribute("idref"),
            "isolated": Attribute(("yes", "no")),
            "disp": Attribute("text"),
            "equiv": Attribute("text"),
            "id": Attribute("id"),
            "type": Attribute(_INLINE_TYPES),
            "subtype": Attribute("text"),
            "target": Attribute("text"),
        },
    ),
}
_FOREIGN: Final = Shape(_NOTE_TEXT, True, {})
_COMPILED: Final = {name: re.compile(shape.content) for name, shape in SHAPES.items()}
_COMPILED_FOREIGN: Final = re.compile(_NOTE_TEXT)


class Misfit(NamedTuple):
    """One way in which an element breaks the structure.

    Attributes:
        node: The element to point at.
        found: What stands there.
        expected: What would be right.
    """

    node: Node
    found: str
    expected: str


def is_foreign(node: Node) -> bool:
    """Say whether an element is of another namespace than TBX Core."""
    return "}" in node.tag


def misfits(node: Node) -> list[Misfit]:
    """Return all faults of an element itself: attributes, children, text."""
    if is_foreign(node):
        return _content_misfits(node, _FOREIGN, _COMPILED_FOREIGN)
    shape = SHAPES.get(node.tag)
    if shape is None:
        expected = say("TBX v3 の要素", "an element of TBX v3")
        return [Misfit(node, f"<{node.tag}>", expected)]
    faults = list(_attribute_misfits(node, shape))
    faults.extend(_content_misfits(node, shape, _COMPILED[node.tag]))
    if node.tag == "date" and not DATE_TYPE.fullmatch(node.text().strip(_SPACE)):
        faults.append(Misfit(node, f"<date> {node.text()!r}", "YYYY-MM-DD"))
    return faults


def _attribute_misfits(node: Node, shape: Shape) -> list[Misfit]:
    faults = []
    for name, value in node.attrs.items():
        rule = shape.attributes.get(name)
        if rule is None:
            name_text = _show(name)
            usable = ", ".join(map(_show, shape.attributes)) or "-"
            problem = say(f"属性 {name_text}", f"attribute {name_text}")
            expected = say(f"使える属性: {usable}", f"attributes: {usable}")
            faults.append(Misfit(node, problem, expected))
        elif not _is_good(value, rule.kind):
            problem = f"{_show(name)}={value!r}"
            faults.append(Misfit(node, problem, _wanted_value(rule.kind)))
    for name, rule in shape.attributes.items():
        if rule.needed and name not in node.attrs:
            name_text = _show(name)
            problem = say(
                f"{name_text} のない <{node.tag}>", f"<{node.tag}> without {name_text}"
            )
            expected = say(f"属性 {name_text}", f"attribute {name_text}")
            faults.append(Misfit(node, problem, expected))
    return faults


def _is_good(value: str, kind: str | tuple[str, ...]) -> bool:
    if kind == "text":
        return True
    if kind == "uri":
        return is_uri(value)
    if kind == "dialect":
        return re.fullmatch("TBX-.+", value) is not None
    plain = " ".join(value.split())
    if isinstance(kind, tuple):
        return plain in kind
    return bool(LANGUAGE_TYPE.fullmatch(plain)) if kind == "lang" else is_name(plain)


_WANTED: Final = {
    "uri": ("アドレス (URI)", "an address (URI)"),
    "lang": ("言語タグ", "a language tag"),
    "dialect": ("TBX- で始まる名前", "TBX- and a name"),
}
_WANTED_NAME: Final = ("コロンのない XML の名前", "an XML name without a colon")


def _wanted_value(kind: str | tuple[str, ...]) -> str:
    if isinstance(kind, tuple):
        return " | ".join(kind)
    return say(*_WANTED.get(kind, _WANTED_NAME))


def text_only() -> str:
    """Return the sentence for an element that holds no elements."""
    return say("テキストだけ", "text only")


def _content_misfits(
    node: Node, shape: Shape, pattern: re.Pattern[str]
) -> list[Misfit]:
    faults = []
    names = ["*" if is_foreign(child) else child.tag for child in node.elements()]
    if not pattern.fullmatch("".join(f"{name} " for name in names)):
        tag, inner_names = _show(node.tag), " ".join(names[:12])
        problem = (
            say(f"<{tag}> の中の {inner_names}", f"<{tag}> with {inner_names}")
            if inner_names
            else say(f"空の <{tag}>", f"<{tag}> with nothing")
        )
        faults.append(Misfit(node, problem, _expected_shape(shape)))
    if not shape.text and any(
        isinstance(child, str) and child.strip(_SPACE) for child in node.children
    ):
        problem = say(f"<{node.tag}> の中のテキスト", f"text in <{node.tag}>")
        faults.append(Misfit(node, problem, say("要素だけ", "elements only")))
    return faults


def _expected_shape(shape: Shape) -> str:
    if not shape.content:
        return text_only() if shape.text else say("空の要素", "an empty element")
    others = say("ほかの名前空間", "other namespaces")
    return re.sub(r"\\\*", others, shape.content).strip()


def _show(name: str) -> str:
    return "xml:lang" if name == XML_LANG else name.rpartition("}")[2]


def fits(node: Node, level: str) -> bool:
    """Say whether a kept element may stand among the auxiliary elements of a level."""
    parent = "termSec" if level == "termSec" else level
    names = (*META, "adminGrp", "descripGrp", "transacGrp", "note")
    if not is_foreign(node) and node.tag not in names:
        return parent == "termSec" and node.tag == "termNoteGrp" and _sound(node)
    if node.tag in ("adminNote", "descripNote", "transac", "transacNote"):
        return False
    if node.tag == "termNote" and parent != "termSec":
        return False
    return _sound(node)


def _sound(node: Node) -> bool:
    return not any(misfits(each) for each in node.walk())

"""Elements in memory: a small tree, and XML text from it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from xml.etree.ElementTree import Element

XML_LANG: Final = "http://www.w3.org/XML/1998/namespace}lang"
_XML: Final = "http://www.w3.org/XML/1998/namespace}"
_BAD_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def codes_in(element: Element, codes: Collection[str]) -> int:
    """Return how many inline elements the bare text of an element loses.

    Args:
        element: A segment, source or target.
        codes: Local names of elements that go with all they hold; of the others, which
            mark words of the text, only the tags go. Markers of segments are structure,
            and ``cp`` stands for a character: neither is lost.
    """
    lost = 0
    for child in element:
        tag = child.tag.rpartition("}")[2]
        if tag in codes:
            lost += 1
        elif tag != "cp":
            lost += (child.get("mtype") != "seg") + codes_in(child, codes)
    return lost


class Node:
    """An element with all it holds.

    Attributes:
        tag: Local name for an element of a home namespace, else ``uri}local``.
        attrs: Attributes; one of another namespace is called ``uri}local``.
        children: Texts and elements in order.
        line: Line of the start tag, from 1.
        column: Column of the start tag in code points, from 1.
        stub: Whether the element was given out on its own, so that only its tag stands
            here for those who ask what its parent holds.
    """

    __slots__ = ("attrs", "children", "column", "line", "stub", "tag")

    def __init__(
        self, tag: str, attrs: dict[str, str], line: int = 0, column: int = 0
    ) -> None:
        self.tag, self.attrs, self.line, self.column = tag, attrs, line, column
        self.children: list[Node | str] = []
        self.stub = False

    def elements(self) -> Iterator[Node]:
        """Yield the child elements."""
        for child in self.children:
            if isinstance(child, Node):
                yield child

    def find(self, tag: str) -> Node | None:
        """Return the first child element called ``tag``."""
        for child in self.children:
            if child.__class__ is Node and child.tag == tag:
                return child
        return None

    def walk(self) -> Iterator[Node]:
        """Yield this element and all below, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed([c for c in node.children if isinstance(c, Node)]))

    def text(self) -> str:
        """Return all text within, markup dropped."""
        return "".join([c if isinstance(c, str) else c.text() for c in self.children])

    @property
    def lang(self) -> str:
        """Value of ``xml:lang``, empty where absent."""
        return self.attrs.get(XML_LANG, "").strip()


class Names(dict[str, str]):
    """The tag of a fast element to that of a :class:`Node`, worked out once a tag.

    The namespace of the first tag asked for, the root's, is a home too: writers give
    TBX v2 the namespace of v3, and older versions had others.
    """

    def __init__(self, home: Collection[str] = (), *, adopt: bool = True) -> None:
        super().__init__()
        self._home, self._adopt = frozenset(home), adopt

    def __missing__(self, tag: str) -> str:
        space, _, local = tag.removeprefix("{").rpartition("}")
        if self._adopt:
            self._home, self._adopt = self._home | {space}, False
        name = local if not space or space in self._home else f"{space}}}{local}"
        self[tag] = name
        return name


def node_of(element: Element, names: Names, *, deep: bool = True) -> Node:
    """Return a fast element as a :class:`Node`, without what it holds if not ``deep``."""
    attrs = {key.removeprefix("{"): value for key, value in element.items()}
    node = Node(names[element.tag], attrs)
    if not deep:
        return node
    if element.text:
        node.children.append(element.text)
    for child in element:
        node.children.append(node_of(child, names))
        if child.tail:
            node.children.append(child.tail)
    return node


def clean_text(text: str) -> str:
    r"""Return text with U+FFFD for each character that XML does not allow.

    >>> clean_text("a\x0bb")
    'a\ufffdb'
    """
    return _BAD_XML.sub("\ufffd", text)


def escape_text(text: str) -> str:
    r"""Return text for an element; line ends survive as references.

    >>> escape_text("A & B\n")
    'A &amp; B&#10;'
    """
    if text.isalnum():
        return text
    return escape(text, {"\n": "&#10;", "\r": "&#13;"})


def attribute(name: str, value: str) -> str:
    """Return one attribute with a space before it, quoted and escaped.

    >>> attribute("id", 'a"b')
    ' id="a&quot;b"'
    """
    value_text = escape(
        value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
    )
    return f' {name}="{value_text}"'


def serialise(node: Node) -> str:
    """Return an element as XML on one line, its namespaces declared where they occur.

    >>> serialise(Node("note", {XML_LANG: "ja"}))
    '<note xml:lang="ja"/>'
    """
    space, _, name = node.tag.rpartition("}")
    opening = f"<k:{name} xmlns:k={quoteattr(space)}" if space else f"<{node.tag}"
    closing = f"</k:{name}>" if space else f"</{node.tag}>"
    for number, (key, value) in enumerate(node.attrs.items()):
        opening += _serialised_attribute(key, value, number)
    if not node.children:
        return opening + "/>"
    inner = "".join(
        escape_text(child) if isinstance(child, str) else serialise(child)
        for child in node.children
    )
    return f"{opening}>{inner}{closing}"


def _serialised_attribute(key: str, value: str, number: int) -> str:
    if key.startswith(_XML):
        return attribute(f"xml:{key.removeprefix(_XML)}", value)
    space, _, name = key.rpartition("}")
    if not space:
        return attribute(key, value)
    prefix = f"a{number}"
    return attribute(f"xmlns:{prefix}", space) + attribute(f"{prefix}:{name}", value)

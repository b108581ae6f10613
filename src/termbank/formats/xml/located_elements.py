"""XML elements with the place of every tag and text in the document, for edits in place.

The document is a text that has been found well-formed before. Offsets are code points
in it, so that what stands between two offsets can be replaced and nothing else changes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .element_tree import clean_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TOKEN: Final = re.compile(
    r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>"
    r"|<!\[CDATA\[(?P<cdata>.*?)\]\]>"
    r"|</(?P<close>[^\s>]++)\s*+>"
    r"|<(?P<open>[^\s/>!?]++)(?P<attrs>(?:[^>\"'/]|\"[^\"]*\"|'[^']*'|/(?!>))*+)(?P<empty>/?)>"
    r"|(?P<text>[^<]++)",
    re.DOTALL,
)
_ATTRIBUTE: Final = re.compile(r"([^\s=\"'/]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE: Final = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|(\w+));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CHARACTER: Final = re.compile(r"&[^;&]*;|\r\n?|.", re.DOTALL)
_LINE_FEED: Final = re.compile("&#(?:0*10|[xX]0*[aA]);")
_LINE_END: Final = re.compile(r"\r\n?")


class Text:
    """Characters between two tags.

    Attributes:
        start: Offset of the first character.
        end: Offset after the last one.
        literal: Whether they stand in a CDATA section, where nothing is escaped.
    """

    __slots__ = ("end", "literal", "start")

    def __init__(self, start: int, end: int, literal: bool) -> None:
        self.start, self.end, self.literal = start, end, literal

    def read(self, document: str, *, line_feed: str = "\n") -> str:
        """Return the text as an XML parser gives it.

        Args:
            document: Text of the file.
            line_feed: What stands for a line feed written as a reference, which is
                never white space of the layout.
        """
        raw = document[self.start : self.end]
        if "\r" in raw:
            raw = _LINE_END.sub("\n", raw)
        if line_feed != "\n" and not self.literal and "&#" in raw:
            raw = _LINE_FEED.sub(line_feed, raw)
        return raw if self.literal else unescape(raw)

    def characters(self, document: str) -> Iterator[tuple[str, int, int]]:
        """Yield each character a parser gives, with where it begins and ends."""
        pattern = re.compile(r"\r\n?|.", re.DOTALL) if self.literal else _CHARACTER
        for match in pattern.finditer(document, self.start, self.end):
            char = unescape(match[0]) if match[0][0] == "&" else match[0]
            yield ("\n" if match[0][0] == "\r" else char), match.start(), match.end()

    def written(self, text: str) -> str:
        """Return a text as it has to be written in this place."""
        if self.literal:
            return text.replace("]]>", "]]]]><![CDATA[>")
        return escaped_text(text)


class LocatedElement:
    """An element with all it holds.

    Attributes:
        name: As written, with its prefix.
        start: Offset of the start tag.
        inner: Offset after the start tag.
        close: Offset of the end tag; of an empty tag ``inner``.
        end: Offset after the element.
        children: Texts and elements in order.
        parent: The element around it.
    """

    __slots__ = (
        "_attrs",
        "_written",
        "children",
        "close",
        "end",
        "inner",
        "name",
        "parent",
        "start",
    )

    def __init__(
        self,
        name: str,
        written: str,
        start: int,
        inner: int,
        parent: LocatedElement | None,
    ) -> None:
        self.name, self._written, self.parent = name, written, parent
        self.start, self.inner = start, inner
        self.close = self.end = inner
        self.children: list[LocatedElement | Text] = []
        self._attrs: dict[str, str] | None = None

    @property
    def tag(self) -> str:
        """Name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def attrs(self) -> dict[str, str]:
        """Attributes under their names as written."""
        if self._attrs is None:
            self._attrs = {
                name: unescape(double or single)
                for name, double, single in _ATTRIBUTE.findall(self._written)
            }
        return self._attrs

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute by its name as written."""
        return self.attrs.get(name, default)

    def local(self, name: str) -> str:
        """Return the attribute of this name, whatever its prefix; empty where absent."""
        for written, value in self.attrs.items():
            if written.rpartition(":")[2] == name:
                return value
        return ""

    def inherited(self, name: str) -> str:
        """Return an attribute of this element or of the nearest around it that has it."""
        element: LocatedElement | None = self
        while element is not None:
            if name in element.attrs:
                return element.attrs[name]
            element = element.parent
        return ""

    def elements(self) -> Iterator[LocatedElement]:
        """Yield the child elements."""
        for child in self.children:
            if isinstance(child, LocatedElement):
                yield child

    def child(self, tag: str) -> LocatedElement | None:
        """Return the first child element with this tag and the prefix of this one."""
        prefix = self.name.rpartition(":")[0]
        for element in self.elements():
            if element.tag == tag and element.name.rpartition(":")[0] == prefix:
                return element
        return None

    def walk(self) -> Iterator[LocatedElement]:
        """Yield this element and all below, in document order."""
        yield self
        for element in self.elements():
            yield from element.walk()


def located_elements(
    document: str, whole: Collection[str]
) -> Iterator[tuple[LocatedElement, bool]]:
    """Yield the elements of a well-formed document.

    Args:
        document: Text of the whole file.
        whole: Local names of elements that are wanted with all they hold.

    Yields:
        The element, and whether it is complete; elements around those wanted come once,
        at their start tag.
    """
    here: LocatedElement | None = None
    inside: LocatedElement | None = None
    for token in _TOKEN.finditer(document):
        kind = token.lastgroup
        if kind in ("text", "cdata"):
            if inside is not None and here is not None:
                start, end = token.span(kind)
                here.children.append(Text(start, end, kind == "cdata"))
        elif kind == "close" and here is not None:
            here.close, here.end = token.start(), token.end()
            if here is inside:
                inside = None
                yield here, True
            here = here.parent
        elif kind == "empty":
            element = _element(token, here, inside)
            if inside is None and element.tag not in whole:
                yield element, False
            elif inside is None and token["empty"]:
                yield element, True
            elif inside is None:
                inside = element
            here = here if token["empty"] else element


def _element(
    token: re.Match[str], here: LocatedElement | None, inside: LocatedElement | None
) -> LocatedElement:
    start, inner = token.span()
    element = LocatedElement(token["open"], token["attrs"], start, inner, here)
    if inside is not None and here is not None:
        here.children.append(element)
    return element


def escaped_text(text: str) -> str:
    """Return text for an element, with as few references as XML asks for.

    >>> escaped_text('a < "b" & c')
    'a &lt; "b" &amp; c'
    """
    text = clean_text(text).replace("&", "&amp;")
    text = text.replace("<", "&lt;").replace("]]>", "]]&gt;")
    return text.replace("\r", "&#13;")


def unescape(text: str) -> str:
    """Return text with its references resolved.

    >>> unescape("Q&amp;A &#x3042;")
    'Q&A あ'
    """
    return _REFERENCE.sub(_resolve, text) if "&" in text else text


def _resolve(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMED.get(name, match[0])
    return chr(int(decimal) if decimal else int(hexadecimal, 16))

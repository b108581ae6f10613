"""Elements of XML string tables with the places of their contents in the file."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.formats.xml.subtree_reader import units

from .entries import Escapes

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN: Final = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
    r"|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>"
    r"|<(?P<close>/)?(?P<name>[^\s/>!?]++)"
    r"(?P<attributes>(?:[^>\"']|\"[^\"]*+\"|'[^']*+')*?)(?P<empty>/)?\s*>",
    re.DOTALL,
)
_CHARACTER: Final = re.compile(
    r"\r\n|&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|\w+);|.", re.DOTALL
)
_ENTITIES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_ATTRIBUTE: Final = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


class Located(NamedTuple):
    """An element and where it stands.

    Attributes:
        name: As the file spells it.
        attributes: By name.
        parents: The elements around it, outermost first.
        outer: Offset of its first character.
        start: Offset after its start tag.
        end: Offset of its end tag; ``start`` where it has none.
        stop: Offset after it.
        comment: Text of the comment before it.
    """

    name: str
    attributes: dict[str, str]
    parents: tuple[Located, ...]
    outer: int
    start: int
    end: int
    stop: int
    comment: str

    @property
    def is_empty_tag(self) -> bool:
        """Whether it is written as one tag."""
        return self.start == self.stop


def text_escapes(document: str) -> Escapes:
    """Return how characters are written in the text of elements of a file."""
    newline = "\r\n" if "\r\n" in document[:4096] else "\n"
    return Escapes(
        _CHARACTER, _read, lambda text: text.translate(_ENTITIES).replace("\n", newline)
    )


def _read(written: str) -> str:
    if written == "\r\n":
        return "\n"
    return unescape(written) if written[0] == "&" and len(written) > 1 else written


def elements(document: str, path: str, wanted: frozenset[str]) -> Iterator[Located]:
    """Yield the elements of some names, in the order of their ends.

    Raises:
        FormatError: The file is no well-formed XML, or holds what is refused.
    """
    # One reader decides what is well-formed and what is hostile in every format.
    body = document.encode("utf-8", "replace")
    for _ in units(
        path, ("resources", "root"), source=iter([_without_declaration(body)])
    ):
        pass
    open_elements: list[Located] = []
    comment = ""
    for match in _TOKEN.finditer(document):
        token = match[0]
        if token.startswith("<!--"):
            comment = token[4:-3].strip()
        if match["name"] is None:
            continue
        if match["close"]:
            if not open_elements:
                continue
            last = open_elements.pop()
            if last.name in wanted:
                yield last._replace(end=match.start(), stop=match.end())
            continue
        attributes = {
            each[1]: unescape(each[2] if each[2] is not None else each[3])
            for each in _ATTRIBUTE.finditer(match["attributes"])
        }
        element = Located(
            match["name"],
            attributes,
            tuple(open_elements),
            match.start(),
            match.end(),
            match.end(),
            match.end(),
            comment,
        )
        comment = ""
        if not match["empty"]:
            open_elements.append(element)
        elif element.name in wanted:
            yield element


def _without_declaration(body: bytes) -> bytes:
    """Return UTF-8 without a declaration that may name another encoding."""
    body = body.removeprefix(b"\xef\xbb\xbf")
    return re.sub(rb"\A<\?xml[^>]*?\?>", lambda m: b" " * len(m[0]), body)

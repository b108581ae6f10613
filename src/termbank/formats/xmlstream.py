"""Reading XML from strangers: one subtree at a time, no entities, each fault placed.

The parser is expat, which never opens another file or address. What it would pass over
in silence is refused here: entity declarations, references to entities nobody declared,
nesting past :data:`DEPTH`, units past :data:`UNIT_SIZE`. An external DTD is not read;
its identifier is blanked before the parser sees it, because a document that names one
may otherwise use undeclared entities, which the parser drops without a word
(``A&nbsp;B`` would become ``AB``).
"""

from __future__ import annotations

import codecs
import re
from collections import deque
from typing import TYPE_CHECKING, Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from ..errors import FormatError
from .files import bom_of, chunks, python_codec

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

DEPTH: Final = 200  # elements; the deepest real file seen nests 24
ATTRIBUTES: Final = 1000  # of one element; a real one has 20 at most
UNIT_SIZE: Final = 16 << 20  # code points of one concept or translation unit
_PROLOG: Final = 1 << 20  # bytes in which a document type declaration has to end

XML_LANG: Final = "http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE: Final = "http://www.w3.org/XML/1998/namespace}space"
_XML: Final = "http://www.w3.org/XML/1998/namespace}"

_DECLARED: Final = re.compile(
    rb"""^<\?xml[^>]*?\bencoding\s*=\s*["']([^"'>]{1,64})["']"""
)
_TO_DOCTYPE: Final = re.compile(
    rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL | re.IGNORECASE
)
_EXTERNAL: Final = re.compile(
    rb"""<!DOCTYPE\s+[^\s\[>]+\s+((?:SYSTEM|PUBLIC\s+(?:"[^"]*"|'[^']*'))\s*(?:"[^"]*"|'[^']*')?)"""
)
# Declared one way, written another: without a byte order mark these are read as bytes.
_WIDE: Final = ("utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


class Node:
    """An element with all it holds.

    Attributes:
        tag: Local name for an element of a home namespace, else ``uri}local``.
        attrs: Attributes; one of another namespace is called ``uri}local``.
        children: Texts and elements in order.
        line: Line of the start tag, from 1.
        column: Column of the start tag in code points, from 1.
    """

    __slots__ = ("attrs", "children", "column", "line", "tag")

    def __init__(
        self, tag: str, attrs: dict[str, str], line: int = 0, column: int = 0
    ) -> None:
        self.tag, self.attrs, self.line, self.column = tag, attrs, line, column
        self.children: list[Node | str] = []

    def elements(self) -> Iterator[Node]:
        """Yield the child elements."""
        for child in self.children:
            if child.__class__ is not str:
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
        children = self.children
        if len(children) == 1 and children[0].__class__ is str:
            return children[0]
        return "".join([c if c.__class__ is str else c.text() for c in children])

    @property
    def lang(self) -> str:
        """Value of ``xml:lang``, empty where absent."""
        return self.attrs.get(XML_LANG, "").strip()


def stream(
    path: str,
    whole: Collection[str],
    *,
    home: Collection[str] = (),
    places: bool = False,
) -> Iterator[tuple[Node, bool]]:
    """Yield the elements of a file, those called in ``whole`` with all they hold.

    Args:
        path: XML file, plain or gzip, in any encoding it declares.
        whole: Tags of elements that are wanted complete. Elements outside such a
            subtree come without children, as soon as their start tag is read.
        home: Namespaces whose elements go by their local names, besides the root's.
        places: Whether each element inside a subtree gets its line and column too.

    Yields:
        The element and whether it is complete.

    Raises:
        FormatError: The file is not well-formed, or holds what is refused, with place.
        InputError: The file cannot be read.
    """
    found: deque[tuple[Node, bool]] = deque()
    parser = _Parser(path, found.append, frozenset(whole), frozenset(home), places)
    for piece in _utf8(path):
        parser.feed(piece)
        while found:
            yield found.popleft()
    parser.close()
    while found:
        yield found.popleft()


class _Parser:
    """An expat parser that collects subtrees."""

    def __init__(
        self,
        path: str,
        found: Callable[[tuple[Node, bool]], None],
        whole: frozenset[str],
        home: frozenset[str],
        places: bool,
        adopt: bool = True,
    ) -> None:
        self._path = path
        self._expat = parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._skipped
        parser.StartElementHandler, parser.EndElementHandler, chars = _handlers(
            self, found, whole, _Tags(home, adopt), places
        )
        parser.CharacterDataHandler = chars

    def feed(self, piece: bytes, last: bool = False) -> None:
        """Parse some more bytes of UTF-8."""
        try:
            self._expat.Parse(piece, last)
        except expat.ExpatError as fault:
            raise self._error(fault) from None

    def close(self) -> None:
        """Say that there are no more bytes."""
        self.feed(b"", True)

    def place(self) -> tuple[int, int]:
        """Return the line and column of the current event, both from 1."""
        parser = self._expat
        return parser.CurrentLineNumber, parser.CurrentColumnNumber + 1

    def refuse(self, found: str, expected: str) -> FormatError:
        """Return the error for the current place."""
        line, column = self.place()
        return FormatError(self._path, line, found, expected, column)

    def _entity(self, name: str, *_: object) -> None:
        expected = (
            "no entity declarations (they can read other files or fill the memory)"
        )
        raise self.refuse(f"entity declaration {name!r}", expected)

    def _skipped(self, name: str, _: object) -> None:
        raise self.refuse(f"undeclared entity &{name};", "a character or &#…;")

    def _error(self, fault: expat.ExpatError) -> FormatError:
        reason = expat.ErrorString(fault.code) or "broken XML"
        expected = _ADVICE.get(reason, "well-formed XML")
        return FormatError(self._path, fault.lineno, reason, expected, fault.offset + 1)


_ADVICE: Final = {
    "undefined entity": "a character or &#…; in its place",
    "no element found": "an XML document (the file is empty or cut short)",
    "not well-formed (invalid token)": "well-formed XML in the declared encoding, "
    "without control characters",
    "reference to invalid character number": "a character that XML allows",
    "XML or text declaration not at start of entity": "the XML declaration as the very "
    "first characters",
    "junk after document element": "one root element",
}


class _Tags(dict[str, str]):
    """Expat's name of an element to ours, worked out once a name.

    The namespace of the first element is a home too where ``adopt`` says so: writers
    give TBX v2 the namespace of v3, and older versions had others.
    """

    def __init__(self, home: frozenset[str], adopt: bool) -> None:
        super().__init__()
        self._home, self._adopt = home, adopt

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition("}")
        if self._adopt:
            self._home, self._adopt = self._home | {space}, False
        tag = local if not space or space in self._home else name
        self[name] = tag
        return tag


def _handlers(  # noqa: C901  # three short closures, counted as one
    parser: _Parser,
    found: Callable[[tuple[Node, bool]], None],
    whole: frozenset[str],
    tags: _Tags,
    places: bool,
) -> tuple[
    Callable[[str, dict[str, str]], None],
    Callable[[str], None],
    Callable[[str], None],
]:
    # Closures, not methods: these run for every tag of a file.
    stack: list[Node] = []
    push, pop = stack.append, stack.pop
    depth = size = 0

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal depth, size
        depth += 1
        if depth > DEPTH:
            raise parser.refuse("elements nested too deeply", f"at most {DEPTH} levels")
        if len(attrs) > ATTRIBUTES:
            raise parser.refuse("too many attributes", f"at most {ATTRIBUTES}")
        tag = tags[name]
        if stack:
            node = Node(tag, attrs, *parser.place()) if places else Node(tag, attrs)
            stack[-1].children.append(node)
            push(node)
            return
        node = Node(tag, attrs, *parser.place())
        if tag in whole:
            size = 0
            push(node)
        else:
            found((node, False))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1
        if stack:
            node = pop()
            if not stack:
                found((node, True))

    def chars(text: str) -> None:
        nonlocal size
        if stack:
            size += len(text)
            if size > UNIT_SIZE:
                raise parser.refuse(
                    "a unit too long", f"at most {UNIT_SIZE} characters"
                )
            stack[-1].children.append(text)

    return start, end, chars


def _utf8(path: str) -> Iterator[bytes]:
    """Yield the document in UTF-8, its external DTD blanked out."""
    source = chunks(path)
    head = next(source, b"")
    encoding = _encoding(path, head)
    if encoding in ("utf-8", "ascii"):
        yield from _blanked(_after_bom(head, source))
        return
    yield from _blanked(_transcoded(path, encoding, head, source))


def _encoding(path: str, head: bytes) -> str:
    marked, length = bom_of(head)
    if not marked:
        # XML 1.0, appendix F: the first characters tell the width of a character.
        for wide in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
            if head.startswith("<?xml".encode(wide)):
                return wide
    if marked.startswith(("utf-16", "utf-32")):
        return marked
    declared = _DECLARED.match(head[length : length + 256])
    label = declared[1].decode("latin-1") if declared else "utf-8"
    codec = python_codec(label)
    if codec is None:
        raise FormatError(path, 1, f"encoding {label!r}", "an encoding we know")
    if codec in _WIDE:
        found = f"encoding {label!r} declared in a file of single bytes"
        raise FormatError(path, 1, found, "the encoding that the bytes have")
    return codec


def _after_bom(head: bytes, source: Iterator[bytes]) -> Iterator[bytes]:
    yield head.removeprefix(codecs.BOM_UTF8)
    yield from source


def _transcoded(
    path: str, encoding: str, head: bytes, source: Iterator[bytes]
) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    for piece in _pieces(head, source):
        try:
            text = decoder.decode(piece or b"", final=piece is None)
        except UnicodeDecodeError as fault:
            found = f"a byte sequence that is not {encoding}"
            line = lines + fault.object[: fault.start].count(b"\n")
            raise FormatError(path, line, found, f"text in {encoding}") from None
        lines += text.count("\n")
        yield text.encode("utf-8", "surrogatepass")


def _pieces(head: bytes, source: Iterator[bytes]) -> Iterator[bytes | None]:
    yield head[bom_of(head)[1] :]
    yield from source
    yield None


def _blanked(source: Iterator[bytes]) -> Iterator[bytes]:
    head = b""
    for piece in source:
        head += piece
        start = _TO_DOCTYPE.match(head)
        rest = head[start.end() :] if start else head
        # Enough is read once an element begins or the declaration ends.
        if len(head) > _PROLOG or (
            rest[:1] == b"<" and rest[1:2] not in (b"", b"!", b"?")
        ):
            break
        if rest.startswith(b"<!DOCTYPE") and re.search(rb"[\[>]", rest):
            break
    named = _EXTERNAL.match(head, start.end()) if head and start else None
    if named:
        blank = re.sub(rb"[^\n]", b" ", named[1])
        head = head[: named.start(1)] + blank + head[named.end(1) :]
    yield head
    yield from source


def escaped(text: str) -> str:
    r"""Return text for an element; line ends survive as references.

    >>> escaped("A & B\n")
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
    quoted = escape(value, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return f' {name}="{quoted}"'


def serialised(node: Node) -> str:
    """Return an element as XML on one line, its namespaces declared where they occur.

    >>> serialised(Node("note", {XML_LANG: "ja"}))
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
        escaped(child) if isinstance(child, str) else serialised(child)
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


def parsed(text: str, *, home: Collection[str] = ()) -> Node | None:
    """Return the element written in ``text``, None where it is not well-formed.

    >>> parsed("<note>キーウ</note>").text(), parsed("<note>") is None
    ('キーウ', True)
    """
    found: list[tuple[Node, bool]] = []
    root = re.match(r"\s*<(?:[\w.-]+:)?([\w.-]+)", text)
    if root is None:
        return None
    parser = _Parser(
        "extra", found.append, _Everything(), frozenset(home), False, adopt=False
    )
    try:
        parser.feed(text.encode("utf-8"))
        parser.close()
    except (FormatError, UnicodeEncodeError):
        return None
    return found[0][0] if found else None


class _Everything(frozenset[str]):
    """The set that holds every tag."""

    def __contains__(self, _: object) -> bool:
        return True

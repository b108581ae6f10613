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
from xml.etree import ElementTree
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from ..errors import FormatError
from .files import bom_of, chunks, python_codec

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from xml.etree.ElementTree import Element

DEPTH: Final = 200  # elements; the deepest real file seen nests 24
ATTRIBUTES: Final = 1000  # of one element; a real one has 20 at most
UNIT_SIZE: Final = 32 << 20  # bytes in UTF-8 of one concept or translation unit
_PROLOG: Final = 1 << 20  # bytes in which a document type declaration has to end

XML_LANG: Final = "http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE: Final = "http://www.w3.org/XML/1998/namespace}space"
_XML: Final = "http://www.w3.org/XML/1998/namespace}"

_DECLARED: Final = re.compile(
    rb"""^<\?xml[^>]*?\bencoding\s*=\s*["']([^"'>]{1,64})["']"""
)
_TO_DOCTYPE: Final = re.compile(
    rb"(?:\s++|<\?.*?\?>|<!--.*?-->)*+", re.DOTALL | re.IGNORECASE
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


def units(
    path: str, whole: Collection[str], *, source: Iterator[bytes] | None = None
) -> Iterator[tuple[Element, bool]]:
    """Yield the elements of a file, those called in ``whole`` with all they hold.

    The fast way in: the tree is built in C, and units are cut out of it as they are
    complete. Elements have no place; :func:`stream` gives places at three times the cost.

    Args:
        path: XML file, plain or gzip, in any encoding it declares.
        whole: Local names of elements that are wanted complete. Elements outside such a
            subtree come without their later children, when they are first seen.
        source: Bytes of the document where it is not a file of its own.

    Yields:
        The element, tags as ``{uri}local``, and whether it is complete. An element is
        the caller's until the next one is asked for.

    Raises:
        FormatError: The file is not well-formed, or holds what is refused, with place.
        InputError: The file cannot be read.
    """
    builder = ElementTree.TreeBuilder()
    # Safe against what S314 means: _utf8 refuses every entity declaration, and expat
    # opens nothing by itself.
    parser = ElementTree.XMLParser(target=builder, encoding="utf-8")  # noqa: S314
    harvest = _Harvest(frozenset(whole))
    size = 0
    try:
        for piece in _utf8(path, source):
            parser.feed(piece)
            # The builder's root is there from the first start tag on.
            root: Element | None = builder.close()
            if root is None:
                continue
            size += len(piece)
            for found in harvest.ready(root):
                size = 0
                yield found
            if size > UNIT_SIZE:
                expected = f"at most {UNIT_SIZE >> 20} MiB"
                raise FormatError(path, 1, "a unit too long", expected)
        yield from harvest.rest(parser.close())
    except ElementTree.ParseError as fault:
        line, column = fault.position
        reason = expat.ErrorString(fault.code) or str(fault)
        if "undefined entity" in str(fault):
            reason = "undefined entity"
        raise _broken(path, reason, line, column + 1) from None
    except _TooDeepError:
        # Found without a place; the slow reader refuses at the same depth and has it.
        for _ in stream(path, whole) if source is None else ():
            pass
        expected = f"at most {DEPTH} levels"
        raise FormatError(path, 1, "elements nested too deeply", expected) from None


class _TooDeepError(Exception):
    """A unit is nested past :data:`DEPTH`."""


class _Harvest:
    """Takes complete elements out of a tree that is still growing."""

    def __init__(self, whole: frozenset[str]) -> None:
        self._whole = whole
        self._wanted: dict[str, bool] = {}
        # Open elements that were given out, root first.
        self._open: list[Element] = []

    def ready(self, root: Element) -> Iterator[tuple[Element, bool]]:
        """Yield what is new and complete, and cut it out of the tree."""
        element = root
        level = 0
        while True:
            if level > DEPTH:
                raise _TooDeepError
            yield from self._announced(element, level)
            if len(element) > 1:
                done = element[:-1]
                for child in done:
                    yield from self._complete(child, level + 1)
                del element[: len(done)]
            if not len(element) or self._is_whole(element[-1]):
                return
            element = element[-1]
            level += 1

    def rest(self, root: Element) -> Iterator[tuple[Element, bool]]:
        """Yield what is left when the file has ended."""
        yield from self._complete(root, 0)

    def _announced(
        self, element: Element, level: int
    ) -> Iterator[tuple[Element, bool]]:
        if len(self._open) <= level or self._open[level] is not element:
            del self._open[level:]
            self._open.append(element)
            yield element, False

    def _complete(self, element: Element, level: int) -> Iterator[tuple[Element, bool]]:
        if self._is_whole(element):
            _check_depth(element)
            yield element, True
            return
        if level > DEPTH:
            raise _TooDeepError
        yield from self._announced(element, level)
        for child in element:
            yield from self._complete(child, level + 1)

    def _is_whole(self, element: Element) -> bool:
        tag = element.tag
        wanted = self._wanted.get(tag)
        if wanted is None:
            wanted = self._wanted[tag] = tag.rpartition("}")[2] in self._whole
        return wanted


def _check_depth(element: Element) -> None:
    # Counting is cheap and settles the matter for every unit of a real file.
    if sum(1 for _ in element.iter()) <= DEPTH:
        return
    level, depth = [element], 0
    while level:
        depth += 1
        if depth > DEPTH:
            raise _TooDeepError
        level = [child for parent in level for child in parent]


def _broken(path: str, reason: str, line: int, column: int) -> FormatError:
    return FormatError(
        path, line, reason, _ADVICE.get(reason, "well-formed XML"), column
    )


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


def stream(
    path: str,
    whole: Collection[str],
    *,
    home: Collection[str] = (),
    places: bool = False,
) -> Iterator[tuple[Node, bool]]:
    """Yield the elements of a file with their places: the careful way in.

    Args:
        path: XML file, plain or gzip, in any encoding it declares.
        whole: Tags of elements that are wanted complete. Elements around them come
            twice: at their start, not complete, and at their end, with a stub for each
            element they held; of more than two stubs of one tag in a row two stay.
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
            self, found, whole, Names(home, adopt=adopt), places
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
        return _broken(self._path, reason, fault.lineno, fault.offset + 1)


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


def _handlers(  # noqa: C901  # three short closures, counted as one
    parser: _Parser,
    found: Callable[[tuple[Node, bool]], None],
    whole: frozenset[str],
    tags: Names,
    places: bool,
) -> tuple[
    Callable[[str, dict[str, str]], None],
    Callable[[str], None],
    Callable[[str], None],
]:
    # Closures, not methods: these run for every tag of a file.
    stack: list[Node] = []
    around: list[Node] = []
    push, pop = stack.append, stack.pop
    size = 0

    def start(name: str, attrs: dict[str, str]) -> None:
        nonlocal size
        if len(stack) + len(around) >= DEPTH:
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
            around.append(node)
            found((node, False))

    def end(_: str) -> None:
        if stack:
            node = pop()
            if stack:
                return
        else:
            node = around.pop()
        found((node, True))
        if around:
            _leave_stub(around[-1], node.tag)

    def chars(text: str) -> None:
        nonlocal size
        if stack:
            size += len(text)
            if size > UNIT_SIZE:
                raise parser.refuse(
                    "a unit too long", f"at most {UNIT_SIZE} characters"
                )
            stack[-1].children.append(text)
        elif around and text.strip(" \t\r\n"):
            around[-1].children.append(text[:80])

    return start, end, chars


def _leave_stub(parent: Node, tag: str) -> None:
    last = parent.children[-2:]
    if len(last) == 2 and all(isinstance(c, Node) and c.tag == tag for c in last):
        return
    stub = Node(tag, {})
    stub.stub = True
    parent.children.append(stub)


def _utf8(path: str, source: Iterator[bytes] | None = None) -> Iterator[bytes]:
    """Yield the document in UTF-8, its external DTD blanked out."""
    source = chunks(path) if source is None else source
    head = next(source, b"")
    encoding = _encoding(path, head)
    if encoding in ("utf-8", "ascii"):
        yield from _blanked(path, _after_bom(head, source))
        return
    yield from _blanked(path, _transcoded(path, encoding, head, source))


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


def _blanked(path: str, source: Iterator[bytes]) -> Iterator[bytes]:
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
    if head and start and head[start.end() :].startswith(b"<!DOCTYPE"):
        head += _refuse_entities(path, head, source)
    yield head
    yield from source


def _refuse_entities(path: str, head: bytes, source: Iterator[bytes]) -> bytes:
    """Read on to the first element and refuse any entity declared before it."""
    seen: list[tuple[Node, bool]] = []
    parser = _Parser(path, seen.append, frozenset(), frozenset(), False)
    more = b""
    parser.feed(head)
    while not seen:
        piece = next(source, b"")
        if not piece or len(more) > _PROLOG:
            break
        parser.feed(piece)
        more += piece
    return more


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

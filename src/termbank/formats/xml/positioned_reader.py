"""Reading XML with line and column of each element: the careful way in."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING
from xml.parsers import expat

from termbank.errors import FormatError
from termbank.messages import at_most, say

from .element_tree import Names, Node
from .safe_bytes import (
    ATTRIBUTES,
    DEPTH,
    UNIT_SIZE,
    entity_declared,
    malformed_xml,
    too_deep,
    utf8,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator


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
    events: deque[tuple[Node, bool]] = deque()
    parser = _Parser(path, events.append, frozenset(whole), frozenset(home), places)
    for piece in utf8(path):
        parser.feed(piece)
        while events:
            yield events.popleft()
    parser.close()
    while events:
        yield events.popleft()


class _Parser:
    """An expat parser that collects subtrees."""

    def __init__(
        self,
        path: str,
        take_event: Callable[[tuple[Node, bool]], None],
        whole: frozenset[str],
        home: frozenset[str],
        places: bool,
        adopt: bool = True,
    ) -> None:
        self._path = path
        self._expat = parser = expat.ParserCreate("utf-8", "}")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._entity
        parser.SkippedEntityHandler = self._refuse_entity
        parser.StartElementHandler, parser.EndElementHandler, chars = _handlers(
            self, take_event, whole, Names(home, adopt=adopt), places
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

    def refuse(self, problem: str, expected: str) -> FormatError:
        """Return the error for the current place."""
        line, column = self.place()
        return FormatError(self._path, line, problem, expected, column)

    def _entity(self, name: str, *_: object) -> None:
        raise self.refuse(*entity_declared(name))

    def _refuse_entity(self, name: str, _: object) -> None:
        raise self.refuse(
            say(f"宣言のない実体 &{name};", f"undeclared entity &{name};"),
            say("文字そのものか &#…;", "a character or &#…;"),
        )

    def _error(self, fault: expat.ExpatError) -> FormatError:
        reason = expat.ErrorString(fault.code) or "broken XML"
        return malformed_xml(self._path, reason, fault.lineno, fault.offset + 1)


def _handlers(  # noqa: C901  # three short closures, counted as one
    parser: _Parser,
    take_event: Callable[[tuple[Node, bool]], None],
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
            raise parser.refuse(*too_deep())
        if len(attrs) > ATTRIBUTES:
            raise parser.refuse(
                say("属性が多すぎます", "too many attributes"), at_most(ATTRIBUTES)
            )
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
            take_event((node, False))

    def end(_: str) -> None:
        if stack:
            node = pop()
            if stack:
                return
        else:
            node = around.pop()
        take_event((node, True))
        if around:
            _leave_stub(around[-1], node.tag)

    def chars(text: str) -> None:
        nonlocal size
        if stack:
            size += len(text)
            if size > UNIT_SIZE:
                raise parser.refuse(
                    say("長すぎる翻訳単位", "a unit too long"),
                    say(f"{UNIT_SIZE} 字まで", f"at most {UNIT_SIZE} characters"),
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


def parse_element(text: str, *, home: Collection[str] = ()) -> Node | None:
    """Return the element written in ``text``, None where it is not well-formed.

    >>> parse_element("<note>キーウ</note>").text(), parse_element("<note>") is None
    ('キーウ', True)
    """
    events: list[tuple[Node, bool]] = []
    root = re.match(r"\s*<(?:[\w.-]+:)?([\w.-]+)", text)
    if root is None:
        return None
    parser = _Parser(
        "extra", events.append, _Everything(), frozenset(home), False, adopt=False
    )
    try:
        parser.feed(text.encode("utf-8"))
        parser.close()
    except (FormatError, UnicodeEncodeError):
        return None
    return events[0][0] if events else None


class _Everything(frozenset[str]):
    """The set that holds every tag."""

    def __contains__(self, _: object) -> bool:
        return True

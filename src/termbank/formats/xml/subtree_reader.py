"""Reading XML from strangers fast: one subtree at a time, cut out of a growing tree.

The parser is expat, which opens no other file and no address. What it would pass over
in silence is refused: entity declarations (before any parser sees them), references to
entities nobody declared, nesting past ``DEPTH``, units past ``UNIT_SIZE``.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree
from xml.parsers import expat

from termbank.errors import FormatError
from termbank.messages import at_most, say

from .positioned_reader import stream
from .safe_bytes import DEPTH, UNIT_SIZE, malformed_xml, too_deep, utf8
from .undeclared_prefixes import declare_prefixes, undeclared_prefixes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from xml.etree.ElementTree import Element

_UNBOUND_PREFIX: Final = 27  # of expat


def units_of_any_prefix(
    path: str,
    whole: Collection[str],
    *,
    source: Callable[[], Iterator[bytes]] | None = None,
) -> Iterator[tuple[Element, bool]]:
    """Yield elements as :func:`units`, prefixes that nobody declared taken as declared.

    Args:
        path: As for :func:`units`.
        whole: As there.
        source: Gives the bytes of the document where it is not a file of its own; it
            is read again where a prefix is not declared.
    """
    count = 0
    try:
        for each in units(path, whole, source=source() if source else None):
            count += 1
            yield each
    except FormatError as fault:
        if not isinstance(fault.__cause__, _UnboundPrefixError):
            raise
        prefixes = undeclared_prefixes(utf8(path, source() if source else None))
        if not prefixes:
            raise
        again = source() if source else None
        with_prefixes = units(path, whole, source=again, prefixes=prefixes)
        yield from islice(with_prefixes, count, None)


def units(
    path: str,
    whole: Collection[str],
    *,
    source: Iterator[bytes] | None = None,
    prefixes: Sequence[str] = (),
) -> Iterator[tuple[Element, bool]]:
    """Yield the elements of a file, those called in ``whole`` with all they hold.

    The fast way in: the tree is built in C, and units are cut out of it as they are
    complete. Elements have no place; :func:`~.xmlplaces.stream` gives places at three times the cost.

    Args:
        path: XML file, plain or gzip, in any encoding it declares.
        whole: Local names of elements that are wanted complete. Elements outside such a
            subtree come without their later children, when they are first seen.
        source: Bytes of the document where it is not a file of its own.
        prefixes: Of namespaces, to be taken as declared.

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
        for piece in declare_prefixes(utf8(path, source), prefixes):
            parser.feed(piece)
            # The builder's root is there from the first start tag on.
            root: Element | None = builder.close()
            if root is None:
                continue
            size += len(piece)
            for each in harvest.ready(root):
                size = 0
                yield each
            if size > UNIT_SIZE:
                found_too_long = say("長すぎる翻訳単位", "a unit too long")
                raise FormatError(
                    path, 1, found_too_long, at_most(f"{UNIT_SIZE >> 20} MiB")
                )
        yield from harvest.rest(parser.close())
    except ElementTree.ParseError as fault:
        line, column = fault.position
        reason = expat.ErrorString(fault.code) or str(fault)
        if "undefined entity" in str(fault):
            reason = "undefined entity"
        cause = _UnboundPrefixError() if fault.code == _UNBOUND_PREFIX else None
        raise malformed_xml(path, reason, line, column + 1) from cause
    except _TooDeepError:
        # Found without a place; the slow reader refuses at the same depth and has it.
        for _ in stream(path, whole) if source is None else ():
            pass
        raise FormatError(path, 1, *too_deep()) from None


class _UnboundPrefixError(Exception):
    """An element or attribute has a prefix that nothing declares."""


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
            yield from self._announce(element, level)
            if len(element) > 1:
                finished_children = element[:-1]
                for child in finished_children:
                    if self._is_whole(child):
                        _check_depth(child)
                        yield child, True
                    else:
                        yield from self._complete(child, level + 1)
                del element[: len(finished_children)]
            if not len(element) or self._is_whole(element[-1]):
                return
            element = element[-1]
            level += 1

    def rest(self, root: Element) -> Iterator[tuple[Element, bool]]:
        """Yield what is left when the file has ended."""
        yield from self._complete(root, 0)

    def _announce(self, element: Element, level: int) -> Iterator[tuple[Element, bool]]:
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
        yield from self._announce(element, level)
        for child in element:
            yield from self._complete(child, level + 1)

    def _is_whole(self, element: Element) -> bool:
        tag = element.tag
        is_whole = self._wanted.get(tag)
        if is_whole is None:
            is_whole = self._wanted[tag] = tag.rpartition("}")[2] in self._whole
        return is_whole


def _check_depth(element: Element) -> None:
    # Counting is cheap and settles the matter for every unit of a real file.
    if len(list(element.iter())) <= DEPTH:
        return
    level, depth = [element], 0
    while level:
        depth += 1
        if depth > DEPTH:
            raise _TooDeepError
        level = [child for parent in level for child in parent]

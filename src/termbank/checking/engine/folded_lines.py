"""Hits in what is a rule's form only once widths and combining marks are evened out.

ＳｏｆｔＢａｎｋ, ｻｰﾊﾞ, カ and a combining mark for ガ, 葛 with a variation selector: a reader
sees the form, the bytes of the file differ. Lines that hold such characters are searched
a second time in Unicode form NFKC; offsets are those of the untouched bytes.
"""

from __future__ import annotations

from bisect import bisect_right

from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from .compiled_rules import Book

# First bytes of all that folding changes. Most texts hold none of them and never pay
# for compiling the patterns.
_FIRST_BYTES = {"wide": (b"\xef",), "selected": (b"\xf3",)}
# In a short text each of these is looked for faster than a pattern is compiled: of the
# full-width signs only digits and letters, because brackets stand in most texts.
_SHORT = 1 << 16  # bytes
_WIDE = (
    *(
        b"\xef\xbc" + bytes((last,))
        for last in (*range(0x90, 0x9A), *range(0xA1, 0xBB))
    ),
    *(b"\xef" + bytes((second,)) for second in (*range(0xA4, 0xAC), 0xB8, 0xBD, 0xBE)),
)
_VOICING = (b"\xe3\x82\x99", b"\xe3\x82\x9a")
# A text is decomposed throughout or not at all, so its beginning tells.
_BEGINNING = 1 << 18
_pattern_cache: dict[str, Any] = {}


class FoldedHit(NamedTuple):
    """A raw hit in a folded line.

    Attributes:
        start: First byte in the untouched content.
        end: One past the last.
        number: Of the target.
        line: The folded line as UTF-8.
        at: First byte of the hit in it.
        stop: One past the last.
    """

    start: int
    end: int
    number: int
    line: bytes
    at: int
    stop: int


def odd(content: bytes) -> bool:
    """Answer whether a text holds a character that folding changes."""
    return bool(_patterns(content))


def _patterns(content: bytes) -> list[Any]:
    """Return patterns of the odd characters that a text holds.

    One pattern for all of them would take ten times as long: each of these begins with
    a fixed byte, and is searched for that.
    """
    candidates = [
        _pattern(name)
        for name, firsts in _FIRST_BYTES.items()
        if any(first in content for first in firsts)
        and (
            name != "wide"
            or len(content) > _SHORT
            or any(first in content for first in _WIDE)
        )
    ]
    matching = [
        pattern for pattern in candidates if pattern.search(content) is not None
    ]
    beginning = content[:_BEGINNING]
    if any(mark in beginning for mark in _VOICING):
        matching.append(_pattern("voicing"))
    return matching


def folded_hits(content: bytes, book: Book) -> list[FoldedHit]:
    """Return the hits that only folding brings out, in order.

    Args:
        content: UTF-8.
        book: Its shields hold in a folded line as anywhere.
    """
    if book.first is None:
        return []
    lines = {
        line for pattern in _patterns(content) for line in _lines(content, pattern)
    }
    return [
        hit
        for begin, end in sorted(lines)
        for hit in _in_line(content, begin, end, book)
    ]


def _lines(content: bytes, pattern: Any) -> Iterator[tuple[int, int]]:
    searched_to = 0
    for match in pattern.finditer(content):
        if match.start() < searched_to:
            continue
        begin = content.rfind(b"\n", 0, match.start()) + 1
        searched_to = content.find(b"\n", match.end())
        searched_to = len(content) if searched_to < 0 else searched_to
        yield begin, searched_to


def _in_line(content: bytes, begin: int, end: int, book: Book) -> Iterator[FoldedHit]:
    from unicodedata import normalize

    raw = content[begin:end]
    line = raw.decode()
    plain = normalize("NFKC", _pattern("selectors").sub("", line)).encode()
    if book.first is None:
        return
    # Most lines hold the forms that they held before: only the others are mapped.
    now, before = book.first.find(plain), book.first.find(raw)
    if [hit[2] for hit in now] == [hit[2] for hit in before]:
        return
    folded_line, starts, places = _fold(line)
    lines, count = book.rest.automaton, len(book.rest.targets)
    for left, right, number in lines.find(folded_line):
        first = bisect_right(places, left) - 1
        last = bisect_right(places, right - 1) - 1
        if number >= count or places[first] != left:
            continue
        start, stop = starts[first], starts[last + 1]
        form = folded_line[left:right]
        if content[begin + start : begin + stop] != form and right == places[last + 1]:
            yield FoldedHit(
                begin + start, begin + stop, number, folded_line, left, right
            )


def _fold(line: str) -> tuple[bytes, list[int], list[int]]:
    """Return a folded line, and where each cluster begins before and after, in bytes."""
    from unicodedata import normalize

    pieces: list[bytes] = []
    starts, places = [0], [0]
    for match in _pattern("cluster").finditer(line):
        cluster = match[0]
        piece = cluster
        if len(cluster) > 1 or not cluster.isascii():
            piece = normalize("NFKC", _pattern("selectors").sub("", cluster))
        pieces.append(piece.encode())
        starts.append(starts[-1] + len(cluster.encode()))
        places.append(places[-1] + len(pieces[-1]))
    return b"".join(pieces), starts, places


def _pattern(name: str) -> Any:
    if not _pattern_cache:
        import re

        marks = "\u3099\u309a\uff9e\uff9f"
        selectors = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
        # UTF-8 of full-width digits and letters, half-width katakana, compatibility
        # ideographs and variation selectors.
        _pattern_cache["wide"] = re.compile(
            rb"\xef(?:\xbc[\x90-\x99\xa1-\xba]|\xbd[\x81-\x9a\xa6-\xbf]|\xbe[\x80-\x9f]"
            rb"|[\xa4-\xab][\x80-\xbf]|\xb8[\x80-\x8f])"
        )
        _pattern_cache["selected"] = re.compile(rb"\xf3\xa0[\x84-\x87][\x80-\xbf]")
        _pattern_cache["voicing"] = re.compile(rb"\xe3\x82[\x99\x9a]")
        _pattern_cache["selectors"] = re.compile(f"[{selectors}]")
        _pattern_cache["cluster"] = re.compile(f".[{marks}{selectors}]*", re.DOTALL)
    return _pattern_cache[name]

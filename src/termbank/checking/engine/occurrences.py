"""From raw hits to occurrences: judged, outside what is masked, placed in the text."""

from __future__ import annotations

import re

from termbank.records import NamedTuple
from termbank.types import Span

from .hit_kinds import CHANCE, COMPOUND, DOUBTFUL, UNSURE
from .raw_hits import raw_hits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .compiled_rules import Book, Target
    from .folded_lines import FoldedHit
    from .hit_classifier import Judge

_CONTINUATION = bytes(range(0x80, 0xC0))  # UTF-8 bytes that begin no code point
_ADDRESS_MARKS = (b"://", b"www.", b"@")
_QUOTES = tuple((pair[0].encode(), pair[1].encode()) for pair in ("「」", "『』"))
_BLOCK_QUOTE = re.compile(rb"[ \t\r\f\v]*>")
# UTF-8 of kana, and of kanji of the common blocks.
_JAPANESE = re.compile(rb"\xe3[\x81-\x83][\x80-\xbf]|[\xe4-\xe9][\x80-\xbf][\x80-\xbf]")
_RUBY, _RUBY_LENGTH = (b"<rt", b"<rp", b"\n<r"), 3
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")


class Occurrence(NamedTuple):
    """A target standing in the text.

    Attributes:
        span: Code points in the untouched text.
        line: From 1.
        column: In code points, from 1.
        target: What the glossary says about the form.
        how: free, doubtful, compound or unsure.
        quoted: True inside a quotation that the settings leave unfixed.
    """

    span: Span
    line: int
    column: int
    target: Target
    how: str
    quoted: bool

    @property
    def inside(self) -> bool:
        """True for a part of a longer word."""
        return self.how in (COMPOUND, UNSURE)


def occurrences(
    content: bytes,
    judged: Iterable[tuple[int, int, Target, str]],
    masked: Callable[[], Sequence[tuple[int, int]]] | None,
    *,
    warn_quoted: bool,
) -> list[Occurrence]:
    """Return the targets that stand in the prose of a text, in order.

    Args:
        content: UTF-8.
        judged: What :func:`judged_hits` yields.
        masked: Gives the byte ranges that hold no prose; None for plain text.
        warn_quoted: Whether to mark what stands in a quotation.
    """
    hits: list[Occurrence] = []
    counted_to, line, points, column = 0, 1, 0, 1
    hidden_places = _Covered(content, masked)
    english = _English(content)
    quotes = _Quotations(content)
    for start, end, target, standing in judged:
        if hidden_places.by_mask(start, end) or english.hides(start, target):
            continue
        how = standing
        if content[end : end + _RUBY_LENGTH] in _RUBY:
            # The reading beside it belongs to this very spelling: a person decides.
            how = UNSURE if standing in (COMPOUND, UNSURE) else DOUBTFUL
        # A line may be a whole file: only what lies between two hits is looked at.
        between = content[counted_to:start]
        points_between = _count(between)
        points += points_between
        if breaks := between.count(b"\n"):
            line += breaks
            column = _count(between[between.rfind(b"\n") + 1 :]) + 1
        else:
            column += points_between
        counted_to = start
        span = Span(points, points + _count(content[start:end]))
        in_quotation = warn_quoted and quotes.hold(start)
        hits.append(Occurrence(span, line, column, target, how, in_quotation))
    return hits


def judged_hits(
    content: bytes,
    book: Book,
    bare: Sequence[tuple[int, int, int]],
    folded: Sequence[FoldedHit],
    judge: Judge,
) -> Iterator[tuple[int, int, Target, str]]:
    """Yield (start, end, target, how) of the hits that are no chance, in bytes.

    Args:
        content: UTF-8.
        book: Targets and shields.
        bare: Where targets stand without regard to shields.
        folded: Hits that only folding brings out.
        judge: Says how a raw hit stands.
    """
    plain: list[tuple[int, int, int, str]] = []
    for start, end, number in raw_hits(content, book, bare, judge):
        how = judge(content, start, end, number)
        if how != CHANCE:
            plain.append((start, end, number, how))
    from_folded: list[tuple[int, int, int, str]] = [
        (hit.start, hit.end, hit.number, how)
        for hit in folded
        if (how := judge(hit.line, hit.at, hit.stop, hit.number)) != CHANCE
    ]
    covered_to = 0
    for start, end, number, how in sorted([*plain, *from_folded]):
        if start >= covered_to:
            yield start, end, book.rest.targets[number], how
            covered_to = end


class _English:
    """Paragraphs without Japanese: a Latin variant of a Japanese word is none there.

    Nor is a word in small letters a name there that is written like it: to express.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._begin = self._end = -1
        self._japanese = True

    def hides(self, start: int, target: Target) -> bool:
        form, better = target.form, target.better
        is_word = form.isalpha() and form.islower() and better == form.capitalize()
        if not form.isascii() or (better.isascii() and not is_word):
            return False
        if not self._begin <= start < self._end:
            self._enter(start)
        return not self._japanese

    def _enter(self, at: int) -> None:
        content = self._content
        begin = 0
        for blank in _BLANK_LINE.finditer(content, max(self._end, 0), at):
            begin = blank.end()
        begin = begin or max(self._end, 0)
        next_blank = _BLANK_LINE.search(content, at)
        self._begin, self._end = begin, next_blank.end() if next_blank else len(content)
        self._japanese = _JAPANESE.search(content, begin, self._end) is not None


def _count(piece: bytes) -> int:
    """Return the number of code points without decoding them."""
    return len(piece.translate(None, _CONTINUATION))


class _Covered:
    """Answers in order whether ranges touch a masked one; masks only when asked."""

    def __init__(
        self, content: bytes, mask_of: Callable[[], Sequence[tuple[int, int]]] | None
    ) -> None:
        self._content, self._masked, self._next = content, mask_of, 0
        self._line = (0, -1)  # of the last hit in plain text, and its addresses
        self._addresses: list[tuple[int, int]] = []

    def by_mask(self, start: int, end: int) -> bool:
        if self._masked is None:
            return self._in_address(start, end)
        ranges = self._masked()
        while self._next < len(ranges) and ranges[self._next][1] <= start:
            self._next += 1
        return self._next < len(ranges) and ranges[self._next][0] < end

    def _in_address(self, start: int, end: int) -> bool:
        # Plain text has nothing else to mask, and nothing over a line end, so only the
        # lines with a hit are read.
        content = self._content
        if not self._line[0] <= start <= self._line[1]:
            begin = content.rfind(b"\n", 0, start) + 1
            close = content.find(b"\n", end)
            self._line = begin, len(content) if close < 0 else close
            self._addresses = _addresses(content, *self._line)
        addresses = self._addresses
        while addresses and addresses[-1][1] <= start:
            addresses.pop()
        return bool(addresses) and addresses[-1][0] < end


def _addresses(content: bytes, begin: int, close: int) -> list[tuple[int, int]]:
    """Return the places of addresses in a line, the last one first."""
    line = content[begin:close]
    if not any(mark in line for mark in _ADDRESS_MARKS):
        return []
    from termbank.text.markup import masked_ranges

    ranges = masked_ranges(line, "plain")
    return [(begin + left, begin + right) for left, right in reversed(ranges)]


class _Quotations:
    """Answers in order whether places are inside 「…」, 『…』 or a block quote."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at, self._open = content, 0, [0] * len(_QUOTES)
        self._is_block = _begins_block_quote(content, 0)

    def hold(self, start: int) -> bool:
        text_between = self._content[self._at : start]
        if b"\n" in text_between:
            last = self._at + text_between.rfind(b"\n") + 1
            self._is_block = _begins_block_quote(self._content, last)
        paragraph = text_between.rfind(b"\n\n")
        if paragraph >= 0:
            self._open, text_between = [0] * len(_QUOTES), text_between[paragraph:]
        for at, (opening, closing) in enumerate(_QUOTES):
            self._open[at] += text_between.count(opening) - text_between.count(closing)
        self._at = start
        return self._is_block or any(count > 0 for count in self._open)


def _begins_block_quote(content: bytes, begin: int) -> bool:
    return _BLOCK_QUOTE.match(content, begin) is not None

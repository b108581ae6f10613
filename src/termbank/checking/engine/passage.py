"""What a rule is shown: one text, its masked ranges, and the judged hits in it."""

from __future__ import annotations

from termbank.messages import say
from termbank.records import NamedTuple
from termbank.types import Finding, Fix, Span

from .hit_kinds import CHANCE, COMPOUND, DOUBTFUL, UNSURE
from .raw_hits import raw_hits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.checking.options import Options

    from .compiled_rules import Book, Target
    from .hit_classifier import Judge
    from .word_place import Place

_CONTINUATION = bytes(range(0x80, 0xC0))  # UTF-8 bytes that begin no code point
_ADDRESS_MARKS = (b"://", b"www.", b"@")
_QUOTES = ("「」", "『』")


class Occurrence(NamedTuple):
    """A target standing in the text.

    Attributes:
        span: Code points in the untouched text.
        line: From 1.
        column: In code points, from 1.
        target: What the glossary says about the form.
        how: free, compound or unsure.
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


class Passage:
    """One text under check.

    Args:
        content: The text as UTF-8, without a byte order mark.
        path: Where it came from; empty for none.
        format: Name of the markup, see :mod:`termbank.sources.markup`.
        book: Targets and shields.
        judge: Says how a raw hit stands; one for all texts, it remembers.
        options: What holds for all texts.
        bare: Where targets stand without regard to shields.
    """

    __slots__ = (
        "_hits", "_masked", "_text", "bare", "book", "content", "format", "judge", "options",
        "path", "words",
    )  # fmt: skip

    def __init__(
        self,
        content: bytes,
        path: str,
        format: str,  # noqa: A002  # the name users know
        book: Book,
        judge: Judge,
        options: Options,
        bare: Sequence[tuple[int, int, int]],
    ) -> None:
        self.content, self.path, self.format = content, path, format
        self.book, self.judge, self.options = book, judge, options
        self.bare = bare
        self.words: list[Place] | None = None  # filled by the rules that need them
        self._text: str | None = None
        self._masked: list[tuple[int, int]] | None = None
        self._hits: list[Occurrence] | None = None

    @property
    def markup(self) -> str:
        """Name of the markup, aliases resolved."""
        from termbank.text.markup import resolved

        return resolved(self.format)

    @property
    def text(self) -> str:
        """The untouched text."""
        if self._text is None:
            self._text = self.content.decode()
        return self._text

    @property
    def masked(self) -> Sequence[tuple[int, int]]:
        """Byte ranges that hold no prose: markup, code, addresses, placeholders."""
        if self._masked is None:
            self._masked = _masked(self.content, self.format)
        return self._masked

    @property
    def prose(self) -> str:
        """The text with everything masked turned into spaces, offsets unmoved."""
        from termbank.text.markup import blanked

        return blanked(self.text, self.format)

    @property
    def hits(self) -> Sequence[Occurrence]:
        """All targets that stand in the text, chance substrings left out, in order."""
        if self._hits is None:
            self._hits = _occurrences(self)
        return self._hits

    def finding(
        self,
        code: str,
        hit: Occurrence,
        message: str,
        *,
        severity: str = "error",
        safe: bool = True,
    ) -> Finding:
        """Return a finding about a hit; its fix is the preferred form, if any."""
        better = hit.target.better
        doubtful = hit.how == DOUBTFUL
        safe = safe and not doubtful
        fix = Fix(hit.span, better, safe) if better and not hit.quoted else None
        return Finding(
            code,
            hit.span,
            message,
            fix,
            self.path,
            hit.line,
            hit.column,
            "warning" if hit.quoted or doubtful else severity,
            hit.target.concept_id,
        )

    def note(
        self,
        code: str,
        start: int,
        end: int,
        message: str,
        *,
        fix: Fix | None = None,
        severity: str = "warning",
        concept_id: str = "",
    ) -> Finding:
        """Return a finding about ``text[start:end]``."""
        line = self.text.count("\n", 0, start) + 1
        column = start - self.text.rfind("\n", 0, start)
        span = Span(start, end)
        return Finding(
            code, span, message, fix, self.path, line, column, severity, concept_id
        )


def use(form: str, better: str) -> str:
    """Return the sentence that asks for another form.

    >>> import os; os.environ["TERMBANK_MESSAGES"] = "both"
    >>> use("サーバ", "サーバー")
    '「サーバ」は「サーバー」に統一 (use サーバー)'
    """
    if not better:
        return say(f"「{form}」は使わない", f"do not use {form}")
    return say(f"「{form}」は「{better}」に統一", f"use {better}")


def _masked(content: bytes, format_name: str) -> list[tuple[int, int]]:
    from termbank.text.markup import masked_ranges

    return masked_ranges(content, format_name)


def _occurrences(passage: Passage) -> list[Occurrence]:
    """Judge the raw hits; place those that stand by line, column and code point."""
    content = passage.content
    hits: list[Occurrence] = []
    placed, line, points = 0, 1, 0
    warn_quoted = passage.options.quotations == "warn"
    covered = _Covered(passage)
    judge = passage.judge
    for start, end, number in raw_hits(content, passage.book, passage.bare, judge):
        how = judge(content, start, end, number)
        if how == CHANCE or covered.by_mask(start, end):
            continue
        line += content.count(b"\n", placed, start)
        points += _count(content[placed:start])
        placed = start
        target = passage.book.rest.targets[number]
        span = Span(points, points + len(target.form))
        begin = content.rfind(b"\n", 0, start) + 1
        column = _count(content[begin:start]) + 1
        quoted = warn_quoted and _quoted(content, begin, start)
        hits.append(Occurrence(span, line, column, target, how, quoted))
    return hits


def _count(piece: bytes) -> int:
    """Return the number of code points without decoding them."""
    return len(piece.translate(None, _CONTINUATION))


class _Covered:
    """Answers in order whether ranges touch a masked one; masks only when asked."""

    def __init__(self, passage: Passage) -> None:
        self._passage, self._next = passage, 0

    def by_mask(self, start: int, end: int) -> bool:
        if self._passage.markup == "plain":
            return self._in_address(start, end)
        masked = self._passage.masked
        while self._next < len(masked) and masked[self._next][1] <= start:
            self._next += 1
        return self._next < len(masked) and masked[self._next][0] < end

    def _in_address(self, start: int, end: int) -> bool:
        # Plain text has nothing else to mask, and nothing over a line end, so only the
        # lines with a hit are read.
        content = self._passage.content
        begin = content.rfind(b"\n", 0, start) + 1
        close = content.find(b"\n", end)
        line = content[begin : len(content) if close < 0 else close]
        if not any(mark in line for mark in _ADDRESS_MARKS):
            return False
        ranges = _masked(line, "plain")
        return any(
            left < end - begin and start - begin < right for left, right in ranges
        )


def _quoted(content: bytes, begin: int, start: int) -> bool:
    """Answer whether a place is inside 「…」, 『…』 or a block quote."""
    if content[begin:start].lstrip().startswith(b">"):
        return True
    paragraph = content[content.rfind(b"\n\n", 0, start) + 1 : start].decode(
        errors="ignore"
    )
    return any(paragraph.count(mark[0]) > paragraph.count(mark[1]) for mark in _QUOTES)

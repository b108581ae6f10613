"""What a rule is shown: one text, its masked ranges, and the judged hits in it."""

from __future__ import annotations

from termbank.messages import say
from termbank.types import Finding, Fix, Span

from .fix_text import written
from .folded_lines import folded_hits
from .hit_kinds import DOUBTFUL
from .occurrences import Occurrence, judged_hits, occurrences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from termbank.checking.options import Options
    from termbank.text.line_starts import LineStarts

    from .compiled_rules import Book
    from .folded_lines import FoldedHit
    from .hit_classifier import Judge
    from .word_place import Place


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
        "_folded", "_hits", "_line_starts", "_masked", "_text", "bare", "book", "content", "format", "judge", "options",
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
        self._folded: list[FoldedHit] | None = None
        self._line_starts: LineStarts | None = None

    @property
    def markup(self) -> str:
        """Name of the markup, aliases resolved."""
        from termbank.text.markup import resolve_markup

        return resolve_markup(self.format)

    @property
    def text(self) -> str:
        """The untouched text."""
        if self._text is None:
            self._text = self.content.decode()
        return self._text

    @property
    def _lines(self) -> LineStarts:
        if self._line_starts is None:
            from termbank.text.line_starts import LineStarts

            self._line_starts = LineStarts(self.text)
        return self._line_starts

    @property
    def masked(self) -> Sequence[tuple[int, int]]:
        """Byte ranges that hold no prose: markup, code, addresses, placeholders."""
        if self._masked is None:
            self._masked = _mask(self.content, self.format)
        return self._masked

    @property
    def prose(self) -> str:
        """The text with everything masked turned into spaces, offsets unmoved."""
        from termbank.text.markup import blank_markup

        return blank_markup(self.text, self.format)

    @property
    def folded(self) -> Sequence[FoldedHit]:
        """Hits that only folding of widths and marks brings out."""
        if self._folded is None:
            self._folded = folded_hits(self.content, self.book)
        return self._folded

    @property
    def hits(self) -> Sequence[Occurrence]:
        """All targets that stand in the text, chance substrings left out, in order."""
        if self._hits is None:
            in_text = occurrences(
                self.content,
                judged_hits(
                    self.content, self.book, self.bare, self.folded, self.judge
                ),
                None if self.markup == "plain" else lambda: self.masked,
                warn_quoted=self.options.quotations == "warn",
            )
            if self.book.patterns is not None:
                in_text = _merge_hits(
                    in_text, self.book.patterns.occurrences(self.text, self.prose)
                )
            self._hits = self._in_force(in_text)
        return self._hits

    def _in_force(self, hits: list[Occurrence]) -> list[Occurrence]:
        """Return the hits whose status holds on the day of the text, all if undated."""
        if not any(hit.target.since or hit.target.until for hit in hits):
            return hits
        # Most glossaries have no dates.
        from termbank.checking.files.text_dates import date_of

        written = self.options.as_of or date_of(self.content, self.path)
        if not written:
            return hits
        return [
            hit
            for hit in hits
            if hit.target.since <= written
            and (not hit.target.until or written <= hit.target.until)
        ]

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
        form = written(better, self.markup) if better and not hit.quoted else None
        fix = Fix(hit.span, form, safe) if form else None
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
        line, column = self._lines.place(start)
        span = Span(start, end)
        form = written(fix.text, self.markup) if fix else None
        fix = fix._replace(text=form) if fix and form is not None else None
        return Finding(
            code, span, message, fix, self.path, line, column, severity, concept_id
        )


def _merge_hits(
    hits: list[Occurrence], others: Iterable[Occurrence]
) -> list[Occurrence]:
    """Return hits in order, those of patterns only where no form was found."""
    all_hits = sorted(hits)
    for other in sorted(others):
        start, end = other.span
        if all(hit.span.end <= start or end <= hit.span.start for hit in all_hits):
            all_hits.append(other)
    return sorted(all_hits)


def use(form: str, better: str) -> str:
    """Return the sentence that asks for another form.

    >>> import os; os.environ["TERMBANK_MESSAGES"] = "both"
    >>> use("サーバ", "サーバー")
    '「サーバ」は「サーバー」に統一 (use サーバー)'
    """
    if not better:
        return say(f"「{form}」は使わない", f"do not use {form}")
    return say(f"「{form}」は「{better}」に統一", f"use {better}")


def _mask(content: bytes, format_name: str) -> list[tuple[int, int]]:
    from termbank.text.markup import masked_ranges

    return masked_ranges(content, format_name)

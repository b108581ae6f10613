"""Small frozen values handed to callers; none of them needs Polars."""

from __future__ import annotations

from .records import NamedTuple


class Span(NamedTuple):
    """Half-open range of code points in the untouched text, counted from 0."""

    start: int
    end: int


class Hit(NamedTuple):
    """A form of the glossary found in running text.

    Attributes:
        start: First code point, counted from 0 in the untouched text.
        end: One past the last code point.
        surface: ``text[start:end]``.
        concept_id: Concept that the form belongs to.
        form: The form as the glossary spells it.
        status: preferred, admitted, deprecated, forbidden or proposed.
    """

    start: int
    end: int
    surface: str
    concept_id: str
    form: str
    status: str

    @property
    def span(self) -> Span:
        """The range of the hit."""
        return Span(self.start, self.end)


class Entry(NamedTuple):
    """One concept that answers a look-up.

    Attributes:
        concept_id: Twelve hex digits.
        kind: person, place, organization, product, event or term.
        preferred: Preferred form in the language of the query.
        forms: All other forms in that language as (form, status) pairs, sorted by
            status, then form.
        equivalents: Forms in the language asked for (``to``), else in all other
            languages, preferred first.
        definition: In the language of the query, else in any; empty where none.
        score: 0-100; 100 is an exact form.
        why: How the query met the entry: exact (the preferred form), variant (another
            form), equivalent (a form in another language), reading, part (of a
            person's name), compound (one of the names that the query is put together
            from), near.
        reading: Katakana reading of the preferred form; empty where none.
        notes: (form, remark) of the forms shown that have a remark on their usage:
            when to write them, in which sense alone they hold.
    """

    concept_id: str
    kind: str
    preferred: str
    forms: tuple[tuple[str, str], ...]
    equivalents: tuple[str, ...]
    definition: str
    score: float
    why: str
    reading: str = ""
    notes: tuple[tuple[str, str], ...] = ()


class Fix(NamedTuple):
    """Replace the text in ``span`` by ``text``; ``safe`` fixes need no reading."""

    span: Span
    text: str
    safe: bool = True


class Finding(NamedTuple):
    """One place that a rule speaks about.

    Attributes:
        code: Rule, for example TB101.
        span: Place in the untouched text, code points.
        message: One sentence for the person who can mend it.
        fix: Replacement, where the rule knows one.
        path: File, empty for a text without one.
        line: Line of ``span.start``, from 1.
        column: Column of ``span.start`` in code points, from 1.
        severity: error, warning, or advice that may well be ignored.
        concept_id: Concept concerned; empty where none.
    """

    code: str
    span: Span
    message: str
    fix: Fix | None = None
    path: str = ""
    line: int = 1
    column: int = 1
    severity: str = "error"
    concept_id: str = ""


class Match(NamedTuple):
    """A segment of the translation memory that resembles a query.

    Attributes:
        source: Source segment as stored.
        target: Its translation; placeables of the query are substituted in it where
            only they differ.
        score: 0-102; 100 exact, 101 and 102 with matching neighbours.
        band: context, exact, near-exact or fuzzy.
        penalties: Names of what lowered the score.
        segment_id: Row of the memory.
        origin: File or project that the segment came from.
    """

    source: str
    target: str
    score: float
    band: str
    penalties: tuple[str, ...]
    segment_id: str
    origin: str

    def __repr__(self) -> str:
        why = f" ({', '.join(self.penalties)})" if self.penalties else ""
        kind = f"{self.score:.1f} {self.band}{why}"
        return f"<Match {kind}: {self.source!r} → {self.target!r}>"

    def _repr_html_(self) -> str:
        from .text.columns import html_table

        why = ", ".join(self.penalties)
        heads = ("score", "band", "source", "target", "penalties", "origin")
        row = (
            f"{self.score:.1f}",
            self.band,
            self.source,
            self.target,
            why,
            self.origin,
        )
        return html_table("Match", heads, [row])

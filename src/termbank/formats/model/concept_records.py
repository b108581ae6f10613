"""The one shape in which concepts pass between formats: plain records, no frames.

A reader yields records as it goes and a writer takes them one by one, so that a
conversion holds a few concepts at a time, however long the file is. Every field is a
text; an empty text says that the file is silent.
"""

from __future__ import annotations

from typing import Any, Final

from termbank.errors import InputError
from termbank.messages import say
from termbank.table_columns import CONCEPTS, TERMS

from .loss_reasons import said

# The columns of the glossary's tables between their keys and ``extra``.
TERM_FIELDS: Final = TERMS[3:-1]
CONCEPT_FIELDS: Final = CONCEPTS[1:-1]

Extra = dict[str, Any]


class Term:
    """One form of a concept as a file states it.

    Attributes:
        lang: Language tag as the file spells it; empty where it names none.
        form: As it should be written; may be empty in a broken file.
        reading: Katakana.
        status: preferred, admitted, deprecated, forbidden or proposed; empty where the
            file does not say.
        term_type: full form, acronym, abbreviation, short form, variant or phrase.
        part_of_speech: As the file names it.
        relation: To the preferred form.
        context: Sentence with the form in it.
        since: ISO date from which the status holds.
        until: ISO date up to which it holds.
        reason: Why the status is what it is.
        source: Where the form was found.
        note: Remarks, one a line.
        extra: What the file carried and none of the fields above takes, or None.
    """

    __slots__ = (
        "context",
        "extra",
        "form",
        "lang",
        "note",
        "part_of_speech",
        "reading",
        "reason",
        "relation",
        "since",
        "source",
        "status",
        "term_type",
        "until",
    )

    def __init__(self, lang: str, form: str, extra: Extra | None = None) -> None:
        self.lang, self.form, self.extra = lang, form, extra
        self.reading = self.status = self.term_type = self.part_of_speech = ""
        self.relation = self.context = self.since = self.until = ""
        self.reason = self.source = self.note = ""

    def stated(self) -> int:
        """Return how many fields say something; the form is one of them."""
        fields = sum(1 for field in TERM_FIELDS if getattr(self, field))
        return fields + bool(self.form) + bool(self.extra)


class Definition:
    """What a concept means, in one language.

    Attributes:
        lang: Language tag; ``und`` for a definition of the concept as a whole.
        text: The definition.
        source: Where it was found.
    """

    __slots__ = ("lang", "source", "text")

    def __init__(self, lang: str, text: str, source: str = "") -> None:
        self.lang, self.text, self.source = lang, text, source


class Concept:
    """One concept with its forms in all languages, in the order of the file.

    Attributes:
        id: Identifier as the file spells it; empty where it has none.
        kind: person, place, organization, product, event or term; empty where the file
            does not say.
        domain: Subject field.
        status: As of :class:`Term`.
        since: ISO date.
        definitions: At most one a language.
        terms: All forms.
        extra: What the file carried and nothing above takes, or None.
        line: Line of the file where the concept begins, from 1; 0 where unknown.
        codes: Inline elements of the file that the forms no longer hold.
    """

    __slots__ = (
        "codes",
        "definitions",
        "domain",
        "extra",
        "id",
        "kind",
        "line",
        "since",
        "status",
        "terms",
    )

    def __init__(self, identifier: str = "", line: int = 0) -> None:
        self.id, self.line, self.codes = identifier, line, 0
        self.kind = self.domain = self.status = self.since = ""
        self.definitions: list[Definition] = []
        self.terms: list[Term] = []
        self.extra: Extra | None = None

    def keep(self, key: str) -> Any:
        """Return the part ``key`` of ``extra`` as a dict, made where absent."""
        if self.extra is None:
            self.extra = {}
        return self.extra.setdefault(key, {})

    def stated(self) -> int:
        """Return how many fields say something, those of terms and definitions too."""
        own = sum(1 for field in CONCEPT_FIELDS if getattr(self, field))
        meant = sum(1 + bool(each.source) for each in self.definitions)
        return own + bool(self.extra) + meant + sum(t.stated() for t in self.terms)


class Segment:
    """One pair of segments as a file states it; None where the file does not say.

    Attributes:
        segment_id: As the file spells it.
        source: Source text without inline codes.
        target: Its translation; None where there is none yet.
        source_lang: Language tag as the file spells it.
        target_lang: Language tag as the file spells it.
        previous: Source text of the segment before.
        next: Source text of the segment after.
        origin: File or project.
        changed: Time of the last change as the file spells it.
        author: Who changed it last.
        created: Time it was made as the file spells it.
        client: For whom it was translated.
        domain: Subject field.
        note: Remarks, one a line.
        method: person, machine or alignment.
        context: What tells segments of one source apart: msgctxt, a key, an identifier.
        plural_of: Source of the singular, where the segment before is the singular of
            the same message and this one its plural.
        codes: Inline elements of the file that the two texts no longer hold.
        unread: Properties and remarks of the file that no field here takes.
    """

    __slots__ = (
        "author",
        "changed",
        "client",
        "codes",
        "context",
        "created",
        "domain",
        "method",
        "next",
        "note",
        "origin",
        "plural_of",
        "previous",
        "segment_id",
        "source",
        "source_lang",
        "target",
        "target_lang",
        "unread",
    )

    def __init__(self, source: str, target: str | None) -> None:
        self.source, self.target = source, target
        self.segment_id: str | None = None
        self.source_lang: str | None = None
        self.target_lang: str | None = None
        self.previous: str | None = None
        self.next: str | None = None
        self.origin: str | None = None
        self.changed: str | None = None
        self.author: str | None = None
        self.created: str | None = None
        self.client: str | None = None
        self.domain: str | None = None
        self.note: str | None = None
        self.method: str | None = None
        self.context: str | None = None
        self.plural_of: str | None = None
        self.codes = self.unread = 0


class Losses:
    """What a writer could not put into its file, counted field by field.

    Attributes:
        fields: Count for each (field, reason); a field is named ``terms.note``,
            ``definitions.text``, ``concepts.domain`` …
        rows: Sentences that name each row left out, in the order of the file.
        understood: What was made of the file that was read, in the reader's language.
    """

    def __init__(self) -> None:
        self.fields: dict[tuple[str, str], int] = {}
        self.rows: list[str] = []
        self.understood: list[str] = []

    def __bool__(self) -> bool:
        return bool(self.fields)

    @property
    def total(self) -> int:
        """Number of lost fields."""
        return sum(self.fields.values())

    def add(self, field: str, reason: str, count: int = 1) -> None:
        """Count a field as lost."""
        key = (field, reason)
        self.fields[key] = self.fields.get(key, 0) + count

    def leave_out(self, name: str, reason: str) -> None:
        """Name a row that is left out, with the reason in the reader's language."""
        self.rows.append(f"{name}: {said(reason)}")

    def include(self, other: Losses) -> None:
        """Count what another count holds as well."""
        for (field, reason), count in other.fields.items():
            self.add(field, reason, count)
        self.rows += other.rows
        self.understood += other.understood

    def term(self, term: Term, reason: str, *, name: str = "") -> None:
        """Count all fields of a term as lost and name the row."""
        self.leave_out(name or term.form, reason)
        if term.form:
            self.add("terms.form", reason)
        self.unset(term, reason)

    def unset(self, term: Term, reason: str, *, carried: tuple[str, ...] = ()) -> None:
        """Count the fields of a term outside ``carried`` as lost."""
        for field in (*TERM_FIELDS, "extra"):
            if field not in carried and getattr(term, field):
                self.add(f"terms.{field}", reason)

    def concept(
        self, concept: Concept, reason: str, *, carried: tuple[str, ...] = ()
    ) -> None:
        """Count the concept's own fields outside ``carried`` as lost.

        ``carried`` may name kind, domain, status, since, extra and definitions.
        """
        for field in (*CONCEPT_FIELDS, "extra"):
            if field not in carried and getattr(concept, field):
                self.add(f"concepts.{field}", reason)
        if "definitions" in carried:
            return
        for each in concept.definitions:
            self.add("definitions.text", reason)
            if each.source:
                self.add("definitions.source", reason)

    def lines(self) -> list[str]:
        """Return the report: one line a field and reason, largest count first."""
        largest_first = sorted(
            self.fields.items(), key=lambda item: (-item[1], item[0])
        )
        return [
            f"{count} × {field}: {said(why)}" for (field, why), count in largest_first
        ]

    def refuse(self, path: str) -> None:
        """Raise when anything was lost: what ``--strict`` asks for.

        Raises:
            InputError: With the whole report.
        """
        if self.fields:
            problem = say(
                f"この形式に出力できない項目 {self.total} 件",
                f"{self.total} fields that the format cannot carry",
            )
            problem += ": " + "; ".join(self.lines())
            expected = say(
                "それを書ける形式にするか、--strict を外す",
                "a format that carries them, or no --strict",
            )
            raise InputError(path, problem, expected)

"""Records to the frames of a glossary and back, without losing a field."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from termbank.formats.tables.status_labels import status_of
from termbank.identifiers import concept_id
from termbank.messages import say
from termbank.table_columns import CONCEPTS as _CONCEPTS
from termbank.table_columns import DEFINITIONS as _DEFINITIONS
from termbank.table_columns import KINDS, RELATIONS, STATUSES, TERM_TYPES
from termbank.table_columns import TERMS as _TERMS
from termbank.text.language_syntax import canonical_language

from .concept_records import TERM_FIELDS, Concept, Definition, Extra, Term
from .decision_rows import FIELDS as DECISION_FIELDS
from .decision_rows import DecisionRow
from .kept_fields import extra_of, extra_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_OWN_ID: Final = re.compile("_?c?([0-9a-f]{12})")
_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CLOSED: Final = {"term_type": TERM_TYPES, "relation": RELATIONS}
# What a concept is taken for where its file does not say.
DEFAULT_KIND: Final = "term"
DEFAULT_STATUS: Final = "preferred"

_DATES: Final = ("since", "until")

Row = tuple[str | None, ...]


def frames_of(
    records: Iterable[Concept],
) -> tuple[dict[str, pl.DataFrame], list[str]]:
    """Return the frames of a glossary that the records describe, and what was mended.

    Languages get the letter case of BCP 47. Where a file states no status, the first
    form of a language is preferred and the others admitted; ``extra`` remembers that
    the file was silent. Two entries with one identifier stay two concepts.

    Returns:
        Frames ``concepts``, ``definitions`` and ``terms`` by name; warnings.
    """
    tables = _Tables()
    for record in records:
        tables.add(record)
    frames = {
        "concepts": _frame(tables.concepts, _CONCEPTS, in_order=False),
        "definitions": _frame(tables.definitions, _DEFINITIONS),
        "terms": _frame(tables.terms, _TERMS),
    }
    return frames, tables.warnings


class _Tables:
    """Rows of the frames, filled record by record."""

    def __init__(self) -> None:
        self.concepts: list[Row] = []
        self.definitions: list[Row] = []
        self.terms: list[Row] = []
        self.warnings: list[str] = []
        self._taken: set[str] = set()

    def add(self, record: Concept) -> None:
        """Add one concept; one without any form is named in the warnings."""
        terms = [term for term in record.terms if _form(term)]
        if not terms:
            left_out = say("語形がないので除きました", "no form, left out")
            self.warnings.append(f"{record.id or record.line}: {left_out}")
            return
        preferred = next((t for t in terms if t.status == "preferred"), terms[0])
        key = self._key(record.id, preferred)
        extra = dict(record.extra or {})
        if record.id and record.id not in (key, f"c{key}"):
            extra["id"] = record.id
        self._define(key, record, extra)
        self._name(key, terms)
        kind = record.kind if record.kind in KINDS else DEFAULT_KIND
        if record.kind and record.kind != kind:
            extra["kind"] = record.kind
        status = record.status if record.status in STATUSES else DEFAULT_STATUS
        since = _date(record.since, "since", extra)
        self.concepts.append(
            (
                key,
                kind,
                record.domain or None,
                status,
                since,
                (extra_text(extra) or None),
            )
        )

    def _key(self, identifier: str, preferred: Term) -> str:
        own = _OWN_ID.fullmatch(identifier)
        key = own[1] if own else ""
        if not key or key in self._taken:
            lang = canonical_language(preferred.lang)
            key = concept_id(lang, _form(preferred), self._taken)
        self._taken.add(key)
        return key

    def _define(self, key: str, record: Concept, extra: Extra) -> None:
        langs: set[str] = set()
        for each in record.definitions:
            lang = canonical_language(each.lang)
            if lang in langs:
                more = extra.setdefault("definitions", [])
                more.append([lang, each.text, each.source])
                continue
            langs.add(lang)
            self.definitions.append((key, lang, each.text, each.source or None))

    def _name(self, key: str, terms: list[Term]) -> None:
        rows: dict[tuple[str, str], tuple[Term, Extra]] = {}
        led = {canonical_language(t.lang) for t in terms if t.status == "preferred"}
        for term in terms:
            lang, form = canonical_language(term.lang), _form(term)
            extra = dict(term.extra or {})
            if (lang, form) in rows:
                twins = rows[lang, form][1].setdefault("twins", [])
                twins.append(_plain(term))
                continue
            if not term.status:
                term.status = "admitted" if lang in led else "preferred"
                extra["unstated"] = term.status
                led.add(lang)
            rows[lang, form] = (term, extra)
        for (lang, form), (term, extra) in rows.items():
            self.terms.append(_term_row(key, lang, form, term, extra))


def _term_row(key: str, lang: str, form: str, term: Term, extra: Extra) -> Row:
    fields: dict[str, str | None] = {}
    for field in TERM_FIELDS:
        value: str | None = getattr(term, field) or None
        if value and field in _CLOSED and value not in _CLOSED[field]:
            extra.setdefault("labels", {})[field] = value
            value = None
        fields[field] = value
    if fields["status"] not in STATUSES:
        extra["status"] = fields["status"]
        fields["status"] = status_of(fields["status"] or "")
    for field in _DATES:
        fields[field] = _date(fields[field] or "", field, extra)
    head = (key, lang, form, *(fields[name] for name in _TERMS[3:-1]))
    return (*head, (extra_text(extra) or None))


def _form(term: Term) -> str:
    # A frame takes no control characters; U+3000 alone names nothing either.
    return _UNPRINTABLE.sub(" ", term.form).strip()


def _date(value: str, field: str, extra: Extra) -> str | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        extra.setdefault("labels", {})[field] = value
        return None


def _plain(term: Term) -> dict[str, Any]:
    return {
        name: value
        for name in ("lang", "form", *TERM_FIELDS, "extra")
        if (value := getattr(term, name))
    }


def _frame(
    rows: list[Row], names: tuple[str, ...], *, in_order: bool = True
) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    dates = [pl.col(name).str.to_date() for name in _DATES if name in names]
    keys = [name for name in ("concept_id", "lang", "form") if name in names]
    frame = frame.with_columns(dates)
    return frame.sort(keys) if in_order else frame


def decisions_frame(rows: Iterable[DecisionRow]) -> pl.DataFrame:
    """Return decisions as a frame; times in ISO form, empty fields null but ``right``."""
    schema = dict.fromkeys(DECISION_FIELDS, pl.String())
    frame = pl.DataFrame(list(rows), schema=schema, orient="row")
    blank = [pl.when(pl.col(n) != "").then(n).alias(n) for n in ("who", "when", "why")]
    when = pl.col("when").str.to_datetime(time_unit="us", time_zone="UTC", strict=False)
    return frame.with_columns(blank).with_columns(when)


def decision_rows(frame: pl.DataFrame) -> list[DecisionRow]:
    """Return the rows of a frame of schema Decisions as texts."""
    when = pl.col("when").dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ")
    texts = frame.with_columns(when).select(pl.col(DECISION_FIELDS).cast(pl.String))
    return texts.fill_null("").rows()


def records_of(
    concepts: pl.DataFrame,
    definitions: pl.DataFrame,
    terms: pl.DataFrame,
    *,
    order: Sequence[str] = (),
) -> Iterator[Concept]:
    """Yield the concepts of a glossary's frames, ordered by identifier.

    Args:
        concepts: Of schema ``Concepts``.
        definitions: Of schema ``Definitions``.
        terms: Of schema ``Terms``.
        order: Identifiers that come first, in this order: that of the file read.

    In each language the preferred form comes first, the others by spelling, so that a
    reader who takes the first form takes the right one.
    """
    meanings = _group(definitions, _DEFINITIONS)
    forms = _group(terms, _TERMS)
    place = {key: number for number, key in enumerate(order)}
    ordered_rows = sorted(
        _texts(concepts, _CONCEPTS), key=lambda row: place.get(row[0], len(place))
    )
    for row in ordered_rows:
        key, kind, domain, status, since, extra = row
        record = Concept(key)
        record.kind, record.domain, record.status = kind, domain, status
        record.since, record.extra = since, extra_of(extra)
        for _, lang, text, source in meanings.get(key, ()):
            record.definitions.append(Definition(lang, text, source))
        for values in forms.get(key, ()):
            record.terms.extend(_terms_of(values))
        record.terms.sort(key=_order)
        _restore(record)
        yield record


def _order(term: Term) -> tuple[str, bool, str]:
    return term.lang, term.status not in ("preferred", ""), term.form


def _restore(record: Concept) -> None:
    extra = record.extra
    if not extra:
        return
    native = extra.pop("id", "")
    record.id = native if isinstance(native, str) and native else record.id
    record.kind = str(extra.pop("kind", record.kind))
    for lang, text, source in extra.pop("definitions", ()):
        record.definitions.append(Definition(lang, text, source))
    record.since = extra.pop("labels", {}).get("since", record.since)
    record.extra = extra or None


def _terms_of(values: tuple[str, ...]) -> Iterator[Term]:
    term = Term(values[1], values[2], extra_of(values[-1]))
    for name, value in zip(_TERMS[3:-1], values[3:-1], strict=True):
        setattr(term, name, value)
    twins: list[dict[str, Any]] = []
    if term.extra:
        twins = term.extra.pop("twins", [])
        if term.extra.pop("unstated", None) == term.status:
            term.status = ""
        for name, value in term.extra.pop("labels", {}).items():
            setattr(term, name, value)
        term.extra = term.extra or None
    yield term
    for twin in twins:
        again = Term(twin["lang"], twin["form"], twin.get("extra"))
        for name in TERM_FIELDS:
            setattr(again, name, twin.get(name, ""))
        yield again


def _texts(frame: pl.DataFrame, names: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    plain = frame.select(pl.col(names).cast(pl.String).fill_null(""))
    return plain.sort("concept_id").iter_rows()


def _group(
    frame: pl.DataFrame, names: tuple[str, ...]
) -> dict[str, list[tuple[str, ...]]]:
    groups: dict[str, list[tuple[str, ...]]] = {}
    for row in _texts(frame, names):
        groups.setdefault(row[0], []).append(row)
    return groups

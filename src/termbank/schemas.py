"""The shapes of all frames that pass between stages; written down nowhere else."""

from __future__ import annotations

from typing import Final, TypeVar

import dataframely as dy
import polars as pl

from .errors import SchemaError
from .messages import say
from .table_columns import ACTIONS, KINDS, RELATIONS, STATUSES, TERM_TYPES

VERDICTS: Final = ["same", "related", "ask", "different"]
BANDS: Final = ["context", "exact", "near-exact", "fuzzy"]

_DOC_ID: Final = "^[0-9a-f]{16}$"
_CONCEPT_ID: Final = "^[0-9a-f]{12}$"
_PRINTABLE: Final = r"[\p{Cc}\p{Zl}\p{Zp}]"
S = TypeVar("S", bound=dy.Schema)


class Documents(dy.Schema):
    """One row a source document."""

    doc_id = dy.String(primary_key=True, regex=_DOC_ID)  # SHA-256 of the text
    uri = dy.String(nullable=False)  # path as given, or text:N
    lang = dy.String(nullable=False)  # BCP 47
    text = dy.String(nullable=False)  # untouched
    published = dy.Date(nullable=True)


class Mentions(dy.Schema):
    """One row for each place where a name or a term candidate stands.

    Rows of names and rows of terms may overlap: nested names and the parts of a
    compound are mentions of their own.
    """

    doc_id = dy.String(primary_key=True, regex=_DOC_ID)
    start = dy.UInt32(primary_key=True)  # code points in the untouched text
    end = dy.UInt32(primary_key=True)  # half-open
    miner = dy.String(primary_key=True)  # name/version dictionary/version
    lang = dy.String(nullable=False)
    surface = dy.String(nullable=False)
    norm = dy.String(nullable=False)  # NFKC and case folded
    reading = dy.String(nullable=True)  # katakana
    kind = dy.Enum(KINDS, nullable=False)
    evidence = dy.UInt32(nullable=True)  # bits of mining/terms/mention_evidence.py


class Candidates(dy.Schema):
    """One row a norm (and a document, when ranked by document), best first."""

    norm = dy.String(nullable=False)
    form = dy.String(nullable=False)  # commonest surface of the norm
    lang = dy.String(nullable=False)
    reading = dy.String(nullable=True)
    kind = dy.Enum(KINDS, nullable=False)
    mentions = dy.UInt32(nullable=False)  # count
    documents = dy.UInt32(nullable=False)  # count
    score = dy.Float64(nullable=False)
    measure = dy.String(nullable=False)
    example_doc = dy.String(nullable=False)
    example_start = dy.UInt32(nullable=False)
    doc_id = dy.String(nullable=True)


class Links(dy.Schema):
    """One row a pair of forms that was joined, related, refused or asked about."""

    left = dy.String(primary_key=True)
    right = dy.String(primary_key=True)
    similarity = dy.Float64(nullable=False, min=0.0, max=100.0)
    reasons = dy.List(dy.String(nullable=False), nullable=False)
    relation = dy.Enum(RELATIONS, nullable=True)
    verdict = dy.Enum(VERDICTS, nullable=False)
    by = dy.String(nullable=False)  # rule or person


class Concepts(dy.Schema):
    """One row a concept."""

    concept_id = dy.String(primary_key=True, regex=_CONCEPT_ID)
    kind = dy.Enum(KINDS, nullable=False)
    domain = dy.String(nullable=True)
    status = dy.Enum(STATUSES, nullable=False)
    since = dy.Date(nullable=True)
    extra = dy.String(nullable=True)  # what a read format carried and we do not model


class Definitions(dy.Schema):
    """One row for each definition of a concept in a language."""

    concept_id = dy.String(primary_key=True, regex=_CONCEPT_ID)
    lang = dy.String(primary_key=True)
    text = dy.String(nullable=False)
    source = dy.String(nullable=True)


class Terms(dy.Schema):
    """One row for each form of a concept in a language."""

    concept_id = dy.String(primary_key=True, regex=_CONCEPT_ID)
    lang = dy.String(primary_key=True)  # BCP 47
    form = dy.String(primary_key=True)  # as it should be written
    reading = dy.String(nullable=True)  # katakana
    status = dy.Enum(STATUSES, nullable=False)
    term_type = dy.Enum(TERM_TYPES, nullable=True)
    part_of_speech = dy.String(nullable=True)
    relation = dy.Enum(RELATIONS, nullable=True)  # to the preferred form
    context = dy.String(nullable=True)
    since = dy.Date(nullable=True)
    until = dy.Date(nullable=True)
    reason = dy.String(nullable=True)  # why the status is what it is
    source = dy.String(nullable=True)
    note = dy.String(nullable=True)
    extra = dy.String(nullable=True)

    @dy.rule()
    def form_is_printable(cls) -> pl.Expr:
        """One law here spares every writer its own escaping of control characters."""
        return ~pl.col("form").str.contains(_PRINTABLE) & (pl.col("form") != "")


class Decisions(dy.Schema):
    """One row for each thing a person decided; every later run obeys it."""

    lang = dy.String(primary_key=True)
    action = dy.Enum(ACTIONS, primary_key=True)
    left = dy.String(primary_key=True)
    right = dy.String(primary_key=True)  # empty where the action needs one form
    who = dy.String(nullable=True)
    when = dy.Datetime(nullable=True, time_zone="UTC", time_unit="us")
    why = dy.String(nullable=True)


class Segments(dy.Schema):
    """One row a pair of segments; only source and target are required of callers."""

    segment_id = dy.String(nullable=True)
    source = dy.String(nullable=False)
    target = dy.String(nullable=False)
    source_lang = dy.String(nullable=True)
    target_lang = dy.String(nullable=True)
    previous = dy.String(nullable=True)
    next = dy.String(nullable=True)
    origin = dy.String(nullable=True)
    changed = dy.Datetime(nullable=True, time_zone="UTC", time_unit="us")
    author = dy.String(nullable=True)
    created = dy.Datetime(nullable=True, time_zone="UTC", time_unit="us")
    client = dy.String(nullable=True)
    domain = dy.String(nullable=True)
    note = dy.String(nullable=True)
    method = dy.String(nullable=True)  # person, machine or alignment
    context = dy.String(nullable=True)  # msgctxt of PO, a key: tells like sources apart


def check_frame(schema: type[S], frame: pl.DataFrame, place: str) -> dy.DataFrame[S]:
    """Return ``frame`` cast to ``schema``, nullable columns added where absent.

    Args:
        schema: One of the classes above.
        frame: Any frame; unknown columns are dropped.
        place: What the frame is called in an error: a file or an argument.

    Raises:
        SchemaError: A required column is absent or a rule is broken; all faults named.
    """
    columns = schema.columns()
    faults = [
        say(f"列 {name} がありません", f"column {name} is absent")
        for name, column in columns.items()
        if name not in frame.columns and not column.nullable
    ]
    if faults:
        raise SchemaError(place, tuple(faults))
    absent = [
        pl.lit(None, dtype=column.dtype).alias(name)
        for name, column in columns.items()
        if name not in frame.columns
    ]
    try:
        return schema.validate(frame.with_columns(absent).select(*columns), cast=True)
    except (dy.exc.ValidationError, pl.exceptions.PolarsError) as fault:
        lines = tuple(
            f"{say('規則に合いません', 'what the schema refuses')}: {line.strip(' -')}"
            for line in str(fault).splitlines()
            if line
        )
        raise SchemaError(place, lines) from fault

"""Columns, keys and closed lists of values of all stored tables, said once.

The frames of :mod:`termbank.schemas` and the readers that must start without Polars
both take them from here.
"""

CONCEPTS = ("concept_id", "kind", "domain", "status", "since", "extra")
DEFINITIONS = ("concept_id", "lang", "text", "source")
TERMS = (
    "concept_id",
    "lang",
    "form",
    "reading",
    "status",
    "term_type",
    "part_of_speech",
    "relation",
    "context",
    "since",
    "until",
    "reason",
    "source",
    "note",
    "extra",
)
DECISIONS = ("lang", "action", "left", "right", "who", "when", "why")
SEGMENTS = (
    "segment_id",
    "source",
    "target",
    "source_lang",
    "target_lang",
    "previous",
    "next",
    "origin",
    "changed",  # microseconds since 1970, UTC
    "author",
    "created",  # as changed
    "client",
    "domain",
    "note",
    "method",  # person, machine or alignment
    "context",  # msgctxt of PO, a key
)
COLUMNS = {
    "concepts": CONCEPTS,
    "definitions": DEFINITIONS,
    "terms": TERMS,
    "decisions": DECISIONS,
}
KEYS = {
    "concepts": ("concept_id",),
    "definitions": ("concept_id", "lang"),
    "terms": ("concept_id", "lang", "form"),
    "decisions": ("lang", "action", "left", "right"),
}
KINDS = ("person", "place", "organization", "product", "event", "term")
# In the order in which forms of one concept are shown.
STATUSES = ("preferred", "admitted", "deprecated", "forbidden", "proposed")
TERM_TYPES = (
    "full form",
    "acronym",
    "abbreviation",
    "short form",
    "variant",
    "phrase",
)
RELATIONS = (
    "spelling",
    "short-name",
    "abbreviation",
    "acronym",
    "renamed",
    "synonym",
    "composition",
)
ACTIONS = ("same", "different", "prefer", "admit", "deprecate", "reject", "retire")
VALUES = {
    "kind": KINDS,
    "status": STATUSES,
    "term_type": TERM_TYPES,
    "relation": RELATIONS,
    "action": ACTIONS,
}

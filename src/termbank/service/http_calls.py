"""The calls of the HTTP service as data: routes, roles and descriptions come from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from . import call_schemas as schema
from . import json_calls

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .json_calls import Resources

Lane = str  # quick, reading or project


class HttpCall(NamedTuple):
    """One call: what it takes and gives, who may make it, and where it runs.

    Attributes:
        name: As a batch calls it.
        method: GET, POST or PATCH.
        path: With ``{id}`` where the address holds the argument of that name.
        summary: One sentence.
        role: Least role of the caller.
        lane: quick (at once), reading (in a pool) or project (one after another).
        takes: JSON schema of each argument.
        required: Arguments that must be there.
        gives: JSON schema of each member of the answer; all are required.
        call: Does it.
        subject: Argument that the audit trail names; empty for a call that only reads.
        needs_memory: Whether it is refused where the service has none.
        may_conflict: Whether it is refused with 409 where it contradicts what the
            glossary holds.
    """

    name: str
    method: str
    path: str
    summary: str
    role: str
    lane: Lane
    takes: dict[str, Any]
    required: tuple[str, ...]
    gives: dict[str, Any]
    call: Callable[[Resources, Mapping[str, Any]], dict[str, Any]]
    subject: str = ""
    needs_memory: bool = False
    may_conflict: bool = False


_BOTH: Final = {"lang": schema.LANG, "to": schema.TO}

LOOKUP: Final = HttpCall(
    "lookup",
    "POST",
    "/v1/lookup",
    "Concepts that a word or name leads to, misspelt as it may be",
    "reader",
    "quick",
    {"query": schema.QUERY, "to": schema.TO, "limit": schema.LIMIT},
    ("query",),
    schema.ENTRIES,
    json_calls.lookup,
)
TERMS_IN: Final = HttpCall(
    "terms_in",
    "POST",
    "/v1/terms_in",
    "Terms of the glossary in a text: renderings, forms to avoid, notes",
    "reader",
    "quick",
    {"text": schema.TEXT, **_BOTH},
    ("text",),
    {"terms": schema.TERMS},
    json_calls.terms_in,
)
CHECK: Final = HttpCall(
    "check",
    "POST",
    "/v1/check",
    "What is wrong in one translated segment: errors apart from advice",
    "reader",
    "reading",
    {"source": schema.TEXT, "target": schema.TEXT, **_BOTH},
    ("source", "target"),
    {"errors": schema.FINDINGS, "advice": schema.FINDINGS},
    json_calls.check,
)
CHECK_DOCUMENT: Final = HttpCall(
    "check_document",
    "POST",
    "/v1/check_document",
    "What is wrong and what is inconsistent over all segments of a document",
    "reader",
    "reading",
    {"pairs": schema.PAIRS, **_BOTH},
    ("pairs",),
    {
        "errors": schema.FINDINGS_OF_PAIRS,
        "advice": schema.FINDINGS_OF_PAIRS,
        "term_success_rate": schema.SCORE,
        "inconsistent": schema.INCONSISTENT,
    },
    json_calls.check_document,
)
SUGGEST: Final = HttpCall(
    "suggest",
    "POST",
    "/v1/suggest",
    "A translator's side panel: matches of the memory, mended, and the terms",
    "reader",
    "reading",
    {"text": schema.TEXT, **_BOTH},
    ("text",),
    {"matches": schema.MENDED_MATCHES, "terms": schema.TERMS},
    json_calls.suggest,
)
MEMORY_SEARCH: Final = HttpCall(
    "memory_search",
    "POST",
    "/v1/memory/search",
    "Stored pairs whose sources are likest to a text",
    "reader",
    "reading",
    {
        "text": schema.TEXT,
        "limit": schema.LIMIT,
        "at_least": {"type": "number", "minimum": 1, "maximum": 102},
        **_BOTH,
    },
    ("text",),
    {"matches": schema.MATCHES},
    json_calls.search_memory,
    needs_memory=True,
)
CONCORDANCE: Final = HttpCall(
    "concordance",
    "POST",
    "/v1/memory/concordance",
    "Stored pairs that hold a string; * and ? may stand in it",
    "reader",
    "reading",
    {
        "query": schema.text("A string", schema.LONGEST_QUERY, 1),
        "lang": schema.language("Look only in texts of this language (ja, en-GB)"),
        "limit": schema.integer("How many at most", 1, 1000),
    },
    ("query",),
    {
        "matches": schema.MATCHES,
        "words": schema.WORDS,
        "instead": {"type": "boolean"},
    },
    json_calls.find_in_memory,
    needs_memory=True,
)
MEMORY_ADD: Final = HttpCall(
    "memory_add",
    "POST",
    "/v1/memory/add",
    "Store translated pairs; a pair that is there already is not stored twice",
    "translator",
    "project",
    {"pairs": schema.PAIRS, **_BOTH, "origin": schema.text("File or job", 500)},
    ("pairs",),
    {"added": schema.COUNT},
    json_calls.add_to_memory,
    subject="origin",
    needs_memory=True,
)
PROPOSE: Final = HttpCall(
    "propose",
    "POST",
    "/v1/propose",
    "Put a rendering into the review queue, where a terminologist decides",
    "translator",
    "project",
    {
        "term": schema.text("Term", schema.LONGEST_QUERY, 1),
        "rendering": schema.text("Its rendering", schema.LONGEST_QUERY, 1),
        **_BOTH,
        "evidence": schema.text("Where it was found", 2000),
    },
    ("term", "rendering"),
    {"status": schema.WORD},
    json_calls.propose,
    subject="term",
    may_conflict=True,
)
CONCEPT: Final = HttpCall(
    "concept",
    "GET",
    "/v1/concepts/{id}",
    "One concept with its version",
    "reader",
    "project",
    {"id": schema.CONCEPT_ID},
    ("id",),
    schema.CONCEPT,
    json_calls.show_concept,
)
EDIT_CONCEPT: Final = HttpCall(
    "edit_concept",
    "PATCH",
    "/v1/concepts/{id}",
    "Edit a concept; refused with 409 and both versions where it changed meanwhile",
    "terminologist",
    "project",
    schema.EDIT,
    ("id", "version"),
    schema.CONCEPT,
    json_calls.edit_concept,
    subject="id",
    may_conflict=True,
)
CALLS: Final = {
    call.name: call
    for call in (
        LOOKUP,
        TERMS_IN,
        CHECK,
        CHECK_DOCUMENT,
        SUGGEST,
        MEMORY_SEARCH,
        CONCORDANCE,
        MEMORY_ADD,
        PROPOSE,
        CONCEPT,
        EDIT_CONCEPT,
    )
}

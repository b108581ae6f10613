"""JSON schemas of what the HTTP service takes and gives: requests, answers, problems."""

from __future__ import annotations

from typing import Any, Final

from termbank.operations.team.access_tokens import ROLES
from termbank.table_columns import KINDS, STATUSES

from .json_calls import LONGEST_TEXT, MOST_PAIRS

Schema = dict[str, Any]

LONGEST_QUERY: Final = 500  # code points of a word that is looked up
MOST_CALLS: Final = 100  # of one batch
_MOST_ENGLISH: Final = 50  # forms that one edit adds


def text(about: str, longest: int = LONGEST_TEXT, least: int = 0) -> Schema:
    """Return the schema of a text."""
    return {
        "type": "string",
        "description": about,
        "minLength": least,
        "maxLength": longest,
    }


def integer(about: str, least: int, most: int) -> Schema:
    """Return the schema of a whole number."""
    return {
        "type": "integer",
        "description": about,
        "minimum": least,
        "maximum": most,
    }


def listed(items: Schema, about: str = "") -> Schema:
    """Return the schema of an array."""
    return {
        "type": "array",
        "items": items,
        **({"description": about} if about else {}),
    }


def shaped(properties: dict[str, Schema], *optional: str) -> Schema:
    """Return the schema of an object that has all properties but the optional ones."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


WORD: Final[Schema] = {"type": "string"}
WORDS: Final = listed(WORD)
COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
SCORE: Final[Schema] = {"type": "number", "minimum": 0, "maximum": 102}
# The whole text must match: JSON Schema says so with anchors, Python's fullmatch anyway.
_TAG: Final = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


def language(about: str) -> Schema:
    """Return the schema of a language tag."""
    return {"type": "string", "description": about, "maxLength": 35, "pattern": _TAG}


LANG: Final = language(
    "BCP 47 tag of the text (ja, en-GB); told by its script where absent"
)
TO: Final = language("BCP 47 tag of the other language (ja, en-GB)")
TEXT: Final = text("Any text")
QUERY: Final = text("Word or name", LONGEST_QUERY)
LIMIT: Final = integer("How many at most", 1, 100)

_ENTRY = shaped(
    {
        "id": WORD,
        "term": WORD,
        "kind": {"type": "string", "enum": list(KINDS)},
        "renderings": WORDS,
        "other_forms": listed(shaped({"form": WORD, "status": WORD})),
        "definition": WORD,
        "notes": listed(shaped({"form": WORD, "note": WORD})),
        "score": SCORE,
        "why": WORD,
    }
)
ENTRIES: Final = {"entries": listed(_ENTRY, "Concepts, the best first")}
_PLACE: Schema = {"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}
TERMS: Final = listed(
    shaped(
        {
            "id": WORD,
            "term": WORD,
            "found": WORD,
            "places": listed(_PLACE, "Start and end, code points of the text as sent"),
            "renderings": WORDS,
            "avoid": WORDS,
            "definition": WORD,
            "note": WORD,
        }
    ),
    "Terms of the glossary in order of their first places",
)
_FINDING: Final = {
    "rule": WORD,
    "message": WORD,
    "start": COUNT,
    "end": COUNT,
    "found": WORD,
    "fix": WORD,
}
FINDINGS: Final = listed(shaped(_FINDING, "fix"))
FINDINGS_OF_PAIRS: Final = listed(shaped({"pair": COUNT, **_FINDING}, "fix"))
INCONSISTENT: Final = listed(
    shaped(
        {
            "term": WORD,
            "found": listed(shaped({"rendering": WORD, "count": COUNT})),
            "expected": WORDS,
        }
    )
)
_MATCH: Final = {"source": WORD, "target": WORD, "score": SCORE, "penalties": WORDS}
MATCHES: Final = listed(shaped({"id": WORD, **_MATCH, "origin": WORD}))
_DIFFERENCES = listed(shaped({"op": WORD, "text": WORD}))
MENDED_MATCHES: Final = listed(shaped({**_MATCH, "differences": _DIFFERENCES}))
PAIRS: Final[Schema] = {
    **listed(shaped({"source": TEXT, "target": TEXT}), "In the order of the document"),
    "maxItems": MOST_PAIRS,
}
_TERM_STATE = shaped(
    {
        "lang": WORD,
        "form": WORD,
        "status": {"type": "string", "enum": list(STATUSES)},
        "reading": WORD,
        "note": WORD,
    }
)
CONCEPT: Final = {
    "id": WORD,
    "version": WORD,
    "kind": WORD,
    "domain": WORD,
    "status": WORD,
    "definitions": {"type": "object", "additionalProperties": WORD},
    "terms": listed(_TERM_STATE),
}
CONCEPT_ID: Final = text("Identifier of a concept", 64)
EDIT: Final = {
    "id": CONCEPT_ID,
    "version": text("Version of the concept that the editor saw", 64),
    "form": text("Form that the edit is about; the leading one where absent", 500),
    "lang": language("BCP 47 tag of the form (ja, en-GB)"),
    "spelling": text("New spelling; the old one gives way to it", 500, 1),
    "english": {
        **listed(text("Form", 500, 1), "Forms to add, the preferred one first"),
        "maxItems": _MOST_ENGLISH,
    },
    "kind": {"type": "string", "enum": list(KINDS)},
    "domain": text("Subject field", 200),
    "reading": text("In katakana", 500),
    "definition": text("In the language of the form", 5000),
    "note": text("Remark on usage", 2000),
    "why": text("Reason, kept with the change", 500),
}
EVENTS: Final = listed(
    shaped(
        {
            "number": COUNT,
            "at": WORD,
            "token": WORD,
            "who": WORD,
            "action": WORD,
            "subject": WORD,
            "outcome": WORD,
        }
    ),
    "The newest first",
)
CALLER: Final = {
    "name": WORD,
    "role": {"type": "string", "enum": list(ROLES)},
    "version": WORD,
    "memory": {"type": "boolean"},
}
CALLS: Final[Schema] = {
    **listed(
        shaped({"call": WORD, "arguments": {"type": "object"}}),
        "Calls by name, as the last part of their paths",
    ),
    "maxItems": MOST_CALLS,
}
ANSWERS: Final = listed(
    shaped(
        {"status": COUNT, "answer": {"type": "object"}, "problem": {"type": "object"}},
        "answer",
        "problem",
    ),
    "In the order of the calls",
)
MESSAGES: Final[Schema] = {
    "anyOf": [
        {"type": "object"},
        {"type": "array", "items": {"type": "object"}, "minItems": 1, "maxItems": 50},
    ]
}
PROBLEM: Final = {
    "type": "object",
    "description": "RFC 9457",
    "properties": {
        "type": WORD,
        "title": WORD,
        "status": COUNT,
        "detail": WORD,
        "yours": {"anyOf": [shaped(CONCEPT), {"type": "null"}]},
        "current": {"anyOf": [shaped(CONCEPT), {"type": "null"}]},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": False,
}

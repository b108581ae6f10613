"""Operations as calls that take and give JSON: the agents' tools, the HTTP service.

Each takes the resources of a server and checked arguments and returns what an object of
JSON holds. What people wrote (notes, definitions) stands in fields of its own, as data.
"""

from __future__ import annotations

from termbank.errors import InputError
from termbank.messages import say
from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from typing import Any

    from termbank.glossary.glossary_sources import GlossaryLike
    from termbank.memory import Memory
    from termbank.operations.project import Project
    from termbank.operations.row_changes import Author
    from termbank.operations.team.concept_versions import ConceptState
    from termbank.operations.text_terms import TextTerm
    from termbank.operations.translation_checks import PairFinding, TranslationCheck
    from termbank.types import Match

LONGEST_TEXT = 200_000  # code points of one argument
MOST_PAIRS = 5_000


class Resources(NamedTuple):
    """What a server works on.

    Attributes:
        glossary: As for :func:`termbank.lookup`; None for the project's.
        memory: Translation memory or its folder; empty for none.
        project: Glossary that proposals go to, or its folder; empty for the settings'.
        clock: Returns the time in UTC.
        who: Name under which changes are kept.
        may_write: Whether the caller may propose and add.
    """

    glossary: GlossaryLike
    memory: Memory | str
    project: Project | str
    clock: Callable[[], datetime]
    who: str = "agent"
    may_write: bool = True


def lookup(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the concepts that a word leads to."""
    from termbank.term_search import lookup as find

    entries = find(
        _text(given, "query"),
        to=given.get("to"),
        limit=int(given.get("limit", 5)),
        glossary=on.glossary,
    )
    return {
        "entries": [
            {
                "id": entry.concept_id,
                "term": entry.preferred,
                "kind": entry.kind,
                "renderings": list(entry.equivalents),
                "other_forms": [{"form": f, "status": s} for f, s in entry.forms],
                "definition": entry.definition,
                "notes": [{"form": f, "note": n} for f, n in entry.notes],
                "score": entry.score,
                "why": entry.why,
            }
            for entry in entries
        ]
    }


def terms_in(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the glossary's terms in a text."""
    from termbank.operations.text_terms import terms_in as find

    terms = find(
        _text(given, "text"),
        lang=given.get("lang"),
        to=given.get("to"),
        glossary=on.glossary,
    )
    return {"terms": [_term(term) for term in terms]}


def check(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with what is wrong in one translated segment."""
    pair = (_text(given, "source"), _text(given, "target"))
    report = _check(on, [pair], given)
    return {
        "errors": [_finding(each, pair[1]) for each in report.errors],
        "advice": [_finding(each, pair[1]) for each in report.advice],
    }


def check_document(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with what is wrong and what is inconsistent over a document."""
    pairs = _pairs(given)
    report = _check(on, pairs, given)
    return {
        "errors": _findings_of_pairs(report.errors, pairs),
        "advice": _findings_of_pairs(report.advice, pairs),
        "term_success_rate": report.success_rate,
        "inconsistent": [
            {
                "term": each.term,
                "found": [{"rendering": f, "count": c} for f, c in each.found],
                "expected": list(each.expected),
            }
            for each in report.inconsistent
        ],
    }


def recall(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with matches of the translation memory, mended, and their differences."""
    text = _text(given, "text")
    if not on.memory:
        return {"matches": [], "note": say("翻訳メモリの指定なし", "no memory is set")}
    from termbank.memory import suggest as find

    lang, to = _languages(text, given)
    hints = find(text, memory=on.memory, glossary=on.glossary, lang=lang, to=to)
    return {"matches": [_mended_match(match, text) for match in hints.matches]}


def suggest(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with a translator's side panel: mended matches and the terms."""
    return {
        "matches": recall(on, given)["matches"],
        "terms": terms_in(on, given)["terms"],
    }


def search_memory(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the pairs whose sources are likest to a text."""
    matches = _memory(on).search(
        _text(given, "text"),
        limit=int(given.get("limit", 5)),
        at_least=given.get("at_least", 70.0),
        lang=given.get("lang"),
        to=given.get("to"),
    )
    return {"matches": [_match(match) for match in matches]}


def find_in_memory(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the pairs that hold a string: a concordance."""
    answer = _memory(on).find_text(
        _text(given, "query"),
        lang=given.get("lang"),
        limit=int(given.get("limit", 100)),
    )
    return {
        "matches": [_match(match) for match in answer.matches],
        "words": list(answer.words),
        "instead": answer.instead,
    }


def add_to_memory(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Store translated pairs."""
    import polars as pl

    pairs, by = _pairs(given), _author(on)
    memory = _memory(on)
    columns = {
        "author": by.who,
        "origin": given.get("origin") or None,
        "source_lang": given.get("lang"),
        "target_lang": given.get("to"),
        "method": "person",
    }
    frame = pl.DataFrame(
        pairs, {"source": pl.String, "target": pl.String}, orient="row"
    )
    frame = frame.with_columns(
        *(pl.lit(value, pl.String).alias(name) for name, value in columns.items()),
        pl.lit(by.when).cast(pl.Datetime("us", "UTC")).alias("changed"),
    )
    return {"added": memory.add(frame)}


def propose(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Put a rendering into the review queue."""
    from termbank.operations.proposing import propose as put

    term = _text(given, "term")
    lang, to = _languages(term, given)
    put(
        _project(on),
        term,
        _text(given, "rendering"),
        _author(on),
        lang=lang,
        to=to,
        evidence=str(given.get("evidence") or ""),
    )
    return {"status": "proposed"}


def spelling(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with the Latin spelling of a katakana name in a text."""
    del on
    from termbank.equivalents import best_spelling

    best = best_spelling(_text(given, "katakana"), _text(given, "text"))
    return {"spelling": best[0] if best else "", "score": best[1] if best else 0.0}


def show_concept(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Answer with a concept and its version."""
    from termbank.operations.team.concept_versions import (
        UnknownConceptError,
        concept_state,
    )

    state = concept_state(_project(on).rows(), given["id"])
    if state is None:
        raise UnknownConceptError(given["id"])
    return _concept(state)


def edit_concept(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Edit a concept that still is what the editor saw; answer with what it is now."""
    from termbank.operations.team.concept_versions import edit_version
    from termbank.operations.term_values import Update

    update = Update(
        given.get("spelling"),
        tuple(given.get("english", ())),
        *(given.get(name) for name in _FIELDS),
    )
    state = edit_version(
        _project(on),
        given["id"],
        given["version"],
        update,
        _author(on)._replace(why=given.get("why", "")),
        form=given.get("form"),
        lang=given.get("lang"),
    )
    return _concept(state)


_FIELDS = ("kind", "domain", "reading", "definition", "note")


def both_versions(on: Resources, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a concept as a stale editor saw it, and as it is; null where unknown."""
    from termbank.operations.team.concept_versions import concept_state, older_state

    project = _project(on)
    yours = older_state(project, given["id"], given["version"])
    current = concept_state(project.rows(), given["id"])
    return {
        "yours": _concept(yours) if yours else None,
        "current": _concept(current) if current else None,
    }


def _concept(state: ConceptState) -> dict[str, Any]:
    return {**state._asdict(), "terms": [term._asdict() for term in state.terms]}


def _check(
    on: Resources, pairs: list[tuple[str, str]], given: Mapping[str, Any]
) -> TranslationCheck:
    from termbank.operations.translation_checks import check_translation

    return check_translation(
        pairs, lang=given.get("lang"), to=given.get("to"), glossary=on.glossary
    )


def _term(term: TextTerm) -> dict[str, Any]:
    return {
        "id": term.concept_id,
        "term": term.preferred,
        "found": term.surface,
        "places": [list(place) for place in term.places],
        "renderings": list(term.renderings),
        "avoid": list(term.avoid),
        "definition": term.definition,
        "note": term.note,
    }


def _findings_of_pairs(
    findings: Iterable[PairFinding], pairs: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    return [
        {"pair": each.pair, **_finding(each, pairs[each.pair][1])} for each in findings
    ]


def _finding(each: PairFinding, target: str) -> dict[str, Any]:
    finding = each.finding
    start, end = finding.span
    answer: dict[str, Any] = {
        "rule": finding.code,
        "message": finding.message,
        "start": start,
        "end": end,
        "found": target[start:end] if end - start < len(target) else "",
    }
    if finding.fix is not None:
        answer["fix"] = finding.fix.text
    return answer


def _match(match: Match) -> dict[str, Any]:
    return {
        "id": match.segment_id,
        "source": match.source,
        "target": match.target,
        "score": match.score,
        "penalties": list(match.penalties),
        "origin": match.origin or "",
    }


def _mended_match(match: Match, text: str) -> dict[str, Any]:
    from termbank.memory import edits

    return {
        "source": match.source,
        "target": match.target,
        "score": match.score,
        "penalties": list(match.penalties),
        "differences": [
            {"op": op, "text": piece}
            for op, piece in edits(match.source, text)
            if op != "same"
        ],
    }


def _memory(on: Resources) -> Memory:
    if not on.memory or isinstance(on.memory, str):
        raise InputError(
            "memory",
            say("翻訳メモリの指定なし", "this server has no memory"),
            "termbank serve --memory DIR",
        )
    return on.memory


def _project(on: Resources) -> Project:
    from termbank.operations.project import Project

    if isinstance(on.project, Project):
        return on.project
    return Project(on.project) if on.project else Project.find()


def _author(on: Resources) -> Author:
    from termbank.operations.row_changes import Author

    return Author(on.who, on.clock(), "")


def _languages(text: str, given: Mapping[str, Any]) -> tuple[str, str]:
    """Return the language of a text and the one that it is translated into."""
    from termbank.operations.text_terms import other_language
    from termbank.text.language_tags import guess_language

    lang = given.get("lang") or guess_language(text)
    return lang, given.get("to") or other_language(lang)


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given[name]
    if len(value) > LONGEST_TEXT:
        length = say(f"{len(value)} 字", f"{len(value)} characters")
        raise InputError(
            name, length, say(f"{LONGEST_TEXT} 字まで", f"at most {LONGEST_TEXT}")
        )
    return str(value)


def _pairs(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    pairs = given["pairs"]
    if len(pairs) > MOST_PAIRS:
        count = say(f"{len(pairs)} 対", f"{len(pairs)} pairs")
        raise InputError(
            "pairs", count, say(f"{MOST_PAIRS} 対まで", f"at most {MOST_PAIRS}")
        )
    return [(_text(pair, "source"), _text(pair, "target")) for pair in pairs]

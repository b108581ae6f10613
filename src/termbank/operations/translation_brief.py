"""What a translator or a model needs before it starts, within a budget, in stable order."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank.messages import say
from termbank.text.language_tags import guess_language

from .text_terms import TextTerm, other_language, terms_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from termbank.glossary.glossary_sources import GlossaryLike
    from termbank.memory import Memory
    from termbank.types import Match

BUDGET: Final = 8_000  # code points: some 4,000 tokens of Japanese and English mixed
_MATCHES: Final = 8
_MATCH_AT_LEAST: Final = 75.0
_SEGMENTS_SEARCHED: Final = 400
_SHARE_OF_QUESTIONS: Final = 0.1  # of the budget
_SHARE_OF_TERMS: Final = 0.75  # of the budget, where matches want the rest


class Brief(NamedTuple):
    """What to know before a document is translated.

    Attributes:
        lang: Language of the document.
        to: Language of the translation.
        terms: Terms of the glossary, the most needed first.
        questions: Terms without an accepted rendering: a person has to decide.
        matches: (segment of the document, best match of the memory), best first.
    """

    lang: str
    to: str
    terms: tuple[TextTerm, ...]
    questions: tuple[TextTerm, ...]
    matches: tuple[tuple[str, Match], ...]


def brief(
    text: str,
    *,
    lang: str | None = None,
    to: str | None = None,
    glossary: GlossaryLike = None,
    memory: Memory | str | Path | None = None,
) -> Brief:
    """Return what a translator of a document should know first.

    Args:
        text: The document.
        lang: Its language; told by its script where absent.
        to: Language of the translation; the other of Japanese and English where absent.
        glossary: As for :func:`termbank.lookup`.
        memory: Memory or its folder; no matches where absent.

    Raises:
        InputError: A glossary cannot be read.
        StoreError: The folder holds no memory.
    """
    lang = lang or guess_language(text)
    to = to or other_language(lang)
    terms = terms_in(text, lang=lang, to=to, glossary=glossary)
    with_renderings = sorted((term for term in terms if term.renderings), key=_need)
    return Brief(
        lang,
        to,
        tuple(with_renderings),
        tuple([term for term in terms if not term.renderings]),
        tuple(_matches(text, lang, memory)),
    )


def _need(term: TextTerm) -> tuple[bool, bool, int, int]:
    """Order terms: what is easily got wrong, then names, then what stands often."""
    return (
        not (term.avoid or term.note),
        term.kind == "term",
        -len(term.places),
        term.places[0][0],
    )


def _matches(
    text: str, lang: str, memory: Memory | str | Path | None
) -> Iterator[tuple[str, Match]]:
    if memory is None:
        return
    from termbank.memory import Memory as Opened
    from termbank.memory import segment

    pieces = dict.fromkeys(piece.text for piece in segment(text, lang=lang))
    texts = list(pieces)[:_SEGMENTS_SEARCHED]
    if isinstance(memory, Opened):
        best = memory.search_many(texts, limit=1, at_least=_MATCH_AT_LEAST)
    else:
        with Opened.open(memory, read_only=True) as opened_memory:
            best = opened_memory.search_many(texts, limit=1, at_least=_MATCH_AT_LEAST)
    pairs = [
        (piece, matches[0])
        for piece, matches in zip(texts, best, strict=True)
        if matches
    ]
    pairs.sort(key=lambda pair: -pair[1].score)
    yield from pairs[:_MATCHES]


def as_markdown(made: Brief, *, budget: int = BUDGET) -> str:
    """Return a brief as Markdown of at most ``budget`` code points.

    Terms come first, whole lines only. A term is named before another one is explained:
    where not all is room for, the least needed lose notes and further renderings before
    any is left out. What did not fit is counted at the end.
    """
    head = say(
        f"# 翻訳の手引き ({made.lang} → {made.to})",
        f"# Brief ({made.lang} → {made.to})",
    )
    matches = [_match_lines(piece, match) for piece, match in made.matches]
    questions = [f"- {term.preferred}" for term in made.questions]
    room = budget - len(head) - 120  # the headings and the count of what is left out
    for_questions = int(budget * _SHARE_OF_QUESTIONS)
    question_lines, room, questions_left = _fitting(questions, room, for_questions)
    for_terms = int(budget * _SHARE_OF_TERMS) if matches else room
    term_lines = _term_lines(made.terms, min(room, for_terms))
    room -= sum(len(line) + 1 for line in term_lines)
    more = len(made.terms) - len(term_lines)
    match_lines, _, hidden = _fitting(matches, room, room)
    sections = (
        (say("## 用語", "## Terms"), term_lines),
        (say("## 訳語を決める用語", "## To be decided"), question_lines),
        (say("## 翻訳メモリ", "## Memory"), match_lines),
    )
    parts = [head, *("\n".join([title, *lines]) for title, lines in sections if lines)]
    left = more + questions_left + hidden
    if left:
        parts.append(say(f"(ほかに {left} 件)", f"({left} more)"))
    return "\n\n".join(parts)[: max(budget - 1, 0)] + "\n"


def _fitting(lines: list[str], room: int, most: int) -> tuple[list[str], int, int]:
    """Return the first lines that fit, the room left, and how many did not fit."""
    fitting, used = [], 0
    for line in lines:
        if used + len(line) + 1 > min(room, most):
            break
        fitting.append(line)
        used += len(line) + 1
    return fitting, room - used, len(lines) - len(fitting)


def _term_lines(terms: Sequence[TextTerm], room: int) -> list[str]:
    """Return the lines of as many terms as fit, each as full as the room allows.

    All terms get their shortest line first; then the most needed ones get what to
    avoid, and after that notes and further renderings.
    """
    lines, _, _ = _fitting([_shortest_line(term) for term in terms], room, room)
    room -= sum(len(line) + 1 for line in lines)
    for fuller_line in (_warning_line, _full_line):
        for at, term in enumerate(terms[: len(lines)]):
            fuller = fuller_line(term)
            growth = len(fuller) - len(lines[at])
            if growth <= room:
                lines[at] = fuller
                room -= growth
    return lines


def _shortest_line(term: TextTerm) -> str:
    return f"- {term.preferred} → {term.renderings[0]}"


def _warning_line(term: TextTerm) -> str:
    return _shortest_line(term) + _warnings(term)


def _full_line(term: TextTerm) -> str:
    line = f"- {term.preferred} → {', '.join(term.renderings[:3])}{_warnings(term)}"
    return line + (f": {term.note}" if term.note else "")


def _warnings(term: TextTerm) -> str:
    # In both languages at once: a line is read by people and models of either.
    text = f" (使わない/avoid: {', '.join(term.avoid)})" if term.avoid else ""
    if term.surface != term.preferred:
        text += f" [原文/in the text: {term.surface}]"
    return text


def _match_lines(piece: str, match: Match) -> str:
    return f"- {match.score:.0f} {piece}\n  {match.source}\n  → {match.target}"


def as_object(made: Brief, *, budget: int | None = None) -> dict[str, Any]:
    """Return a brief as ``termbank brief --format json`` prints it.

    Args:
        made: From :func:`brief`.
        budget: Most code points of the JSON text; None for all there is. Terms are
            named before they are explained, as in :func:`as_markdown`; ``more`` counts
            what did not fit.
    """
    whole = _whole_object(made)
    if budget is None or _length(whole) <= budget:
        return whole
    content: dict[str, Any] = {**whole, "terms": [], "questions": [], "matches": []}
    content["more"] = sum(len(whole[key]) for key in ("terms", "questions", "matches"))
    room = budget - _length(content)
    short = [_short_object(term) for term in made.terms]
    for key, values in (
        ("terms", short),
        ("questions", whole["questions"]),
        ("matches", whole["matches"]),
    ):
        for value in values:
            if _length(value) + _BETWEEN > room:
                break
            content[key].append(value)
            room -= _length(value) + _BETWEEN
            content["more"] -= 1
        if key == "terms":
            room = _explain(content["terms"], whole["terms"], room)
    return content


_BETWEEN: Final = 2  # code points between two values: a comma and a space


def _explain(
    shown: list[dict[str, Any]], whole: list[dict[str, Any]], room: int
) -> int:
    """Put whole objects in the place of short ones while there is room; return the rest."""
    for at, short in enumerate(shown):
        growth = _length(whole[at]) - _length(short)
        if growth <= room:
            shown[at] = whole[at]
            room -= growth
    return room


def _length(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False))


def _short_object(term: TextTerm) -> dict[str, Any]:
    return {"term": term.preferred, "renderings": list(term.renderings[:1])}


def _whole_object(made: Brief) -> dict[str, Any]:
    return {
        "lang": made.lang,
        "to": made.to,
        "terms": [_term_object(term) for term in made.terms],
        "questions": [term.preferred for term in made.questions],
        "matches": [
            {"text": piece, "source": m.source, "target": m.target, "score": m.score}
            for piece, m in made.matches
        ],
    }


def _term_object(term: TextTerm) -> dict[str, Any]:
    return {
        "concept": term.concept_id,
        "kind": term.kind,
        "term": term.preferred,
        "found": term.surface,
        "count": len(term.places),
        "renderings": list(term.renderings),
        "avoid": list(term.avoid),
        "definition": term.definition,
        "note": term.note,
    }


def write_glossary(made: Brief, path: str, *, format_name: str) -> None:
    """Write the terms of a brief as a glossary of another tool, for this document alone.

    Args:
        made: From :func:`brief`.
        path: File to replace.
        format_name: deepl, google, azure or another format of pairs.

    Raises:
        InputError: It cannot be written, or no term has a rendering.
    """
    from termbank.formats import write_concepts
    from termbank.formats.model.concept_records import Concept, Term

    def records() -> Iterator[Concept]:
        for term in sorted(made.terms, key=lambda term: term.preferred):
            record = Concept(term.concept_id)
            forms = [(made.lang, term.preferred, "preferred")]
            if term.surface != term.preferred:
                forms.append((made.lang, term.surface, "admitted"))
            forms.append((made.to, term.renderings[0], "preferred"))
            for lang, form, status in forms:
                new_term = Term(lang, form)
                new_term.status = status
                record.terms.append(new_term)
            yield record

    write_concepts(records(), path, name=format_name, source=made.lang, target=made.to)

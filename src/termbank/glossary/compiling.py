"""From the terms of a glossary to what look-up and scanning need."""

from __future__ import annotations

import sys

from ..text.nearness import SEPARATORS, pairs, spelling
from ..text.normalise import norm
from . import index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from .rows import TermRow
    from .stack import Definitions

_SHORTEST_PART = 2  # letters of a part of a name that can be looked up by itself


def names(rows: list[TermRow], definitions: Definitions) -> index.Names:
    """Return the names of a glossary.

    Args:
        rows: Its terms.
        definitions: Texts by concept and language.
    """
    texts: dict[str, list[tuple[str, str]]] = {}
    for (concept_id, lang), text in sorted(definitions.items()):
        texts.setdefault(concept_id, []).append((lang, text))
    concepts = []
    exact: dict[str, list[tuple[int, int, int]]] = {}
    near: list[tuple[str, float, int, int, int]] = []
    for number, (concept_id, kind, tongues) in enumerate(_concepts(rows)):
        concepts.append((concept_id, kind, tongues, tuple(texts.get(concept_id, ()))))
        for tongue, (_, forms) in enumerate(tongues):
            for at, (form, _, reading) in enumerate(forms):
                place = (number, tongue, at)
                exact.setdefault(norm(form), []).append(place)
                near += [
                    (text, worth, *place)
                    for text, worth in _spellings(form, reading, kind)
                ]
    return index.Names(concepts, exact, near, _places([name[0] for name in near]))


def _concepts(rows: list[TermRow]) -> Iterator[tuple[str, str, tuple[Any, ...]]]:
    """Yield (concept_id, kind, tongues), concepts in the order of their first row."""
    kinds: dict[str, str] = {}
    forms: dict[str, dict[str, list[tuple[str, str, str]]]] = {}
    for row in rows:
        kinds.setdefault(row.concept_id, row.kind)
        by_lang = forms.setdefault(row.concept_id, {})
        term = (row.form, row.status, row.reading)
        by_lang.setdefault(row.lang, []).append(term)
    for concept_id, kind in kinds.items():
        by_lang = forms[concept_id]
        langs = sorted(by_lang, key=lambda lang: (lang != index.MAIN, lang))
        tongues = tuple((lang, tuple(_in_order(by_lang[lang]))) for lang in langs)
        yield concept_id, kind, tongues


def _in_order(terms: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return sorted(terms, key=lambda term: (index.STATUSES.index(term[1]), term[0]))


def _spellings(form: str, reading: str, kind: str) -> Iterator[tuple[str, float]]:
    text = spelling(form)
    yield text, index.FORM
    read = spelling(reading)
    if read and read != text:
        yield read, index.READING
    if kind == "person":
        parts = "".join(" " if char in SEPARATORS else char for char in text).split(" ")
        if len(parts) > 1:
            yield from (
                (one, index.PART) for one in parts if len(one) >= _SHORTEST_PART
            )


def _places(spellings: Sequence[str]) -> dict[str, bytes]:
    found: dict[str, list[int]] = {}
    for number, text in enumerate(spellings):
        for pair in pairs(text):
            found.setdefault(pair, []).append(number)
    return {
        pair: b"".join(number.to_bytes(4, sys.byteorder) for number in numbers)
        for pair, numbers in found.items()
    }


def patterns(rows: list[TermRow]) -> index.Patterns:
    """Return the patterns of a glossary: one for each normalised form."""
    terms: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in rows:
        key = norm(row.form)
        if key:
            term = (row.concept_id, row.form, row.status, row.lang)
            terms.setdefault(key, []).append(term)
    if not terms:
        return index.Patterns(b"", [])
    from daachorse import CharwiseDoubleArrayAhoCorasick

    automaton = CharwiseDoubleArrayAhoCorasick(list(terms))
    return index.Patterns(automaton.serialize(), list(terms.values()))

"""Compiled glossaries: names to be looked up, patterns to be found in running text.

Both are plain tuples and bytes, so that :mod:`termbank.cache` can keep them under the
signature of the files they were made from; the first run after a change compiles anew.
"""

from __future__ import annotations

import sys

from .. import cache
from ..records import NamedTuple
from ..text.nearness import SEPARATORS, folded, spelling
from ..text.normalise import norm
from . import stack as stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from .rows import TermRow
    from .stack import Definitions, GlossaryLike, One

# The order in which forms of one concept are shown.
STATUSES = ("preferred", "admitted", "deprecated", "forbidden", "proposed")
MAIN = "ja"  # the language a concept is met in, where it has forms in it
FORM, READING, PART = 100.0, 97.0, 90.0  # what a perfect match of each is worth
_SHORTEST_PART = 2
_REMEMBERED = 8  # compiled glossaries kept by one process
_remembered: list[tuple[str, object, Any]] = []


class Names(NamedTuple):
    """What ``lookup`` needs, with numbers for places in its own lists.

    Attributes:
        concepts: (concept_id, kind, tongues, definitions): tongues are (lang, forms)
            pairs, the main language first; forms are (form, status, reading), by
            status and form; definitions are (lang, text) pairs.
        exact: :func:`norm` of a form to its (concept, tongue, form) places.
        near: (spelling, worth, concept, tongue, form) of each form, reading and part
            of a person's name.
        pairs: Two neighbouring characters of a folded spelling, the edges included, to
            the numbers of ``near`` that have them, as 32-bit integers.
    """

    concepts: list[tuple[str, str, tuple[Any, ...], tuple[tuple[str, str], ...]]]
    exact: dict[str, list[tuple[int, int, int]]]
    near: list[tuple[str, float, int, int, int]]
    pairs: dict[str, bytes]


class Patterns(NamedTuple):
    """What ``scan`` needs.

    Attributes:
        automaton: Serialised, over the normalised forms; empty where there are none.
        terms: For each pattern the (concept_id, form, status, lang) it stands for.
    """

    automaton: bytes
    terms: list[list[tuple[str, str, str, str]]]


def names(glossary: GlossaryLike) -> Names:
    """Return the compiled names of a glossary, or of several (an earlier one wins)."""
    return Names(*_kept("names-1", glossary, compile_names))


def patterns(glossary: GlossaryLike) -> tuple[Any, Patterns]:
    """Return the automaton ready to use (None without forms) and what it stands for."""
    kept = Patterns(*_kept("patterns-1", glossary, compile_patterns))
    if not kept.automaton:
        return None, kept
    from daachorse import CharwiseDoubleArrayAhoCorasick

    return CharwiseDoubleArrayAhoCorasick.deserialize(kept.automaton), kept


def _kept(
    purpose: str,
    glossary: GlossaryLike,
    compiler: Callable[[list[TermRow], Definitions], tuple[Any, ...]],
) -> tuple[Any, ...]:
    stack = stacks.stacked(glossary)
    key = stacks.key_of(stack)
    # Objects never change, so they are their own key.
    for known, what, found in _remembered:
        if known == purpose and (what == key if key else _same(what, stack)):
            return found  # type: ignore[no-any-return]
    made = cache.load(purpose, key) if key else None
    if made is None:
        made = tuple(compiler(*stacks.combined(stack)))
        if key:
            cache.store(purpose, key, made)
    _remembered.insert(0, (purpose, key or stack, made))
    del _remembered[_REMEMBERED:]
    return made


def _same(known: object, stack: tuple[One, ...]) -> bool:
    return (
        isinstance(known, tuple)
        and len(known) == len(stack)
        and all(one is other for one, other in zip(known, stack, strict=True))
    )


def compile_names(rows: list[TermRow], definitions: Definitions) -> Names:
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
    return Names(concepts, exact, near, _pairs([name[0] for name in near]))


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
        langs = sorted(by_lang, key=lambda lang: (lang != MAIN, lang))
        tongues = tuple((lang, tuple(_in_order(by_lang[lang]))) for lang in langs)
        yield concept_id, kind, tongues


def _in_order(terms: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return sorted(terms, key=lambda term: (STATUSES.index(term[1]), term[0]))


def _spellings(form: str, reading: str, kind: str) -> Iterator[tuple[str, float]]:
    text = spelling(form)
    yield text, FORM
    read = spelling(reading)
    if read and read != text:
        yield read, READING
    if kind == "person":
        parts = "".join(" " if char in SEPARATORS else char for char in text).split(" ")
        if len(parts) > 1:
            yield from ((one, PART) for one in parts if len(one) >= _SHORTEST_PART)


def _pairs(spellings: Sequence[str]) -> dict[str, bytes]:
    found: dict[str, list[int]] = {}
    for number, text in enumerate(spellings):
        for pair in pairs_of(text):
            found.setdefault(pair, []).append(number)
    return {
        pair: b"".join(number.to_bytes(4, sys.byteorder) for number in numbers)
        for pair, numbers in found.items()
    }


def pairs_of(text: str) -> set[str]:
    """Return the neighbouring characters of a folded spelling, its edges marked.

    >>> len(pairs_of("キーウ"))
    3
    """
    key = f"\x02{folded(text) or text}\x03"
    return {key[at : at + 2] for at in range(len(key) - 1)}


def compile_patterns(rows: list[TermRow], _definitions: Definitions) -> Patterns:
    """Return the patterns of a glossary: one for each normalised form."""
    terms: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in rows:
        key = norm(row.form)
        if key:
            term = (row.concept_id, row.form, row.status, row.lang)
            terms.setdefault(key, []).append(term)
    if not terms:
        return Patterns(b"", [])
    from daachorse import CharwiseDoubleArrayAhoCorasick

    automaton = CharwiseDoubleArrayAhoCorasick(list(terms))
    return Patterns(automaton.serialize(), list(terms.values()))

"""From the terms of a glossary to what look-up and scanning need."""

from __future__ import annotations

from array import array
from marshal import dumps

from termbank.table_columns import STATUSES
from termbank.text.nearness import SEPARATORS, pairs, spelling
from termbank.text.sounds import SHORTEST, sound_of_kana

from . import index_tables as index
from .index_tables import Names, Patterns, Spellings
from .search_keys import keys_in_all_shapes, search_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from .glossary_sources import Definitions
    from .index_tables import Concept, Pattern
    from .light_rows import TermRow

_SHORTEST_PART = 2  # letters of a part of a name that can be looked up by itself


def names(rows: list[TermRow], definitions: Definitions) -> Names:
    """Return the names of a glossary.

    Args:
        rows: Its terms.
        definitions: Texts by concept and language.
    """
    texts: dict[str, list[tuple[str, str]]] = {}
    for (concept_id, lang), text in sorted(definitions.items()):
        texts.setdefault(concept_id, []).append((lang, text))
    notes: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows:
        if row.note:
            notes.setdefault(row.concept_id, []).append((row.lang, row.form, row.note))
    concepts = [
        (
            concept_id,
            kind,
            tongues,
            tuple(texts.get(concept_id, ())),
            tuple(notes.get(concept_id, ())),
        )
        for concept_id, kind, tongues in _concepts(rows)
    ]
    exact: dict[str, list[tuple[int, int, int]]] = {}
    for place, (form, _, _) in _forms(concepts):
        for key in keys_in_all_shapes(form):
            exact.setdefault(key, []).append(place)
    return Names([dumps(concept) for concept in concepts], exact)


def spellings(known: Names) -> Spellings:
    """Return the spellings under which the names of a glossary are near others."""
    return _table(known, _spellings)


def sounds(known: Names) -> Spellings:
    """Return how the katakana forms and readings of a glossary sound."""
    return _table(known, _sounds)


def _table(
    names: Names, texts_of: Callable[[str, str, str], Iterable[tuple[str, int]]]
) -> Spellings:
    concepts = _open_concepts(names)
    texts: list[str] = []
    numbers: list[int] = []
    for place, (form, _, reading) in _forms(concepts):
        for text, worth in texts_of(form, reading, concepts[place[0]][1]):
            texts.append(text)
            numbers += (worth, *place)
    return Spellings("\n".join(texts), _bytes(numbers), _places(texts))


def bare_names(known: Names) -> tuple[dict[str, list[tuple[int, int, int]]]]:
    """Return the forms in letters by their words without plurals and possessives."""
    from termbank.text.word_forms import bare_words

    bare: dict[str, list[tuple[int, int, int]]] = {}
    concepts = _open_concepts(known)
    for place, (form, _, _) in _forms(concepts):
        tongues = concepts[place[0]][2]
        foreign = tongues[place[1]][0] != index.MAIN or len(tongues) == 1
        if foreign and form[:1] < "\u0250" and (key := bare_words(form)):
            bare.setdefault(key, []).append(place)
    return (bare,)


def patterns(known: Names) -> Patterns:
    """Return the patterns of a glossary: one for each normalised form.

    A pattern without terms is an exception: a longer form in which a term is no hit.
    """
    from termbank.text.term_notes import exceptions_in, other_senses, sense_cues

    terms: dict[str, list[Pattern]] = {}
    exceptions: dict[str, None] = {}
    concepts = _open_concepts(known)
    for (concept, tongue, _), (form, status, _) in _forms(concepts):
        concept_id, kind, tongues, _, notes = concepts[concept]
        lang = tongues[tongue][0]
        note = next((text for *term, text in notes if term == [lang, form]), "")
        if note:
            exceptions.update(dict.fromkeys(map(search_key, exceptions_in(note, form))))
        sense = bool(note and other_senses(note))
        cues = tuple(sense_cues(note)) if note else ()
        term = (concept_id, form, status, lang, kind, sense, cues)
        for key in filter(None, keys_in_all_shapes(form)):
            terms.setdefault(key, []).append(term)
    for exception in exceptions:
        terms.setdefault(exception, [])
    if not terms:
        return Patterns(b"", [])
    from daachorse import CharwiseDoubleArrayAhoCorasick

    automaton = CharwiseDoubleArrayAhoCorasick(list(terms))
    return Patterns(
        automaton.serialize(), [dumps(entries) for entries in terms.values()]
    )


def _open_concepts(names: Names) -> list[Concept]:
    return [names.concept(number) for number in range(len(names.packed))]


def _forms(
    concepts: Sequence[tuple[Any, ...]],
) -> Iterator[tuple[tuple[int, int, int], tuple[str, str, str]]]:
    for number, (_, _, tongues, *_) in enumerate(concepts):
        for tongue, (_, forms) in enumerate(tongues):
            for at, form in enumerate(forms):
                yield (number, tongue, at), form


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
    return sorted(terms, key=lambda term: (STATUSES.index(term[1]), term[0]))


def _spellings(form: str, reading: str, kind: str) -> Iterator[tuple[str, int]]:
    text = spelling(form)
    yield text, index.FORM
    read = spelling(reading)
    if read and read != text:
        yield read, index.READING
    if kind == "person":
        yield from ((part, index.PART) for part in _parts(text))


def _parts(text: str) -> list[str]:
    parts = "".join(" " if char in SEPARATORS else char for char in text).split(" ")
    return (
        [part for part in parts if len(part) >= _SHORTEST_PART]
        if len(parts) > 1
        else []
    )


def _sounds(form: str, reading: str, kind: str) -> Iterator[tuple[str, int]]:
    text = spelling(form)
    worth = index.SOUND_OF_WORD if kind == "term" else index.SOUND
    heard = {sound_of_kana(text): worth, sound_of_kana(spelling(reading)): worth}
    if kind == "person":
        for part in _parts(text):
            heard.setdefault(sound_of_kana(part), index.SOUND_OF_PART)
    yield from (
        (sound, each) for sound, each in heard.items() if len(sound) >= SHORTEST
    )


def _places(texts: Sequence[str]) -> dict[str, bytes]:
    by_pair: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for pair in pairs(text):
            by_pair.setdefault(pair, []).append(number)
    return {pair: _bytes(numbers) for pair, numbers in by_pair.items()}


def _bytes(numbers: Iterable[int]) -> bytes:
    return array("I", numbers).tobytes()

"""A term in, entries out; a text in, hits out. Starts without Polars or Sudachi."""

from __future__ import annotations

from unicodedata import normalize

from termbank.arguments import (
    require_count,
    require_glossary,
    require_language,
    require_number,
    require_text,
)
from termbank.glossary.match_kind import WHYS, Meeting
from termbank.glossary.search_keys import search_key, usual_text
from termbank.text.language_tags import answers
from termbank.text.normalise import normalise_mapped

from .glossary import index, index_tables
from .table_columns import STATUSES
from .types import Entry, Hit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from termbank.glossary.glossary_sources import GlossaryLike
    from termbank.glossary.index_tables import Names, Pattern, Patterns
    from termbank.text.normalise import Mapped

    Places: TypeAlias = Sequence[tuple[int, int, int]]
    # Start and end in the normalised text, the same in the untouched text, terms.
    Candidate: TypeAlias = tuple[int, int, int, int, list[Pattern]]

__all__ = ["lookup", "scan"]

SHORTEST_IN_ANY_CASE = 3  # letters; a shorter form has to stand in its own case
_EXACT = 100.0
_INFLECTED = 99.0  # a form but for its plural, possessive, article or title
_NEAR_BESIDE_TITLE = 85.0  # least likeness of a name that a title stands behind
_RANKS = {"person": 0, "organization": 1, "product": 2, "event": 3}
_IN_COMPOUND = 95.0  # the first name of a compound query; the next ones a little less
_ARTICLE = "the "
_USABLE = ("preferred", "admitted", "proposed")


def lookup(
    query: str,
    *,
    to: str | None = None,
    limit: int = 5,
    at_least: float = 75.0,
    glossary: GlossaryLike = None,
) -> list[Entry]:
    """Return the concepts that a word or name leads to, the best first.

    Exact forms score 100, in any width and letter case; deprecated ones too, and the
    entry says so. Where no form is exact, a query that is a form but for a plural, a
    possessive or a title scores 99 (POWs, Mr. Trump), and one put together from names
    of the glossary leads to each of them (ゼレンスキー大統領, 日米韓, Putin's envoy).
    Where there is none of these, near forms are looked for: a reading
    scores 97, a part of a person's name 90, any other what
    :func:`termbank.text.nearness.similarity` gives: a missing ー or ・, another size of
    kana, a typing error, hiragana for katakana, another English transliteration.
    English leads to Japanese in the same way; where the glossary lacks the English
    form, and for romaji, a name that sounds like the letters scores 95 at most.

    Args:
        query: Word or name, in Japanese or any language of the glossary.
        to: BCP 47 language of the equivalents; all other languages where absent.
        limit: Most entries to return.
        at_least: Lowest score, 0-100.
        glossary: A glossary, the path of one, ``builtin``, or a list of these of which
            an earlier one wins. Where absent, the project's glossaries (settings) and
            after them the shipped one.

    Raises:
        InputError: A glossary cannot be read.

    >>> lookup("シルスキー", to="en")[0].equivalents[0]
    'Oleksandr Syrskyi'
    >>> lookup("りんご")
    []
    """
    require_text("query", query)
    require_language("to", to)
    require_count("limit", limit)
    require_number("at_least", at_least)
    require_glossary(glossary)
    names = index.names(glossary)
    meetings = (
        list(_exact(query, names))
        or _compound(query, names, glossary)
        or _unlike(query.strip(), glossary, at_least)
    )
    best: dict[int, Meeting] = {}
    for meeting in meetings:
        best_so_far = best.get(meeting.concept)
        if best_so_far is None or meeting < best_so_far:
            best[meeting.concept] = meeting
    # Of two concepts with one form, the one that prefers it comes first.
    by_rank = sorted(best.values(), key=lambda it: (*it[:3], it.form > 0, *it[3:]))
    good_enough = [each for each in by_rank if -each.minus_score >= at_least]
    return [_entry(each, names, to) for each in good_enough[: max(limit, 0)]]


def _compound(query: str, names: Names, glossary: GlossaryLike) -> list[Meeting]:
    """Return the meetings of a query that is inflected, or made of several names."""
    # Loaded only where no form is exact.
    from termbank.glossary import compound_queries as compounds

    exact: Mapping[str, Places] = names.exact
    if any("\u3040" < char < "\ufb00" for char in query):
        keys = compounds.compound(query, exact)
    else:
        exact = index.bare_names(glossary)
        keys = compounds.compound_in_letters(query, exact)
    if len(keys) == 1:
        # 訪露 is no form of ロシア, POWs one of POW.
        why = "compound" if exact is names.exact else ""
        return [_meeting(place, _INFLECTED, why) for place in exact[keys[0]]]
    keys.sort(key=lambda key: _rank(key, exact, names))
    return [
        _meeting(place, _IN_COMPOUND - order / 10, "compound")
        for order, key in enumerate(keys)
        for place in _preferred_places(exact[key])
    ]


def _meeting(place: tuple[int, int, int], score: float, why: str = "") -> Meeting:
    _, tongue, form = place
    reason = why or ("equivalent" if tongue else "variant" if form else "exact")
    return Meeting(-score, True, WHYS.index(reason), *place)


def _preferred_places(places: Places) -> Places:
    """Return the places of preferred forms, all where there is none."""
    return [place for place in places if place[2] == 0] or places


def _rank(key: str, exact: Mapping[str, Places], names: Names) -> int:
    """Return the place of a key in the answer: persons, bodies, then all else."""
    kinds = {names.concept(concept)[1] for concept, _, _ in exact[key]}
    return min(_RANKS.get(kind, len(_RANKS)) for kind in kinds)


def _unlike(query: str, glossary: GlossaryLike, at_least: float) -> list[Meeting]:
    """Return the meetings with forms like the query, else with what sounds like it."""
    # Loaded only where no form is exact.
    from termbank.glossary.fuzzy_lookup import find_by_sound, near

    meetings = list(near(query, index.spellings(glossary), at_least=at_least))
    meetings += _beside_title(query, glossary) if not meetings else []
    if not meetings and query[:1].isalpha() and query[0] < "\u0250":
        meetings += find_by_sound(query, index.sounds(glossary), at_least=at_least)
    return meetings


def _beside_title(query: str, glossary: GlossaryLike) -> Iterator[Meeting]:
    """Yield the meetings of a name before its title, spelled otherwise: シルスキイ将軍."""
    from termbank.glossary.compound_queries import without_title
    from termbank.glossary.fuzzy_lookup import near

    names = index.names(glossary)
    name, title = without_title(query, names.exact)
    near_names = list(
        near(name, index.spellings(glossary), at_least=_NEAR_BESIDE_TITLE)
    )
    persons = [
        meeting
        for meeting in near_names
        if names.concept(meeting.concept)[1] == "person"
    ]
    if not persons:
        persons = _begun_with(name, names)
    yield from persons
    if persons:
        for place in names.exact.get(title, ()):
            yield _meeting(place, _NEAR_BESIDE_TITLE, "compound")


def _begun_with(part: str, names: Names) -> list[Meeting]:
    """Return the meeting of the one person whose name begins so: 習 before 主席."""
    from termbank.glossary.compound_queries import begins_a_name

    meetings = {
        place[0]: _meeting(place, _NEAR_BESIDE_TITLE, "compound")
        for key, places in names.exact.items()
        if begins_a_name(part, key)
        for place in places
        if names.concept(place[0])[1] == "person"
    }
    return list(meetings.values()) if len(meetings) == 1 else []


def _exact(query: str, names: Names) -> Iterator[Meeting]:
    for concept, tongue, form in names.exact.get(search_key(query.strip()), ()):
        _, forms = names.concept(concept)[2][tongue]
        main = "variant" if form else "exact"
        why = "equivalent" if tongue else main
        unlike = forms[form][0] != query
        yield Meeting(-_EXACT, unlike, WHYS.index(why), concept, tongue, form)


def _entry(meeting: Meeting, names: Names, to: str | None) -> Entry:
    concept_id, kind, tongues, definitions, notes = names.concept(meeting.concept)
    lang, forms = tongues[meeting.tongue]
    preferred, _, reading = forms[0]
    definition_of = dict(definitions)
    languages = {
        lang,
        *(other for other, _ in tongues if to is None or answers(other, to)),
    }
    return Entry(
        concept_id=concept_id,
        kind=kind,
        preferred=preferred,
        forms=tuple([(form, status) for form, status, _ in forms[1:]]),
        equivalents=tuple(_equivalents(tongues, lang, to)),
        definition=definition_of.get(lang) or next(iter(definition_of.values()), ""),
        score=round(-meeting.minus_score, 1),
        why=WHYS[meeting.why],
        reading=reading,
        notes=tuple(_usages(notes, languages)) if notes else (),
    )


def _usages(
    notes: Iterable[tuple[str, str, str]], langs: set[str]
) -> Iterator[tuple[str, str]]:
    from termbank.text.term_notes import usage

    for lang, form, note in notes:
        if lang in langs and (remark := usage(note)):
            yield form, remark


def _equivalents(
    tongues: Iterable[tuple[str, Any]], lang: str, to: str | None
) -> Iterator[str]:
    for other, forms in tongues:
        counts = other != lang if to is None else answers(other, to)
        if counts:
            yield from (form for form, status, _ in forms if status in _USABLE)


def renderings(
    hit: Hit, *, to: str | None = None, glossary: GlossaryLike = None
) -> tuple[str, tuple[str, ...]]:
    """Return the preferred form of a hit's concept, and its forms in other languages.

    Args:
        hit: From :func:`scan` with the same ``glossary``.
        to: BCP 47 language; all but the hit's own where absent.
        glossary: As for :func:`lookup`.
    """
    return _rendering(index.names(glossary), hit, to)


def renderings_of(
    hits: Iterable[Hit], *, to: str | None = None, glossary: GlossaryLike = None
) -> list[tuple[str, tuple[str, ...]]]:
    """Return what :func:`renderings` says of each hit; the glossary is opened once."""
    names = index.names(glossary)
    return [_rendering(names, hit, to) for hit in hits]


def _rendering(
    names: index_tables.Names, hit: Hit, to: str | None
) -> tuple[str, tuple[str, ...]]:
    for concept, tongue, _ in names.exact.get(search_key(hit.form), ()):
        concept_id, _, tongues, *_ = names.concept(concept)
        if concept_id == hit.concept_id:
            lang, forms = tongues[tongue]
            return forms[0][0], tuple(_equivalents(tongues, lang, to))
    return hit.form, ()


def scan(
    text: str, *, glossary: GlossaryLike = None, lang: str | None = None
) -> list[Hit]:
    """Return all terms in running text, leftmost-longest, never overlapping.

    Width and letter case do not matter, but for forms of one or two letters, which in
    another case are other words (US, us), and names in letters, which are capitalised
    (Miles, miles). A term inside a longer word is no hit (see
    :func:`termbank.text.boundaries.stands_alone`), nor one inside an exception that its
    note lists, nor one whose note names another sense, unless a title settles it.

    Args:
        text: Any text.
        glossary: As for :func:`lookup`.
        lang: BCP 47 language of the forms to look for; all where absent.

    Raises:
        InputError: A glossary cannot be read.

    >>> [(hit.start, hit.surface) for hit in scan("パスワードとＮＡＴＯ、ｷｴﾌの地図")]
    [(6, 'ＮＡＴＯ'), (11, 'ｷｴﾌ')]
    """
    require_text("text", text)
    require_language("lang", lang)
    require_glossary(glossary)
    automaton, patterns = index.patterns(glossary)
    if automaton is None:
        return []
    plain = normalise_mapped(text)
    japanese = any("\u3040" < char < "\ufb00" for char in plain.text)
    matches = automaton.find_overlapping(_without_halves(usual_text(plain.text)))
    candidates = list(_candidates(text, plain, matches, patterns, lang))
    return [
        _hit(text[left:right], left, right, terms, japanese)
        for left, right, terms in _longest(candidates, plain.text)
        if terms
    ]


def _candidates(
    text: str,
    plain: Mapped,
    found: Sequence[tuple[int, int, int]],
    patterns: Patterns,
    lang: str | None,
) -> Iterator[Candidate]:
    """Yield what may stand at each place: terms meant there, and exceptions."""
    from termbank.text.boundaries import stands_alone

    terms_of: dict[int, list[Pattern]] = {}
    for start, end, number in found:
        if _cuts(plain.starts, start, end) or not stands_alone(plain.text, start, end):
            continue
        terms = terms_of.get(number)
        if terms is None:
            terms = terms_of[number] = patterns.terms(number)
        left, right = plain.original(start, end)
        meant = [
            term
            for term in terms
            if (lang is None or answers(term[3], lang))
            and _is_meant(text, left, right, term, short=end - start)
        ]
        if meant or not terms:
            yield start, end, left, right, meant


def _is_meant(text: str, start: int, end: int, term: Pattern, short: int) -> bool:
    _, form, status, _, kind, sense, cues = term
    if short < SHORTEST_IN_ANY_CASE and not _same_case(form, text[start:end]):
        return False
    if not sense and not cues and not form[:1].isascii():
        return True
    # Loaded only where letters or a second sense stand in the text.
    from termbank.text.term_context import is_meant

    return is_meant(
        text,
        start,
        end,
        form=form,
        kind=kind,
        status=status,
        has_other_sense=sense,
        cues=cues,
    )


def _longest(
    candidates: list[Candidate], plain: str
) -> Iterator[tuple[int, int, list[Pattern]]]:
    """Yield the leftmost longest candidates, none of which cuts the next term.

    A compound of kanji ends in its head: in 全面的な停戦案 the terms are read as
    停戦案, not as 全面的な停戦 with a 案 left over.
    """
    candidates.sort(key=lambda one: (one[0], -one[1]))
    covered_to = 0
    for place, (start, end, left, right, terms) in enumerate(candidates):
        if start < covered_to or _is_cut_by(candidates, place, plain):
            continue
        covered_to = end
        yield left, right, terms


def _is_cut_by(candidates: list[Candidate], place: int, plain: str) -> bool:
    """Answer whether a later term begins inside a candidate and goes on behind it."""
    start, end, *_ = candidates[place]
    kanji = "\u3400" <= plain[end - 1] <= "\u9fff"
    for later, stop, _, _, terms in candidates[place + 1 :]:
        if later >= end:
            return False
        if later > start and stop > end and terms:
            # In letters only an article is given up: the US Congress.
            return kanji or plain[start:later] == _ARTICLE
    return False


def _without_halves(text: str) -> str:
    """Return text with each half of a surrogate pair, which no form holds, replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    return text


def _same_case(form: str, surface: str) -> bool:
    return normalize("NFKC", form) == normalize("NFKC", surface)


def _cuts(starts: Sequence[int], start: int, end: int) -> bool:
    """Answer whether a hit cuts a code point that normalising made longer (㍿)."""
    before = start > 0 and starts[start] == starts[start - 1]
    return before or starts[end] == starts[end - 1]


def _hit(
    surface: str, start: int, end: int, terms: list[Pattern], japanese: bool
) -> Hit:
    # Forms alike but for width, case, language or concept: the one as written, in the
    # language of the text, that a word of the sentence speaks for, preferred, and then
    # first in the glossary.
    concept_id, form, status, *_ = min(
        terms,
        key=lambda term: (
            term[1] != surface,
            (term[3] == index_tables.MAIN) != japanese,
            not term[6],
            STATUSES.index(term[2]),
        ),
    )
    return Hit(start, end, surface, concept_id, form, status)

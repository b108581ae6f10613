"""The glossary's terms in a text: what to write for each, and what never to write."""

from __future__ import annotations

from termbank.glossary import index
from termbank.glossary.search_keys import search_key
from termbank.records import NamedTuple
from termbank.term_search import scan
from termbank.text.language_tags import answers, guess_language, primary_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from termbank.glossary.glossary_sources import GlossaryLike
    from termbank.glossary.index_tables import Names
    from termbank.types import Hit

_USABLE = ("preferred", "admitted", "proposed")
_TO_AVOID = ("deprecated", "forbidden")


class TextTerm(NamedTuple):
    """One concept of the glossary that a text speaks of.

    Attributes:
        concept_id: Twelve hex digits.
        kind: person, place, organization, product, event or term.
        surface: As it stands in the text, at its first place.
        places: (start, end) of all places, code points of the untouched text.
        preferred: How the text's own language should spell it.
        renderings: Forms of the other language that may be used, the best first.
        avoid: Forms of the other language that must not be used.
        definition: In the other language, else in any; empty where none.
        note: What to know before writing it; empty where nothing.
    """

    concept_id: str
    kind: str
    surface: str
    places: tuple[tuple[int, int], ...]
    preferred: str
    renderings: tuple[str, ...]
    avoid: tuple[str, ...]
    definition: str
    note: str


def other_language(lang: str) -> str:
    """Return the language that a text of ``lang`` is translated into, where none is said.

    >>> other_language("ja-JP"), other_language("en")
    ('en', 'ja')
    """
    return "en" if primary_language(lang) == "ja" else "ja"


def terms_in(
    text: str,
    *,
    lang: str | None = None,
    to: str | None = None,
    glossary: GlossaryLike = None,
) -> list[TextTerm]:
    """Return the terms of a text, each once, in the order of their first places.

    Args:
        text: Any text.
        lang: Its language; told by its script where absent.
        to: Language of the renderings; the other of Japanese and English where absent.
        glossary: As for :func:`termbank.lookup`.

    Raises:
        InputError: A glossary cannot be read.

    >>> found = terms_in("ゼレンスキー大統領は停戦に応じた。停戦は続く。")
    >>> [(term.surface, len(term.places), term.renderings[0]) for term in found][-1]
    ('停戦', 2, 'ceasefire')
    """
    lang = lang or guess_language(text)
    to = to or other_language(lang)
    places: dict[str, list[Hit]] = {}
    for hit in scan(text, glossary=glossary, lang=lang):
        places.setdefault(hit.concept_id, []).append(hit)
    if not places:
        return []
    names = index.names(glossary)
    return [_text_term(hits, to, names) for hits in places.values()]


def _text_term(hits: list[Hit], to: str, names: Names) -> TextTerm:
    first = hits[0]
    spans = tuple([(hit.start, hit.end) for hit in hits])
    places = names.exact.get(search_key(first.form), ())
    concepts_of_form = [(names.concept(number), tongue) for number, tongue, _ in places]
    # A hit comes from the same glossary, so its concept is among those of its form.
    concept, tongue = next(
        each for each in concepts_of_form if each[0][0] == first.concept_id
    )
    _, kind, tongues, definitions, notes = concept
    lang, own = tongues[tongue]
    forms = [
        form for other, in_lang in tongues if answers(other, to) for form in in_lang
    ]
    by_lang = dict(definitions)
    return TextTerm(
        first.concept_id,
        kind,
        first.surface,
        spans,
        own[0][0],
        tuple([form for form, status, _ in forms if status in _USABLE]),
        tuple([form for form, status, _ in forms if status in _TO_AVOID]),
        by_lang.get(to) or next(iter(by_lang.values()), ""),
        _remarks(notes, lang, to),
    )


def _remarks(notes: tuple[tuple[str, str, str], ...], lang: str, to: str) -> str:
    if not notes:
        return ""
    from termbank.text.term_notes import usage

    remarks = [
        f"{form}: {remark}"
        for tongue, form, note in notes
        if (tongue == lang or answers(tongue, to)) and (remark := usage(note))
    ]
    return " ".join(remarks)

"""What a translator's side panel shows for a segment: matches, mended, and its terms."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.arguments import (
    require_count,
    require_language,
    require_number,
    require_path,
    require_text,
)
from termbank.errors import ConfigError
from termbank.memory.search.match_scoring import EXACT
from termbank.messages import say
from termbank.stores.addresses import is_address
from termbank.term_search import renderings, renderings_of, scan

from .translation_memory import AT_LEAST, LIMIT, Memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from termbank.glossary.glossary_sources import GlossaryLike
    from termbank.types import Hit, Match

VARIABLE: Final = "TERMBANK_MEMORY"
REPAIRED: Final = "repaired"  # name among a match's penalties


class TermHint(NamedTuple):
    """A glossary term of the query.

    Attributes:
        hit: Where it stands in the query.
        preferred: How its own language should spell it.
        renderings: How the other language says it, preferred first.
    """

    hit: Hit
    preferred: str
    renderings: tuple[str, ...]


class Suggestions(NamedTuple):
    """Matches of the memory, best first, and the terms of the query in order."""

    matches: list[Match]
    terms: list[TermHint]


def suggest(
    text: str,
    *,
    memory: Memory | str | Path | None = None,
    glossary: GlossaryLike = None,
    lang: str = "ja",
    to: str = "en",
    limit: int = LIMIT,
    at_least: float = AT_LEAST,
) -> Suggestions:
    """Return matches and terms for a segment.

    A match that differs from the segment in one glossary term gets the other term's
    rendering in its translation, and ``repaired`` among its penalties; its score stays.

    Args:
        text: Segment to be translated.
        memory: Memory or its folder; ``$TERMBANK_MEMORY`` where absent, and without
            that no matches.
        glossary: Terms; the shipped glossary where absent.
        lang: BCP 47 language of the text.
        to: Language of the translation.
        limit: Number of matches at most.
        at_least: Lowest score.

    Raises:
        ConfigError: ``$TERMBANK_MEMORY`` names no folder.
        StoreError: The folder holds no memory.

    >>> hints = suggest("停戦で合意した。", memory=None).terms
    >>> [(hint.hit.surface, hint.renderings[0]) for hint in hints][0]
    ('停戦', 'ceasefire')
    """
    require_text("text", text)
    require_language("lang", lang, optional=False)
    require_language("to", to, optional=False)
    require_count("limit", limit)
    require_number("at_least", at_least)
    if memory is not None and not isinstance(memory, Memory):
        require_path("memory", memory)
    hits = scan(text, glossary=glossary, lang=lang)
    words_of_hits = renderings_of(hits, to=to, glossary=glossary)
    terms = [
        TermHint(hit, *words) for hit, words in zip(hits, words_of_hits, strict=True)
    ]
    matches = _matches(text, memory, limit, at_least)
    suggestions = [
        _repair(text, hits, match, glossary, lang, to) or match for match in matches
    ]
    return Suggestions(suggestions, terms)


def _matches(
    text: str, memory: Memory | str | Path | None, limit: int, at_least: float
) -> list[Match]:
    if isinstance(memory, Memory):
        return memory.search(text, limit=limit, at_least=at_least)
    folder = memory or os.environ.get(VARIABLE)
    if not folder:
        return []
    if memory is None and not is_address(folder) and not os.path.isdir(folder):
        raise ConfigError(
            VARIABLE,
            f"{say('存在しないフォルダー', 'no such folder')} {folder}",
            say("翻訳メモリのフォルダー", "the folder of a memory"),
        )
    with Memory.open(folder, read_only=True) as opened_memory:
        return opened_memory.search(text, limit=limit, at_least=at_least)


def _repair(
    text: str,
    hits: list[Hit],
    match: Match,
    glossary: GlossaryLike,
    lang: str,
    to: str,
) -> Match | None:
    if match.score >= EXACT or not hits:
        return None
    for new, old in _swaps(text, hits, match.source, glossary, lang):
        places = [
            place
            for place in scan(match.target, glossary=glossary, lang=to)
            if place.concept_id == old.concept_id
        ]
        _, words = renderings(new, to=to, glossary=glossary)
        if len(places) != 1 or not words:
            continue
        place = places[0]
        word = _match_case(words[0], place)
        target = match.target[: place.start] + word + match.target[place.end :]
        return match._replace(target=target, penalties=(*match.penalties, REPAIRED))
    return None


def _swaps(
    text: str, hits: list[Hit], source: str, glossary: GlossaryLike, lang: str
) -> Iterator[tuple[Hit, Hit]]:
    """Yield (term of the query, term of the source) whose exchange makes them equal."""
    for old in scan(source, glossary=glossary, lang=lang):
        for new in hits:
            if (
                new.concept_id != old.concept_id
                and text[: new.start] == source[: old.start]
                and text[new.end :] == source[old.end :]
            ):
                yield new, old


def _match_case(word: str, place: Hit) -> str:
    begins = place.start == 0 and place.surface[:1].isupper()
    return word[:1].upper() + word[1:] if begins else word

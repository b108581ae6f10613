"""Findings about minority spellings: what TB201 and TB204 to TB206 have in common."""

from __future__ import annotations

from termbank.messages import say
from termbank.types import Fix, Span

from .inconsistent_words import groups, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.checking.engine.word_place import Place
    from termbank.types import Finding

    from .inconsistent_words import Group


def minority(passage: Passage, code: str, ways: Container[str]) -> Iterator[Finding]:
    """Yield a warning for each word that the text mostly spells another way.

    Args:
        passage: The text.
        code: Of the rule.
        ways: Differences that the rule speaks about.
    """
    places = places_of(passage)
    for group in groups_of(passage):
        if group.way in ways:
            yield from found(passage, code, group, places)


def found(
    passage: Passage, code: str, group: Group, places: Iterable[Place]
) -> Iterator[Finding]:
    """Yield a warning for each place with a minority spelling of a group."""
    seen: set[tuple[int, int]] = set()
    for place in places:
        span = Span(place.start, place.end)
        if place.surface not in group.others or span in seen:
            continue
        seen.add(span)
        message = say(
            f"「{place.surface}」と「{group.better}」が混在",
            f"{place.surface} beside {group.better}",
        )
        fix = Fix(span, group.better, safe=False)
        yield passage.note(code, *span, message, fix=fix)


def places_of(passage: Passage) -> list[Place]:
    """Return the words of a text, worked out once for all rules."""
    if passage.words is None:
        passage.words = list(words_of(passage))
    return passage.words


def groups_of(passage: Passage) -> list[Group]:
    """Return the words of one text that have several spellings."""
    return groups(places_of(passage))

"""Findings about minority spellings: what TB201, TB202 and TB204 to TB206 share.

The majority is that of all texts of a run. A text that mixes two spellings is told by
TB201 and its relatives, a text that has only a minority spelling by TB202.
"""

from __future__ import annotations

from termbank.messages import say
from termbank.types import Fix, Span

from .inconsistent_words import way_of
from .text_collection import places_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from termbank.checking.engine.passage import Passage
    from termbank.types import Finding

    from .engine.word_place import Place
    from .text_collection import Collection


def mixed_within(
    passages: Collection, code: str, ways: Container[str]
) -> Iterator[Finding]:
    """Yield a warning for each minority spelling in a text that has another one, too.

    Args:
        passages: All texts of the run.
        code: Of the rule.
        ways: Differences that the rule speaks about.
    """
    better = _better_forms(passages)
    for passage in passages:
        for place, form in _minority(passage, better, within=True):
            if way_of(form, place.surface) in ways:
                yield _finding(passage, code, place, form)


def mixed_across(passages: Collection, code: str) -> Iterator[Finding]:
    """Yield a warning for each minority spelling that is the only one of its text."""
    better = _better_forms(passages)
    for passage in passages:
        for place, form in _minority(passage, better, within=False):
            yield _finding(passage, code, place, form)


def _better_forms(passages: Collection) -> dict[tuple[str, str], str]:
    return {
        (group.key, form): group.better
        for group in passages.groups
        for form in group.others
    }


def _minority(
    passage: Passage, better: dict[tuple[str, str], str], *, within: bool
) -> list[tuple[Place, str]]:
    """Return the places with a minority spelling, a compound and its part once."""
    places = places_of(passage)
    present = {(place.key, place.surface) for place in places}
    hits = [hit.span for hit in passage.hits] if passage.bare or passage.folded else []
    chosen: list[tuple[Place, str]] = []
    ranges: list[tuple[int, int]] = []
    for place in sorted(
        places,
        key=lambda place_of_word: (
            place_of_word.end - place_of_word.start,
            place_of_word.start,
        ),
    ):
        form = better.get((place.key, place.surface))
        if form is None or ((place.key, form) in present) != within:
            continue
        if any(start < place.end and place.start < end for start, end in ranges):
            continue
        if any(hit.start < place.end and place.start < hit.end for hit in hits):
            continue  # the glossary speaks about it
        ranges.append((place.start, place.end))
        chosen.append((place, form))
    return sorted(chosen)


def _finding(passage: Passage, code: str, place: Place, form: str) -> Finding:
    span = Span(place.start, place.end)
    message = say(
        f"「{place.surface}」と「{form}」が混在", f"{place.surface} beside {form}"
    )
    fix = Fix(span, form, safe=False)
    return passage.note(code, *span, message, fix=fix)

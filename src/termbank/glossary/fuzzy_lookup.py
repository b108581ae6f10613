"""Forms of a glossary that are like a query, or sound like it."""

from __future__ import annotations

from termbank.text.nearness import NEAREST, pairs, similarity, spelling

from . import index_tables
from .match_kind import WHYS, Meeting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .index_tables import Spellings

# Words that sound almost alike are too many below this (キャド, キド).
_SHORTEST_READING = _SHORTEST_SOUND = 5
# Spellings that share most pairs of characters with the query are compared letter by
# letter, at most this many.
_COMPARED = 64


def near(query: str, spellings: Spellings, *, at_least: float) -> Iterator[Meeting]:
    """Yield the meetings of a query with forms, readings and parts of names like it.

    Args:
        query: Word or name.
        spellings: Those of the glossary.
        at_least: Lowest score, 0-100.
    """
    kana = any("\u3041" <= char <= "\u3096" for char in query)
    for score, other, worth, place in _compare_spellings(
        spelling(query), spellings, at_least
    ):
        why = "part" if worth == index_tables.PART else "near"
        if worth == index_tables.READING:
            if score < 100.0 and len(other) < _SHORTEST_READING:
                continue
            why = "reading" if score == 100.0 else "near"
        elif worth == index_tables.FORM and score == 100.0 and kana:
            why = "reading"  # しるすきー; but バンス is only near ヴァンス
        yield _meeting(score * worth / 100.0, why, place)


def find_by_sound(
    query: str, sounds: Spellings, *, at_least: float
) -> Iterator[Meeting]:
    """Yield the meetings of a query in letters with Japanese names that sound like it.

    Args:
        query: Word or name.
        sounds: Those of the glossary.
        at_least: Lowest score, 0-100.
    """
    from termbank.text.sounds import SHORTEST, sound_of_latin

    text = spelling(query)
    if not all(char < "\u0250" for char in text):
        return
    sound = sound_of_latin(text)
    if len(sound) < SHORTEST:
        return
    for score, _, worth, place in _compare_spellings(sound, sounds, at_least):
        # Letters are few and words many: a word, or a short name, has to sound the same.
        loose = worth != index_tables.SOUND_OF_WORD and len(sound) >= _SHORTEST_SOUND
        if score == 100.0 or loose:
            why = "reading" if score == 100.0 else "near"
            yield _meeting(score * worth / 100.0, why, place)


def _compare_spellings(
    text: str, spellings: Spellings, at_least: float
) -> Iterator[tuple[float, str, int, tuple[int, int, int]]]:
    """Yield (similarity, spelling, worth, place) of what may reach the cut-off."""
    texts = spellings.texts.split("\n")
    numbers = memoryview(spellings.numbers).cast("I")
    for number in _alike(text, spellings):
        worth, concept, tongue, form = numbers[4 * number : 4 * number + 4]
        if worth < at_least:
            continue
        least = 100.0 * at_least / worth
        if score := similarity(text, texts[number], at_least=least):
            yield score, texts[number], worth, (concept, tongue, form)


def _alike(text: str, spellings: Spellings) -> list[int]:
    """Return the spellings that share the most pairs of characters with a text."""
    if not text:
        return []
    text_pairs = pairs(text)
    counts: dict[int, int] = {}
    for pair in text_pairs:
        for number in memoryview(spellings.pairs.get(pair, b"")).cast("I"):
            counts[number] = counts.get(number, 0) + 1
    # One letter more, less or other breaks at most two pairs; ask for a third.
    enough = max(1, len(text_pairs) // 3)
    likely = [number for number, count in counts.items() if count >= enough]
    likely.sort(key=lambda number: (-counts[number], number))
    return likely[:_COMPARED]


def _meeting(score: float, why: str, place: tuple[int, int, int]) -> Meeting:
    return Meeting(-min(score, NEAREST), True, WHYS.index(why), *place)

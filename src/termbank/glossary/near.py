"""Near forms of a query among the names of a glossary."""

from __future__ import annotations

from ..text.nearness import NEAREST, pairs, similarity, spelling
from ..text.romaji import from_romaji
from . import index
from .meeting import WHYS, Meeting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .index import Spellings

_ROMAJI = 0.95  # kana were guessed from letters
# Words that sound almost alike are too many below this (キャド, キド).
_SHORTEST_READING = 5
# Spellings that share most pairs of characters with the query are compared letter by
# letter, at most this many.
_COMPARED = 64


def near(query: str, spellings: Spellings, *, at_least: float) -> Iterator[Meeting]:
    """Yield the meetings of a query with forms like it, in no order.

    Args:
        query: Word or name.
        spellings: Those of the glossary.
        at_least: Lowest score, 0-100.
    """
    texts = spellings.texts.split("\n")
    numbers = memoryview(spellings.numbers).cast("I")
    asked = spelling(query.strip())
    kana = from_romaji(asked) if asked[:1].isascii() else ""
    for text, trust in ((asked, 1.0), (spelling(kana), _ROMAJI)):
        for number in _alike(text, spellings):
            other = texts[number]
            worth, *place = numbers[4 * number : 4 * number + 4]
            full = worth * trust
            if full < at_least:
                continue
            score = similarity(text, other, at_least=100.0 * at_least / full)
            guessed = score < 100.0 and worth == index.READING
            if not score or (guessed and len(other) < _SHORTEST_READING):
                continue
            why = "part" if worth == index.PART else "near"
            if score >= 100.0 and worth != index.PART and _is_sound(query, worth):
                why = "reading"
            score = min(score * full / 100.0, NEAREST)
            yield Meeting(-score, True, WHYS.index(why), *place)


def _is_sound(query: str, worth: int) -> bool:
    # しるすきー and shirusukii are how シルスキー sounds; バンス for ヴァンス is near it.
    kana = any("\u3041" <= char <= "\u3096" for char in query)
    return worth == index.READING or kana or query.isascii()


def _alike(text: str, spellings: Spellings) -> list[int]:
    """Return the spellings that share the most pairs of characters with a text."""
    if not text:
        return []
    asked = pairs(text)
    shared: dict[int, int] = {}
    for pair in asked:
        for number in memoryview(spellings.pairs.get(pair, b"")).cast("I"):
            shared[number] = shared.get(number, 0) + 1
    # One letter more, less or other breaks at most two pairs; ask for a third.
    enough = max(1, len(asked) // 3)
    likely = [number for number, count in shared.items() if count >= enough]
    likely.sort(key=lambda number: (-shared[number], number))
    return likely[:_COMPARED]

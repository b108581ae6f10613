"""The kind of a name by rule: from its last word, the dictionary and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.mining.tokens.token_flags import (
    KATAKANA,
    LATIN,
    OPEN,
    PERSON,
    PLACE,
    SPACE,
)
from termbank.mining.tokens.word_lists import EVENTS, ORGANIZATIONS, PLACES, TITLES
from termbank.text.kana import JOINTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.mining.tokens.token_lexicon import Lexicon, Slot
    from termbank.mining.tokens.token_table import Sheet

_COUNTRY_LETTERS: Final = frozenset("米英仏独伊露ロ中韓印豪加日朝元前現新")


def kind_of(sheet: Sheet, lexicon: Lexicon, first: int, last: int) -> str:
    """Return person, place, organization, product or event for rows that are a name.

    Order: a title after it, its last word (大学, 戦争, 県), quotes around it, the
    dictionary's class of its words, its script.
    """
    slots = [lexicon.slots[slot] for slot in sheet.slots[first:last].tolist()]
    after = [lexicon.slots[slot] for slot in sheet.slots[last : last + 4].tolist()]
    flags = [int(flag) for flag in sheet.flags[first:last]]
    ending = slots[-1].part.surface, slots[-1].whole.surface
    for kind, words in (
        ("event", EVENTS),
        ("place", PLACES),
        ("organization", ORGANIZATIONS),
    ):
        if len(slots) > 1 and any(word in words for word in ending):
            return kind
    if has_title(after):
        return "person"
    if (
        first
        and sheet.flags[first - 1] & OPEN
        and slots_text(sheet, first - 1, lexicon) == "『"
    ):
        return "product"
    return _by_dictionary(slots, flags)


def slots_text(sheet: Sheet, row: int, lexicon: Lexicon) -> str:
    """Return the surface of one row."""
    return lexicon.slots[int(sheet.slots[row])].part.surface


def has_title(after: Sequence[Slot]) -> bool:
    """Tell whether a title or honorific follows, a country's letter between or not.

    大統領, 米大統領, 前国務長官, 上院議員 and 上院院内総務 count.
    """
    text = "".join(slot.part.surface for slot in after)
    text = text.lstrip(" 　")
    for cut in range(1, min(len(text), 8) + 1):
        if text[:cut] in TITLES:
            return True
    if text[:1] in _COUNTRY_LETTERS:
        return any(text[1:cut] in TITLES for cut in range(2, min(len(text), 8) + 1))
    chamber = text[:2] in ("上院", "下院", "衆院", "参院")
    return chamber and any(text[2:cut] in TITLES for cut in range(3, 8))


def _by_dictionary(slots: Sequence[Slot], flags: Sequence[int]) -> str:
    has_joint = any(slot.part.surface in JOINTS for slot in slots)
    if any(flag & PERSON for flag in flags):
        return "person"
    if any(flag & PLACE for flag in flags) and not has_joint:
        return "place"
    if has_joint and all(
        flag & KATAKANA or slot.part.surface in JOINTS
        for slot, flag in zip(slots, flags, strict=True)
    ):
        return "person"
    if all(flag & (LATIN | SPACE) for flag in flags) and len(slots) > 1:
        return "person"
    return "organization"

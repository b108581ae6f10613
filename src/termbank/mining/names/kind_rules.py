"""Where a name's words or neighbours settle its kind beyond what the model weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.terms.term_phrases import Spans
from termbank.mining.tokens.token_flags import (
    CLOSE,
    HIRAGANA,
    JOINER,
    KANJI,
    KATAKANA,
    LATIN,
    NO,
    OPEN,
    PERSON,
    PLACE,
    PROPER,
    UNKNOWN,
)
from termbank.mining.tokens.token_lexicon import is_paper
from termbank.mining.tokens.word_lists import STRONG_ORGANIZATIONS
from termbank.table_columns import KINDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termbank.mining.tokens.token_lexicon import Lexicon, Slot
    from termbank.mining.tokens.token_table import Sheet

_PERSON, _PLACE, _BODY = map(KINDS.index, ("person", "place", "organization"))
_PRODUCT: Final = KINDS.index("product")
_UNCOMMON: Final = PROPER | UNKNOWN | KATAKANA | LATIN
_PERSONAL: Final = PERSON | PROPER | UNKNOWN | KATAKANA | LATIN | HIRAGANA
_HONORIFICS: Final = frozenset(
    ["氏", "さん", "様", "殿", "君", "ちゃん", "容疑者", "被告"]
)
_STRONG: Final = tuple(STRONG_ORGANIZATIONS)
# Offices of states, not of companies: before 会長 stands ファーウェイ as well as a person.
_OFFICES: Final = (
    "大統領",
    "首相",
    "長官",
    "大臣",
    "報道官",
    "補佐官",
    "特使",
    "上級代表",
    "国王",
    "皇太子",
    "大使",
)
_BODIES: Final = STRONG_ORGANIZATIONS | frozenset(
    [
        "政府",
        "政権",
        "軍",
        "陸軍",
        "海軍",
        "空軍",
        "議会",
        "社",
        "株式会社",
        "大学院",
        "カウンシル",
        "グループ",
    ]
)


def settled(
    sheet: Sheet, lexicon: Lexicon, names: Spans, kinds: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the kinds with the certain cases put right.

    A word that the dictionary knows as a place only is a place; joined katakana with a
    title after it, unknown katakana before an office (イエレン財務長官), and anything before
    氏 or さん, is a person; 研究所, 政権 and their like end the names of organizations; what
    紙 or 誌 introduces is a product; Latin letters in brackets are what stands before them.
    """
    if not len(kinds):
        return kinds
    out = kinds.copy()
    slots = np.append(sheet.slots, 0)
    before = slots[names.first - 1]
    last, after = slots[names.last - 1], slots[names.last]
    length = names.last - names.first

    def all_have(bits: int) -> NDArray[np.bool_]:
        counts = np.append(0, np.cumsum((sheet.flags & bits) != 0))
        whole: NDArray[np.bool_] = counts[names.last] - counts[names.first] == length
        return whole

    joined = all_have(KATAKANA | JOINER) & (length > 2)
    out[all_have(PLACE) & (length == 1)] = _PLACE
    out[joined & lexicon.titles[after]] = _PERSON
    out[lexicon.told(_is_honorific)[after]] = _PERSON
    out[lexicon.told(_ends_body)[last] & (length > 1)] = _BODY
    of_paper = lexicon.told(is_paper)[before]
    out[of_paper & all_have(KATAKANA | LATIN | JOINER)] = _PRODUCT
    single = np.flatnonzero(all_have(UNKNOWN) & all_have(KATAKANA) & (length == 1))
    for row in single.tolist():
        if _holds_office(sheet, lexicon, int(names.last[row])):
            out[row] = _PERSON
    flags = np.append(sheet.flags, np.uint32(0))
    bracketed = (flags[names.first - 1] & OPEN != 0) & (flags[names.last] & CLOSE != 0)
    beside = np.append(False, names.last[:-1] == names.first[1:] - 1)
    same = np.flatnonzero(bracketed & beside & all_have(LATIN))
    out[same] = out[same - 1]
    return out


def _is_honorific(slot: Slot) -> bool:
    return slot.part.surface in _HONORIFICS


def _ends_body(slot: Slot) -> bool:
    whole = slot.whole.surface
    return slot.part.surface in _BODIES or whole in _BODIES or whole.endswith(_STRONG)


def _holds_office(sheet: Sheet, lexicon: Lexicon, row: int) -> bool:
    """Tell whether a run of at most five kanji words from a row on ends in an office."""
    end = row
    while end < min(row + 5, len(sheet.slots)) and sheet.flags[end] & KANJI:
        end += 1
    text = "".join(
        lexicon.slots[int(slot)].part.surface for slot in sheet.slots[row:end]
    )
    return text.endswith(_OFFICES)


def plausible(
    sheet: Sheet, names: Spans, kinds: NDArray[np.int64]
) -> tuple[Spans, NDArray[np.int64]]:
    """Return the names without what is made of common words alone.

    Persons of common kanji nouns (恒久和平), and things with の between common nouns
    (安全の保証), which are terms. Where a person's name is not in the dictionary it falls
    into single characters (韓丙起), so a word of one character speaks for one.
    """
    short = np.append(0, np.cumsum(sheet.ends - sheet.starts == 1))

    def some_have(bits: int) -> NDArray[np.bool_]:
        counts = np.append(0, np.cumsum((sheet.flags & bits) != 0))
        some: NDArray[np.bool_] = counts[names.last] > counts[names.first]
        return some

    personal = some_have(_PERSONAL) | (names.last - names.first == 1)
    personal |= short[names.last] > short[names.first]
    phrase = some_have(NO) & ~some_have(_UNCOMMON)
    keep = np.where(kinds == _PERSON, personal, (kinds != _PRODUCT) | ~phrase)
    return Spans(names.first[keep], names.last[keep]), kinds[keep]

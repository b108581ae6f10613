"""Names that what stands around them gives away: titles, brackets, news agencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.tokens.token_flags import (
    HIRAGANA,
    JOINER,
    KANJI,
    KATAKANA,
    LATIN,
    NOUN,
    NUMERAL,
    PLACE,
    PROPER,
    SPACE,
    UNKNOWN,
)
from termbank.mining.tokens.word_lists import ROLES
from termbank.text.kana import JOINTS

from .name_patterns import rows_of
from .name_rules import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_lexicon import Lexicon, Slot
    from termbank.mining.tokens.token_table import Sheet

# Offices that only people hold, right after the name, a country's letter between or not. A
# minister is a field in two kanji or more and 相 (保健相); 位相 and 様相 are none.
_OFFICE: Final = (
    r"(?:[米英仏独露伊韓中印豪元前現新]|上院|下院)?(?:大統領|副大統領|首相|副首相|外相|法相|農相|内相|蔵相|国務長官"
    r"|[一-鿿]{2,6}(?:大臣|長官|報道官|補佐官|上級代表)|[一-鿿]{2,4}相(?![互手対談場当応])|議員|上院議員|下院議員"
    r"|国王|皇太子|大使|知事|市長|教授|准教授|容疑者|被告|氏(?![名族])|選手|監督)"
)
_KATAKANA: Final = rf"[ァ-ヺー]{{2,}}(?:[{JOINTS}][ァ-ヺー]+)*"
_OFFICIAL: Final = re.compile(rf"(?<![ァ-ヺー{JOINTS}])({_KATAKANA})(?={_OFFICE})")
# 【ガジアンテプ（トルコ南部）共同】, （ゲッティ＝共同）, (ロイター), 【北京＝共同】
_AGENCIES: Final = "共同|時事|ロイター|ＡＦＰ|AFP|ＡＰ|AP|新華社|タス|ゲッティ|ブルームバーグ|聯合|ＵＰＩ|UPI|ＥＰＡ|EPA|ＤＰＡ|DPA|アナトリア"
_CREDIT: Final = re.compile(
    rf"(?<=[【（(＝=・）)、 ])({_AGENCIES})(?:通信)?(?=[】）)＝=・]| *$)"
    rf"|(?<=[ァ-ヺー一-鿿])({_AGENCIES})(?=】)"
)
_PLACE_OF_CREDIT: Final = re.compile(
    r"【([ァ-ヺー]{2,}|[一-鿿]{2,3})(?=[（(＝= ]|共同|時事)"
)
# A body with its short name in brackets: 全国経済人連合会（全経連）.
_SHORT: Final = re.compile(r"(?<=[一-鿿ァ-ヺー])[（(]([一-鿿]{2,5})[）)]")


def official_names(texts: Sequence[str], sheet: Sheet) -> Iterator[Name]:
    """Yield the people in katakana before an office: ラインフェルト首相, コジャ保健相.

    A single common word of the dictionary is a role (ドライバー), not a name.
    """
    for name in _find(texts, sheet, _OFFICIAL):
        flags = sheet.flags[name.first : name.last]
        text = texts[int(sheet.texts[name.first])]
        surface = text[sheet.starts[name.first] : sheet.ends[name.last - 1]]
        is_common = len(flags) == 1 and not (flags & (PROPER | UNKNOWN)).any()
        if not is_common and surface not in ROLES:
            yield name


def credited_agencies(texts: Sequence[str], sheet: Sheet) -> Iterator[Name]:
    """Yield the news agencies in datelines and picture credits: 【キーウ共同】."""
    yield from _find(texts, sheet, _CREDIT)


def dateline_places(texts: Sequence[str], sheet: Sheet) -> Iterator[Name]:
    """Yield the places that open a dateline: 【ガジアンテプ（トルコ南部）共同】."""
    yield from _find(texts, sheet, _PLACE_OF_CREDIT)


def spaced_names(sheet: Sheet, lexicon: Lexicon) -> set[Name]:
    """Return family and given names with one space between: 佐藤 健一."""
    family, given_name = lexicon.slots_where(_is_family), lexicon.slots_where(_is_given)
    slots = sheet.slots
    spaces = ((sheet.flags & SPACE) != 0) & (sheet.ends - sheet.starts == 1)
    first = np.flatnonzero(
        family[slots[:-2]]
        & spaces[1:-1]
        & given_name[slots[2:]]
        & (sheet.sentences[:-2] == sheet.sentences[2:])
    )
    return {Name(row, row + 3) for row in first.tolist()}


def _is_family(slot: Slot) -> bool:
    return slot.parts == 1 and slot.part.pos[3] == "姓"


def _is_given(slot: Slot) -> bool:
    return slot.parts == 1 and slot.part.pos[3] == "名"


def dictionary_names(
    sheet: Sheet, texts: NDArray[np.bool_]
) -> tuple[set[Name], set[Name]]:
    """Return places in katakana, and other names in Latin letters, of the dictionary.

    One word with no katakana, letters or joiner beside it: ヒューストン, ３Ｍ. Its kanji names
    are also eras and parts of others (昭和, 江戸時代), so they need the model.

    Args:
        sheet: Words.
        texts: In which texts; technical ones use such words otherwise (パース, SFC).
    """
    flags = sheet.flags
    foreign = (flags & (KATAKANA | LATIN | JOINER | NUMERAL)) != 0
    fresh = np.append(True, sheet.sentences[1:] != sheet.sentences[:-1])
    before = np.append(False, foreign[:-1]) & ~fresh
    after = np.append(foreign[1:], False) & ~np.append(fresh[1:], True)
    lonely = texts[sheet.texts] & ~before & ~after & (sheet.ends - sheet.starts > 1)
    places = lonely & ((flags & KATAKANA) != 0) & ((flags & PLACE) != 0)
    nouns = np.append(((flags & NOUN) != 0)[1:], False) & ~np.append(fresh[1:], True)
    # ３Ｍ begins with a figure and is of no script.
    japanese = (flags & (KATAKANA | KANJI | HIRAGANA)) != 0
    latin = lonely & ~nouns & ~japanese & ((flags & PROPER) != 0)

    def names(rows: NDArray[np.bool_]) -> set[Name]:
        return {Name(row, row + 1) for row in np.flatnonzero(rows).tolist()}

    return names(places), names(latin)


def short_names(
    texts: Sequence[str], sheet: Sheet, names: Sequence[Name]
) -> Iterator[Name]:
    """Yield the short names in brackets after a body, made of its characters in order."""
    ends = {
        (int(sheet.texts[name.first]), int(sheet.ends[name.last - 1])): name
        for name in names
    }
    for short in _find(texts, sheet, _SHORT):
        number = int(sheet.texts[short.first])
        start = int(sheet.starts[short.first])
        body = ends.get((number, start - 1))
        if body is None:
            continue
        text = texts[number]
        whole = iter(text[sheet.starts[body.first] : start - 1])
        letters = text[start : sheet.ends[short.last - 1]]
        if all(letter in whole for letter in letters):
            yield short


def _find(
    texts: Sequence[str], sheet: Sheet, pattern: re.Pattern[str]
) -> Iterator[Name]:
    bounds = np.searchsorted(sheet.texts, np.arange(len(texts) + 1)).tolist()
    for number, text in enumerate(texts):
        spans = [match.span(match.lastindex or 0) for match in pattern.finditer(text)]
        yield from rows_of(sheet, bounds[number], bounds[number + 1], spans)

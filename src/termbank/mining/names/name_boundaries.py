"""What no name holds: titles at its end, half a pair of brackets, a gap between words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.tokens.token_flags import (
    CAPITAL,
    CLOSE,
    JOINER,
    KANJI,
    KATAKANA,
    LATIN,
    NO_START,
    OPEN,
    PROPER,
    SPACE,
)
from termbank.mining.tokens.token_lexicon import is_paper
from termbank.mining.tokens.word_lists import ROLES

from .name_kinds import has_title
from .name_rules import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from termbank.mining.tokens.token_lexicon import Lexicon, Slot
    from termbank.mining.tokens.token_table import Sheet

_COLONS: Final = frozenset(":：;；|｜、。–—…‥")
_BRACKETS: Final = OPEN | CLOSE
# 両政府, 同党, 各社: a body meant in passing, not named.
_PASSING: Final = frozenset(
    [
        "両",
        "同",
        "各",
        "当",
        "自",
        "全",
        "諸",
        "他",
        "某",
        "弊",
        "貴",
        "自国",
        "同国",
        "両国",
        "他国",
    ]
)


_INTRODUCTIONS: Final = frozenset(
    [
        "シンクタンク",
        "組織",
        "企業",
        "大手",
        "会社",
        "政党",
        "与党",
        "野党",
        "勢力",
        "団体",
    ]
)
_INSTITUTIONS: Final = frozenset(
    ["大学", "大学院", "研究所", "会社", "省", "庁", "委員会", "財団"]
)


def join_institutions(
    sheet: Sheet, lexicon: Lexicon, names: Sequence[Name]
) -> list[Name]:
    """Return the names with an institution and its part right after it made one.

    デューク大学 and サンフォード公共政策大学院 side by side are one name that holds two.
    """
    out: list[Name] = []
    for name in names:
        if out and out[-1].last == name.first and name.last - name.first > 1:
            before, end = (
                lexicon.slots[int(sheet.slots[at - 1])]
                for at in (name.first, name.last)
            )
            ends = {before.part.surface, before.whole.surface} & _INSTITUTIONS
            if ends and {end.part.surface, end.whole.surface} & _INSTITUTIONS:
                out[-1] = Name(out[-1].first, name.last)
                continue
        out.append(name)
    return out


def cut_before_titles(
    sheet: Sheet, lexicon: Lexicon, names: Sequence[Name]
) -> list[Name]:
    """Return the names with those that run into a title cut before it.

    スーン of スーン上院院内 in スーン上院院内総務, テドロス of テドロス事務局 in テドロス事務局長.
    """
    counts = np.append(0, np.cumsum(lexicon.chambers[sheet.slots]))
    chiefs = np.append(lexicon.slots_where(_completes_title)[sheet.slots], False)
    return [
        _cut_before_title(sheet, lexicon, name)
        if counts[name.last] > counts[name.first] or chiefs[name.last]
        else name
        for name in names
    ]


def _cut_before_title(sheet: Sheet, lexicon: Lexicon, name: Name) -> Name:
    if not sheet.flags[name.first] & KATAKANA:
        return name
    cut = name.first + 1
    while cut < name.last and sheet.flags[cut] & (KATAKANA | JOINER):
        cut += 1
    after = [lexicon.slots[slot] for slot in sheet.slots[cut : cut + 4]]
    return Name(name.first, cut) if cut < name.last and has_title(after) else name


def add_abbreviations(sheet: Sheet, names: Sequence[Name]) -> list[Name]:
    """Return the names with Latin words in brackets right after one: 機構(NATO)."""
    if not names:
        return []
    last = np.array([name.last for name in names])
    flags = np.append(sheet.flags, np.zeros(3, np.uint32))
    capital = (flags[last + 1] & CAPITAL) != 0
    in_brackets = (
        ((flags[last] & OPEN) != 0) & capital & ((flags[last + 2] & CLOSE) != 0)
    )
    fresh = {Name(at + 1, at + 2) for at in last[in_brackets].tolist()}
    return sorted({*names, *fresh})


def trim_names(sheet: Sheet, lexicon: Lexicon, names: Sequence[Name]) -> list[Name]:
    """Return the names cut where two are glued, without titles, passing ones left out."""
    if not names:
        return []
    pairs = np.array(names, np.int64)
    suspicious = (sheet.flags & (_BRACKETS | SPACE)) != 0
    suspicious |= lexicon.titles[sheet.slots] | lexicon.letters[sheet.slots]
    suspicious |= lexicon.slots_where(_is_suspicious)[sheet.slots]
    counts = np.append(0, np.cumsum(suspicious))
    doubtful = counts[pairs[:, 1]] > counts[pairs[:, 0]]
    out: list[Name] = []
    for name, doubt in zip(names, doubtful.tolist(), strict=True):
        if doubt:
            out += _pieces(_Rows(sheet, lexicon, name), name)
        else:
            out.append(name)
    return out


def _is_suspicious(slot: Slot) -> bool:
    surfaces = {slot.part.surface, slot.whole.surface}
    return (
        slot.part.surface in _COLONS
        or slot.part.surface in _PASSING
        or not surfaces.isdisjoint(ROLES)
        or _introduces(slot)
    )


def _completes_title(slot: Slot) -> bool:
    """Tell what may be the end of a title that a name has run into: 事務局 | 長."""
    return slot.part.surface in ("長", "官", "大臣")


def _introduces(slot: Slot) -> bool:
    """Tell 英紙, 科学誌 and シンクタンク: what a body or paper is, before its name."""
    last = slot.place == slot.parts - 1
    return last and (is_paper(slot) or slot.whole.surface in _INTRODUCTIONS)


class _Rows:
    """The words of one name and what is asked of them."""

    def __init__(self, sheet: Sheet, lexicon: Lexicon, name: Name) -> None:
        slots = sheet.slots[name.first : name.last].tolist()
        self.surfaces = [lexicon.slots[slot].part.surface for slot in slots]
        self.flags = sheet.flags[name.first : name.last].tolist()
        self.titles = lexicon.titles[slots].tolist()
        self.letters = lexicon.letters[slots].tolist()
        self.introduces = [_introduces(lexicon.slots[slot]) for slot in slots]
        after = sheet.slots[name.last : name.last + 2]
        self.title_follows = bool(lexicon.titles[after].any())

    def seam(self, at: int) -> bool:
        """Tell whether the name is two names with this word between."""
        if self.surfaces[at] in _COLONS:
            return True
        if self.flags[at] & _BRACKETS:
            opens = sum((flag & OPEN) != 0 for flag in self.flags)
            closes = sum((flag & CLOSE) != 0 for flag in self.flags)
            return bool(opens != closes)
        if not self.flags[at] & SPACE:
            return False
        if at in (0, len(self.flags) - 1):
            return True
        sides = self.flags[at - 1], self.flags[at + 1]
        return all(flag & KANJI for flag in sides)

    def title(self, at: int) -> bool:
        """Tell whether a word is a title that no name ends in."""
        surface = self.surfaces[at]
        # 日本代表 is a team; one-letter titles (王, 関) end too many names of other kinds.
        ends_name = surface == "代表" or (len(surface) == 1 and surface not in "氏様殿")
        return bool(self.titles[at]) and not ends_name


def _pieces(rows: _Rows, name: Name) -> Iterator[Name]:
    start = 0
    for at in range(len(rows.flags) + 1):
        if at < len(rows.flags) and not rows.seam(at):
            continue
        while start < at and rows.flags[start] & SPACE:
            start += 1
        # 教皇レオ14世: the title before a katakana name.
        if start + 1 < at and rows.title(start) and rows.flags[start + 1] & KATAKANA:
            start += 1
        start = _introduction_end(rows, start, at)
        end = _end_before_title(rows, start, at)
        if end > start and not _is_passing(rows, start, end):
            yield Name(name.first + start, name.first + end)
        start = at + 1


def _introduction_end(rows: _Rows, start: int, end: int) -> int:
    """Return where the name itself starts: 英紙 | ガーディアン, 米シンクタンク | 戦争研究所."""
    for at in range(start, end - 1):
        is_name_like = (
            rows.flags[at + 1] & (KATAKANA | LATIN) or rows.surfaces[at] == "タンク"
        )
        if rows.introduces[at] and is_name_like:
            return at + 1
    return start


def _end_before_title(rows: _Rows, start: int, end: int) -> int:
    last = end
    while last > start + 1 and rows.title(last - 1):
        last -= 1
    cut = last < end or (end == len(rows.flags) and rows.title_follows)
    while cut and last > start + 1 and rows.letters[last - 1]:
        last -= 1
    while last > start and rows.flags[last - 1] & (JOINER | SPACE):
        last -= 1
    return last


def _is_passing(rows: _Rows, start: int, end: int) -> bool:
    if "".join(rows.surfaces[start:end]) in ROLES:
        return True
    # 全日本卓球選手権: what holds a name of its own is named, not meant in passing.
    if any(flags & PROPER for flags in rows.flags[start:end]):
        return False
    flags = rows.flags[start]
    return rows.surfaces[start] in _PASSING and bool(
        flags & NO_START or len(rows.flags) > 1
    )

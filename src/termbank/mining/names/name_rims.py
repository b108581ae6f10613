"""Where a name begins and ends: what stands at its rims without being part of it.

The rules cut names, split two that were taken for one, and drop what is a date, a count or an
amount. They look at words alone; the model has had its say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.tokens.token_flags import (
    CLOSE,
    JOINER,
    KATAKANA,
    LATIN,
    NUMERAL,
    OPEN,
    PARTICLE,
    PLACE,
    PROPER,
    SPACE,
    UNKNOWN,
)
from termbank.text.normalise import norm

from .name_rules import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Sheet

_FOREIGN: Final = KATAKANA | LATIN
# 隣国 | シリア, 旧 | ソ連 is one word; 南部 | カフラマンマラシュ.
_BEFORE: Final = frozenset(["隣国", "同国", "本国", "母国", "現物", "同盟国", "友好国", "大手"])
_DIRECTION: Final = re.compile(r"[東西南北中][東西南北央]?部?|[東西南北]{1,2}側|内陸部?|沿岸部?")
_REGION: Final = re.compile(r"[東西南北中][東西南北央]?部|沿岸部|内陸部")
_LETTERS: Final = frozenset("米英仏独露韓豪伊印")
# After a name, never its end: 共産党員, 科学誌, 西側諸国, 日本製, 韓国系.
_AFTER: Final = frozenset(
    ["員", "誌", "紙", "諸国", "銘柄", "資産", "株", "製", "産", "系", "側", "用", "出身", "在住"]
    + ["関連", "以外", "向け", "並み", "界", "各地", "全土", "国内", "当局", "エディター", "ユーザー"]
)
_FLOOR: Final = re.compile(r"階|[FfＦ](?![A-Za-z])|号室|番地|丁目$")
_AMOUNT: Final = re.compile(
    r"(?:約|第|満|計|西暦|昭和|平成|令和|明治|大正|紀元前|午前|午後|(?:utc|gmt|jst)(?=[+-±]))?"
    r"[\s0-9〇一二三四五六七八九十百千万億兆.,:/〜~+±-]+"
    r"(?:年|月|日|時|分|秒|週|世紀|年代|年度|歳|才|代|章|節|条|項|号|巻|頁|ページ|回|回目|度|名|人"
    r"|円|ドル|ユーロ|ウォン|元|%|パーセント|[kmc]?m|[km]?g|[kmgt]i?b|キロ|メートル|時間|日間"
    r"|か月|ヶ月|カ月|件|個|本|台|枚|点|位|種|種類|段階|前後|頃|未明|早朝|夜|朝|\s|第?[0-9]+)*"
)
_LETTERS_OF: Final = re.compile(r"[ぁ-ゖァ-ヺ一-鿿A-Za-zＡ-Ｚａ-ｚ0-9０-９々ー]")


def rimmed(sheet: Sheet, lexicon: Lexicon, names: Sequence[Name]) -> list[Name]:
    """Return the names cut to what they are; order and apartness stay."""
    words = _Words(sheet, lexicon)
    out = []
    for name in names:
        for piece in words.pieces(name):
            cut = words.trimmed(piece)
            if cut is not None and not _AMOUNT.fullmatch(norm(words.text(cut))):
                out.append(cut)
    return out


class _Words:
    def __init__(self, sheet: Sheet, lexicon: Lexicon) -> None:
        self._sheet, self._lexicon = sheet, lexicon
        # Rows that any rule looks at: of the other names nothing is asked.
        flags = (OPEN | CLOSE | JOINER | SPACE | NUMERAL | PARTICLE) & ~0
        marked = (sheet.flags & flags) != 0
        marked |= lexicon.told(_is_rim)[sheet.slots]
        self._marks = np.append(0, np.cumsum(marked))

    def surface(self, row: int) -> str:
        return self._lexicon.slots[int(self._sheet.slots[row])].part.surface

    def text(self, name: Name) -> str:
        return "".join(map(self.surface, range(*name)))

    def pieces(self, name: Name) -> Iterator[Name]:
        """Yield the names that a span is: one, or several with seams between."""
        if self._marks[name.last] == self._marks[name.first]:
            yield name
            return
        start = name.first
        for row in range(name.first, name.last):
            cut = self._seam(name, start, row)
            if cut is not None:
                if row > start:
                    yield Name(start, row)
                start = cut
        if name.last > start:
            yield Name(start, name.last)

    def _seam(self, name: Name, start: int, row: int) -> int | None:
        """Return where the next name starts if one ends before a row."""
        flags = self._sheet.flags
        flag, surface = int(flags[row]), self.surface(row)
        inner = start < row < name.last - 1
        after = int(flags[row + 1]) if row + 1 < name.last else 0
        if inner and flag & PARTICLE and surface in ("と", "や", "から", "で", "は", "が", "を"):
            spaced = (int(flags[row - 1]) | after) & SPACE
            return row + 1 if spaced or after & NUMERAL else None
        if inner and flag & SPACE and after & NUMERAL and not int(flags[row - 1]) & LATIN:
            return name.last
        if inner and surface == "の" and (after & NUMERAL or self._numbered(row + 1, name)):
            return self._after_count(row + 1, name)
        if inner and _REGION.fullmatch(surface) and self._is_place(start, row):
            return row + 1
        dotted = inner and surface == "・" and int(flags[row - 1]) & PLACE and after & PLACE
        if dotted and row == start + 1:
            return row + 1
        if row > start and flag & NUMERAL and _FLOOR.search(self._next(row, name)):
            return name.last
        return None

    def _numbered(self, row: int, name: Name) -> bool:
        spaced = row + 1 < name.last and bool(int(self._sheet.flags[row]) & SPACE)
        return spaced and bool(int(self._sheet.flags[row + 1]) & NUMERAL)

    def _after_count(self, row: int, name: Name) -> int:
        """Return where the name after a count starts: の 1 人 | デビッド パットン."""
        while row < name.last and not int(self._sheet.flags[row]) & KATAKANA:
            row += 1
        return row

    def _is_place(self, start: int, row: int) -> bool:
        flags = self._sheet.flags[start:row]
        return bool((flags & (PLACE | PROPER | UNKNOWN | KATAKANA)).any())

    def _next(self, row: int, name: Name) -> str:
        return "".join(map(self.surface, range(row + 1, min(row + 3, name.last))))

    def trimmed(self, name: Name) -> Name | None:
        """Return a name without what stands at its rims; None where nothing is left."""
        first, last = name
        if self._marks[last] == self._marks[first]:
            return name
        while first < last and not _LETTERS_OF.search(self.surface(first)):
            first += 1
        while first < last and self._ends_outside(first, last):
            last -= 1
        while last - first > 1 and self._begins_outside(first):
            first += 1
        return Name(first, last) if first < last else None

    def _begins_outside(self, row: int) -> bool:
        surface, after = self.surface(row), int(self._sheet.flags[row + 1])
        if surface in _BEFORE:
            return True
        if surface in _LETTERS:
            return bool(after & KATAKANA)
        proper = after & (PLACE | UNKNOWN | PROPER) and after & _FOREIGN
        return bool(proper) and _REGION.fullmatch(surface) is not None

    def _ends_outside(self, first: int, last: int) -> bool:
        surface, before = self.surface(last - 1), self.surface(last - 2)
        if not _LETTERS_OF.search(surface) and surface not in "」』）)】》\"”!！?？+#*":
            return True
        if last - first < 2:
            return False
        # 米証券取引委員会委員会: the word is said twice.
        return surface in _AFTER or (surface == before and len(surface) > 1)


def _is_rim(slot: object) -> bool:
    surface = slot.part.surface  # type: ignore[attr-defined]
    return (
        surface in _BEFORE
        or surface in _AFTER
        or surface in _LETTERS
        or surface == "委員会"
        or _REGION.fullmatch(surface) is not None
        or not _LETTERS_OF.search(surface)
    )

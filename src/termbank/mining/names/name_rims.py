"""Where a name begins and ends: what stands at its rims without being part of it.

The rules cut names, split two that were taken for one, and drop what is a date, a count or an
amount. They look at words alone; the model has had its say.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.tokens.token_flags import (
    JOINER,
    KATAKANA,
    LATIN,
    NUMERAL,
    PARTICLE,
    PLACE,
    PROPER,
    SPACE,
    UNKNOWN,
)
from termbank.text.normalise import norm

from .name_rules import Name

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Sheet

_FOREIGN: Final = KATAKANA | LATIN
# 隣国 | シリア, 旧 | ソ連 is one word; 南部 | カフラマンマラシュ.
_BEFORE: Final = frozenset(
    ["隣国", "同国", "本国", "母国", "現物", "同盟国", "友好国", "大手"]
)
_REGION: Final = re.compile(r"[東西南北中][東西南北央]?部|沿岸部|内陸部")
_LETTERS: Final = frozenset("米英仏独露韓豪伊印")
# After a name, never its end: 共産党員, 科学誌, 西側諸国, 日本製, 韓国系.
_AFTER: Final = frozenset(
    [
        "情勢",
        "員",
        "誌",
        "紙",
        "諸国",
        "銘柄",
        "資産",
        "株",
        "製",
        "産",
        "系",
        "側",
        "用",
        "出身",
        "在住",
        "関連",
        "以外",
        "向け",
        "並み",
        "界",
        "各地",
        "全土",
        "国内",
        "当局",
        "エディター",
        "ユーザー",
    ]
)
_PARTING: Final = frozenset(["と", "や", "から", "で", "は", "が", "を"])
_FLOOR: Final = re.compile(r"階|[FfＦ](?![A-Za-z])|号室")
_AMOUNT: Final = re.compile(
    r"(?:図|表|リスト|例|手順|ステップ|付録|バージョン|約|第|満|計|西暦|昭和|平成|令和|明治|大正|紀元前|午前|午後|(?:utc|gmt|jst)(?=[+-±]))?"
    r"[\s0-9〇一二三四五六七八九十百千万億兆.,:/〜~+±-]+"
    r"(?:年|月|日|時|分|秒|週|世紀|年代|年度|歳|才|代|章|節|条|項|号|巻|頁|ページ|回|回目|度|名|人"
    r"|円|ドル|ユーロ|ウォン|元|%|パーセント|[kmc]?m|[km]?g|[kmgt]i?b|キロ|メートル|時間|日間"
    r"|組|社|者|つ|方|部|箇所|か所|人目|か月|ヶ月|カ月|件|個|本|台|枚|点|位|種|種類|段階|前後|頃|未明|早朝|夜|朝|\s|第?[0-9]+)*"
)
# Marks that part names; others (〜, !) a title may end in.
_NO_RIM: Final = frozenset("＝=-‐−–—―:：;；,，、。・･/／|｜*＊…‥•　 _＿>＞<＜→⇒↑↓")


def cut_rims(
    sheet: Sheet, lexicon: Lexicon, names: Sequence[Name], places: Container[Name]
) -> list[Name]:
    """Return the names cut to what they are; order and apartness stay.

    Args:
        sheet: Words.
        lexicon: What is known of them.
        names: In order.
        places: Which of them were found to be places.
    """
    words = _Words(sheet, lexicon)
    out = []
    for name in names:
        for piece in words.pieces(name, name in places):
            cut = words.trimmed(piece)
            if cut is not None and not _AMOUNT.fullmatch(norm(words.text(cut))):
                out.append(cut)
    return out


class _Words:
    def __init__(self, sheet: Sheet, lexicon: Lexicon) -> None:
        self._sheet, self._lexicon = sheet, lexicon
        # Rows that any rule looks at: of the other names nothing is asked.
        is_mark = (sheet.flags & (JOINER | SPACE | NUMERAL | PARTICLE)) != 0
        is_mark |= lexicon.slots_where(_is_rim)[sheet.slots]
        self._marks = np.append(0, np.cumsum(is_mark))

    def surface(self, row: int) -> str:
        return self._lexicon.slots[int(self._sheet.slots[row])].part.surface

    def text(self, name: Name) -> str:
        return "".join(map(self.surface, range(*name)))

    def pieces(self, name: Name, is_place: bool) -> Iterator[Name]:
        """Yield the names that a span is: one, or several with seams between."""
        if self._marks[name.last] == self._marks[name.first]:
            yield name
            return
        start = name.first
        for row in range(name.first, name.last):
            cut = self._seam(name, start, row, is_place)
            if cut is not None:
                if row > start:
                    yield Name(start, row)
                start = cut
        if name.last > start:
            yield Name(start, name.last)

    def _seam(self, name: Name, start: int, row: int, is_place: bool) -> int | None:
        """Return where the next name starts if one ends before a row."""
        flag = int(self._sheet.flags[row])
        floor = flag & NUMERAL and _FLOOR.search(self._next(row, name))
        inner = start < row < name.last - 1
        if row > start and (floor or (inner and self._ends_before_figure(row))):
            return name.last
        if not inner:
            return None
        if flag & PARTICLE:
            return self._after_particle(name, row)
        if (end := self._region(row, name)) and self._is_place(start, row):
            return end
        has_dot = self.surface(row) == "・" and is_place and self._dotted_places(name)
        return row + 1 if has_dot or self._parts_two(row) else None

    def _parts_two(self, row: int) -> bool:
        """Tell ロイター/Evelyn Hockstein and 株式会社 | ルベル事業部; not AC/DC."""
        before, after = (int(self._sheet.flags[at]) for at in (row - 1, row + 1))
        if self.surface(row) in "/／":
            return bool(before & LATIN) != bool(after & LATIN)
        has_space = int(self._sheet.flags[row]) & SPACE
        return bool(has_space) and self.surface(row - 1) in ("会社", "株式会社")

    def _after_particle(self, name: Name, row: int) -> int | None:
        """Return where a name after a particle starts: Anna と Tom, の 1 人 デビッド."""
        flags, surface = self._sheet.flags, self.surface(row)
        before, after = int(flags[row - 1]), int(flags[row + 1])
        if surface in _PARTING:
            return row + 1 if (before | after) & SPACE or after & NUMERAL else None
        if surface == "の" and (after & NUMERAL or self._has_number(row + 1, name)):
            return self._after_count(row + 1, name)
        return None

    def _ends_before_figure(self, row: int) -> bool:
        """Tell イドリブ県＝９日, 資生堂銀座ビル 1F; not Integrity S4000."""
        flags, surface = self._sheet.flags, self.surface(row)
        before, after = int(flags[row - 1]), int(flags[row + 1])
        if not after & NUMERAL:
            return False
        has_space = int(flags[row]) & SPACE and not before & (LATIN | NUMERAL)
        return surface in "＝=" or bool(has_space)

    def _region(self, row: int, name: Name) -> int:
        """Return where a word for a part of a country ends: 南部, 北西 | 部; 0 for none."""
        for end in (row + 1, row + 2):
            if end < name.last and _REGION.fullmatch(
                "".join(map(self.surface, range(row, end)))
            ):
                return end
        return 0

    def _dotted_places(self, name: Name) -> bool:
        """Tell ロシア・モスクワ: a country and places of it with dots between."""
        country = self._lexicon.slots[int(self._sheet.slots[name.first])].part.pos[3]
        flags = self._sheet.flags[name.first : name.last]
        return (
            country == "国"
            and len(flags) % 2 == 1
            and bool((flags[1::2] & JOINER).all() and ((flags[::2] & PLACE) != 0).all())
        )

    def _has_number(self, row: int, name: Name) -> bool:
        has_space = row + 1 < name.last and bool(int(self._sheet.flags[row]) & SPACE)
        return has_space and bool(int(self._sheet.flags[row + 1]) & NUMERAL)

    def _after_count(self, row: int, name: Name) -> int:
        """Return where the name after a count starts: の 1 人 | デビッド パットン."""
        while row < name.last and not int(self._sheet.flags[row]) & KATAKANA:
            row += 1
        return row

    def _is_place(self, start: int, row: int) -> bool:
        flags = self._sheet.flags[start:row]
        return bool(((flags & PLACE) != 0).any())

    def _next(self, row: int, name: Name) -> str:
        return "".join(map(self.surface, range(row + 1, min(row + 3, name.last))))

    def trimmed(self, name: Name) -> Name | None:
        """Return a name without what stands at its rims; None where nothing is left."""
        first, last = name
        if self._marks[last] == self._marks[first]:
            return name
        while first < last and self.surface(first) in _NO_RIM:
            first += 1
        while first < last and self._ends_outside(first, last):
            last -= 1
        while last - first > 1 and self._begins_outside(first):
            first += 1
        last -= self._said_twice(first, last)
        return Name(first, last) if first < last else None

    def _said_twice(self, first: int, last: int) -> int:
        """Return how many words at the end repeat those before: 委員会 | 委員会."""
        words = [self.surface(row) for row in range(first, last)]
        for count in (2, 1):
            again = words[-count:]
            if len(words) > 2 * count and again == words[-2 * count : -count]:
                return count if len("".join(again)) > 1 else 0
        return 0

    def _begins_outside(self, row: int) -> bool:
        surface, after = self.surface(row), int(self._sheet.flags[row + 1])
        if surface in _BEFORE:
            return True
        if surface in _LETTERS:
            return bool(after & KATAKANA)
        proper = after & (PLACE | UNKNOWN | PROPER) and after & _FOREIGN
        return bool(proper) and _REGION.fullmatch(surface) is not None

    def _ends_outside(self, first: int, last: int) -> bool:
        surface = self.surface(last - 1)
        if surface in _NO_RIM:
            return True
        if last - first < 2:
            return False
        proper = self._sheet.flags[first : last - 1] & (PROPER | UNKNOWN | _FOREIGN)
        return surface in _AFTER and bool(proper.any())


def _is_rim(slot: object) -> bool:
    surface = slot.part.surface  # type: ignore[attr-defined]
    return (
        surface in _BEFORE
        or surface in _AFTER
        or surface in _LETTERS
        or surface in ("委員", "委員会")
        or surface[-1:] in ("部", "/", "／")
        or surface in _NO_RIM
    )

"""The distinct forms of a run: spelling, key and reading of each, found once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.text.japanese import has_japanese
from termbank.text.kana import katakana
from termbank.text.normalise import norm

from .token_flags import (
    ADVERBIAL,
    COUNTER,
    DOT,
    JOINER,
    LIGHT,
    NO_START,
    NUMERAL,
    SPACE,
    SUFFIX,
    shape,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termbank.mining.terms.term_phrases import Spans

    from .token_lexicon import Lexicon, Slot
    from .token_table import Sheet

    Keys = NDArray[np.uint64]

# Multiplier of the rolling hash of surface numbers; odd, so that no bit is lost.
_BASE: Final = np.uint64(0x9E3779B97F4A7C15)
# Distinct forms kept before they are forgotten: about 0.5 kB each.
FORMS_KEPT: Final = 25_000
_LONGEST: Final = 30  # code points; longer forms are clauses
_KANA: Final = re.compile(r"[ァ-ヺー・＝ヽヾ]+")
_LETTERS: Final = frozenset("hkcaA")
# Units and eras that the dictionary has as plain nouns.
_COUNTED: Final = re.compile(
    r"(?:約|第|昭和|明治|大正|平成|令和|西暦|紀元前|午前|午後"
    r"|[〜~\-−–/.:,〇一二三四五六七八九十百千万億兆0-9]"
    r"|年|月|日|時|分|秒|週|頃|代|章|節|条|項|巻|頁|ページ|号|回|度|名|人|円|ドル|ユーロ"
    r"|[kmcg]?m|kg|[kmg]b|%)+"
)
# ＝ joins katakana (ジャン＝リュック); beside kanji it parts: 【ワシントン＝鈴木花子】.
_PARTED: Final = re.compile(r"[一-鿿々ぁ-ゖ]=|=[一-鿿々ぁ-ゖ]")
# What a mark opens or closes, or an arrow parts, is a quotation of markup.
_MARKED: Final = re.compile(r"^[#*`|<>=~_^:]|(?<![a-z])[#*`|<>=~_^:]$|[-=]>|\*\*|##|``")
_DOMAIN: Final = re.compile(
    r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|net|org|info|[a-z]{2}\.jp)"
)
_EMPTY: Final = re.compile(r"[ぁ-ん]{1,2}|[ァ-ヺ]|[0-9].{0,2}|[a-z]")


class Forms:
    """Distinct forms by number.

    Attributes:
        surfaces: As in the text.
        norms: :func:`termbank.text.normalise.norm` of them.
        readings: In katakana; None where a part has none.
        usable: Whether the form may be a term at all.
    """

    def __init__(self) -> None:
        self.surfaces: list[str] = []
        self.norms: list[str] = []
        self.readings: list[str | None] = []
        self.usable: list[bool] = []
        self._numbers: dict[int, int] = {}

    def clear(self) -> None:
        """Forget all forms."""
        for column in (self.surfaces, self.norms, self.readings, self.usable):
            column.clear()
        self._numbers.clear()

    def numbers(
        self, sheet: Sheet, spans: Spans, lexicon: Lexicon
    ) -> NDArray[np.int64]:
        """Return the number of the form of each span."""
        keys = _keys(sheet, spans)
        distinct, where, back = np.unique(keys, return_index=True, return_inverse=True)
        number_of = self._numbers
        numbers = []
        for key, at in zip(distinct.tolist(), where.tolist(), strict=True):
            number = number_of.get(key)
            if number is None:
                number = number_of[key] = len(self.surfaces)
                rows = sheet.slots[spans.first[at] : spans.last[at]].tolist()
                self._learn([lexicon.slots[row] for row in rows], lexicon, rows)
            numbers.append(number)
        return np.array(numbers, np.int64)[back]

    def _learn(self, slots: Sequence[Slot], lexicon: Lexicon, rows: list[int]) -> None:
        surface = "".join(slot.part.surface for slot in slots)
        key = norm(surface)
        self.surfaces.append(surface)
        self.norms.append(key)
        # The dictionary guesses how Latin letters are read: Vue is no ビュー for sure.
        self.readings.append(reading(slots) if has_japanese(surface) else None)
        flags = [int(lexicon.flags[row]) for row in rows]
        self.usable.append(_usable(surface, key, flags))


def _keys(sheet: Sheet, spans: Spans) -> Keys:
    """Return a 64-bit key for the row of slots of each span.

    A polynomial hash by Horner over at most a few steps. Slots, not surfaces: 米 read
    ベイ and 米 read コメ are two forms, or readings would depend on which came first.
    """
    slots = _mix_numbers(sheet.slots.astype(np.uint64))
    lengths = spans.last - spans.first
    keys = lengths.astype(np.uint64)
    for step in range(int(lengths.max(initial=0))):
        rows = np.flatnonzero(lengths > step)
        keys[rows] = keys[rows] * _BASE + slots[spans.first[rows] + step]
    return keys


def _mix_numbers(numbers: Keys) -> Keys:
    hashes: Keys = (numbers + np.uint64(1)) * _BASE
    return hashes ^ (hashes >> np.uint64(29))


def reading(slots: Sequence[Slot]) -> str | None:
    """Return the katakana reading of words in a row, None where one has none.

    The reading of a whole word is taken where all its parts are there (選挙管理委員会),
    else those of the parts. Spaces are left out; the middle dot stays.
    """
    out: list[str] = []
    at = 0
    while at < len(slots):
        slot = slots[at]
        whole = slot.place == 0 and at + slot.parts <= len(slots)
        out.append(_whole_reading(slot) if whole else _part_reading(slot))
        at += slot.parts if whole else 1
    kana = "".join(out)
    return kana if _KANA.fullmatch(kana) else None


def _part_reading(slot: Slot) -> str:
    if slot.part_reading is None:
        slot.part_reading = _reading(slot.part)
    return slot.part_reading


def _whole_reading(slot: Slot) -> str:
    if slot.whole_reading is None:
        slot.whole_reading = _reading(slot.whole)
    return slot.whole_reading


def _reading(word: object) -> str:
    surface, pos, read = word.surface, word.pos[0], word.reading  # type: ignore[attr-defined]
    own = katakana(norm(surface).replace("=", "＝"))
    if _KANA.fullmatch(own):
        return own
    if pos == "空白":
        return ""
    # Sudachi reads キゴウ, which is 記号, for marks that are not read: 東京/大阪.
    return surface if read == "キゴウ" and len(surface) == 1 else katakana(read)


def _usable(surface: str, key: str, flags: list[int]) -> bool:
    """Tell whether a form may be a term: it has letters and more than light words."""
    if len(surface) > _LONGEST or surface != surface.strip():
        return False
    if _MARKED.search(key) or _DOMAIN.fullmatch(key):
        return False
    letters = set(shape(key))
    if not letters & _LETTERS or _EMPTY.fullmatch(key) or _PARTED.search(key):
        return False
    if len(key) == 1 and letters != {"c"}:
        return False
    weak = LIGHT | SPACE | JOINER
    if all(flag & weak for flag in flags):
        return False
    return not _is_time(key, flags)


def _is_time(key: str, flags: list[int]) -> bool:
    """Tell 30日間, 約5km, 21章25節, 昭和30年頃: figures, counters and what goes with them."""
    if not any(flag & NUMERAL for flag in flags):
        return False
    counting = NUMERAL | COUNTER | ADVERBIAL | SUFFIX | JOINER | DOT | NO_START
    return all(flag & counting for flag in flags) or bool(_COUNTED.fullmatch(key))

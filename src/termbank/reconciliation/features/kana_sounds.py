"""Kana as sounds: onset and vowel of each unit of writing, and what a change costs."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

SMALL: Final = "ァィゥェォャュョヮ"
FIRST_KANA: Final = 0x30A1
LAST_KANA: Final = 0x30FA
LONG_MARK: Final = 0x30FC
KANA_BASE: Final = 0xE000  # units of kana live in the private use area
_SMALL_STEP: Final = len(SMALL) + 1
_ROWS: Final = {
    "": "アイウエオ", "k": "カキクケコ", "g": "ガギグゲゴ", "s": "サシスセソ",
    "z": "ザジズゼゾ", "t": "タチツテト", "d": "ダヂヅデド", "n": "ナニヌネノ",
    "h": "ハヒフヘホ", "b": "バビブベボ", "p": "パピプペポ", "m": "マミムメモ",
    "r": "ラリルレロ", "v": "ヷヸヴヹヺ",
}  # fmt: skip
_ODD: Final = {
    "シ": "Si", "チ": "Ci", "ツ": "Tu", "ジ": "Ji", "ヂ": "Ji", "ヅ": "zu", "フ": "fu",
    "ヤ": "ya", "ユ": "yu", "ヨ": "yo", "ワ": "wa", "ヰ": "wi", "ヱ": "we", "ヲ": "o",
    "ヵ": "ka", "ヶ": "ke",
}  # fmt: skip
VOWELS: Final = "aiueo"
# Onsets that may stand in a unit, then those of units without a vowel: ン, ッ, ー.
ONSETS: Final = (
    "", "k", "g", "s", "z", "t", "d", "n", "h", "b", "p", "m", "r", "v", "S", "C", "T",
    "J", "f", "y", "w", "ky", "gy", "ny", "hy", "by", "py", "my", "ry", "ty", "dy", "fy",
    "vy", "kw", "gw", "sw", "N", "Q", ":",
)  # fmt: skip
OTHER: Final = 255  # sound of whatever is not kana
_NEAR: Final = (
    "b v", "f h", "f w", "S s", "C t", "T t", "J z", "J d", "g k", "d t", "b p", "z s",
    "y J", "w v", "C S", "T s", "T z", "m n", "kw k", "gw g", "ky k", "gy g", "ty C",
    "dy J", "ty t", "dy d", "vy by", "fy hy", "hy h", "sw s", "w b", "w ", "y ", "r ry",
    "n ny", "m my", "b by", "p py", "C k", "h k", "h ", "v f", "J S", "g J", "g h", "k s",
)  # fmt: skip

# Costs in tenths of a plain change; chosen so that the best alignment pairs up sounds
# that loanword spellings swap. The learned weights, not these, judge the pair.
COST_LONG, COST_DOUBLE, COST_NASAL = 3, 4, 6
COST_BARE_VOWEL, COST_UNIT = 6, 10
COST_WRITTEN, COST_NEAR, COST_ONSET, COST_VOWEL = 1, 4, 7, 5


@cache
def _sounds() -> dict[str, str]:
    table = dict(_ODD)
    for onset, row in _ROWS.items():
        for kana, vowel in zip(row, VOWELS, strict=True):
            table.setdefault(kana, onset + vowel)
    small_vowels = dict(zip("ァィゥェォ", VOWELS, strict=True))
    table |= small_vowels | {"ャ": "ya", "ュ": "yu", "ョ": "yo", "ヮ": "wa"}
    return table | {"ン": "N", "ッ": "Q", "ー": ":"}


def sound_id(onset: str, vowel: str) -> int:
    """Return the number of a sound, below 255."""
    place = VOWELS.index(vowel) + 1 if vowel else 0
    return ONSETS.index(onset) * 6 + place + 1


def _merge(base: str, small: str) -> int | None:
    """Return the sound of a kana and the small kana behind it; None if they stay two."""
    sound = _sounds()[base]
    if sound in "NQ:" or not sound:
        return None
    onset, vowel = sound[:-1], sound[-1]
    tail = _sounds()[small]
    if len(tail) == 2:
        glide = onset + tail[0] if onset not in ("S", "C", "J", "y", "") else onset
        glide = {"Ty": "C", "vy": "vy", "zy": "J", "sy": "S"}.get(glide, glide)
        return sound_id(glide, tail[1]) if glide in ONSETS and vowel in "iueo" else None
    # ウィ, スェ, クァ stay two units: their rivals are ウイ, スエ, クア, one small kana away.
    if tail == vowel or onset in ("", "k", "g", "s"):
        return None
    return sound_id(onset, tail) if onset in ONSETS else None


def _tables() -> tuple[NDArray[np.int16], Bytes]:
    """Return (kana, small) to merged sound or -1, and unit offset to sound."""
    count = LONG_MARK - FIRST_KANA + 1
    table = np.full((count, _SMALL_STEP), -1, np.int16)
    single = np.full(count * _SMALL_STEP, OTHER, np.uint8)
    for kana, sound in _sounds().items():
        at = ord(kana) - FIRST_KANA
        plain = (
            sound_id(sound, "") if sound in "NQ:" else sound_id(sound[:-1], sound[-1])
        )
        single[at * _SMALL_STEP] = plain
        if kana in SMALL:
            continue
        for place, small in enumerate(SMALL, 1):
            merged_sound = _merge(kana, small)
            if merged_sound is not None:
                table[at, place] = merged_sound
                single[at * _SMALL_STEP + place] = merged_sound
    return table, single


MERGED, SOUND_OF_UNIT = _tables()
ONSET_OF = np.array(
    [min((s - 1) // 6, len(ONSETS)) if s else 0 for s in range(256)], np.uint8
)
VOWEL_OF = np.array([(s - 1) % 6 if 0 < s < OTHER else 0 for s in range(256)], np.uint8)


def _costs() -> tuple[Bytes, Bytes]:
    """Return the cost of dropping each sound, and of changing one into another."""
    gap = np.full(256, COST_UNIT, np.uint8)
    for onset, cost in ((":", COST_LONG), ("Q", COST_DOUBLE), ("N", COST_NASAL)):
        gap[sound_id(onset, "")] = cost
    for vowel in VOWELS:
        gap[sound_id("", vowel)] = COST_BARE_VOWEL
    near = np.full((len(ONSETS) + 1, len(ONSETS) + 1), COST_ONSET, np.uint8)
    np.fill_diagonal(near, 0)
    for pair in _NEAR:
        left, right = (ONSETS.index(onset) for onset in pair.split(" "))
        near[left, right] = near[right, left] = COST_NEAR
    sounds = np.arange(256)
    onsets, vowels = ONSET_OF[sounds], VOWEL_OF[sounds]
    change = near[onsets[:, None], onsets[None, :]]
    change = change + COST_VOWEL * (vowels[:, None] != vowels[None, :]).astype(np.uint8)
    bare = (vowels == 0)[:, None] != (vowels == 0)[None, :]
    change = np.where(bare, gap[:, None] + gap[None, :] - 1, change)
    long_mark, double = sound_id(":", ""), sound_id("Q", "")
    for vowel_name in VOWELS:  # レイ/レー, コオ/コー
        there = sound_id("", vowel_name)
        change[long_mark, there] = change[there, long_mark] = COST_NEAR
    change[long_mark, double] = change[double, long_mark] = COST_NEAR
    change[OTHER, :] = change[:, OTHER] = 2 * COST_UNIT - 1
    change[OTHER, OTHER] = COST_UNIT + 2
    return gap, np.maximum(change, COST_WRITTEN).astype(np.uint8)


GAP_COST, CHANGE_COST = _costs()

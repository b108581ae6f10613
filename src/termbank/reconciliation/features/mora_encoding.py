"""Forms as rows of units: morae of kana, single characters of all else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from termbank.text.kana import APOSTROPHES, FULL_STOPS, HYPHENS, JOINTS

from .kana_sounds import (
    FIRST_KANA,
    KANA_BASE,
    LAST_KANA,
    LONG_MARK,
    MERGED,
    OTHER,
    SMALL,
    SOUND_OF_UNIT,
)

if TYPE_CHECKING:
    import polars as pl

Ints = NDArray[np.int32]
SEPARATOR: Final = "\x01"
_RUN_OF_SEPARATORS: Final = rf"[{JOINTS}{FULL_STOPS}{APOSTROPHES}\s,&/{HYPHENS}]+"
_STEP: Final = len(SMALL) + 1
_AT_ONCE: Final = (
    1 << 16
)  # forms encoded together: bounds what stands beside the result
_SMALL_PLACE: Final = np.zeros(0x100, np.uint8)
for _place, _kana in enumerate(SMALL, 1):
    _SMALL_PLACE[ord(_kana) - 0x3000] = _place


class Encoded(NamedTuple):
    """Units of many forms, one after another.

    Attributes:
        unit: uint16; kana in the private use area, else the code point. Hiragana and
            katakana are one unit.
        sound: uint8, see :mod:`.sounds`; 255 for what is not kana.
        part: uint8, which part of a name the unit stands in, from 0.
        start: int64, first unit of each form; one more entry holds the end.
        length: int64, units of each form.
        parts: uint8, number of parts of each form.
        hiragana: uint8, units of each form that were hiragana.
        katakana: uint8, units of each form that were katakana.
        kanji: uint8, units of each form that are kanji.
    """

    unit: NDArray[np.uint16]
    sound: NDArray[np.uint8]
    part: NDArray[np.uint8]
    start: NDArray[np.int64]
    length: NDArray[np.int64]
    parts: NDArray[np.uint8]
    hiragana: NDArray[np.uint8]
    katakana: NDArray[np.uint8]
    kanji: NDArray[np.uint8]

    def written(self, at: int) -> str:
        """Return the unit at a place as it is written, kana as katakana."""
        unit = int(self.unit[at])
        if not KANA_BASE <= unit < KANA_BASE + (LONG_MARK - FIRST_KANA + 1) * _STEP:
            return chr(unit)
        base, small = divmod(unit - KANA_BASE, _STEP)
        return chr(FIRST_KANA + base) + (SMALL[small - 1] if small else "")


def with_part_marks(form: pl.Expr) -> pl.Expr:
    """Return the form in NFKC and lower case, each run of separators one mark."""
    text = form.str.normalize("NFKC").str.to_lowercase()
    return text.str.replace_all(_RUN_OF_SEPARATORS, SEPARATOR).str.strip_chars(
        SEPARATOR
    )


def encode_forms(marks: pl.Series) -> Encoded:
    """Return the units of forms that :func:`with_part_marks` made."""
    starts = range(0, max(len(marks), 1), _AT_ONCE)
    parts = [_encode_lot(marks[at : at + _AT_ONCE]) for at in starts]
    return parts[0] if len(parts) == 1 else _join(parts)


def replace_forms(units: Encoded, rows: NDArray[np.int64], other: Encoded) -> Encoded:
    """Return the units with the forms in some rows replaced by other forms, in order."""
    if not len(rows):
        return units
    both = _join([units, other])
    form = np.arange(len(units.parts))
    form[rows] = len(form) + np.arange(len(rows))
    length = both.length[form]
    start = np.concatenate(([0], np.cumsum(length)))
    shift = np.repeat(both.start[form] - start[:-1], length)
    place = np.arange(len(shift)) + shift
    by_form = (both.parts, both.hiragana, both.katakana, both.kanji)
    return Encoded(
        both.unit.take(place),
        both.sound.take(place),
        both.part.take(place),
        start,
        length,
        *(column.take(form) for column in by_form),
    )


def _join(parts: list[Encoded]) -> Encoded:
    """Return the units of several lots of forms, one lot after another."""
    ends = np.cumsum([0] + [part.start[-1] for part in parts[:-1]])
    start = [part.start[:-1] + end for part, end in zip(parts, ends, strict=True)]
    last = np.array([sum(len(part.unit) for part in parts)])
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in Encoded._fields
        if name != "start"
    }
    return Encoded(start=np.concatenate([*start, last]), **columns)


def _encode_lot(marks: pl.Series) -> Encoded:
    lengths = marks.str.len_chars().to_numpy().astype(np.int64)
    text = "".join(marks.to_list())
    code = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int32)
    form = np.repeat(np.arange(len(marks), dtype=np.int32), lengths)
    mark = code == 1
    runs = np.cumsum(mark, dtype=np.int32)
    first = np.concatenate(([0], np.cumsum(lengths)))[:-1]
    before = (
        np.where(first > 0, runs[np.maximum(first - 1, 0)], 0) if len(runs) else first
    )
    part = runs - before[form] if len(runs) else runs
    keep = ~mark
    return _units(code[keep], form[keep], np.minimum(part[keep], 255), len(marks))


def _units(code: Ints, form: Ints, part: NDArray[np.int64], count: int) -> Encoded:
    hiragana = (code >= 0x3041) & (code <= 0x3096)
    code = np.where(hiragana, code + 0x60, code)
    kana = ((code >= FIRST_KANA) & (code <= LAST_KANA)) | (code == LONG_MARK)
    kanji = ((code >= 0x3400) & (code <= 0x9FFF)) | (code == 0x3005) | (code > 0x1FFFF)
    at = np.where(kana, code - FIRST_KANA, 0)
    small = np.where(kana, _SMALL_PLACE[(code - 0x3000) & 0xFF], 0)
    joins = np.zeros(len(code), bool)
    if len(code) > 1:
        same_run = (form[1:] == form[:-1]) & (part[1:] == part[:-1]) & kana[:-1]
        joins[1:] = same_run & (small[1:] > 0) & (MERGED[at[:-1], small[1:]] >= 0)
    follower = np.zeros(len(code), np.int32)
    follower[:-1] = np.where(joins[1:], small[1:], 0)
    wide = np.where(code > 0xFFFF, 0xF000 + code % 0xFFF, code)
    unit = np.where(kana, KANA_BASE + at * _STEP + follower, wide).astype(np.uint16)
    sound = np.where(kana, SOUND_OF_UNIT[at * _STEP + follower], OTHER).astype(np.uint8)
    stays = ~joins
    lengths = np.bincount(form[stays], minlength=count)
    parts = np.zeros(count, part.dtype)  # of another type it takes twenty times as long
    np.maximum.at(parts, form, part + 1)
    return Encoded(
        unit[stays],
        sound[stays],
        part[stays].astype(np.uint8),
        np.concatenate(([0], np.cumsum(lengths))),
        lengths,
        parts.astype(np.uint8),
        _count(form[hiragana], count),
        _count(form[kana & ~hiragana & (code != LONG_MARK)], count),
        _count(form[kanji], count),
    )


def _count(form: Ints, count: int) -> NDArray[np.uint8]:
    return np.minimum(np.bincount(form, minlength=count), 255).astype(np.uint8)

"""Rules above the judge: pairs that are no spellings of each other, whatever it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from termbank.reconciliation.blocking.pair_candidates import FAR_AT
from termbank.reconciliation.features.kana_sounds import COST_LONG, ONSET_OF, ONSETS
from termbank.reconciliation.features.pair_features import NUMBERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termbank.reconciliation.features.form_features import Described

    Rows = NDArray[np.int64]
    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

_CUT, _LONG = ONSETS.index("Q"), ONSETS.index(":")
FAR_SPELLING: Final = 6.0  # cost a unit, in tenths of a plain change
# Similarities, as if found, that doubtful pairs must reach.
FAR_FROM: Final = 25.0
REWORDED_FROM: Final = 50.0


def no_spelling(
    about: Described, left: Rows, right: Rows, numbers: Floats, as_found: Floats
) -> Flags:
    """Tell which pairs are not ``same`` though balanced pairs taught the judge so.

    Katakana that share next to no sound (ウィトコフ, レズニコフ), words with and without の
    that differ in a kanji as well (安全の保証, 安全保障), and a word and a compound that
    begins or ends with it (停戦, 停戦案); unless the dictionary holds them for one word.
    And words of two sounds, one cut short by ッ and one drawn out by ー (バッ, バー).
    """
    column = dict(zip(NUMBERS, numbers.T, strict=True))
    far = (column["all_katakana"] > 0) & (column["cost_share"] > FAR_SPELLING)
    particle = about.columns["particle"]
    reworded = (particle[left] != particle[right]) & (column["kanji"] > 0)
    unknown = (column["same_meaning"] == 0) & (column["same_normal_fold"] == 0)
    doubtful = (far & (as_found < FAR_FROM)) | (reworded & (as_found < REWORDED_FROM))
    apart = unknown & (doubtful | _compounds(about, left, right, column))
    out: Flags = apart | _cut_short(about, left, right)
    return out


def _cut_short(about: Described, left: Rows, right: Rows) -> Flags:
    """Tell which pairs are two sounds, of which the last is ッ in one and ー in the other."""
    units = about.units
    ends = np.maximum(units.start[1:] - 1, 0)
    last = ONSET_OF[units.sound[ends]] if len(units.sound) else np.zeros(len(ends))
    two = units.length == 2
    cut, long_ = two & (last == _CUT), two & (last == _LONG)
    apart: Flags = (cut[left] & long_[right]) | (long_[left] & cut[right])
    return apart


def _compounds(
    about: Described, left: Rows, right: Rows, column: dict[str, Floats]
) -> Flags:
    """Tell which pairs are a word and a longer one with more kanji before or behind it."""
    added = (column["kanji_edited_less"] == 0) & (column["kanji_edited_more"] > 0)
    rows = np.flatnonzero(added & (column["kana_edited_more"] == 0))
    out = np.zeros(len(left), bool)
    if len(rows):
        length = about.units.length
        shorter = np.where(
            length[left[rows]] < length[right[rows]], left[rows], right[rows]
        )
        longer = left[rows] + right[rows] - shorter
        pairs = pl.DataFrame(
            {"short": about.plain[shorter], "long": about.plain[longer]},
            schema={"short": pl.String, "long": pl.String},
        )
        begins = pl.col("long").str.starts_with(pl.col("short"))
        ends = pl.col("long").str.ends_with(pl.col("short"))
        out[rows] = pairs.select(begins | ends).to_series().to_numpy()
    return out


def written_apart(numbers: Floats) -> Flags:
    """Tell which found pairs kanji, letters or digits keep apart.

    Most pairs with kanji that lie close are a word and a longer one (停戦, 停戦案) or
    homophones (協力, 強力). They join where the dictionary holds them for one word, or
    where they read alike, share a kanji, and no kanji stands against another: 取り組み,
    取組. Letters and digits never change in a spelling.
    """
    column = dict(zip(NUMBERS, numbers.T, strict=True))
    known = np.zeros(len(numbers), bool)
    for name in ("same_normal_fold", "same_meaning", "same_plain", "same_bare"):
        known |= column[name] > 0
    shared = column["kanji_less"] > column["kanji_edited_less"]
    read_alike = column["spoken_cost"] <= COST_LONG
    inflected = read_alike & shared & (column["kanji_edited_less"] == 0)
    apart: Flags = ((column["kanji_more"] > 0) & ~known & ~inflected) | (
        (column["other"] > 0) & ~known
    )
    return apart


def synonyms_alone(numbers: Floats) -> Flags:
    """Tell which pairs with kanji nothing joins but the dictionary's synonyms.

    Words that share neither a kanji nor their sounds are no spellings of each other,
    however like their sense: 同調, 支持; 命令, 指示.
    """
    column = dict(zip(NUMBERS, numbers.T, strict=True))
    kanji = column["kanji_less"] > 0
    shared = column["kanji_less"] > column["kanji_edited_less"]
    near = (column["spoken_share"] <= FAR_AT) | (column["same_normal_fold"] > 0)
    alone: Flags = (column["same_meaning"] > 0) & kanji & ~shared & ~near
    return alone

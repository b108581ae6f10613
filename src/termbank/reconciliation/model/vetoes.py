"""Rules that forbid the verdict ``same``, each with the name that is shown as a reason.

A rule holds a pair down to a question or to ``different``; it never joins anything. The
rules of this module look at columns of numbers, those of :mod:`.form_vetoes` at the two
forms of one pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.reconciliation.blocking.pair_candidates import FAR_AT
from termbank.reconciliation.features.kana_sounds import ONSET_OF, ONSETS
from termbank.reconciliation.features.pair_features import NO_COMPANY, NUMBERS

from .verdict_bands import MOST_IF_ASKED, MOST_IF_DIFFERENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from termbank.reconciliation.features.form_features import Described

    Rows = NDArray[np.int64]
    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

_CUT, _LONG = ONSETS.index("Q"), ONSETS.index(":")
COMMON: Final = 118  # rarity in eighths of a doubling of the rank: 28,000 words
LIKE_COMPANY: Final = 0.5  # cosine of word vectors
FAR_SPELLING: Final = 6.0  # cost a unit, in tenths of a plain change


class Columns(NamedTuple):
    """What the rules of columns see of many pairs.

    Attributes:
        about: Described forms.
        left: Rows of the forms.
        right: Rows of the forms.
        numbers: Evidence by name, see :data:`.pair_features.NUMBERS`.
        unknown: Whether no dictionary holds the two forms for one word.
    """

    about: Described
    left: Rows
    right: Rows
    numbers: dict[str, Floats]
    unknown: Flags

    @classmethod
    def of(cls, about: Described, left: Rows, right: Rows, numbers: Floats) -> Columns:
        """Return the columns of pairs."""
        column = dict(zip(NUMBERS, numbers.T, strict=True))
        unknown = (column["same_meaning"] == 0) & (column["same_normal_fold"] == 0)
        return cls(about, left, right, column, unknown)


def cut_short(pairs: Columns) -> Flags:
    """Two sounds, of which the last is ッ in one form and ー in the other: バッ, バー."""
    units = pairs.about.units
    ends = np.maximum(units.start[1:] - 1, 0)
    last = ONSET_OF[units.sound[ends]] if len(units.sound) else np.zeros(len(ends))
    two = units.length == 2
    cut, long_ = two & (last == _CUT), two & (last == _LONG)
    left, right = pairs.left, pairs.right
    apart: Flags = (cut[left] & long_[right]) | (long_[left] & cut[right])
    return apart


def far_sounds(pairs: Columns) -> Flags:
    """Katakana that share next to no sound: ウィトコフ, レズニコフ."""
    column = pairs.numbers
    far = (column["all_katakana"] > 0) & (column["cost_share"] > FAR_SPELLING)
    out: Flags = far & pairs.unknown
    return out


def is_reworded(pairs: Columns) -> Flags:
    """With and without の, and another kanji as well: 安全の保証, 安全保障."""
    particle = pairs.about.columns["particle"]
    by_particle = particle[pairs.left] != particle[pairs.right]
    out: Flags = by_particle & (pairs.numbers["kanji"] > 0) & pairs.unknown
    return out


def synonyms_alone(pairs: Columns) -> Flags:
    """Kanji joined by the dictionary's synonyms alone: 同調, 支持; 命令, 指示.

    Words that share neither a kanji nor their sounds are no spellings of each other,
    however like their sense.
    """
    column = pairs.numbers
    kanji = column["kanji_less"] > 0
    shares = column["kanji_less"] > column["kanji_edited_less"]
    near = (column["spoken_share"] <= FAR_AT) | (column["same_normal_fold"] > 0)
    alone: Flags = (column["same_meaning"] > 0) & kanji & ~shares & ~near
    return alone


def other_sense(pairs: Columns) -> Flags:
    """Two common words of unlike company, though of one original: マイクロ, ミクロ.

    Their word vectors fall into other clusters and point other ways; of two spellings of
    one word mostly one is common, and the company is the same.
    """
    column = pairs.numbers
    common = column["written_more"] <= COMMON
    unlike = (column["company"] > NO_COMPANY) & (column["company"] < LIKE_COMPANY)
    other = common & unlike & (column["sense"] < 0)
    out: Flags = other & (column["same_normal_fold"] == 0) & (column["kanji_more"] == 0)
    return out


class Veto(NamedTuple):
    """A rule over columns.

    Attributes:
        name: Shown as a reason.
        holds: Tells of each pair whether the rule forbids ``same``.
        at_most: Highest similarity it leaves.
    """

    name: str
    holds: Callable[[Columns], Flags]
    at_most: float


COLUMN_VETOES: Final = (
    Veto("cut-short", cut_short, MOST_IF_ASKED),
    Veto("other-sense", other_sense, MOST_IF_ASKED),
    Veto("far-sounds", far_sounds, MOST_IF_ASKED),
    Veto("reworded", is_reworded, MOST_IF_ASKED),
    Veto("synonyms-alone", synonyms_alone, MOST_IF_DIFFERENT),
)
__all__ = ["COLUMN_VETOES", "Columns", "Veto"]

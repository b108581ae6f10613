"""Katakana beside one kanji word in both forms: only the katakana says whether they agree.

ミシガン州 and ミネソタ州 look alike because 州 is the same in both; 大学, 市 and 株式会社 are
no evidence either. So the katakana is judged by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

from termbank.reconciliation.features.form_features import describe_forms
from termbank.reconciliation.features.pair_features import NUMBERS

from .verdict_bands import ASK_FROM

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .full_names import Judge

    Rows = NDArray[np.int64]
    Floats = NDArray[np.float32]

_MEANING, _NORMAL = NUMBERS.index("same_meaning"), NUMBERS.index("same_normal")
_KATAKANA: Final = r"[ァ-ヺー]{2,}"
_KANJI: Final = r"[\u3400-\u9fff々]+"


class Stems(NamedTuple):
    """Pairs of katakana beside the same kanji.

    Attributes:
        rows: Places of the pairs.
        left: The katakana of one form of each.
        right: Of the other.
    """

    rows: Rows
    left: list[str]
    right: list[str]


def shared_heads(
    forms: pl.Series, left: Rows, right: Rows, numbers: Floats, similarity: Floats
) -> Stems:
    """Return the pairs that would be asked about or joined, and part in katakana alone.

    What the dictionary holds for one word or for synonyms is left alone.
    """
    parts = pl.DataFrame({"form": forms}).select(
        stem=pl.coalesce(
            pl.col("form").str.extract(rf"^({_KATAKANA}){_KANJI}$"),
            pl.col("form").str.extract(rf"^{_KANJI}({_KATAKANA})$"),
        ),
        head=pl.coalesce(
            pl.col("form").str.extract(rf"^{_KATAKANA}({_KANJI})$"),
            pl.col("form").str.extract(rf"^({_KANJI}){_KATAKANA}$"),
        ),
        first=pl.col("form").str.contains(rf"^{_KATAKANA}{_KANJI}$"),
    )
    heads = parts.select(pl.struct("head", "first").rank("dense").fill_null(0))
    head_of = np.where(parts["head"].is_null(), 0, heads.to_series().to_numpy())
    by_dictionary = (numbers[:, _MEANING] > 0) | (numbers[:, _NORMAL] > 0)
    in_question = (similarity >= ASK_FROM) & ~by_dictionary
    rows = np.flatnonzero(
        in_question & (head_of[left] == head_of[right]) & (head_of[left] > 0)
    )
    ours, theirs = (
        parts["stem"].gather(side[rows]).to_list() for side in (left, right)
    )
    return Stems(rows, ours, theirs)


def similarities(stems: Stems, judge: Judge) -> Floats:
    """Return the similarity of each pair of stems as words by themselves."""
    words = pl.Series("form", sorted({*stems.left, *stems.right}), dtype=pl.String)
    place = {word: row for row, word in enumerate(words)}
    sides = [
        np.array([place[word] for word in side], np.int64)
        for side in (stems.left, stems.right)
    ]
    low, high = np.minimum(*sides), np.maximum(*sides)
    return judge(describe_forms(words), low, high)

"""Full names are one only where every part of them is.

``マリア・ガルシア`` and ``マリオ・ガルシア`` share most of their sounds and are two people:
the whole looks alike because the surname does. So the parts are judged by themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

from termbank.reconciliation.features.form_features import describe_forms
from termbank.reconciliation.features.pair_features import NUMBERS
from termbank.text.kana import SEPARATORS

from .verdict_bands import ASK_FROM, MOST_IF_ASKED, SAME_FROM

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from termbank.reconciliation.features.form_features import Described

    Rows = NDArray[np.int64]
    Floats = NDArray[np.float32]
    # Judges pairs of rows of described forms.
    Judge = Callable[[Described, Rows, Rows], Floats]

SURE: Final = 100.0
EVEN: Final = 50.0  # as likely two names as one
_SPLIT: Final = re.compile(f"[{SEPARATORS}]+")
_PARTS, _PLAIN = NUMBERS.index("parts_fewer"), NUMBERS.index("same_plain")


class Names(NamedTuple):
    """Pairs of full names that would be one.

    Attributes:
        rows: Places of the pairs.
        parts: For each, the parts that differ, one pair a part; None where the names
            have not as many parts.
    """

    rows: list[int]
    parts: list[list[tuple[str, str]] | None]


def full_names(
    forms: pl.Series, left: Rows, right: Rows, numbers: Floats, similarity: Floats
) -> Names:
    """Return the pairs of names of several parts that would be ``same``."""
    several = (numbers[:, _PARTS] > 1) & (numbers[:, _PLAIN] == 0)
    rows = np.flatnonzero(several & (similarity >= SAME_FROM))
    ours, theirs = (forms.gather(side[rows]).to_list() for side in (left, right))
    return Names(rows.tolist(), list(map(_part, ours, theirs)))


def _part(left: str, right: str) -> list[tuple[str, str]] | None:
    ours, theirs = (
        [part for part in _SPLIT.split(form) if part] for form in (left, right)
    )
    if len(ours) != len(theirs):
        return None
    return [
        (min(our_part, other), max(our_part, other))
        for our_part, other in zip(ours, theirs, strict=True)
        if our_part != other
    ]


def most_by_parts(names: Names, judge: Judge) -> Floats:
    """Return the highest similarity that the parts of each pair allow.

    A part that is ``different`` by itself allows no more than it has, and so do two names
    that the dictionary knows (マヌエル, マヌエラ) from EVEN down; otherwise the whole decides
    (docs/design/reconciliation.md has what stricter rules cost).

    Args:
        names: See :func:`full_names`.
        judge: Gives the similarities of pairs of parts.
    """
    pairs = sorted({pair for parts in names.parts for pair in parts or ()})
    most = _most_by_parts(pairs, judge) if pairs else {}
    least = (
        MOST_IF_ASKED
        if parts is None
        else min((most[pair] for pair in parts), default=SURE)
        for parts in names.parts
    )
    return np.fromiter(least, np.float32, len(names.parts))


def _most_by_parts(
    pairs: list[tuple[str, str]], judge: Judge
) -> dict[tuple[str, str], float]:
    """Return the highest similarity that each pair of parts allows."""
    forms = pl.Series("form", sorted({part for pair in pairs for part in pair}))
    place = {form: row for row, form in enumerate(forms)}
    left, right = np.array([[place[part] for part in pair] for pair in pairs]).T
    about = describe_forms(forms)
    similarity = judge(about, left, right)
    both_words = (about.columns["unknown"] == 0) & (about.columns["words"] == 1)
    normal = about.columns["normal"]
    two_names = both_words[left] & both_words[right] & (normal[left] != normal[right])
    enough = similarity >= np.where(two_names, EVEN, ASK_FROM)
    most = np.where(enough, np.float32(SURE), similarity)
    return dict(zip(pairs, most.tolist(), strict=True))

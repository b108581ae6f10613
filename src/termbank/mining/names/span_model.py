"""The trained choice among stretches of words: which are names, and of which kind."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.mining.tokens.token_flags import KATAKANA, PROPER, UNKNOWN

from .name_rules import Name
from .span_features import SPAN_BITS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_attributes import Column
    from termbank.mining.tokens.token_table import Sheet

    from .span_candidates import Segments

FILE: Final = Path(__file__).with_name("names.npz")
KINDS_KNOWN: Final = ("person", "place", "organization", "product", "event")
# Classes of the model: no name, then the kinds.
CLASSES: Final = 1 + len(KINDS_KNOWN)
# Chance that a word is in a name of which one is taken though none is likely by itself.
_SURELY: Final = 0.65
# Odds of such a name: above 0, below those of any likely one.
_LITTLE: Final = 0.01


class SpanModel(NamedTuple):
    """The shipped weights.

    Attributes:
        table: One row of whole numbers a bucket, one column a class.
        scale: Score of one unit.
        eagerness: Added to the log odds of a name, so that as many names are missed as
            are too many; the second where it holds katakana, unless it is a common
            word alone (ラブコール).
    """

    table: NDArray[np.int8]
    scale: float
    eagerness: tuple[float, float]


@lru_cache(maxsize=1)
def span_model(file: Path = FILE) -> SpanModel | None:
    """Return the shipped model, None where the file is not there."""
    if not file.exists():
        return None
    with np.load(file) as arrays:
        table = np.zeros((1 << SPAN_BITS, CLASSES), np.int8)
        table[np.cumsum(arrays["span_steps"], dtype=np.int64)] = arrays["span_weights"]
        plain, katakana = arrays["eagerness"].tolist()
        return SpanModel(table, float(arrays["span_scale"]), (plain, katakana))


def class_scores(
    features: Sequence[Column], count: int, trained: SpanModel
) -> NDArray[np.float32]:
    """Return a score a class for each of some stretches."""
    total = np.zeros((count, CLASSES), np.int32)
    for rows in features:
        total += trained.table[rows]
    return total.astype(np.float32) * np.float32(trained.scale)


def odds_of_names(
    scores: NDArray[np.float32], sheet: Sheet, spans: Segments, trained: SpanModel
) -> NDArray[np.float32]:
    """Return the log odds that each stretch is a name of any kind, eagerness added."""
    kana = np.append(0, np.cumsum((sheet.flags & KATAKANA) != 0))
    common = np.append(0, np.cumsum((sheet.flags & (PROPER | UNKNOWN)) == 0))
    has_kana = kana[spans.last] > kana[spans.first]
    is_common = common[spans.last] > common[spans.first]
    is_odd = has_kana & ~(is_common & (spans.last - spans.first == 1))
    best = scores[:, 1:].max(1)
    names = best + np.log(np.exp(scores[:, 1:] - best[:, None]).sum(1))
    plain, katakana = trained.eagerness
    eager = np.where(is_odd, katakana, plain).astype(np.float32)
    odds: NDArray[np.float32] = names - scores[:, 0] + eager
    return odds


def with_addressed(
    odds: NDArray[np.float32],
    scores: NDArray[np.float32],
    spans: Segments,
    titles: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Return the odds with those of people in doubt only for their ends above 0.

    マイク・ウォルツ before a title of twelve characters: where the name ends is open, but
    there is one. The likeliest person is taken; a title at its end is cut off later.

    Args:
        odds: Of the stretches.
        scores: Of their classes.
        spans: The stretches.
        titles: How many titles begin in the rest of the noun run of each stretch.
    """
    count = int(spans.last.max(initial=0)) + 1
    change = np.bincount(spans.first, spans.chance, count)
    change -= np.bincount(spans.last, spans.chance, count)
    within = np.cumsum(change) >= _SURELY
    is_raised = (
        within[spans.first] & within[spans.last - 1] & (titles > 0) & (odds <= 0)
    )
    person = np.exp(np.minimum(scores[:, 1] - scores[:, 0], 0))
    return np.where(is_raised, _LITTLE * person, odds)


def choose_spans(spans: Segments, odds: NDArray[np.float32]) -> list[Name]:
    """Return stretches that do not overlap and whose odds have the largest sum.

    Source:
        Weighted interval scheduling: J. Kleinberg, É. Tardos: Algorithm Design (2005),
        section 6.1.
    """
    good = np.flatnonzero(odds > 0)
    good = good[np.lexsort((spans.first[good], spans.last[good]))]
    rows = zip(
        *(column[good].tolist() for column in (spans.first, spans.last, odds)),
        strict=True,
    )
    ends, best = [-1], [0.0]
    before: list[tuple[int, Name | None]] = [(0, None)]
    for first, last, gain in rows:
        place = bisect_right(ends, first) - 1
        with_it = best[place] + gain
        take = with_it > best[-1]
        before.append((place, Name(first, last)) if take else (len(best) - 1, None))
        best.append(with_it if take else best[-1])
        ends.append(last)
    return _trace(before)


def _trace(before: list[tuple[int, Name | None]]) -> list[Name]:
    out: list[Name] = []
    at = len(before) - 1
    while at > 0:
        at, name = before[at]
        if name:
            out.append(name)
    return out[::-1]

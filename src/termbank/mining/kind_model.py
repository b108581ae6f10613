"""The trained choice among person, place, organization, product and event."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from .features import BITS, View, buckets, padded, small

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .attributes import Attributes, Column
    from .phrases import Spans
    from .sheet import Sheet

FILE: Final = Path(__file__).with_name("names.npz")
_ASKED: Final = (
    "surface",
    "normalised",
    "pos3",
    "shape",
    "last1",
    "last2",
    "whole",
    "fine",
    "finest",
    "whole_fine",
    "whole_finest",
    "place",
    "unknown",
    "rarity",
)
KIND_BITS: Final = 16
KINDS_KNOWN: Final = ("person", "place", "organization", "product", "event")


@lru_cache(maxsize=1)
def kind_weights(file: Path = FILE) -> NDArray[np.float32] | None:
    """Return one row of five weights a bucket, None where the file is not there."""
    if not file.exists():
        return None
    with np.load(file) as stored:
        table = np.zeros((1 << KIND_BITS, len(KINDS_KNOWN)), np.float32)
        used = np.cumsum(stored["kind_steps"], dtype=np.int64)
        table[used] = stored["kind_weights"].astype(np.float32) * stored["kind_scale"]
        return table


def kinds(
    sheet: Sheet, spans: Spans, attributes: Attributes, weights: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Return the place in ``KINDS_KNOWN`` of the likeliest kind of each name."""
    scores = np.zeros((len(spans.first), len(KINDS_KNOWN)), np.float32)
    for found in kind_features(sheet, spans, attributes):
        scores += weights[found]
    best: NDArray[np.int64] = scores.argmax(1)
    return best


def kind_features(sheet: Sheet, spans: Spans, attributes: Attributes) -> list[Column]:
    """Return the buckets of each name for each question about its kind."""
    if not len(spans.first):
        return []
    view = View(padded(sheet), attributes)
    first, last = spans.first, spans.last - 1
    length = small(last - first, 4)
    questions: list[tuple[Column, ...]] = [(np.ones(len(first), np.uint64),), (length,)]
    for name in _ASKED:
        questions.append((view.at(name, last),))
        questions.append((view.at(name, first),))
    for name in ("surface", "pos3", "title", "fine", "last1", "first1", "whole_fine"):
        questions += [(view.at(name, last, 1),), (view.at(name, first, -1),)]
        questions.append((view.at(name, last, 2),))
    questions += [
        (view.at("normalised", last), view.at("normalised", first)),
        (view.at("shape", last), view.at("shape", first), length),
        (view.at("surface", first, -1), view.at("surface", last, 1)),
        (view.at("pos3", last), view.at("pos3", first), view.at("surface", last, 1)),
        (view.at("surface", first), view.at("surface", np.minimum(first + 1, last))),
        (view.at("fine", last, 1), view.at("shape", last)),
        (view.at("surface", last, 1), view.at("surface", last, 2)),
        (view.at("fine", first), view.at("fine", last)),
        *_inside(sheet, view, spans),
    ]
    shift = np.uint64(BITS - KIND_BITS)
    found = [buckets(600 + at, *columns) for at, columns in enumerate(questions)]
    return [column >> shift for column in found]


def _inside(sheet: Sheet, view: View, spans: Spans) -> list[tuple[Column, ...]]:
    """Return whether a joiner, a person's name or a place's name is in the name."""
    from .flags import JOINER, KATAKANA, LATIN, PERSON, PLACE

    out: list[tuple[Column, ...]] = []
    for bit in (JOINER, PERSON, PLACE, KATAKANA, LATIN):
        counts = np.append(0, np.cumsum((sheet.flags & bit) != 0))
        share = small(counts[spans.last] - counts[spans.first], 3)
        whole = small(
            counts[spans.last] - counts[spans.first] == spans.last - spans.first
        )
        out += [(share, whole), (share, view.at("surface", spans.last - 1, 1))]
    return out

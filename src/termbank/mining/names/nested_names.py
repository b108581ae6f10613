"""Names inside names: a body and its part, a region and a town in it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.terms.term_phrases import Spans
from termbank.mining.tokens.token_flags import JOINER, PLACE
from termbank.mining.tokens.word_lists import BODIES
from termbank.table_columns import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Sheet

    Inner = tuple[int, int, int]  # number of the name around it, first row, last row


_REGIONS: Final = frozenset(
    ["都", "道", "府", "県", "州", "省", "郡", "市", "区", "町", "村"]
)
_PLACE: Final = KINDS.index("place")


def find_nested(
    sheet: Sheet, lexicon: Lexicon, names: Spans, kinds: NDArray[np.int64]
) -> tuple[Spans, NDArray[np.int64]]:
    """Return the names inside names, and their kinds: those of the names around them.

    A name that ends in a word for a body and holds another such word before it is two
    names, cut after the inner word: デューク大学 | サンフォード公共政策大学院; each side needs
    two word parts or more, and the second more than one word, so that 研究所 alone is none. A
    place is cut after each region in it (ドネツク州 | ポクロウシク), and at ・ where both sides are
    places of the dictionary (ロシア | モスクワ).
    """
    if not len(names.first):
        return names, kinds
    cuts = [*_bodies(sheet, lexicon, names), *_places(sheet, lexicon, names, kinds)]
    owner = np.array([row for row, _, _ in cuts], np.int64)
    first = np.array([start for _, start, _ in cuts], np.int64)
    last = np.array([end for _, _, end in cuts], np.int64)
    return Spans(first, last), kinds[owner]


def _bodies(sheet: Sheet, lexicon: Lexicon, names: Spans) -> Iterator[Inner]:
    bodies = lexicon.bodies[sheet.slots]
    counts = np.append(0, np.cumsum(bodies))
    ends = bodies[names.last - 1]
    inner = counts[names.last - 2] - counts[names.first]
    rows = np.flatnonzero(ends & (inner > 0) & (names.last - names.first > 3))
    for row in rows.tolist():
        start, end = int(names.first[row]), int(names.last[row])
        for cut in range(start + 2, end - 1):
            after = lexicon.slots[int(sheet.slots[cut])]
            # Within a word of the dictionary (国際銀行間通信協会) nothing is cut.
            whole = after.place == 0 and after.parts < end - cut
            before = lexicon.slots[int(sheet.slots[cut - 1])]
            bare = before.parts == cut - start and before.whole.surface in BODIES
            if bodies[cut - 1] and not bodies[cut] and whole and not bare:
                yield row, start, cut
                yield row, cut, end


def _places(
    sheet: Sheet, lexicon: Lexicon, names: Spans, kinds: NDArray[np.int64]
) -> Iterator[Inner]:
    rows = np.flatnonzero((kinds == _PLACE) & (names.last - names.first > 2))
    for row in rows.tolist():
        start, end = int(names.first[row]), int(names.last[row])
        pieces = _split_at_dots(sheet, start, end) or _regions(
            sheet, lexicon, start, end
        )
        if all(sheet.ends[b - 1] - sheet.starts[a] > 1 for a, b in pieces):
            yield from ((row, a, b) for a, b in pieces)


def _split_at_dots(sheet: Sheet, start: int, end: int) -> list[tuple[int, int]]:
    """Return the places of ロシア・モスクワ; none where one is not in the dictionary."""
    flags = sheet.flags[start:end]
    dots, places = flags[1::2], flags[::2]
    if len(flags) % 2 == 0 or not (dots & JOINER).all() or not (places & PLACE).all():
        return []
    return [(at, at + 1) for at in range(start, end, 2)]


def _regions(
    sheet: Sheet, lexicon: Lexicon, start: int, end: int
) -> list[tuple[int, int]]:
    slots = sheet.slots[start:end].tolist()
    surfaces = [lexicon.slots[slot].part.surface for slot in slots]
    cuts = [
        start + at
        for at in range(2, end - start)
        if surfaces[at - 1] in _REGIONS and surfaces[at] not in _REGIONS
    ]
    return list(itertools.pairwise([start, *cuts, end])) if cuts else []

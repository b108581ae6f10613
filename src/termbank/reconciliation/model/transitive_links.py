"""Two spellings that a third one joins are spellings of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from termbank.reconciliation.relations.link import UNSURE, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REASON: Final = "third-form"
# Strongest partners of a form that are introduced to each other; the most that a
# spelling of vocab_jmdict has is eleven.
MOST_PARTNERS: Final = 12
_ROUNDED: Final = 0.005  # similarities have two decimals
Pair = tuple[int, int]
Rows = NDArray[np.int64]
Floats = NDArray[np.float64]


def through_thirds(
    links: Iterable[Link], apart: Callable[[list[int], list[int]], bool]
) -> list[Link]:
    """Return the links as third forms make them, and those that only thirds make.

    A pair is as sure as it is that both links by way of the third are right, where that
    is surer than what is seen of the pair itself. Whether it joins, groups decide: a new
    link asks.

    Args:
        links: What the model says of spellings.
        apart: Tells whether two groups of forms must never meet.

    >>> weak = Link(0, 2, 55.0, "spelling", ("edit",), "ask")
    >>> one, two = (Link(0, 1, 99.0, "spelling", ("edit",), "same"),
    ...             Link(1, 2, 90.0, "spelling", ("edit",), "same"))
    >>> [link.similarity for link in through_thirds([weak, one, two], lambda a, b: False)]
    [89.1, 99.0, 90.0]
    """
    all_links = list(links)
    strength = _strengths(all_links)
    if not strength:
        return all_links
    out = [
        _raise_similarity(link, strength.pop((link.left, link.right), 0.0))
        for link in all_links
    ]
    out += [
        Link(*pair, strength[pair], "spelling", (REASON,), "ask")
        for pair in sorted(strength)
        if strength[pair] >= UNSURE and not apart([pair[0]], [pair[1]])
    ]
    return out


def _raise_similarity(link: Link, similarity: float) -> Link:
    if link.relation != "spelling" or similarity <= link.similarity:
        return link
    return link._replace(similarity=similarity, reasons=(*link.reasons, REASON))


def _strengths(links: list[Link]) -> dict[Pair, float]:
    """Return for two forms with a common partner how sure the best one makes them.

    Pairs that are less than UNSURE are left out, unless a link holds them.
    """
    spelling_rows = [link[:3] for link in links if link.relation == "spelling"]
    if not spelling_rows:
        return {}
    left, right, similarity = (
        np.array(column) for column in zip(*spelling_rows, strict=True)
    )
    pair, strength = _introduction_end(left, right, similarity)
    order = np.lexsort((-strength, pair))
    pair, strength = pair[order], strength[order]
    best = np.ones(len(pair), bool)
    best[1:] = pair[1:] != pair[:-1]
    best &= (strength > UNSURE - _ROUNDED) | np.isin(pair, left << 32 | right)
    low, high = (side.tolist() for side in divmod(pair[best], 1 << 32))
    sure = [round(value, 2) for value in strength[best].tolist()]
    return dict(zip(zip(low, high, strict=True), sure, strict=True))


def _introduction_end(
    left: Rows, right: Rows, similarity: Floats
) -> tuple[Rows, Floats]:
    """Return each two strong partners of a form, packed, and how sure both links are."""
    form, partner = np.concatenate((left, right)), np.concatenate((right, left))
    likeness = np.tile(similarity, 2)
    order = np.lexsort((partner, -likeness, form))
    form, partner, likeness = form[order], partner[order], likeness[order]
    place = np.arange(len(form)) - np.searchsorted(form, form)
    strong = np.flatnonzero(place < MOST_PARTNERS)
    form, partner, likeness = form[strong], partner[strong], likeness[strong]
    pairs, strengths = [], []
    for step in range(1, MOST_PARTNERS):
        first = np.flatnonzero(form[step:] == form[:-step])
        other = first + step
        low = np.minimum(partner[first], partner[other])
        pairs.append(low << 32 | np.maximum(partner[first], partner[other]))
        strengths.append(likeness[first] * likeness[other] / 100)
    return np.concatenate(pairs), np.concatenate(strengths)

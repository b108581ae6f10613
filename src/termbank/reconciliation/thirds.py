"""Two spellings that a third one joins are spellings of each other."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Final

from .linking import UNSURE, Link

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

REASON: Final = "third-form"
# Strongest partners of a form that are introduced to each other; the most that a
# spelling of vocab_jmdict has is eleven.
MOST_PARTNERS: Final = 12
Pair = tuple[int, int]


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
    held = list(links)
    strength = _strengths(held)
    if not strength:
        return held
    out = [_raised(link, strength.pop((link.left, link.right), 0.0)) for link in held]
    out += [
        Link(*pair, strength[pair], "spelling", (REASON,), "ask")
        for pair in sorted(strength)
        if strength[pair] >= UNSURE and not apart([pair[0]], [pair[1]])
    ]
    return out


def _raised(link: Link, similarity: float) -> Link:
    if link.relation != "spelling" or similarity <= link.similarity:
        return link
    return link._replace(similarity=similarity, reasons=(*link.reasons, REASON))


def _strengths(links: list[Link]) -> dict[Pair, float]:
    """Return for each two forms with a common partner how sure the best one makes them."""
    partners: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for link in links:
        if link.relation == "spelling":
            partners[link.left].append((-link.similarity, link.right))
            partners[link.right].append((-link.similarity, link.left))
    best: dict[Pair, float] = {}
    for near in partners.values():
        if len(near) < 2:
            continue
        strongest = sorted(near)[:MOST_PARTNERS]
        for (first, one), (second, other) in combinations(strongest, 2):
            pair = (min(one, other), max(one, other))
            best[pair] = max(best.get(pair, 0.0), round(first * second / 100, 2))
    return best

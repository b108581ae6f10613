"""Which forms are fragments of others, and which are long runs of words that live alone."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from termbank.text.normalise import norm

if TYPE_CHECKING:
    from collections.abc import Sequence


def nesting(counts: pl.DataFrame) -> pl.DataFrame:
    """Return for each form how it nests with the others of its document or collection.

    Args:
        counts: Rows with ``norm``, ``parts``, ``alone`` and, by document, ``doc_id``.

    Returns:
        ``in_longer``: a longer form stands alone at least as often, so that this one is a
        fragment (コイン of ビットコイン). ``holds_word``: a single word of this form stands
        alone at least as often as it (普及 of 普及日程).
    """
    owners = counts["doc_id"].to_list() if "doc_id" in counts.columns else None
    norms = counts["norm"].to_list()
    keys = norms if owners is None else list(zip(owners, norms, strict=True))
    place = {key: row for row, key in enumerate(keys)}
    alone = counts["alone"].to_list()
    in_longer = np.zeros(len(norms), bool)
    holds_word = np.zeros(len(norms), bool)
    for row, parts in enumerate(counts["parts"].to_list()):
        for inner, length in _inner(parts):
            key = inner if owners is None else (owners[row], inner)
            other = place.get(key)
            if other is None or other == row:
                continue
            if 0 < alone[row] >= alone[other]:
                in_longer[other] = True
            if length == 1 and alone[other] >= max(1, alone[row]):
                holds_word[row] = True
    return pl.DataFrame({"in_longer": in_longer, "holds_word": holds_word})


def _inner(parts: Sequence[str]) -> list[tuple[str, int]]:
    """Return the shorter stretches of words in a row, and how many words each has."""
    words = [_norm(part) for part in parts]
    count = len(words)
    return [
        ("".join(words[first:last]), last - first)
        for first in range(count)
        for last in range(first + 1, count + 1)
        if last - first < count
    ]


@lru_cache(maxsize=65536)
def _norm(part: str) -> str:
    return norm(part)

"""The frame in which pairs of Japanese and English forms are given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

if TYPE_CHECKING:
    from polars._typing import SchemaDict

# ja (NFKC), en (as the translation spells it), score (0-100), count, segment ids
SHAPE: Final[SchemaDict] = {
    "ja": pl.String(),
    "en": pl.String(),
    "score": pl.Float64(),
    "count": pl.UInt32(),
    "evidence": pl.List(pl.String()),
}

"""The four frames of a glossary as one value, for what edits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import polars as pl


class Frames(NamedTuple):
    """Frames of a glossary, sorted by their keys.

    Attributes:
        concepts: Of schema ``Concepts``.
        definitions: Of schema ``Definitions``.
        terms: Of schema ``Terms``.
        decisions: Of schema ``Decisions``.
    """

    concepts: pl.DataFrame
    definitions: pl.DataFrame
    terms: pl.DataFrame
    decisions: pl.DataFrame

"""A glossary as reconciliation sees it: its frames, and nothing that edits them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import polars as pl


class KnownGlossary(Protocol):
    """What :class:`termbank.Glossary` is to reconciliation."""

    @property
    def concepts(self) -> pl.DataFrame:
        """Frame of schema ``Concepts``."""

    @property
    def terms(self) -> pl.DataFrame:
        """Frame of schema ``Terms``."""

    @property
    def decisions(self) -> pl.DataFrame:
        """Frame of schema ``Decisions``."""

"""From documents to the names and terms in them.

The names are fetched on first use: reconciliation reads the table of general words
(:mod:`.general`) and needs nothing of what mining needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.lazy_imports import fetching

if TYPE_CHECKING:
    from termbank.mining.terms.ranking import candidates

    from .mentions import mine
    from .runs.joining import join_shards

_HOMES: Final = {
    "candidates": "terms.ranking",
    "join_shards": "runs.joining",
    "mine": "mentions",
}
__all__ = ["candidates", "join_shards", "mine"]

__getattr__ = fetching(__name__, _HOMES)

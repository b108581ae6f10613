"""Which forms are one word, which are one thing, and how it should be written.

The names are fetched on first use, so that the process which asks the dictionary
(:mod:`.dictionary`) starts without what only judging needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..on_first_use import fetching

if TYPE_CHECKING:
    from .comparison import compare
    from .joining import Proposal, reconcile

_HOMES: Final = {"compare": "comparison", "Proposal": "joining", "reconcile": "joining"}
__all__ = ["Proposal", "compare", "reconcile"]

__getattr__ = fetching(__name__, _HOMES)

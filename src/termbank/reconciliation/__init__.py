"""Which forms are one word, which are one thing, and how it should be written.

The names are fetched on first use, so that the process which asks the dictionary
(:mod:`.dictionary`) starts without what only judging needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.lazy_imports import fetching

if TYPE_CHECKING:
    from termbank.reconciliation.clustering.reconciling import Proposal, reconcile
    from termbank.reconciliation.model.verdicts import compare

_HOMES: Final = {
    "compare": "model.verdicts",
    "Proposal": "clustering.reconciling",
    "reconcile": "clustering.reconciling",
}
__all__ = ["Proposal", "compare", "reconcile"]

__getattr__ = fetching(__name__, _HOMES)

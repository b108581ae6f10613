"""Which forms are one word, which are one thing, and how it should be written.

The names are fetched on first use, so that the process which asks the dictionary
(:mod:`.dictionary`) starts without what only judging needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.lazy_imports import fetching

if TYPE_CHECKING:
    from termbank.reconciliation.clustering.reconciling import reconcile
    from termbank.reconciliation.model.verdicts import compare

_HOMES: Final = {
    "compare": "model.verdicts",
    "reconcile": "clustering.reconciling",
}
__all__ = ["compare", "reconcile"]

__getattr__ = fetching(__name__, _HOMES)

"""Which forms are one word, which are one thing, and how it should be written.

The names are fetched on first use, so that the process which asks the dictionary
(:mod:`.dictionary`) starts without what only judging needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .comparison import compare
    from .joining import Proposal, reconcile

_HOMES: Final = {"compare": "comparison", "Proposal": "joining", "reconcile": "joining"}
__all__ = ["Proposal", "compare", "reconcile"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value

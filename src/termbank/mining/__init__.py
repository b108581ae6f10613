"""From documents to the names and terms in them.

The names are fetched on first use: reconciliation reads the table of general words
(:mod:`.general`) and needs nothing of what mining needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from .mentions import mine
    from .ranking import candidates

_HOMES: Final = {"candidates": "ranking", "mine": "mentions"}
__all__ = ["candidates", "mine"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value

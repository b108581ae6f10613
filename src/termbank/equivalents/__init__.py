"""English equivalents: spellings of names, and terms out of finished translations.

Nothing is imported until it is asked for, because :func:`.spelling.find_by_latin` is
the last resort of a look-up that must start fast.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .bilingual_names import match_names
    from .bilingual_terms import mine_pairs
    from .spelling import best_spelling, rank_spellings

_HOMES = {
    "best_spelling": "spelling",
    "rank_spellings": "spelling",
    "match_names": "bilingual_names",
    "mine_pairs": "bilingual_terms",
}

__all__ = ["best_spelling", "match_names", "mine_pairs", "rank_spellings"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f".{home}", __name__), name)
    globals()[name] = value
    return value

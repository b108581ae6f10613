"""English equivalents: spellings of names, and terms out of finished translations.

Nothing is imported until it is asked for, because :func:`.spelling.find_by_latin` is
the last resort of a look-up that must start fast.
"""

from __future__ import annotations

from termbank.lazy_imports import fetching

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

__getattr__ = fetching(__name__, _HOMES)

"""termbank: Japanese-English terminology and translation memory.

The public names are fetched on first use, so that ``termbank.lookup`` never pays for
the miners: see ``docs/design`` for the two import paths.
"""

from __future__ import annotations

from .lazy_imports import fetching
from .version import __version__ as __version__

TYPE_CHECKING = False

_HOMES = {
    "documents": "sources",
    "mine": "mining",
    "candidates": "mining",
    "reconcile": "reconciliation",
    "compare": "reconciliation",
    "Proposal": "proposal",
    "rank_spellings": "equivalents",
    "best_spelling": "equivalents",
    "match_names": "equivalents",
    "mine_pairs": "equivalents",
    "Glossary": "glossary",
    "lookup": "term_search",
    "scan": "term_search",
    "check": "checking",
    "check_text": "checking",
    "Memory": "memory",
    "align": "memory",
    "segment": "memory",
    "suggest": "memory",
    "Entry": "types",
    "Hit": "types",
    "Finding": "types",
    "Fix": "types",
    "Match": "types",
    "Span": "types",
    "TermbankError": "errors",
}

if TYPE_CHECKING:
    from .checking import check, check_text
    from .equivalents import best_spelling, match_names, mine_pairs, rank_spellings
    from .errors import TermbankError
    from .glossary import Glossary
    from .memory import Memory, align, segment, suggest
    from .mining import candidates, mine
    from .proposal import Proposal
    from .reconciliation import compare, reconcile
    from .sources import documents
    from .term_search import lookup, scan
    from .types import Entry, Finding, Fix, Hit, Match, Span

__all__ = [
    "Entry",
    "Finding",
    "Fix",
    "Glossary",
    "Hit",
    "Match",
    "Memory",
    "Proposal",
    "Span",
    "TermbankError",
    "align",
    "best_spelling",
    "candidates",
    "check",
    "check_text",
    "compare",
    "documents",
    "lookup",
    "match_names",
    "mine",
    "mine_pairs",
    "rank_spellings",
    "reconcile",
    "scan",
    "segment",
    "suggest",
]

__getattr__ = fetching(__name__, _HOMES)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])

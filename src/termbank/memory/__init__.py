"""Translation memory: stored pairs of segments, searched by likeness of their sources.

Also what prepares and uses them: segmentation, alignment, suggestions. The names are
fetched on first use, so that a search worker does not load what only an import needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.lazy_imports import fetching

if TYPE_CHECKING:
    from termbank.memory.alignment.document_alignment import Alignment, align
    from termbank.memory.alignment.segmentation import Segment, segment
    from termbank.memory.search.match_scoring import Circumstances
    from termbank.memory.search.word_diff import Edit, edits

    from .suggestions import Suggestions, TermHint, suggest
    from .translation_memory import Memory, Stats

_HOMES = {
    "Alignment": "alignment.document_alignment",
    "align": "alignment.document_alignment",
    "Circumstances": "search.match_scoring",
    "Segment": "alignment.segmentation",
    "segment": "alignment.segmentation",
    "Suggestions": "suggestions",
    "TermHint": "suggestions",
    "suggest": "suggestions",
    "Memory": "translation_memory",
    "Stats": "translation_memory",
    "Edit": "search.word_diff",
    "edits": "search.word_diff",
}

__all__ = [
    "Alignment",
    "Circumstances",
    "Edit",
    "Memory",
    "Segment",
    "Stats",
    "Suggestions",
    "TermHint",
    "align",
    "edits",
    "segment",
    "suggest",
]

__getattr__ = fetching(__name__, _HOMES)

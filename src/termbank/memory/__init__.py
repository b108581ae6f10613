"""Translation memory: stored pairs of segments, searched by likeness of their sources.

Also what prepares and uses them: segmentation, alignment, suggestions. The names are
fetched on first use, so that a search worker does not load what only an import needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..on_first_use import fetching

if TYPE_CHECKING:
    from .alignment import Alignment, align
    from .scoring import Circumstances
    from .segmentation import Segment, segment
    from .suggestions import Suggestions, TermHint, suggest
    from .translation_memory import Memory, Stats
    from .wording import Edit, edits

_HOMES = {
    "Alignment": "alignment",
    "align": "alignment",
    "Circumstances": "scoring",
    "Segment": "segmentation",
    "segment": "segmentation",
    "Suggestions": "suggestions",
    "TermHint": "suggestions",
    "suggest": "suggestions",
    "Memory": "translation_memory",
    "Stats": "translation_memory",
    "Edit": "wording",
    "edits": "wording",
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

"""The glossary: its CSV files, its compiled index, and :class:`Glossary` itself.

``Glossary`` stands on Polars and is fetched on first use, so that look-up and check can
import :mod:`termbank.glossary.rows` without paying for it.
"""

from __future__ import annotations

from termbank.identifiers import concept_id, concept_ids

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .glossary import Glossary

__all__ = ["Glossary", "concept_id", "concept_ids"]


def __getattr__(name: str) -> object:
    if name != "Glossary":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .glossary import Glossary

    return Glossary

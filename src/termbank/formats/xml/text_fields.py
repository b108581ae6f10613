"""Fields of pairs on their way into XML: texts it can hold, tags it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .element_tree import clean_text

if TYPE_CHECKING:
    from termbank.formats.model.concept_records import Losses


def text_for_xml(text: str | None, losses: Losses) -> str:
    """Return a text with U+FFFD for what XML does not allow, and count that as lost."""
    clean = clean_text(text or "")
    if clean != (text or ""):
        losses.add("segments.text", "characters that XML does not allow")
    return clean


def language_tag(lang: str | None) -> str:
    """Return a tag with hyphens; ``und`` where there is none.

    >>> language_tag("pt_BR"), language_tag(None)
    ('pt-BR', 'und')
    """
    return lang.replace("_", "-") if lang else "und"

"""Which variant of a TMX unit is the source, and which languages a file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .tables.status_labels import answers

if TYPE_CHECKING:
    from collections.abc import Sequence


def source_variant(
    langs: Sequence[str], wanted: str | None, unit: str, header: str
) -> int:
    """Return which variant of a unit is its source.

    Args:
        langs: Languages of the variants, in order; some may be empty.
        wanted: Language that the caller asks for; it decides where a variant has it.
        unit: ``srclang`` of the unit; it comes before that of the header.
        header: ``srclang`` of the header; ``*all*`` and what no variant has say nothing.

    Returns:
        Number of the variant, the first where nothing decides.

    >>> source_variant(["de", "en", "ja"], None, "", "EN-US")
    1
    """
    for tag in (wanted, unit, header):
        if not tag:
            continue
        for number, lang in enumerate(langs):
            if answers(lang, tag) or answers(tag, lang):
                return number
    return 0

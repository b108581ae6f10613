"""Which variant of a TMX unit is the source."""

from __future__ import annotations

from functools import lru_cache

from termbank.text.language_tags import answers


@lru_cache(maxsize=1 << 10)
def source_variant(
    langs: tuple[str, ...],
    wanted: str | None,
    unit: str,
    header: str,
    pair: tuple[str, str] | None = None,
) -> int:
    """Return which variant of a unit is its source.

    Args:
        langs: Languages of the variants, in order; some may be empty.
        wanted: Language that the caller asks for; it decides where a variant has it.
        unit: ``srclang`` of the unit; it comes before that of the header.
        header: ``srclang`` of the header; ``*all*`` and what no variant has say nothing.
        pair: Two languages: where variants have both, the source is one of them.

    Returns:
        Number of the variant, the first where nothing decides.

    >>> source_variant(("de", "en", "ja"), None, "", "EN-US")
    1
    """
    able = list(enumerate(langs))
    if pair is not None:
        sides = [[at for at in able if _fits(at[1], side)] for side in pair]
        able = sorted(sides[0] + sides[1]) if all(sides) else able
    for tag in filter(None, (wanted, unit, header)):
        for number, lang in able:
            if _fits(lang, tag):
                return number
    return able[0][0]


def _fits(lang: str, tag: str) -> bool:
    return bool(lang) and (answers(lang, tag) or answers(tag, lang))

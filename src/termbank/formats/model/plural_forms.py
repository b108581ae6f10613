"""Which languages have no plural of their own: one text serves any number."""

from __future__ import annotations

from typing import Final

from termbank.text.language_tags import primary_language

# CLDR 46: languages whose only plural form is other.
_NO_PLURALS: Final = frozenset(
    "ja zh ko th vi id ms lo my km bo dz jv su yue".split()  # noqa: SIM905
)


def has_plurals(lang: str | None) -> bool:
    """Answer whether a language has a plural; one that is not known has.

    >>> has_plurals("en"), has_plurals("ja-JP"), has_plurals(None)
    (True, False, True)
    """
    return primary_language(lang) not in _NO_PLURALS

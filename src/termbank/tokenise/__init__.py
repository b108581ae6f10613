"""Tokenisers by name: what splits a text into words.

A tokeniser is made from a name and a mode and offers ``tokens(text)``; nothing about
it is pickled, so workers make their own. Other packages offer theirs as entry points
of the group ``termbank.tokenisers``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from termbank.config import settings
from termbank.registry import Point

from .token import Token, Tokeniser

TOKENISERS: Final = Point(
    "tokenisers",
    {
        "sudachi": "termbank.tokenise.sudachi:SudachiTokeniser",
        "scripts": "termbank.tokenise.scripts:ScriptTokeniser",
    },
)


def tokeniser(
    name: str = "sudachi", mode: str = "C", dictionary: str | None = None
) -> Tokeniser:
    """Return the tokeniser called ``name``, the same object for the same arguments.

    Args:
        name: sudachi, scripts, or what another package offers.
        mode: C for the longest words, A for the shortest; a tokeniser that knows only
            one way of splitting takes either.
        dictionary: full, core or small; None takes the one of the project's settings, else
            the best one installed.

    Raises:
        PluginError: Nobody offers ``name``, or the dictionary is not installed.

    >>> [token.surface for token in tokeniser().tokens("キーウで会談")]
    ['キーウ', 'で', '会談']
    """
    return _make(name, mode, chosen_dictionary(dictionary))


@lru_cache(maxsize=8)
def _make(name: str, mode: str, dictionary: str | None) -> Tokeniser:
    new_tokeniser: Tokeniser = TOKENISERS.find(name)(mode, dictionary)
    return new_tokeniser


def chosen_dictionary(named: str | None) -> str | None:
    """Return the dictionary named, else that of the project's settings, else None.

    Raises:
        ConfigError: The settings cannot be read.
    """
    return named or settings().dictionary or None


def best_dictionary() -> tuple[str, str]:
    """Return name and version of the Sudachi dictionary that is used.

    The one of the project's settings; else full beats core beats small.

    Raises:
        PluginError: None of the three is installed.
    """
    from .sudachi import dictionary_version

    return dictionary_version(chosen_dictionary(None))


__all__ = [
    "TOKENISERS",
    "Token",
    "Tokeniser",
    "best_dictionary",
    "chosen_dictionary",
    "tokeniser",
]

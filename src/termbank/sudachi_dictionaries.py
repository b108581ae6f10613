"""Sudachi's dictionaries: which one is installed, and one open object for each.

Three readers of words stand on this: the tokeniser, the words around a hit and the facts
about forms. Sudachi itself is imported when the first dictionary is opened.
"""

from __future__ import annotations

import os
import sys

from termbank.errors import PluginError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DICTIONARIES = ("full", "core", "small")  # the best first
# Dictionaries stay open: opening one costs 40 ms. A forked process opens its own.
_open: dict[tuple[int, str], Any] = {}


def installed_dictionary(name: str | None) -> str:
    """Return the name of an installed dictionary: ``name``, else the best.

    Args:
        name: full, core or small; None or empty for the best installed.

    Raises:
        PluginError: It is not installed; the error says what to install.
    """
    from importlib.util import find_spec

    for candidate in (name,) if name else DICTIONARIES:
        package = f"sudachidict_{candidate}"
        if candidate in DICTIONARIES and find_spec(package) is not None:
            return candidate
    missing = name or "core"
    hint = f"pip install sudachidict-{missing} (full, core, small)"
    raise PluginError("sudachi dictionary", missing, hint)


def dictionary_file(name: str | None) -> str:
    """Return the file of a dictionary, without importing anything; empty where none is.

    Args:
        name: As in :func:`installed_dictionary`.
    """
    for candidate in (name,) if name else DICTIONARIES:
        for folder in sys.path:
            inner = (f"sudachidict_{candidate}", "resources", "system.dic")
            place = os.path.join(folder, *inner)
            if os.path.isfile(place):
                return place
    return ""


def open_tokeniser(name: str | None = None, mode: str = "C") -> Any:
    """Return a new tokeniser of an installed dictionary, for one thread at a time.

    Args:
        name: As in :func:`installed_dictionary`.
        mode: C for the longest words, B or A for shorter ones.

    Raises:
        PluginError: The dictionary is not installed.
    """
    import sudachipy

    name = installed_dictionary(name)
    key = (os.getpid(), name)
    if key not in _open:
        _open[key] = sudachipy.Dictionary(dict=name)
    return _open[key].tokenizer(mode=split_mode(mode))


def split_mode(letter: str) -> Any:
    """Return Sudachi's name of a way of splitting: A, B or C."""
    import sudachipy

    return getattr(sudachipy.SplitMode, letter)

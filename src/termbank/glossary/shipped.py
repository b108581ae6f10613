"""Where on this machine a glossary lies that settings and flags name."""

from __future__ import annotations

import os

from termbank.config import BUILT_IN
from termbank.glossary_places import shipped_folder


def place_of(named: str | os.PathLike[str]) -> str:
    """Return the path of a glossary as settings and flags name it.

    Args:
        named: A path, ``builtin`` for the shipped one, or the address of a team's
            store: then the path is that of this machine's copy, brought up to date.

    Raises:
        GlossaryError: The shipped one is asked for and not there.
        StoreError: The team's store is out of reach.
    """
    place = os.fspath(named)
    if "://" in place:  # a store is loaded only where one is named
        from .team_glossary import team_glossary

        return team_glossary(place).folder
    return shipped_folder() if place == BUILT_IN else place

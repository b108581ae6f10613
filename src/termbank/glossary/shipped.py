"""Where the glossary that comes with termbank lies."""

from __future__ import annotations

import os

from termbank.config import BUILT_IN
from termbank.errors import GlossaryError
from termbank.messages import say

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def folder() -> str:
    """Return the folder of the shipped glossary's CSV files.

    A wheel holds it inside the package (``termbank/shipped``); in a checkout that was
    installed editable it stands beside ``src``, where translators look for it.

    Raises:
        GlossaryError: It is in neither place: the installation is not whole.
    """
    inside = os.path.join(_PACKAGE, "shipped")
    beside = os.path.join(os.path.dirname(os.path.dirname(_PACKAGE)), "glossary")
    for place in (inside, beside):
        if os.path.isfile(os.path.join(place, "terms.csv")):
            return place
    raise GlossaryError(
        say("付属の用語集", "shipped glossary"),
        say(
            f"{inside} にも {beside} にも terms.csv がありません",
            f"no terms.csv in {inside} or {beside}",
        ),
        say(
            "入れ直す: pip install --force-reinstall termbank",
            "a whole installation: pip install --force-reinstall termbank",
        ),
    )


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
    return folder() if place == BUILT_IN else place

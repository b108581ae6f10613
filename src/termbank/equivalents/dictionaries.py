"""JMdict and JMnedict as an extra: suggestions with their date and licence.

Never required and never mixed into the shipped glossary. Needs the extra
``dictionaries`` (jamdict and jamdict-data).
"""

from __future__ import annotations

from functools import cache
from importlib import metadata
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank.errors import PluginError

if TYPE_CHECKING:
    from collections.abc import Iterator

_LICENCE: Final = "EDRDG, CC BY-SA 3.0"
_EDITIONS: Final = {"1.5": "2020-05"}  # jamdict-data does not say it at run time
_SENSES: Final = 3  # senses of an entry that are shown
_GLOSSES: Final = 2  # glosses of a sense that are shown


class Suggestion(NamedTuple):
    """What a dictionary offers for a Japanese form.

    Attributes:
        en: English gloss, as the dictionary writes it.
        source: Dictionary, its edition and its licence, for the row's ``source``.
    """

    en: str
    source: str


def is_installed() -> bool:
    """Say whether the extra ``dictionaries`` is installed."""
    return find_spec("jamdict") is not None and find_spec("jamdict_data") is not None


def suggestions(form: str) -> Iterator[Suggestion]:
    """Yield the English of a Japanese form, JMdict first, then JMnedict's names.

    Args:
        form: Exactly as the dictionary heads it.

    Raises:
        PluginError: The extra is not installed.
    """
    if not is_installed():
        command = "pip install 'termbank[dictionaries]'"
        raise PluginError("termbank.dictionaries", "jamdict", command)
    lookup = _open_dictionary().lookup(form, strict_lookup=True, lookup_chars=False)
    version = metadata.version("jamdict-data")
    version_text = ", ".join(filter(None, (version, _EDITIONS.get(version))))
    edition = f"jamdict-data {version_text}, {_LICENCE}"
    for entry in lookup.entries:
        yield from _glosses(entry.senses, f"JMdict ({edition})")
    for name in lookup.names:
        yield from _glosses(name.senses, f"JMnedict ({edition})")


def _glosses(senses: list[Any], source: str) -> Iterator[Suggestion]:
    for sense in senses[:_SENSES]:
        for gloss in sense.gloss[:_GLOSSES]:
            text = str(getattr(gloss, "text", gloss)).strip()
            if text:
                yield Suggestion(text, source)


@cache
def _open_dictionary() -> Any:
    from jamdict import Jamdict

    return Jamdict()

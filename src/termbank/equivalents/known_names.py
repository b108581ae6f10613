"""Names whose katakana somebody has already written down.

English spelling is no guide to ウィンザー or エリコ: what dictionaries record of a
spelling speaks for it, and against its look-alikes. The rows come from UniDic,
GeoNames and CLDR (licences in NOTICE).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import Levenshtein

from termbank.errors import InputError
from termbank.messages import say

from .segment_model import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FILE = TABLES / "known_names.tsv"
# Natural-log units added to the model's score, by the edits between the sound asked for
# and the nearest recorded one: none, one, two, more. Chosen on the development half of
# the geonames and jmnedict sets (docs/design/equivalents.md).
_EVIDENCE = (2.5, 0.5, -0.5, -1.0)
RECORDED = _EVIDENCE[0]
# Natural-log units; see sound_alike.
_ANOTHER_NAME = 9.0
# A long name shares its sound with few others: units for each symbol beyond so many.
_NOT_RECORDED, _SHARED_SOUND = 0.5, 4
_MERGED = str.maketrans({"l": "r", "v": "b"})


@cache
def known() -> dict[str, tuple[str, ...]]:
    """Return recorded sound symbols by spelling (letters a to z); read once.

    Raises:
        InputError: The table is absent or broken.
    """
    try:
        lines = _FILE.read_text("utf-8").splitlines()
        rows = (line.split("\t") for line in lines if not line.startswith("#"))
        return {letters: tuple(sounds.split(" ")) for letters, sounds in rows}
    except (OSError, ValueError) as fault:
        expected = say(
            "つづりと音の表 (termbank を入れ直す)",
            "a table of letters and sounds: reinstall termbank",
        )
        problem = f"{say('読めません', 'what cannot be read')}: {fault}"
        raise InputError(str(_FILE), problem, expected) from fault


@cache
def spellings_of(sounds: str) -> tuple[str, ...]:
    """Return the recorded spellings of a sound (letters a to z), sorted.

    >>> spellings_of("roNboku")
    ('lombok',)
    """
    return _by_sound().get(sounds, ())


@cache
def _by_sound() -> dict[str, tuple[str, ...]]:
    by_sound: dict[str, list[str]] = {}
    for spelling, sounds in sorted(known().items()):
        for sound in sounds:
            by_sound.setdefault(sound, []).append(spelling)
    return {sound: tuple(spellings) for sound, spellings in by_sound.items()}


def sound_alike(sounds: str, spelling: str) -> float:
    """Return what a spelling that nobody recorded loses, in natural-log units.

    Where the sound is on record as another name, a spelling that differs from it only in
    what Japanese does not tell apart (l and r, b and v) is a different name that sounds
    the same: Rombok for ロンボク, which is Lombok.

    >>> sound_alike("roNboku", "rombok") > sound_alike("roNboku", "lombock") > 0.0
    True
    >>> sound_alike("roNboku", "lombok"), sound_alike("reioNa", "leona")
    (0.0, 0.0)
    """
    known_spellings = spellings_of(sounds)
    if not known_spellings or spelling in known():
        return 0.0
    key = spelling.translate(_MERGED)
    if any(key == other.translate(_MERGED) for other in known_spellings):
        return _ANOTHER_NAME
    return _NOT_RECORDED * max(len(sounds) - _SHARED_SOUND, 0)


def evidence(sounds: str, spellings: Sequence[str]) -> NDArray[np.float64]:
    """Return what the records say of each spelling, in natural-log units.

    Args:
        sounds: What :func:`.romaji.symbols` gives for the name asked for.
        spellings: Letters a to z only; a spelling nobody recorded gets 0.

    >>> evidence("uiNza-", ["windsor", "winzer"]).tolist()
    [2.5, 0.0]
    """
    table = known()
    out = np.zeros(len(spellings))
    for at, spelling in enumerate(spellings):
        for sound in table.get(spelling, ()):
            edits = Levenshtein.distance(sounds, sound, score_cutoff=2)
            worth = _EVIDENCE[min(edits, 3)]
            out[at] = worth if not out[at] else max(out[at], worth)
    return out

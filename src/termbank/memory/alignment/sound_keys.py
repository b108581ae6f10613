"""Keys under which a katakana word and the English word that it was taken from meet.

A key keeps the consonants that Japanese tells apart: コンポーネント and "component" share
knpnt. It is only ever compared with another key, as an anchor of sentence alignment.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from termbank.equivalents.romaji import symbols

_KATAKANA: Final = re.compile(r"[ァ-ヺー]{3,}")
_WORD: Final = re.compile(r"[A-Za-z]{4,}")
_SHORTEST: Final = 3  # consonants; shorter keys meet by accident
# Sounds of romanised kana: sh, ch, ts, small tsu and long vowels.
_SOUNDS: Final = str.maketrans(
    {"S": "s", "C": "t", "T": "t", "N": "n", "j": "s", "z": "s"}
)
_LETTERS: Final = (
    (re.compile(r"(?:tion|sion|cian)s?"), "sn"),
    (re.compile(r"tch|ch"), "t"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"th|sh|dge|ge|j|z"), "s"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"c"), "k"),
    (re.compile(r"l"), "r"),
    (re.compile(r"v"), "b"),
    # An r that lengthens a vowel is not heard: server, sort.
    (re.compile(r"(?<=[aeiou])r(?![aeiour])"), ""),
    (re.compile(r"gh|(?<=[aeiou])w|h|[aeiouwy]"), ""),
)


def sound_keys(text: str) -> frozenset[str]:
    """Return the keys of the katakana words and the English words of a text.

    >>> sorted(sound_keys("コンポーネントを") & sound_keys("The components"))
    ['~knpnt']
    """
    keys = {_key_of_kana(word) for word in _KATAKANA.findall(text)}
    keys |= {_key_of_word(word.lower()) for word in _WORD.findall(text)}
    return frozenset(f"~{key}" for key in keys if len(key) >= _SHORTEST)


@lru_cache(maxsize=8192)
def _key_of_kana(word: str) -> str:
    sounds = symbols(word).translate(_SOUNDS)
    return _merge(re.sub(r"[^bcdfgkmnprst]", "", sounds))


@lru_cache(maxsize=8192)
def _key_of_word(word: str) -> str:
    plain = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    for pattern, instead in _LETTERS:
        plain = pattern.sub(instead, plain)
    return _merge(plain)


def _merge(key: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub(r"m(?=[bp])", "n", key))

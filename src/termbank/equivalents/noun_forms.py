"""The noun among the forms of an English word that a translation uses.

解釈 is ``interpreted`` in most sentences, but a glossary wants ``interpretation``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# Endings and what is put in their place so that the forms of one word meet.
_ENDINGS: Final = (
    ("ication", "i"),
    ("anation", "an"),
    ("iption", "ib"),
    ("ization", "iz"),
    ("isation", "iz"),
    ("ation", ""),
    ("ition", ""),
    ("lution", "lv"),
    ("ution", "u"),
    ("ption", "p"),
    ("ction", "ct"),
    ("ssion", "ss"),
    ("sion", "d"),
    ("tion", "t"),
    ("ion", ""),
    ("ment", ""),
    ("iness", "i"),
    ("iage", "i"),
    ("ension", "end"),
    ("ision", "id"),
    ("ness", ""),
    ("ance", ""),
    ("ence", ""),
    ("ery", "er"),
    ("ying", "i"),
    ("ies", "i"),
    ("ied", "i"),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("al", ""),
    ("y", "i"),
    ("e", ""),
)
_SHORTEST: Final = 3  # letters of a family; shorter ones say nothing
_NOUN: Final = re.compile(
    r"(?:tion|sion|ment|ness|ance|ence|ity|ery|ship|sis|iage"
    # arrival, refusal, approval; not national or musical, which are no nouns
    r"|(?:[iuo]v|[fo]s|rri)al)s?$"
)
_PLURAL: Final = re.compile(r"(?<![sui])s$")
# How many sightings one sighting of a form is worth, by its ending; the development
# half chose them, and any value near them does as well.
_NOUN_WORTH: Final = 10.0
_GERUND_WORTH: Final = 1.5
_PAST_WORTH: Final = 0.1
_PLURAL_WORTH: Final = 0.9
_ADVERB_WORTH: Final = 0.5


@lru_cache(maxsize=65536)
def family(phrase: str) -> str:
    """Return a key shared by the forms of a phrase's last word; never shown.

    >>> family("interpreted") == family("interpretation")
    True
    >>> family("applied") == family("application"), family("explain") == family("explanation")
    (True, True)
    """
    *before, word = phrase.lower().replace("-", " ").split(" ")
    for ending, instead in _ENDINGS:
        if (
            word.endswith(ending)
            and len(word) - len(ending) + len(instead) >= _SHORTEST
        ):
            word = word[: len(word) - len(ending)] + instead
            break
    if word.endswith("ain"):
        word = word[:-2] + "n"
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    if len(word) > _SHORTEST:
        word = word.removesuffix("e")
    if len(word) > _SHORTEST + 1:
        word = word.removesuffix("at")
    return " ".join([*before, word])


def worth(phrase: str) -> float:
    """Return how much of a noun a phrase looks, 1 where nothing speaks for or against.

    >>> worth("interpretation") > worth("interpret") > worth("interpreted")
    True
    """
    word = phrase.lower().rpartition(" ")[2]
    if _NOUN.search(word):
        return _NOUN_WORTH
    if word.endswith("ing"):
        return _GERUND_WORTH
    if word.endswith("ed"):
        return _PAST_WORTH
    if word.endswith("ly"):
        return _ADVERB_WORTH
    return _PLURAL_WORTH if _PLURAL.search(word) else 1.0


def noun_of(seen: Mapping[str, int]) -> str:
    """Return the form to enter in a glossary.

    Args:
        seen: Forms of one family and how often each was seen.

    >>> noun_of({"interpreted": 30, "interpretation": 4, "interpret": 9})
    'interpretation'
    """
    return max(sorted(seen), key=lambda form: seen[form] * worth(form))

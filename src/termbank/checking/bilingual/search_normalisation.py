"""Texts as the bilingual check searches them, and forms as they look there.

One line a text, NFKC, case folded, marks blanked: both sides of a comparison go through
here, so that what can match does.
"""

from __future__ import annotations

from unicodedata import normalize

from termbank.checking.engine.script_runs import (
    HIRAGANA,
    KATAKANA,
    LATIN,
    OTHER,
    script,
)
from termbank.text.kana import BLANKS, MIDDLE_DOTS
from termbank.text.normalise import norm

from .unrendered_text import rendered_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_JOINTS = str.maketrans("", "", MIDDLE_DOTS + BLANKS)


# Endings whose plural changes the word itself, the longer ones first.
_IRREGULAR = (
    ("person", "people"), ("child", "children"), ("woman", "women"), ("mouse", "mice"),
    ("foot", "feet"), ("tooth", "teeth"), ("goose", "geese"), ("man", "men"),
    ("dwarf", "dwarves"), ("wolf", "wolves"), ("elf", "elves"), ("half", "halves"),
    ("shelf", "shelves"), ("leaf", "leaves"), ("thief", "thieves"), ("knife", "knives"),
    ("life", "lives"), ("wife", "wives"), ("index", "indices"), ("matrix", "matrices"),
    ("vertex", "vertices"), ("analysis", "analyses"), ("basis", "bases"),
    ("axis", "axes"), ("crisis", "crises"), ("criterion", "criteria"),
)  # fmt: skip
_REGULAR = ("human", "german", "roman", "ottoman", "shaman", "talisman")


def keys_of(form: str, lang: str) -> list[str]:
    """Return what a form may look like in a normalised text.

    >>> keys_of("peace talk", "en"), keys_of("policy", "en")
    (['peace talk', 'peace talks'], ['policy', 'policies'])
    >>> keys_of("ルーク・コフィー", "ja")
    ['ルーク・コフィー', 'ルークコフィー', 'ルーク・コフィ', 'ルークコフィ']
    """
    key = flat(form)
    if lang == "ja":
        keys = [key, key.translate(_JOINTS)]
        if key.endswith("ー") and len(key) > 3:
            keys += [variant[:-1] for variant in keys]
        elif len(key) > 3 and script(key[-1]) == KATAKANA:
            keys += [f"{variant}ー" for variant in keys]
        if key.isascii() and key[-1:].isalpha():
            keys += _plural(key)
        return list(dict.fromkeys(keys))
    keys = [key]
    if key[-1:].isalpha():
        keys += _plural(key)
    return list(dict.fromkeys(keys))


def _plural(key: str) -> list[str]:
    irregular = _irregular(key)
    if irregular:
        return [irregular]
    if key.endswith(("s", "x", "z", "ch", "sh")):
        return (
            [f"{key}es", key[:-1]]
            if key.endswith("s") and len(key) > 4
            else [f"{key}es"]
        )
    if key.endswith("y") and key[-2:-1] not in "aeiou":
        return [f"{key[:-1]}ies"]
    return [f"{key}s"]


def _irregular(key: str) -> str:
    """Return the plural of a word that takes no s, empty where it takes one."""
    for singular, plural in _IRREGULAR:
        if key.endswith(singular) and not key.endswith(_REGULAR):
            return key[: -len(singular)] + plural
    return ""


def flat(text: str) -> str:
    """Return a text in the form that is searched: one line, NFKC, case folded.

    Where that keeps the number of code points, offsets are those of the text.
    """
    return norm(text).replace("\n", " ")


def is_bounded(text: str, start: int, end: int) -> bool:
    """Answer whether scripts let a word stand at a place."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return _open(script(before), script(text[start])) and _open(
        script(after), script(text[end - 1])
    )


def _open(neighbour: str, own: str) -> bool:
    if neighbour == OTHER or own in (OTHER, HIRAGANA):
        return True
    if own == LATIN:
        return neighbour != LATIN
    # Kanji join into compounds without a mark: only katakana is sure to be cut short.
    return neighbour != own or own != KATAKANA


def searchable_texts(texts: Sequence[str]) -> list[bytes]:
    """Return texts as they are searched, one line each, what is not rendered blanked."""
    lines = [rendered_text(text).replace("\n", " ") for text in texts]
    # As norm() does, but for its second pass, which only a few letters such as İ need:
    # a term with one of them is not found.
    plain_lines = [
        line.lower() if line.isascii() else normalize("NFKC", line).casefold()
        for line in lines
    ]
    return [line.encode("utf-8", "replace") for line in plain_lines]

"""A word standing in a text, with what its other spellings share."""

from __future__ import annotations

from termbank.records import NamedTuple


class Place(NamedTuple):
    """One word standing in a text.

    Attributes:
        start: First code point.
        end: One past the last.
        surface: As written.
        key: What its other spellings share.
        known: True where the dictionary has it.
        normal: Its normal form in the dictionary.
        reading: Katakana; empty where it is no one word.
    """

    start: int
    end: int
    surface: str
    key: str
    known: bool
    normal: str
    reading: str = ""

"""A word in its text, and what a tokeniser must offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Token(NamedTuple):
    """One word as it stands in a text.

    Attributes:
        surface: ``text[start:end]``.
        start: First code point, counted from 0 in the text given.
        end: One past the last code point.
        pos: Six parts of speech in the UniDic manner (名詞, 固有名詞, …), ``*`` where
            there is no finer one.
        normalised: The dictionary's one spelling for all spellings of the word.
        reading: Katakana; the surface itself where the word is unknown.
        dictionary_form: Uninflected form.
        oov: The dictionary does not hold the word.
    """

    surface: str
    start: int
    end: int
    pos: tuple[str, ...]
    normalised: str
    reading: str
    dictionary_form: str
    oov: bool


class Tokeniser(Protocol):
    """What a plug-in of the point ``termbank.tokenisers`` must offer.

    Attributes:
        version: Name and version of the tokeniser and its dictionary, for the miner
            column: ``sudachi/0.7.0 core/20260101``.
    """

    version: str

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the words of a text of any length, in order, offsets in that text."""
        ...

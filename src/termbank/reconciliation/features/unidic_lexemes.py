"""Katakana words and the lexeme that each of them spells, by UniDic.

The table (``lexemes.npz``) is made by ``training/lexemes.py`` from UniDic (BSD).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.mining.tokens.word_statistics import places

if TYPE_CHECKING:
    from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("lexemes.npz")


class Lexemes(NamedTuple):
    """The table, sorted by hash.

    Attributes:
        hashes: CRC-32 of the word in katakana, without separators.
        number: The same number for all spellings of one lexeme, and for the lexemes
            that are spelled alike somewhere: パス is path and pass.
    """

    hashes: NDArray[np.uint32]
    number: NDArray[np.uint16]

    def of(self, hashes: NDArray[np.uint32]) -> NDArray[np.int64]:
        """Return the lexeme of each word, -1 where there is none.

        Args:
            hashes: :func:`termbank.mining.tokens.word_statistics.hashed` of the words.

        >>> from termbank.mining.tokens.word_statistics import hash_words
        >>> violin, other, violet = shipped_lexemes().of(
        ...     hash_words(["ヴァイオリン", "バイオリン", "ヴァイオレット"]))
        >>> bool(violin == other), bool(violin == violet)
        (True, False)
        >>> int(shipped_lexemes().of(hash_words(["トンズラリウム"]))[0])
        -1
        """
        at = places(self.hashes, hashes)
        return np.where(at >= 0, self.number[at].astype(np.int64), -1)


@cache
def shipped_lexemes() -> Lexemes:
    """Return the table that ships with the package."""
    with np.load(FILE, allow_pickle=False) as table:
        return Lexemes(np.cumsum(table["steps"], dtype=np.uint32), table["number"])

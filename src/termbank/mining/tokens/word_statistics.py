"""Words of general Japanese: how common each is, and which others it resembles.

The table (``words.npz``) comes from chiVe (Apache-2.0); see ``training/words.py``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_FILE: Final = Path(__file__).with_name("words.npz")
# Rarity of a word that the table does not hold: rarer than its last one (in doublings).
UNLISTED: Final = 19.0
VECTOR_LENGTH: Final = 127  # length of the vectors


class General(NamedTuple):
    """The table, sorted by hash.

    Attributes:
        hashes: CRC-32 of the normalised form.
        rarity: Eighths of the binary logarithm of the frequency rank.
        coarse: Cluster among 64 of the word's vector.
        fine: Cluster among 255.
        finest: Cluster among 1,000.
        vector: Row of ``vectors`` that stands for the word.
        vectors: int8, word vectors in 32 dimensions, all of one length.
    """

    hashes: NDArray[np.uint32]
    rarity: NDArray[np.uint8]
    coarse: NDArray[np.uint8]
    fine: NDArray[np.uint8]
    finest: NDArray[np.uint16]
    vector: NDArray[np.uint16]
    vectors: NDArray[np.int8]

    def rows(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of each normalised form, -1 where it is not listed."""
        return places(self.hashes, hash_words(words))

    def doublings(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return how often the rank of each word doubles the first's: 0 の, 19 unlisted."""
        rows = self.rows(words)
        log_ranks = self.rarity[rows].astype(np.float64) / 8
        return np.where(rows >= 0, log_ranks, UNLISTED)


def hash_words(words: Sequence[str]) -> NDArray[np.uint32]:
    """Return the CRC-32 of each word."""
    return np.array(
        [crc32(word.encode("utf-8", "replace")) for word in words], np.uint32
    )


def places(table: NDArray[np.uint32], wanted: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return the place of each hash in a sorted table, -1 where it is not listed."""
    at = np.minimum(np.searchsorted(table, wanted), len(table) - 1)
    return np.where(table[at] == wanted, at, -1)


@lru_cache(maxsize=1)
def general() -> General:
    """Return the table that ships with the package."""
    with np.load(_FILE) as table:
        hashes = np.cumsum(table["steps"], dtype=np.uint32)
        vector = table["vector"]
        at = vector.astype(np.intp)
        coarse, fine, finest = (
            table[name].take(at, mode="clip") for name in ("coarse", "fine", "finest")
        )
        return General(
            hashes, table["rarity"], coarse, fine, finest, vector, table["vectors"]
        )

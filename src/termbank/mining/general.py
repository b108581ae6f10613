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


class General(NamedTuple):
    """The table, sorted by hash.

    Attributes:
        hashes: CRC-32 of the normalised form.
        rarity: Eighths of the binary logarithm of the frequency rank.
        coarse: Cluster among 64 of the word's vector.
        fine: Cluster among 255.
        finest: Cluster among 1,000.
    """

    hashes: NDArray[np.uint32]
    rarity: NDArray[np.uint8]
    coarse: NDArray[np.uint8]
    fine: NDArray[np.uint8]
    finest: NDArray[np.uint16]

    def rows(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Return the row of each normalised form, -1 where it is not listed."""
        wanted = np.array(
            [crc32(word.encode("utf-8", "replace")) for word in words], np.uint32
        )
        at = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        return np.where(self.hashes[at] == wanted, at, -1)

    def doublings(self, words: Sequence[str]) -> NDArray[np.float64]:
        """Return how often the rank of each word doubles the first's: 0 の, 19 unlisted."""
        rows = self.rows(words)
        listed = self.rarity[rows].astype(np.float64) / 8
        return np.where(rows >= 0, listed, UNLISTED)


@lru_cache(maxsize=1)
def general() -> General:
    """Return the table that ships with the package."""
    with np.load(_FILE) as table:
        hashes = np.cumsum(table["steps"], dtype=np.uint32)
        columns = [table[name] for name in General._fields[1:]]
        return General(hashes, *columns)

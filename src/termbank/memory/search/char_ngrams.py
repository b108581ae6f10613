"""Character grams as small numbers: what the index counts to find likely matches.

A gram is a pair of neighbouring characters; where both are ASCII it is a triple, because
pairs of Latin letters are too common to tell texts apart. Grams are hashed to a table of
fixed size: two grams that meet there make a candidate look better than it is, never
worse, and every candidate is scored on its text afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Codes = npt.NDArray[np.uint32]

BITS: Final = (
    16  # 65,536 buckets: 4 bytes a row in a full block, see docs/design/memory.md
)
SEPARATOR: Final = "\0"
SHORT_ROW: Final = 16  # characters up to which single characters are indexed
SHORT_QUERY: Final = SHORT_ROW // 2  # so that all rows at least half like it have them
# Odd multipliers of good spread (golden ratio, xxHash and murmur constants).
_FIRST, _SECOND, _THIRD = (
    np.uint32(0x9E3779B1),
    np.uint32(0x85EBCA77),
    np.uint32(0xC2B2AE3D),
)
_MIX: Final = np.uint32(0x2C1B3C6D)
_ASCII: Final = np.uint32(128)


def codes(text: str) -> Codes:
    """Return the code points of a text as numbers; lone surrogates pass."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def buckets(points: Codes, bits: int = BITS) -> Codes:
    """Return the bucket of the gram that starts at each code point but the last.

    Args:
        points: Code points of one text or of several with a separator (0) after each.
        bits: Size of the table as a power of two.
    """
    first, second = points[:-1], points[1:]
    third = np.zeros_like(first)
    third[:-1] = points[2:]
    hashes = first * _FIRST + second * _SECOND
    latin = (first < _ASCII) & (second < _ASCII)
    hashes += latin * (third * _THIRD + np.uint32(7))
    return _spread(hashes, bits)


def singles(points: Codes, bits: int = BITS) -> Codes:
    """Return the bucket of each single character."""
    return _spread(points * _FIRST, bits)


def _spread(hashes: Codes, bits: int) -> Codes:
    hashes ^= hashes >> np.uint32(15)
    hashes *= _MIX
    hashes ^= hashes >> np.uint32(13)
    high_bits: Codes = hashes >> np.uint32(32 - bits)
    return high_bits


def of_query(text: str, bits: int = BITS) -> npt.NDArray[np.int64]:
    """Return the distinct buckets of a text, sorted; empty for the empty text."""
    points = codes(text + SEPARATOR)
    grams = buckets(points, bits)[: max(len(text) - 1, 0)]
    if len(text) <= SHORT_QUERY:
        grams = np.concatenate([grams, singles(points[:-1].copy(), bits)])
    return np.unique(grams).astype(np.int64)

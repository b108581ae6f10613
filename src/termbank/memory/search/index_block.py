"""A block of the index: up to 65,536 segments of neighbouring lengths in one file.

Layout (little-endian), every part found by arithmetic and read through a memory map::

    header    magic, rows, runs, bits, postings, units, base, CRC-32 of the tables
    runs      length (UTF-16 units) and number of rows of each length
    ids       row number in the store less ``base``
    offsets   where the postings of each bucket begin
    postings  rows of the block, two bytes each, bucket after bucket
    text      the sources as UTF-16, so that candidates are scored without the store

Rows are sorted by length; the place of a text follows from the runs.
"""

from __future__ import annotations

import mmap
import os
import struct
from codecs import utf_16_le_decode
from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import numpy as np

from . import char_ngrams

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy.typing as npt

ROWS: Final = 1 << 16  # a row number then fits two bytes
_PART: Final = 4096  # rows whose grams are made at once; bounds memory
_MAGIC: Final = b"TBMEM02\n"
_HEADER: Final = struct.Struct("<8sIIIIQQQI")


class Written(NamedTuple):
    """What was written: kept in the store to tell a whole block from a torn one."""

    rows: int
    check: int  # CRC-32 of the tables, which tells one block from another


class Block:
    """One block, memory-mapped for reading.

    Attributes:
        rows: Number of segments.
        check: What :func:`write` returned as ``check``.
        shortest: Length of the first row, UTF-16 units.
        longest: Length of the last row, UTF-16 units.
        lengths: Length of each row.
    """

    def __init__(self, path: Path) -> None:
        with open(path, "rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if len(self._map) < _HEADER.size:
            raise ValueError("torn")
        head = _HEADER.unpack_from(self._map)
        magic, self.rows, runs, bits, _, postings, units, self._base, self.check = head
        ends = _ends(self.rows, runs, bits, postings, units)
        if magic != _MAGIC or len(self._map) != ends[-1]:
            raise ValueError("torn")
        if crc32(self._map[_HEADER.size : ends[2]]) != self.check:
            raise ValueError("damaged")
        whole = np.frombuffer(self._map, np.uint8)
        parts = [whole[start:stop] for start, stop in pairwise([_HEADER.size, *ends])]
        table = parts[0].view(np.uint32).reshape(2, runs)
        self._ids = parts[1].view(np.uint32)
        self.offsets = parts[2].view(np.uint32)
        self.postings = parts[3].view(np.uint16)
        self.lengths = np.repeat(table[0], table[1])
        places = np.cumsum(self.lengths.astype(np.int64) * 2) + ends[3]
        self._places = np.concatenate([[ends[3]], places])
        self.shortest, self.longest = int(table[0, 0]), int(table[0, -1])

    def ids(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the store's numbers of rows."""
        numbers: npt.NDArray[np.int64] = self._ids[rows].astype(np.int64) + self._base
        return numbers

    def texts(self, rows: npt.NDArray[np.int64]) -> list[str]:
        """Return the sources of rows."""
        content = self._map
        starts, stops = self._places[rows].tolist(), self._places[rows + 1].tolist()
        return [
            utf_16_le_decode(content[start:stop], "surrogatepass")[0]
            for start, stop in zip(starts, stops, strict=True)
        ]

    def counts(
        self, query: npt.NDArray[np.int64], budget: int
    ) -> npt.NDArray[np.int64]:
        """Return how many grams of the query each row has.

        Args:
            query: Distinct buckets, from :func:`grams.of_query`.
            budget: Postings to read at most; the rarest grams are read first.
        """
        starts, stops = self.offsets[query], self.offsets[query + 1]
        sizes = (stops - starts).astype(np.int64)
        if int(sizes.sum()) > budget:
            order = np.argsort(sizes, kind="stable")
            list_count = int(np.searchsorted(np.cumsum(sizes[order]), budget)) + 1
            starts, stops = starts[order[:list_count]], stops[order[:list_count]]
        postings = self.postings
        spans = zip(starts.tolist(), stops.tolist(), strict=True)
        lists = [postings[start:stop] for start, stop in spans if stop > start]
        if not lists:
            return np.zeros(self.rows, np.int64)
        return np.bincount(np.concatenate(lists), minlength=self.rows)


def write(path: Path, ids: npt.NDArray[np.int64], texts: Sequence[str]) -> Written:
    """Write the block of some segments; it is whole or absent.

    Args:
        path: File to make.
        ids: Numbers of the segments in the store, in any order.
        texts: Their sources, at most ``ROWS``.
    """
    byte_texts = [text.encode("utf-16-le", "surrogatepass") for text in texts]
    units = np.fromiter(map(len, byte_texts), np.int64, len(byte_texts)) // 2
    order = np.lexsort((ids, units))
    rows = order.tolist()
    offsets, postings = _postings([texts[row] for row in rows])
    lengths, counts = np.unique(units, return_counts=True)
    base = int(ids.min())
    tables = (
        np.stack([lengths, counts]).astype(np.uint32).tobytes()
        + (ids[order] - base).astype(np.uint32).tobytes()
        + offsets.tobytes()
    )
    sizes = (
        len(rows),
        len(lengths),
        char_ngrams.BITS,
        0,
        len(postings),
        int(units.sum()),
    )
    head = _HEADER.pack(_MAGIC, *sizes, base, crc32(tables))
    scratch = path.with_suffix(".part")
    # What a killed writer left goes; a link under that name is never written through.
    with suppress(FileNotFoundError):
        os.unlink(scratch)
    with open(scratch, "xb") as file:
        for part in (head, tables, postings.tobytes(), *(byte_texts[r] for r in rows)):
            file.write(part)
        file.flush()
        os.fsync(file.fileno())
    os.replace(scratch, path)
    return Written(len(rows), crc32(tables))


def _postings(
    texts: Sequence[str],
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint16]]:
    parts = [_keys(texts[at : at + _PART], at) for at in range(0, len(texts), _PART)]
    keys = np.concatenate(parts)
    del parts
    keys.sort()
    first = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    keys = keys[first]
    starts = np.arange(1 << char_ngrams.BITS, dtype=np.uint32) << np.uint32(16)
    offsets = np.append(np.searchsorted(keys, starts), len(keys)).astype(np.uint32)
    return offsets, (keys & np.uint32(0xFFFF)).astype(np.uint16)


def _keys(texts: Sequence[str], start: int) -> npt.NDArray[np.uint32]:
    """Return bucket and row of each gram in one number, for rows from ``start`` on."""
    points = char_ngrams.codes(
        char_ngrams.SEPARATOR.join(texts) + char_ngrams.SEPARATOR * 2
    )
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    rows = np.repeat(np.arange(len(texts), dtype=np.uint32), lengths + 1)
    inside = (points[:-1] != 0) & (points[1:] != 0)
    short = (lengths <= char_ngrams.SHORT_ROW)[rows] & (points[:-1] != 0)
    pairs = (char_ngrams.buckets(points)[inside] << np.uint32(16)) | (
        rows[inside] + start
    )
    single = (char_ngrams.singles(points[:-1][short]) << np.uint32(16)) | (
        rows[short] + start
    )
    return np.concatenate([pairs, single]).astype(np.uint32)


def _ends(rows: int, runs: int, bits: int, postings: int, units: int) -> list[int]:
    sizes = (runs * 8, rows * 4, ((1 << bits) + 1) * 4, postings * 2, units * 2)
    total, ends = _HEADER.size, []
    for size in sizes:
        total += size
        ends.append(total)
    return ends

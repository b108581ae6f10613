"""The answer of a run: the mentions of all chunks in the order of the documents."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from termbank.mining.miner import Miner
from termbank.mining.names.document_consistency import apply_known_names

from .checkpoint import keys_of
from .kernels import packed
from .names_by_key import NamesByKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .checkpoint import Chunk

# Chunks held at once: those of the runs that a growing collection was mined in.
_CHUNKS_HELD: Final = 8
_ABSENT: Final = -1


class Answer:
    """The settled mentions of a collection.

    Args:
        documents: As :func:`.document_list.listed_documents` returns them.
        chunks: What was mined; documents that are not listed are left out.
        scratch: An empty folder.
        memory: Bytes to use at most for what all chunks share, about.
    """

    def __init__(
        self,
        documents: pl.DataFrame,
        chunks: Sequence[Chunk],
        scratch: Path,
        memory: int,
    ) -> None:
        owners = _chunk_of_each(documents, chunks)
        self._documents = documents.with_columns(chunk=pl.Series(owners))
        used = self._documents.filter(pl.col("chunk") != _ABSENT)
        self._of_chunk = {
            int(key[0]): part["doc_id"]
            for key, part in used.partition_by("chunk", as_dict=True).items()
        }
        self._chunks = chunks
        self._scratch = scratch
        self._numbers = sorted(self._of_chunk)
        forms = [self._forms(number) for number in self._numbers]
        self._names = NamesByKey(forms, scratch, memory)
        self._held: dict[int, tuple[pl.DataFrame, dict[str, tuple[int, int]]]] = {}

    @property
    def unused(self) -> list[Chunk]:
        """The chunks of which no document is listed."""
        numbers = range(len(self._chunks))
        return [self._chunks[n] for n in numbers if n not in self._of_chunk]

    def tables(self) -> Iterator[tuple[int | None, str, pl.DataFrame]]:
        """Yield year, source and mentions, document after document."""
        columns = self._documents.select("chunk", "year", "source", "doc_id")
        rows = columns.with_columns(pl.col("source").cast(pl.String)).iter_rows()
        for (chunk, year, source), group in groupby(rows, lambda row: row[:3]):
            if chunk == _ABSENT:
                continue
            mentions, places = self._settled(chunk)
            all_places = (places.get(row[3]) for row in group)
            slices = list(_joined(place for place in all_places if place))
            if slices:
                cut = [mentions[start:end] for start, end in slices]
                yield year, source, pl.concat(cut)

    def _forms(self, number: int) -> Path:
        """Return the file of the forms of a chunk, of its listed documents alone."""
        chunk = self._chunks[number]
        count = pl.scan_parquet(chunk.file("documents")).select(pl.len()).collect()
        if count.item() == len(self._of_chunk[number]):
            return chunk.file("forms")
        path = self._scratch / f"forms-{number:08}.parquet"
        path.write_bytes(packed(self._mentions(number)).forms)
        return path

    def _mentions(self, number: int) -> pl.DataFrame:
        mentions = pl.read_parquet(self._chunks[number].file("mentions"))
        ids = self._of_chunk[number]
        return mentions.filter(pl.col("doc_id").is_in(ids.implode()))

    def _settled(self, number: int) -> tuple[pl.DataFrame, dict[str, tuple[int, int]]]:
        """Return the mentions of a chunk, and the rows of each of its documents."""
        chunk = self._held.pop(number, None)
        if chunk is None:
            at = self._numbers.index(number)
            names = self._names.of_chunk(at)
            mentions = apply_known_names(self._mentions(number), names)
            lengths = mentions["doc_id"].rle().struct.unnest()
            counts = lengths["len"].to_numpy().astype(np.int64)
            ends = np.cumsum(counts)
            places = zip((ends - counts).tolist(), ends.tolist(), strict=True)
            chunk = mentions, dict(zip(lengths["value"], places, strict=True))
        self._held[number] = chunk
        if len(self._held) > _CHUNKS_HELD:
            del self._held[next(iter(self._held))]
        return chunk


def _chunk_of_each(
    documents: pl.DataFrame, chunks: Sequence[Chunk]
) -> NDArray[np.int64]:
    """Return the number of the chunk that holds each document, -1 for none."""
    keys, owners = keys_of(chunks)
    document_keys = documents["key"].to_numpy()
    if not len(keys):
        return np.full(len(document_keys), _ABSENT)
    at = np.minimum(np.searchsorted(keys, document_keys), len(keys) - 1)
    return np.where(keys[at] == document_keys, owners[at], _ABSENT)


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the same ranges, those that follow each other as one."""
    start = end = 0
    for first, last in places:
        if first != end:
            if end > start:
                yield start, end
            start = first
        end = last
    if end > start:
        yield start, end


def exact_batches(tables: Iterable[pl.DataFrame], size: int) -> Iterator[pl.DataFrame]:
    """Yield the same rows in frames of ``size`` rows; the last may be shorter.

    What is written does not tell then how the work was cut.
    """
    waiting: list[pl.DataFrame] = [Miner.empty()]
    total = 0
    for table in tables:
        waiting.append(table)
        total += table.height
        while total >= size:
            whole = pl.concat(waiting)
            yield whole[:size]
            waiting, total = [whole[size:]], total - size
    if total:
        yield pl.concat(waiting)

"""The kernels of mining: documents in, mentions out, in whatever process.

A miner cannot be pickled: each process makes its own by name and keeps it, with the
words it met, for the next part. What a miner finds does not depend on what it read
before, or beside (tests).
"""

from __future__ import annotations

import gc
import io
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import polars as pl

from termbank.mining.miner import Miner
from termbank.mining.names.document_consistency import counted_forms
from termbank.mining.tokens.text_chunks import batches
from termbank.sources.collection import Document

if TYPE_CHECKING:
    from collections.abc import Iterable

# Code points of a chunk: some seconds of work, which is what a lost worker costs.
CHUNK_SIZE: Final = 500_000
# Rows of a row group of the table of forms: what a read by key takes in too much.
_FORMS_GROUP: Final = 4_096
_COLUMNS: Final = ("doc_id", "uri", "lang", "text")


class Settings(NamedTuple):
    """What a worker needs to make its own miner."""

    tokeniser: str = "sudachi"
    dictionary: str | None = None
    names: str = "best"


class MinedChunk(NamedTuple):
    """The result of a chunk, as files of Parquet.

    Attributes:
        mentions: Before names of other chunks are taken over.
        forms: How often each form is a name, and how often it stands alone without
            being one: what the chunk tells the others.
    """

    mentions: bytes
    forms: bytes


_idle: dict[Settings, Miner] = {}


def mine_documents(documents: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """Return the mentions of some documents, before names are agreed on."""
    miner = _idle.pop(settings, None) or Miner(*settings)
    rows = documents.select(*_COLUMNS).iter_rows()
    stretches = batches(Document._make((*row, None)) for row in rows)
    mentions = pl.concat([Miner.empty(), *map(miner.mentions, stretches)])
    # Reached only without an error: a miner that stopped half-way is dropped.
    _idle[settings] = miner
    return mentions


def mine_chunk(documents: pl.DataFrame, settings: Settings) -> MinedChunk:
    """Return mentions and forms of some documents as Parquet."""
    return packed(mine_documents(documents, settings))


def packed(mentions: pl.DataFrame) -> MinedChunk:
    """Return mentions, and the forms that are counted in them, as Parquet."""
    return MinedChunk(_parquet(mentions), _parquet(_keyed(mentions), _FORMS_GROUP))


def miner_version(_: None, settings: Settings) -> str:
    """Return by what mentions are made: miner, tokeniser, dictionary and their versions."""
    miner = _idle.pop(settings, None) or Miner(*settings)
    _idle[settings] = miner
    return miner.version


def forget_miners() -> None:
    """Drop the miners this process keeps, and the words they met (some 250 MB)."""
    _idle.clear()
    gc.collect()  # their parts refer to one another


def parts_of(
    rows: Iterable[Document], size: int = CHUNK_SIZE
) -> Iterable[pl.DataFrame]:
    """Yield documents in frames of about ``size`` code points, none cut in two."""
    group: list[tuple[str, str, str, str]] = []
    total = 0
    for row in rows:
        group.append(row[:4])
        total += len(row.text)
        if total >= size:
            yield part_of(group)
            group, total = [], 0
    if group:
        yield part_of(group)


def part_of(rows: list[tuple[str, str, str, str]]) -> pl.DataFrame:
    """Return doc_id, uri, lang and text of documents as a frame."""
    return pl.DataFrame(rows, schema=dict.fromkeys(_COLUMNS, pl.String), orient="row")


def _keyed(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return the forms in order of a key that is the same on every machine."""
    forms = counted_forms(mentions)
    keys = [crc32(form.encode()) for form in forms["surface"]]
    key = pl.Series("key", keys, dtype=pl.UInt32)
    return forms.with_columns(key).sort("key", "surface", "kind")


def _parquet(frame: pl.DataFrame, group: int | None = None) -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file, compression="lz4", row_group_size=group)
    return file.getvalue()

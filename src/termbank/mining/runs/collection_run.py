"""The steps of a run: what is new is mined, chunks are kept, the answer is written."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

from termbank.engines import Kernel, running_engine
from termbank.text.language_tags import primary_language

from .checkpoint import document_key, keys_of
from .document_list import DocumentList
from .kernels import CHUNK_SIZE, forget_miners, part_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from termbank.engines import Engine
    from termbank.sources.collection import Document

    from .checkpoint import Checkpoint
    from .kernels import Settings
    from .shard import Shard

_LIST: Final = "documents"
_HERE: Final = "termbank.mining.runs.kernels"


class Place(NamedTuple):
    """Where a document stands among the sources.

    Attributes:
        unit: Number of the source.
        record: Number of the document in it.
    """

    unit: int
    record: int


class Work(NamedTuple):
    """How a run is done.

    Attributes:
        engine: Name of the engine.
        workers: At once; None for the engine's choice.
        address: Of a cluster.
    """

    engine: str = "serial"
    workers: int | None = None
    address: str | None = None


def list_folder(folder: Path) -> Path:
    """Return the folder of the list of documents in that of a run."""
    return folder / _LIST


def mine_into(
    checkpoint: Checkpoint,
    documents: Iterable[tuple[Place, Document]],
    settings: Settings,
    work: Work,
    shard: Shard | None = None,
) -> None:
    """Mine what a checkpoint lacks of some documents, and list all of them.

    Args:
        checkpoint: Takes the chunks as they are done.
        documents: All of the collection, in order; those of other shards are passed
            over.
        settings: Of the miners.
        work: How it is done.
        shard: Which part of the collection; None for all of it.
    """
    with running_engine(work.engine, work.workers, work.address) as engine:
        (version,) = engine.map(Kernel(f"{_HERE}:miner_version", (settings,)), [None])
        checkpoint.begin(settings, version, shard)
        _mine_new(
            checkpoint,
            documents,
            Kernel(f"{_HERE}:mine_chunk", (settings,)),
            engine,
            shard,
        )
    if work.engine == "serial":
        forget_miners()


def _mine_new(
    checkpoint: Checkpoint,
    documents: Iterable[tuple[Place, Document]],
    kernel: Kernel,
    engine: Engine,
    shard: Shard | None,
) -> None:
    known_keys, _ = keys_of(checkpoint.chunks)
    document_list = DocumentList(list_folder(checkpoint.folder))
    waiting: deque[pl.DataFrame] = deque()

    def parts() -> Iterator[pl.DataFrame]:
        new = _new_documents(documents, document_list, known_keys, shard)
        for group in _groups(new, CHUNK_SIZE):
            keys = pl.Series("key", [key for key, _ in group], dtype=pl.UInt64)
            rows = part_of([document[:4] for _, document in group])
            waiting.append(rows.select("doc_id").with_columns(keys))
            yield rows

    for mentions in engine.map(kernel, parts()):
        checkpoint.add(mentions, waiting.popleft())
    document_list.close()


def _new_documents(
    documents: Iterable[tuple[Place, Document]],
    listed: DocumentList,
    known: NDArray[np.uint64],
    shard: Shard | None,
) -> Iterator[tuple[int, Document]]:
    """Yield key and document of what is in no chunk; list all, each text once."""
    identities: set[int] = set()
    for place, document in documents:
        if shard is not None and not shard.holds(*place):
            continue
        identity = int(document.doc_id, 16)
        if identity in identities:
            continue
        identities.add(identity)
        key = document_key(document)
        listed.add(*place, key, document)
        at = int(np.searchsorted(known, np.uint64(key)))
        is_known = at < len(known) and int(known[at]) == key
        if not is_known and primary_language(document.lang) == "ja":
            yield key, document


def _groups(
    documents: Iterable[tuple[int, Document]], size: int
) -> Iterator[list[tuple[int, Document]]]:
    group: list[tuple[int, Document]] = []
    total = 0
    for key, document in documents:
        group.append((key, document))
        total += len(document.text)
        if total >= size:
            yield group
            group, total = [], 0
    if group:
        yield group

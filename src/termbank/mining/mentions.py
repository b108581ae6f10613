"""From documents to MENTIONS: in memory, to a file, and in runs that can be resumed."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, Final, NamedTuple, overload

import polars as pl

from termbank.arguments import refuse_other_frames, require_path
from termbank.atomic_files import os_errors, scratch_folder
from termbank.engines import Kernel, chosen_engine, running_engine
from termbank.engines.memory_limit import parse_memory
from termbank.errors import ConfigError, InputError
from termbank.messages import say
from termbank.mining.names.document_consistency import (
    apply_known_names,
    evidence_of_names,
    known_names,
)
from termbank.mining.runs.checkpoint import Checkpoint
from termbank.mining.runs.collection_run import Place, Work, mine_into
from termbank.mining.runs.joining import answer_of
from termbank.mining.runs.kernels import Settings, parts_of
from termbank.mining.runs.shard import Shard, parse_shard
from termbank.mining.runs.targets import (
    require_partition,
    write_data_set,
    write_file,
)
from termbank.schemas import Documents, Mentions, check_frame
from termbank.sources import collection
from termbank.tokenise import chosen_dictionary

from .miner import Miner

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import dataframely as dy

    Sources = str | Path | Sequence[str | Path] | pl.DataFrame

    from termbank.sources.collection import Document
    from termbank.sources.paths import Skipped

# From this many bytes of text on, starting processes takes less time than it spares:
# a worker starts in about a second and mines half a megabyte in one.
_LARGE: Final = 8 << 20


@overload
def mine(
    sources: Sources,
    *,
    tokeniser: str = "sudachi",
    dictionary: str | None = None,
    names: str = "best",
    workers: int | None = None,
    engine: str | None = None,
    address: str | None = None,
    to: None = None,
    partition_by: str | None = None,
    checkpoint: str | Path | None = None,
    resume: bool = False,
    shard: str | None = None,
    memory: str | int | None = None,
    skipped: list[Skipped] | None = None,
) -> dy.DataFrame[Mentions]: ...


@overload
def mine(
    sources: Sources,
    *,
    tokeniser: str = "sudachi",
    dictionary: str | None = None,
    names: str = "best",
    workers: int | None = None,
    engine: str | None = None,
    address: str | None = None,
    to: str | Path,
    partition_by: str | None = None,
    checkpoint: str | Path | None = None,
    resume: bool = False,
    shard: str | None = None,
    memory: str | int | None = None,
    skipped: list[Skipped] | None = None,
) -> pl.LazyFrame: ...


def mine(  # noqa: PLR0913  # settings of a job, each with a default
    sources: Sources,
    *,
    tokeniser: str = "sudachi",
    dictionary: str | None = None,
    names: str = "best",
    workers: int | None = None,
    engine: str | None = None,
    address: str | None = None,
    to: str | Path | None = None,
    partition_by: str | None = None,
    checkpoint: str | Path | None = None,
    resume: bool = False,
    shard: str | None = None,
    memory: str | int | None = None,
    skipped: list[Skipped] | None = None,
) -> dy.DataFrame[Mentions] | pl.LazyFrame:
    """Return the names and term candidates of documents.

    Args:
        sources: Files, folders, globs, archives and addresses (:mod:`termbank.sources`),
            or a frame of schema ``Documents``, which :func:`termbank.documents` makes
            from texts. Documents in other languages than Japanese are passed over.
        tokeniser: sudachi, scripts, or one that another package offers.
        dictionary: full, core or small; None takes the one of the project's settings, else
            the best installed.
        names: best finds names by the trained model where its file is installed, else
            by rule; rules never asks the model.
        workers: Processes to mine in; None for one a processor.
        engine: serial, processes, ray, or one that another package offers. None takes
            processes for more than 8 MB of text or where ``workers`` asks for them. The
            result does not depend on it.
        address: Of a cluster, for the engine ray; None starts one here.
        to: Parquet file to write instead of returning a frame in memory. Memory then
            does not grow with the text.
        partition_by: With ``to``, write a folder of files instead, parted by year (of
            publication, from the source or its file name) or source (folder).
        checkpoint: Folder to keep what is mined in, chunk by chunk.
        resume: Whether ``checkpoint`` may hold an earlier run: what is there is not mined
            again, be it that the run was stopped or that the collection has grown. The
            result is that of a run from scratch.
        shard: ``i/n`` mines the i-th of n parts of the sources into ``checkpoint``;
            :func:`termbank.mining.join_shards` makes the answer of all parts.
        memory: Most memory to use for what all chunks share, about: ``2GB``. None for
            1 GB.
        skipped: Takes in the files of folders and globs that cannot be read, with the
            reason. Without it such a file is an error, and ends the run.

    Returns:
        Rows ordered by document (as given), start and end. Names have the kinds
        person, place, organization, product and event; all else is ``term``. Nested
        names and the parts of a compound are rows of their own. A name found in one
        document is found in all. With ``to``, a LazyFrame over what was written; with
        ``shard``, one over the mentions of the shard, before names of other shards are
        taken over.

    Raises:
        ConfigError: ``names`` is neither best nor rules, ``workers`` is below 1, or
            settings that belong together are not.
        InputError: A source cannot be read, or holds no document; the checkpoint holds a
            run and ``resume`` is not set.
        PluginError: Tokeniser, dictionary or engine is not installed.
        EngineError: Workers died again and again over the same part.

    >>> import termbank
    >>> found = mine(termbank.documents(["ゼレンスキー大統領はキーウで会談した。"]))
    >>> found.filter(found["kind"] != "term")["surface"].to_list()
    ['ゼレンスキー', 'キーウ']
    """
    _require_sources(sources)
    if names not in ("best", "rules"):
        raise ConfigError("names", names, "best | rules")
    if workers is not None and workers < 1:
        raise ConfigError("workers", str(workers), say("1 以上", "1 or more"))
    _require_fitting(to, partition_by, checkpoint, resume, shard)
    if not isinstance(sources, str | Path | pl.DataFrame):
        sources = list(sources)
    settings = Settings(tokeniser, chosen_dictionary(dictionary), names)
    name = chosen_engine(engine, workers, large=_is_large(sources, engine, workers))
    work = Work(name, workers, address)
    limit = parse_memory(memory)
    if to is None and checkpoint is None:
        return _mined_in_memory(_documents(sources, None, skipped), settings, work)
    run = _Run(
        to=None if to is None else Path(to),
        partition_by=partition_by,
        checkpoint=None if checkpoint is None else Path(checkpoint),
        resume=resume,
        shard=None if shard is None else parse_shard(shard),
        memory=limit,
        skipped=skipped,
    )
    return _mined_in_chunks(sources, settings, work, run)


class _Run(NamedTuple):
    """Where a run keeps its chunks and writes its answer."""

    to: Path | None
    partition_by: str | None
    checkpoint: Path | None
    resume: bool
    shard: Shard | None
    memory: int
    skipped: list[Skipped] | None


def _mined_in_memory(
    documents: Iterator[tuple[Place, Document]], settings: Settings, work: Work
) -> dy.DataFrame[Mentions]:
    kernel = Kernel("termbank.mining.runs.kernels:mine_documents", (settings,))
    parts = parts_of(_distinct(document for _, document in documents))
    with running_engine(work.engine, work.workers, work.address) as engine:
        frame = pl.concat([Miner.empty(), *engine.map(kernel, parts)])
    name_table = known_names(evidence_of_names(frame))
    return Mentions.cast(apply_known_names(frame, name_table))


def _mined_in_chunks(
    sources: Any, settings: Settings, work: Work, run: _Run
) -> dy.DataFrame[Mentions] | pl.LazyFrame:
    with ExitStack() as stack:
        target = run.to.parent if run.to is not None else Path(gettempdir())
        with os_errors(target):
            target.mkdir(parents=True, exist_ok=True)
        folder = run.checkpoint
        if folder is None:
            folder = Path(stack.enter_context(scratch_folder(str(target))), "run")
        checkpoint = Checkpoint(folder, resume=run.resume)
        documents = _documents(sources, run.shard, run.skipped)
        mine_into(checkpoint, documents, settings, work, run.shard)
        checkpoint.end(_source_names(sources))
        if run.shard is not None:
            files = [chunk.file("mentions") for chunk in checkpoint.chunks]
            return pl.scan_parquet(files) if files else Miner.empty().lazy()
        answer = stack.enter_context(answer_of([checkpoint], target, run.memory))
        checkpoint.remove(answer.unused)
        if run.to is None:
            tables = (table for _, _, table in answer.tables())
            return Mentions.cast(pl.concat([Miner.empty(), *tables]))
        if run.partition_by:
            return write_data_set(answer, run.to, run.partition_by)
        return write_file(answer, run.to)


def _require_sources(sources: Any) -> None:
    right = say(
        "ファイル・フォルダー・glob か DOCUMENTS のフレーム (termbank.documents)",
        "files, folders, globs, or a frame DOCUMENTS (termbank.documents)",
    )
    refuse_other_frames("sources", sources, right)
    several = hasattr(sources, "__iter__") and not isinstance(sources, bytes)
    if not several and not isinstance(sources, os.PathLike):
        source_text = f"{type(sources).__name__} {sources!r}"[:80]
        raise InputError("sources", source_text, right)
    if isinstance(sources, list | tuple):
        for number, source in enumerate(sources):
            require_path(f"sources[{number}]", source)


def _require_fitting(
    to: object, by: str | None, checkpoint: object, resume: bool, shard: str | None
) -> None:
    """Refuse settings that need another one, or exclude it."""
    require_partition(by)
    requirements = (
        ("resume", resume, "checkpoint", checkpoint),
        ("shard", shard, "checkpoint", checkpoint),
        ("partition_by", by, "to", to),
    )
    for name, value, other, there in requirements:
        if value and there is None:
            raise ConfigError(name, str(value), say(f"{other} も", f"with {other}"))
    if shard is not None and to is not None:
        right = say("to なし (後で join-shards)", "without to: join-shards writes it")
        raise ConfigError("shard", shard, right)


def _is_large(sources: Any, engine: str | None, workers: int | None) -> bool:
    if engine is not None or workers is not None:
        return False  # nobody asks
    if isinstance(sources, pl.DataFrame):
        if "text" not in sources.columns:
            return False  # refused where the frame is checked
        return int(sources["text"].str.len_bytes().sum()) > _LARGE
    return collection.size_of(sources) > _LARGE


def _source_names(sources: Any) -> list[str]:
    if isinstance(sources, pl.DataFrame):
        return sources["doc_id"].to_list()
    return collection.units(sources)


def _documents(
    sources: Any, shard: Shard | None, skipped: list[Skipped] | None
) -> Iterator[tuple[Place, Document]]:
    if not isinstance(sources, pl.DataFrame):
        holds = shard.holds if shard else None
        for place, row in collection.numbered(sources, skipped=skipped, holds=holds):
            yield Place(*place), row
        return
    frame = check_frame(Documents, sources, "sources")
    for number, values in enumerate(frame.iter_rows()):
        yield Place(0, number), collection.Document._make(values)


def _distinct(rows: Iterator[Document]) -> Iterator[Document]:
    doc_ids: set[str] = set()
    for row in rows:
        if row.doc_id not in doc_ids:
            doc_ids.add(row.doc_id)
            yield row

"""The answer of a whole collection, from one run or from all shards of one."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.atomic_files import scratch_folder
from termbank.engines.memory_limit import parse_memory
from termbank.errors import InputError
from termbank.messages import say

from .checkpoint import Checkpoint
from .collection_run import list_folder
from .document_list import listed_documents
from .ordered_output import Answer
from .targets import require_partition, write_data_set, write_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl


@contextmanager
def answer_of(
    runs: Sequence[Checkpoint], scratch_parent: Path, memory: int
) -> Iterator[Answer]:
    """Give the answer of some runs that are complete; what is in between goes after."""
    chunks = [chunk for run in runs for chunk in run.chunks]
    documents = listed_documents([list_folder(run.folder) for run in runs])
    with scratch_folder(str(scratch_parent)) as name:
        # A quarter: evidence is counted and joined while other things are held.
        yield Answer(documents, chunks, Path(name), memory // 4)


def join_shards(
    folders: Sequence[str | Path],
    *,
    to: str | Path,
    partition_by: str | None = None,
    memory: str | int | None = None,
) -> pl.LazyFrame:
    """Write the mentions of a collection whose shards were mined one by one.

    The bytes are those of a run without shards.

    Args:
        folders: The checkpoints of all shards, in any order.
        to: Parquet file to write; with ``partition_by``, a folder.
        partition_by: year (of publication) or source (folder of the document).
        memory: Most memory to use, about: ``2GB``. None for 1 GB.

    Raises:
        InputError: A folder holds no complete run; a shard is missing or there twice;
            the shards were made by other versions or settings, or from other sources.
        ConfigError: ``partition_by`` or ``memory`` is none of these.
    """
    require_partition(partition_by)
    limit = parse_memory(memory)
    runs = complete_shards(folders)
    target = Path(to)
    target.parent.mkdir(parents=True, exist_ok=True)
    with answer_of(runs, target.parent, limit) as answer:
        if partition_by:
            return write_data_set(answer, target, partition_by)
        return write_file(answer, target)


def complete_shards(folders: Sequence[str | Path]) -> list[Checkpoint]:
    """Return the runs of all shards of a job, in the order of their numbers.

    Raises:
        InputError: As :func:`join_shards`.
    """
    if not folders:
        raise InputError("", say("フォルダーがありません", "no folder"), _wanted())
    runs = [Checkpoint(_existing(Path(folder)), resume=True) for folder in folders]
    for run in runs:
        if not run.run.get("complete"):
            problem = say("途中で止まったシャード", "a shard that is not complete")
            right = say("--resume で続ける", "another run with --resume")
            raise InputError(str(run.folder), problem, right)
    first = runs[0]
    for run in runs[1:]:
        for field in ("identity", "sources"):
            if run.run[field] != first.run[field]:
                raise InputError(str(run.folder), *_difference(field, first))
    runs.sort(key=lambda run: run.run["shard"])
    _refuse_gaps(runs)
    for run in runs:
        run.load()
    return runs


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        problem = say("フォルダーがありません", "no such folder")
        raise InputError(str(folder), problem, _wanted())
    return folder


def _refuse_gaps(runs: Sequence[Checkpoint]) -> None:
    numbers = [tuple(run.run["shard"] or (1, 1)) for run in runs]
    count = numbers[0][1]
    there = [number for number, _ in numbers]
    missing = sorted(set(range(1, count + 1)) - set(there))
    if any(n != count for _, n in numbers) or len(set(there)) < len(there):
        shards = ", ".join(f"{number}/{n}" for number, n in numbers)
        raise InputError(str(runs[0].folder), shards, f"1/{count} … {count}/{count}")
    if missing:
        names = ", ".join(f"{number}/{count}" for number in missing)
        problem = say(f"足りないシャード {names}", f"shards missing: {names}")
        raise InputError(str(runs[0].folder), problem, f"1/{count} … {count}/{count}")


def _difference(what: str, first: Checkpoint) -> tuple[str, str]:
    right = say(f"{first.folder} と同じ", f"the same as in {first.folder}")
    if what == "sources":
        return say("別の入力のシャード", "a shard of other sources"), right
    return (
        say("設定・辞書・版が違うシャード", "a shard of other settings or versions"),
        right,
    )


def _wanted() -> str:
    return "termbank mine --shard i/n --checkpoint DIR"

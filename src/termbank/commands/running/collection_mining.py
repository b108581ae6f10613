"""A collection mined from the command line: in chunks, in shards, into files."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

from termbank.atomic_files import scratch_folder
from termbank.commands.mention_places import add_places
from termbank.messages import say

from .engine_arguments import engine_of
from .mined_rows import CANDIDATE_COLUMNS, MENTION_COLUMNS, show_rows

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    import polars as pl

    from termbank.sources.paths import Skipped


def is_run(args: Namespace) -> bool:
    """Whether a line asks for more than a table of what is mined in memory."""
    options = args.checkpoint, args.shard, args.output, args.partition_by, args.memory
    return args.resume or any(value is not None for value in options)


def mine_collection(args: Namespace) -> int:
    """Mine in chunks, then print what was asked for or say what was written."""
    _refuse_views(args)
    with ExitStack() as stack:
        checkpoint = args.checkpoint
        if checkpoint is None and args.output is None:
            checkpoint = Path(stack.enter_context(scratch_folder(gettempdir())), "run")
        mentions = _mine(args, checkpoint)
        if args.shard is not None:
            _print_next_step(args)
        elif args.output is not None:
            print_target(args.output)
        else:
            show_answer(mentions, args, [checkpoint])
    return 0


def _mine(args: Namespace, checkpoint: Path | None) -> Any:
    from termbank.mining import mine

    skips: list[Skipped] = []
    try:
        return mine(
            args.sources,
            tokeniser=args.tokeniser,
            dictionary=args.dictionary,
            names=args.names,
            to=args.output,
            partition_by=args.partition_by,
            checkpoint=checkpoint,
            resume=args.resume,
            shard=args.shard,
            memory=args.memory,
            skipped=skips,
            **engine_of(args),
        )
    except KeyboardInterrupt:
        _print_how_to_go_on(args)
        raise
    finally:
        for path, reason in skips:
            reading = say("読みません", "skipped")
            print(f"{path}: {reading}: {reason}", file=sys.stderr)


def show_answer(
    mentions: pl.DataFrame, args: Namespace, folders: Sequence[str | Path]
) -> None:
    """Print the mentions, or the candidates among them, with their places.

    Args:
        mentions: Of the whole collection.
        args: With the arguments of ``add_ranking`` and ``--mentions``.
        folders: Checkpoints, which list the documents.
    """
    from termbank.mining import candidates

    if args.mentions:
        show_rows(_with_places(mentions, folders, "doc_id"), args, MENTION_COLUMNS)
        return
    ranking = candidates(mentions, by=args.by, measure=args.measure)
    show_rows(_with_places(ranking, folders, "example_doc"), args, CANDIDATE_COLUMNS)


def print_target(target: Path) -> None:
    """Say what was written."""
    print(say(f"{target} を書き出しました", f"wrote {target}"), file=sys.stderr)


def _with_places(
    table: pl.DataFrame, folders: Sequence[str | Path], column: str
) -> pl.DataFrame:
    from termbank.mining.runs.collection_run import list_folder
    from termbank.mining.runs.document_list import places_of

    lists = [list_folder(Path(folder)) for folder in folders]
    rows = places_of(lists, table[column].unique().to_list())
    return add_places(table, {row[0]: (row[1], row[2]) for row in rows.iter_rows()})


def _refuse_views(args: Namespace) -> None:
    """An account or a report needs all texts at hand."""
    from termbank.errors import ConfigError

    for flag in ("explain", "report", "new"):
        if getattr(args, flag):
            right = say(
                "--checkpoint・--output・--memory なしの実行",
                "a run without --checkpoint, --output and --memory",
            )
            raise ConfigError(f"--{flag}", str(getattr(args, flag)), right)
    requirements = (
        ("shard", "checkpoint"),
        ("resume", "checkpoint"),
        ("partition_by", "output"),
    )
    for name, other in requirements:
        if getattr(args, name) and getattr(args, other) is None:
            flag = f"--{name.replace('_', '-')}"
            right = say(f"--{other} も", f"with --{other}")
            raise ConfigError(flag, str(getattr(args, name)), right)


def _print_how_to_go_on(args: Namespace) -> None:
    if args.checkpoint is not None:
        again = say(
            "中断しました。同じ行に --resume を付けると続きから始めます",
            "stopped; the same line with --resume goes on from here",
        )
        print(again, file=sys.stderr)


def _print_next_step(args: Namespace) -> None:
    _, _, total = args.shard.partition("/")
    print(
        say(
            f"シャード {args.shard} が {args.checkpoint} にできました。"
            f"{total} 個そろったら: termbank join-shards DIR…",
            f"shard {args.shard} is in {args.checkpoint}; "
            f"with all {total}: termbank join-shards DIR…",
        ),
        file=sys.stderr,
    )

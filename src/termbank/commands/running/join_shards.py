"""``termbank join-shards DIR…``: the answer of a collection mined in shards."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

from termbank.messages import say

from .collection_mining import print_target, show_answer
from .engine_arguments import add_target
from .mined_rows import add_ranking

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    folders = say(
        "mine --shard の --checkpoint (全部)", "checkpoints of all shards of a job"
    )
    parser.add_argument("folders", nargs="+", metavar="DIR", help=folders)
    add_target(parser)
    add_ranking(parser)
    places = say("順位表ではなく出現箇所を出す", "places instead of ranked forms")
    parser.add_argument("--mentions", action="store_true", help=places)


def run(args: Namespace) -> int:
    """Write the mentions, or print what ``termbank mine`` would; return 0."""
    from termbank.atomic_files import scratch_folder
    from termbank.errors import ConfigError
    from termbank.mining import join_shards

    if args.output is not None:
        join_shards(
            args.folders,
            to=args.output,
            partition_by=args.partition_by,
            memory=args.memory,
        )
        print_target(args.output)
        return 0
    if args.partition_by is not None:
        right = say("--output も", "with --output")
        raise ConfigError("--partition-by", args.partition_by, right)
    with scratch_folder(gettempdir()) as name:
        target = Path(name, "mentions.parquet")
        mentions = join_shards(args.folders, to=target, memory=args.memory).collect()
        show_answer(mentions, args, args.folders)
    return 0

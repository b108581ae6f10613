"""Arguments of commands that run on an engine, in chunks or in shards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from termbank.messages import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_engine(parser: ArgumentParser) -> None:
    """Declare where the work is done."""
    where = say(
        "実行方式: serial、processes、ray (既定は量で選ぶ)",
        "serial, processes or ray (by default what the size asks for)",
    )
    parser.add_argument("--engine", metavar="NAME", help=where)
    count = say("並列数 (既定は CPU 数)", "at once (by default one a processor)")
    parser.add_argument("--workers", type=int, metavar="N", help=count)
    cluster = say("ray のクラスター", "cluster for ray; without it one starts here")
    parser.add_argument("--address", metavar="HOST:PORT", help=cluster)


def add_run(parser: ArgumentParser) -> None:
    """Declare how the work is kept and parted."""
    add = parser.add_argument
    keep = say("途中の結果を残すフォルダー", "folder that keeps what is done so far")
    add("--checkpoint", type=Path, metavar="DIR", help=keep)
    go_on = say(
        "続きから、または増えた分だけ",
        "go on from the checkpoint; only what is new is mined",
    )
    add("--resume", action="store_true", help=go_on)
    part = say(
        "n 個に分けた i 番目だけ (あとで join-shards)",
        "only the i-th of n parts; join-shards makes the whole",
    )
    add("--shard", metavar="i/n", help=part)


def add_target(parser: ArgumentParser) -> None:
    """Declare where a whole answer is written, and within which limits."""
    add = parser.add_argument
    path = say("全出現箇所を Parquet で書き出す", "write all places found, as Parquet")
    add("--output", "-o", type=Path, metavar="PATH", help=path)
    partition_help = say(
        "フォルダーに年別・出典別で書く", "into a folder, by year or source folder"
    )
    add("--partition-by", choices=("year", "source"), help=partition_help)
    limit = say("メモリーの上限 (例 2GB)", "most memory, such as 2GB")
    add("--memory", metavar="SIZE", help=limit)


def engine_of(args: Namespace) -> dict[str, Any]:
    """Return the arguments of :func:`add_engine` for a public function."""
    return {
        "engine": args.engine,
        "workers": args.workers,
        "address": args.address,
    }

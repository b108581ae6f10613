"""``termbank seeds verify | register``: the register of source documents."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termbank import seeds
from termbank.messages import say

from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

LONGEST_SURFACE: Final = 20  # code points; longer surfaces are running text


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    step = say(
        "verify は原稿を登録簿と照合、register は登録",
        "verify: compare the documents with the register; register: write it",
    )
    parser.add_argument("action", choices=("verify", "register"), help=step)
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("seeds"),
        metavar="DIR",
        help=say("登録簿のフォルダー", "folder of the register (default: seeds)"),
    )
    parser.add_argument(
        "--seeds",
        metavar="DIR",
        help=say(
            "原稿のフォルダー",
            "folder of the originals (default: $TERMBANK_SHARED/seeds, ../shared/seeds)",
        ),
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Verify or write the register; 0 when all agree, 1 with differences."""
    source = seeds.originals(args.seeds)
    if args.action == "register":
        count = seeds.register(source, args.folder, _names_and_terms(source))
        print(say(f"{count} 件を登録しました", f"registered {count} documents"))
        return 0
    faults = seeds.verify(args.folder, source)
    if args.format == "json":
        emit_json([fault._asdict() for fault in faults])
    elif faults:
        for fault in faults:
            print(f"{fault.path}: {fault.found} != {fault.expected}")
    else:
        _print_summary(args.folder)
    return 1 if faults else 0


def _print_summary(folder: Path) -> None:
    documents, mentions = (
        len(seeds.manifest(folder)),
        len(seeds.recorded_mentions(folder)),
    )
    print(
        say(
            f"原稿 {documents} 件と抽出結果 {mentions} 件はすべて一致しました",
            f"{documents} documents and {mentions} mentions agree",
        ),
        file=sys.stdout,
    )


def _names_and_terms(source: Path) -> pl.DataFrame:
    """Mine the originals, and keep what may be recorded.

    Overlapping candidates would let the protected text be pieced together again, so
    only names, forms of the shipped glossary and the best terms stay.
    """
    import polars as pl

    from termbank.building import TERMS_KEPT, worth_keeping
    from termbank.glossary import Glossary
    from termbank.mining import mine

    mentions = mine([source])
    norms = worth_keeping(mentions, Glossary.shipped(), terms=TERMS_KEPT)
    short = pl.col("surface").str.len_chars() <= LONGEST_SURFACE
    return mentions.filter(pl.col("norm").is_in(sorted(norms)) & short)

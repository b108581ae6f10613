"""``termbank mine``: the names and terms of documents, best first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from ..messages import say
from .display import emit_json, table

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

_SHOWN: Final = 50
_COLUMNS: Final = ("form", "reading", "kind", "mentions", "documents", "score")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="FILE",
        help=say("ファイル・フォルダー・glob", "files, folders or globs"),
    )
    parser.add_argument("--format", choices=("text", "json", "csv"), default="text")
    parser.add_argument(
        "--limit",
        type=int,
        metavar="N",
        help=say("上位 N 件 (0 はすべて)", "best N only; 0 is all (text: 50)"),
    )
    parser.add_argument(
        "--by", choices=("collection", "document"), default="collection"
    )
    parser.add_argument(
        "--measure",
        choices=("termhood", "c-value", "flr", "tf-idf"),
        default="termhood",
    )
    parser.add_argument(
        "--mentions",
        action="store_true",
        help=say("順位表ではなく出現箇所を出す", "places instead of ranked forms"),
    )
    parser.add_argument("--tokeniser", default="sudachi", metavar="NAME")
    parser.add_argument("--dictionary", choices=("full", "core", "small"))


def run(args: Namespace) -> int:
    """Print candidates or mentions; return 0."""
    from ..mining import candidates, mine

    mentions = mine(args.sources, tokeniser=args.tokeniser, dictionary=args.dictionary)
    if args.mentions:
        _show(mentions, args, ("doc_id", "start", "end", "surface", "reading", "kind"))
        return 0
    _show(candidates(mentions, by=args.by, measure=args.measure), args, _COLUMNS)
    return 0


def _show(frame: pl.DataFrame, args: Namespace, columns: tuple[str, ...]) -> None:
    limit = args.limit
    if limit is None:
        limit = _SHOWN if args.format == "text" else 0
    rows = frame.head(limit) if limit > 0 else frame
    if args.format == "csv":
        sys.stdout.write(rows.write_csv())
    elif args.format == "json":
        emit_json(rows.to_dicts())
    else:
        print(table(_cells(rows, columns), columns))
        if rows.height < frame.height:
            rest = say("件あります (--limit 0)", "rows in all (--limit 0)")
            print(f"{frame.height} {rest}", file=sys.stderr)


def _cells(rows: pl.DataFrame, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    return [
        tuple(
            f"{cell:.2f}" if isinstance(cell, float) else "" if cell is None else cell
            for cell in row
        )
        for row in rows.select(columns).iter_rows()
    ]

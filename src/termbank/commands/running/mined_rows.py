"""What was mined, as tables, JSON or CSV."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from termbank.commands.display import emit_json, table
from termbank.commands.project.labels import label
from termbank.messages import say
from termbank.terminal import DATA, write_as

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

_SHOWN: Final = 50
CANDIDATE_COLUMNS: Final = (
    *("form", "reading", "kind", "mentions", "documents", "score", "path", "line"),
)
MENTION_COLUMNS: Final = ("path", "line", "start", "end", "surface", "reading", "kind")


def add_ranking(parser: ArgumentParser) -> None:
    """Declare what is shown, and how."""
    add = parser.add_argument
    kind = say("出力形式 (既定 text)", "form of the output (default text)")
    add("--format", choices=("text", "json", "csv"), default="text", help=kind)
    best = say("上位 N 件 (0 はすべて)", "best N only; 0 is all (text: 50)")
    add("--limit", type=int, metavar="N", help=best)
    scope = say(
        "順位の範囲: 全体 (既定) か、文書ごと",
        "rank over all documents (default) or within each",
    )
    add("--by", choices=("collection", "document"), default="collection", help=scope)
    measures = ("termhood", "c-value", "flr", "tf-idf")
    score = say(
        "得点の計算法 (既定 termhood)", "how forms are scored (default termhood)"
    )
    add("--measure", choices=measures, default="termhood", help=score)


def show_rows(frame: pl.DataFrame, args: Namespace, columns: tuple[str, ...]) -> None:
    """Print the first rows of a frame in the format asked for."""
    limit = args.limit
    if limit is None:
        limit = _SHOWN if args.format == "text" else 0
    rows = frame.head(limit) if limit > 0 else frame
    if args.format == "csv":
        write_as(rows.write_csv(), DATA)
    elif args.format == "json":
        emit_json(rows.to_dicts())
    else:
        print(table(_cells(rows, columns), tuple(map(label, columns))))
        if rows.height < frame.height:
            more = say(
                f"全 {frame.height} 件中 {rows.height} 件を表示。すべて表示: --limit 0",
                f"{frame.height} rows in all (--limit 0)",
            )
            print(more, file=sys.stderr)


def _cells(rows: pl.DataFrame, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    return [
        tuple(_cell(name, value) for name, value in zip(columns, row, strict=True))
        for row in rows.select(columns).iter_rows()
    ]


def _cell(column: str, value: object) -> object:
    if isinstance(value, float):
        return f"{value:.2f}"
    if column == "kind":
        return label(str(value))
    return "" if value is None else value

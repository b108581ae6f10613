"""What the commands that write formats share: their options and the loss report."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from termbank.messages import say

from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.formats.model.concept_records import Losses

# More names than this in a loss report help nobody; --format json has them all.
_NAMED_ROWS = 20


def add_writer_options(parser: ArgumentParser) -> None:
    """Declare what writers can be asked for."""
    parser.add_argument(
        "--strict",
        action="store_true",
        help=say(
            "出力できない項目があれば書き出さない",
            "refuse to write when a field would be lost",
        ),
    )
    parser.add_argument(
        "--style",
        choices=("dca", "dct"),
        help=say("TBX の書き方", "how TBX names its data categories (default: dca)"),
    )
    parser.add_argument(
        "--source", metavar="LANG", help=say("原文の言語", "source language")
    )
    parser.add_argument(
        "--target", metavar="LANG", help=say("訳文の言語", "target language")
    )
    parser.add_argument(
        "--regions",
        action="store_true",
        help=say("en に en-US も含める", "let en stand for en-US too"),
    )
    parser.add_argument(
        "--escape-formulas",
        action="store_true",
        help=say(
            "表計算の式になるセルに ' を付ける",
            "put ' before cells a spreadsheet would run",
        ),
    )


def wanted_format(args: Namespace) -> str:
    """Return the format asked for by name, suffix and style."""
    from termbank.formats.parts import FORMATS, format_of

    name: str = args.to or format_of(args.output)
    dct_name = f"{FORMATS.aliases.get(name, name)}-dct"
    return dct_name if args.style == "dct" and dct_name in FORMATS.built_in else name


def writer_options(args: Namespace) -> dict[str, object]:
    """Return the options given, by the names writers know."""
    options = {
        "source": args.source,
        "target": args.target,
        "regions": args.regions,
        "escape": args.escape_formulas,
    }
    return {key: value for key, value in options.items() if value}


def report(losses: Losses, path: str, shape: str) -> None:
    """Show what a file could not take: text on stderr, JSON on stdout."""
    if shape == "json":
        fields = [
            {"field": field, "reason": reason, "count": count}
            for (field, reason), count in sorted(losses.fields.items())
        ]
        understood = {"understood": losses.understood} if losses.understood else {}
        report = {"path": path, "lost": losses.total, "fields": fields}
        emit_json({**report, "rows": losses.rows, **understood})
        return
    for line in losses.understood:
        print(line, file=sys.stderr)
    print(say(f"{path} を書き出しました", f"wrote {path}"), file=sys.stderr)
    if not losses:
        return
    lost = losses.total
    sentence = say(f"出力しなかった項目: {lost}", f"fields lost: {lost}")
    print(sentence, file=sys.stderr)
    for line in losses.lines():
        print(f"  {line}", file=sys.stderr)
    for line in losses.rows[:_NAMED_ROWS]:
        print(f"  {line}", file=sys.stderr)
    if len(losses.rows) > _NAMED_ROWS:
        more = len(losses.rows) - _NAMED_ROWS
        print(f"  … +{more}", file=sys.stderr)

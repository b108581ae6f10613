"""``termbank export [GLOSSARY] --to FORMAT -o FILE``: a glossary in another format."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..formats import ALIASES, FORMATS, format_of, write
from ..messages import say
from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ..formats.records import Losses

# More names than this in a loss report help nobody; --format json has them all.
_NAMED_ROWS = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "glossary",
        nargs="?",
        metavar="GLOSSARY",
        help=say(
            "用語集(フォルダーまたはファイル)。省略時は同梱の用語集",
            "folder or file; the shipped glossary where absent",
        ),
    )
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        choices=sorted({*FORMATS, *ALIASES}),
        help=say("書き出す形式", "format to write: ") + ", ".join(sorted(FORMATS)),
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help=say("出力先", "file to write"),
    )
    parser.add_argument(
        "--strict",
        action="store_true",
        help=say(
            "失われる項目があれば書かない", "refuse to write when a field would be lost"
        ),
    )
    parser.add_argument("--source", metavar="LANG", help=say("原語", "source language"))
    parser.add_argument("--target", metavar="LANG", help=say("訳語", "target language"))
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Write the file and report what was lost; 0, or 2 with ``--strict``."""
    from ..glossary import Glossary

    glossary = Glossary.read(args.glossary) if args.glossary else Glossary.shipped()
    name = args.to or format_of(args.output)
    options = {
        key: value
        for key, value in (("source", args.source), ("target", args.target))
        if value
    }
    if args.strict:
        options["strict"] = True
    losses = write(glossary, args.output, name=name, **options)
    report(losses, args.output, args.format)
    return 0


def report(losses: Losses, path: str, shape: str) -> None:
    """Show what a file could not take: text on stderr, JSON on stdout."""
    if shape == "json":
        fields = [
            {"field": field, "reason": reason, "count": count}
            for (field, reason), count in sorted(losses.fields.items())
        ]
        emit_json(
            {"path": path, "lost": losses.total, "fields": fields, "rows": losses.rows}
        )
        return
    print(say(f"{path} を書き出しました", f"wrote {path}"), file=sys.stderr)
    if not losses:
        return
    lost = losses.total
    sentence = say(f"失われた項目: {lost}", f"fields lost: {lost}")
    print(sentence, file=sys.stderr)
    for line in losses.lines():
        print(f"  {line}", file=sys.stderr)
    for line in losses.rows[:_NAMED_ROWS]:
        print(f"  {line}", file=sys.stderr)
    if len(losses.rows) > _NAMED_ROWS:
        more = len(losses.rows) - _NAMED_ROWS
        print(f"  … +{more}", file=sys.stderr)

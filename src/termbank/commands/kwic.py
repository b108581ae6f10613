"""``termbank kwic``: every place of a form in documents, with the text around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.messages import say
from termbank.text.columns import pad, width

from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("form", metavar="FORM", help=say("探す語", "the form to find"))
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="FILE",
        help=say("ファイル・フォルダー・glob", "files, folders or globs"),
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument(
        "--width",
        type=int,
        default=30,
        metavar="N",
        help=say("前後の文字数", "characters on either side"),
    )
    most = say("表示する件数 (既定はすべて)", "how many to show; default: all")
    parser.add_argument("--limit", type=int, metavar="N", help=most)


def run(args: Namespace) -> int:
    """Print the places; return 0 where there is one, else 1."""
    from itertools import islice

    from termbank.mining.keyword_in_context import concordance
    from termbank.sources import stream

    places_of_form = concordance(
        args.form, stream(args.sources), width=max(args.width, 0)
    )
    lines = list(islice(places_of_form, args.limit))
    if args.format == "json":
        emit_json([line._asdict() for line in lines])
        return 0 if lines else 1
    places = [f"{line.uri}:{line.line}" for line in lines]
    room = max((width(place) for place in places), default=0)
    left = max((width(line.left) for line in lines), default=0)
    for place, line in zip(places, lines, strict=True):
        indent = " " * (left - width(line.left))
        print(f"{pad(place, room)}  {indent}{line.left}【{line.form}】{line.right}")
    return 0 if lines else 1

"""``termbank convert IN OUT``: one file into another format, however long it is."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from termbank.formats.parts import FORMATS, readable_names, writable_names
from termbank.messages import say

from .writing import add_writer_options, report, wanted_format, writer_options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    aliases, readable, writable = FORMATS.aliases, readable_names(), writable_names()
    parser.add_argument("input", metavar="IN", help=say("元のファイル", "file to read"))
    parser.add_argument(
        "output", metavar="OUT", help=say("書き出すファイル", "file to write")
    )
    parser.add_argument(
        "--from",
        dest="given",
        metavar="FORMAT",
        choices=sorted({*readable, *aliases}),
        help=say(
            "元の形式 (既定は内容から)", "format of IN (default: told by the file)"
        ),
    )
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        choices=sorted({*writable, *aliases}),
        help=say(
            "書き出す形式 (既定は拡張子から)", "format of OUT (default: by its suffix)"
        )
        + ": "
        + ", ".join(writable),
    )
    add_writer_options(parser)
    parser.add_argument(
        "--split",
        action="store_true",
        help=say(
            "一つのセルの複数の表記 (a|b) を分ける",
            "take the spellings in one cell (a|b) apart",
        ),
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Convert and report what was lost."""
    # Elements and records hold no cycles; looking for some costs a fifth of the time.
    gc.disable()
    from termbank.formats.conversion import convert

    losses = convert(
        args.input,
        args.output,
        name=args.given,
        to=wanted_format(args),
        strict=args.strict,
        **writer_options(args),
        **({"split": True} if args.split else {}),
    )
    report(losses, args.output, args.format)
    return 0

"""``termbank merge FORM FORM…``: concepts that are one; the first one leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.messages import say

from .project_options import (
    add_project_options,
    author_of,
    project_of,
    show_change,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "left",
        metavar="FORM",
        help=say("残る概念の語形", "a form of the concept that stays"),
    )
    parser.add_argument(
        "others",
        nargs="+",
        metavar="FORM",
        help=say("まとめる概念の語形", "forms of the concepts that join it"),
    )
    parser.add_argument(
        "--lang", metavar="LANG", help=say("語形の言語", "language of the forms")
    )
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Merge the concepts and print what changed; return 0."""
    from termbank.operations.term_editing import merge

    change = merge(
        project_of(args),
        args.left,
        *args.others,
        by=author_of(args),
        lang=args.lang,
        dry=args.dry_run,
    )
    return show_change(change, args)

"""``termbank split FORM…``: forms that are another concept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.messages import say

from .project_options import (
    add_form_options,
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
        "forms",
        nargs="+",
        metavar="FORM",
        help=say(
            "語形", "forms that move to a concept of their own, the leading one first"
        ),
    )
    add_form_options(parser)
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Split the forms off and print what changed; return 0."""
    from termbank.operations.term_editing import split

    change = split(
        project_of(args),
        *args.forms,
        by=author_of(args),
        lang=args.lang,
        concept=args.concept,
        dry=args.dry_run,
    )
    return show_change(change, args)

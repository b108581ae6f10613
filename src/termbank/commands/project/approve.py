"""``termbank approve FORM…``: what the machine proposed becomes usable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.messages import say

from .project_options import add_form_options, add_project_options, edit_forms

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "forms", nargs="+", metavar="FORM", help=say("語形", "a form of each concept")
    )
    parser.add_argument(
        "--en",
        action="append",
        metavar="TEXT",
        help=say(
            "英語 (先が推奨。省略時は最初の候補)",
            "English, the first preferred; default: the first proposed",
        ),
    )
    add_form_options(parser)
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Approve the concepts and print what changed; return 0."""
    from termbank.operations.term_editing import approve

    return edit_forms(args, approve, args.forms, english=args.en or ())

"""``termbank prefer FORM``: the form to use from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.messages import say

from .project_options import add_form_options, add_project_options, edit_forms

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "form", metavar="FORM", help=say("語形", "a form of the concept")
    )
    add_form_options(parser)
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Prefer the form and print what changed; return 0."""
    from termbank.operations.term_editing import prefer

    return edit_forms(args, prefer, args.form)

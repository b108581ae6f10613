"""``termbank pull``: what the team's store changed, into the glossary's files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.commands.project.project_options import (
    add_project_options,
    author_of,
    project_of,
)
from termbank.messages import say

from .team_options import add_store_option, show_exchange

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add_store_option(parser)
    parser.add_argument(
        "--take",
        choices=("files", "store"),
        default="",
        help=say(
            "両方で変わった項目はこちらを採る",
            "whose version wins where both sides changed the same",
        ),
    )
    parser.add_argument(
        "--concept",
        action="append",
        metavar="ID",
        help=say(
            "--take の対象 (複数可、既定はすべて)",
            "what --take is for; may be repeated, default all",
        ),
    )
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Pull, and print what the files were given; 1 where both sides changed the same."""
    from termbank.operations.team.push_and_pull import pull
    from termbank.stores import open_store, required_address

    store = open_store(required_address(args.store))
    exchange = pull(
        project_of(args),
        store,
        author_of(args),
        take=args.take,
        only=args.concept or (),
        dry=args.dry_run,
    )
    return show_exchange(exchange, args)

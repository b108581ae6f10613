"""``termbank push``: what the glossary's files changed, into the team's store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.commands.project.project_options import (
    add_project_options,
    author_of,
    project_of,
)

from .team_options import add_store_option, show_exchange

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add_store_option(parser)
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Push, and print what the store was given; 1 where both sides changed the same."""
    from termbank.operations.team.push_and_pull import push
    from termbank.stores import open_store, required_address

    store = open_store(required_address(args.store))
    exchange = push(project_of(args), store, author_of(args), dry=args.dry_run)
    return show_exchange(exchange, args)

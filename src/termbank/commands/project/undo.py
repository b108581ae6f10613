"""``termbank undo``: take the last change back, or show what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.commands.display import emit_json, table
from termbank.messages import say

from .project_options import (
    add_project_options,
    author_of,
    change_as_json,
    project_of,
    show_change,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.operations.project import Project


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "number",
        nargs="?",
        type=int,
        metavar="N",
        help=say(
            "変更の番号 (既定は最後の変更)",
            "number of the change; default: the last one",
        ),
    )
    parser.add_argument(
        "--list",
        action="store_true",
        help=say("変更の一覧を示す", "show what was done, newest first"),
    )
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Undo a change, or list changes; return 0."""
    project, by = project_of(args), author_of(args)
    if args.list:
        return _list(project, args.format)
    if args.dry_run:
        change = project.to_undo(args.number)
        rows = tuple(row.inverse for row in change.rows)
        return show_change(change._replace(action="undo", rows=rows), args)
    return show_change(project.undo(by, args.number), args)


def _list(project: Project, shape: str) -> int:
    if shape == "json":
        emit_json([change_as_json(change) for change in project.history()])
        return 0
    changes = project.journal.headlines(50)
    rows = [
        (
            change.number,
            f"{change.by.when:%Y-%m-%d %H:%M}",
            change.by.who,
            change.action,
            change.subject,
            f"← {change.undone}" if change.undone else "",
        )
        for change in changes
    ]
    heads = (
        ("番号", "no."),
        ("日時", "when"),
        ("誰", "who"),
        ("操作", "what"),
        ("対象", "of what"),
        ("取り消し", "undone"),
    )
    print(table(rows, tuple(say(*head) for head in heads)))
    return 0

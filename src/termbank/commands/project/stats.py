"""``termbank stats``: what a glossary holds and what it lacks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from termbank.commands.display import emit_json, table
from termbank.messages import say

from .labels import label

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.operations.statistics import Statistics


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    own = say(
        "用語集のフォルダー (既定は設定の用語集)",
        "glossary folder; default: the project's",
    )
    parser.add_argument("--glossary", metavar="DIR", help=own)
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print the counts; return 0."""
    from termbank.operations.project import Project
    from termbank.operations.statistics import statistics

    counted = statistics(Project.find(args.glossary))
    if args.format == "json":
        emit_json(counted._asdict())
        return 0
    print(table(_rows(counted), (say("項目", "what"), say("件数", "count"))))
    waiting = sum(counted.queues.values())
    if waiting:
        print(
            say(
                f"確かめる項目: {waiting}。次は termbank review",
                f"{waiting} cards to decide: termbank review",
            ),
            file=sys.stderr,
        )
    return 0


def _rows(counted: Statistics) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [(say("概念", "concepts"), counted.concepts)]
    rows += [(f"  {label(kind)}", count) for kind, count in counted.kinds.items()]
    rows.append((say("語形", "forms"), sum(counted.terms.values())))
    rows += [(f"  {lang}", count) for lang, count in counted.terms.items()]
    rows += [(f"  {label(one)}", count) for one, count in counted.statuses.items()]
    rows += [
        (say("承認待ちの概念", "concepts to approve"), counted.proposed),
        (
            say("承認済みで英語のない概念", "approved concepts without English"),
            counted.without_english,
        ),
        (
            say("承認済みで定義のない概念", "approved concepts without a definition"),
            counted.without_definition,
        ),
        (say("決定", "decisions"), sum(counted.decisions.values())),
    ]
    rows += [(f"  {label(one)}", count) for one, count in counted.decisions.items()]
    rows += [(f"  {who}", count) for who, count in counted.people.items()]
    return rows

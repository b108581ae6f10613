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

    totals = statistics(Project.find(args.glossary))
    if args.format == "json":
        emit_json(totals._asdict())
        return 0
    print(table(_rows(totals), (say("項目", "what"), say("件数", "count"))))
    waiting = sum(totals.queues.values())
    if waiting:
        print(
            say(
                f"確かめる項目: {waiting}。次は termbank review",
                f"{waiting} cards to decide: termbank review",
            ),
            file=sys.stderr,
        )
    return 0


def _rows(totals: Statistics) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [(say("概念", "concepts"), totals.concepts)]
    rows += [(f"  {label(kind)}", count) for kind, count in totals.kinds.items()]
    rows.append((say("語形", "forms"), sum(totals.terms.values())))
    rows += [(f"  {lang}", count) for lang, count in totals.terms.items()]
    rows += [(f"  {label(value)}", count) for value, count in totals.statuses.items()]
    rows += [
        (say("承認待ちの概念", "concepts to approve"), totals.proposed),
        (
            say("承認済みで英語のない概念", "approved concepts without English"),
            totals.without_english,
        ),
        (
            say("承認済みで定義のない概念", "approved concepts without a definition"),
            totals.without_definition,
        ),
        (say("決定", "decisions"), sum(totals.decisions.values())),
    ]
    rows += [(f"  {label(value)}", count) for value, count in totals.decisions.items()]
    rows += [(f"  {who}", count) for who, count in totals.people.items()]
    return rows

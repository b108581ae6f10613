"""``termbank validate FILE…``: faults of files against the rules of their formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.formats.validation import validate
from termbank.messages import say

from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help=say("調べるファイル", "files to check")
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print one line for each fault; 0 without errors, else 1."""
    problems = [problem for path in args.files for problem in validate(path)]
    errors = sum(problem.severity == "error" for problem in problems)
    if args.format == "json":
        emit_json([problem._asdict() for problem in problems])
    else:
        for problem in problems:
            print(problem)
        warnings = len(problems) - errors
        print(
            say(
                f"誤り {errors} 件、注意 {warnings} 件",
                f"{errors} errors, {warnings} warnings",
            )
        )
    return 1 if errors else 0

"""``termbank import FILE…``: terms of a table, TBX, UTX, prh … into the glossary."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from termbank.commands.display import emit_json
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

    from termbank.operations.term_import import Imported

_SHOWN = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    files = say(
        "用語のファイル (TBX・UTX・CSV・XLSX・prh など)",
        "files of terms: TBX, UTX, CSV, XLSX, prh …",
    )
    parser.add_argument("paths", nargs="+", metavar="FILE", help=files)
    wins = say("食い違うときはファイルに従う", "let the file win where it contradicts")
    parser.add_argument("--theirs", action="store_true", help=wins)
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Import and print what is new, changed and contradictory; 1 with contradictions."""
    from termbank.operations.term_import import import_files

    outcome = import_files(
        project_of(args),
        args.paths,
        author_of(args),
        theirs=args.theirs,
        dry=args.dry_run,
    )
    if args.format == "json":
        values = outcome._asdict()
        values["change"] = change_as_json(outcome.change)
        values["contradictions"] = [
            contradiction._asdict() for contradiction in outcome.contradictions
        ]
        emit_json(values)
    else:
        _print(outcome)
        show_change(outcome.change, args)
    return 1 if outcome.contradictions else 0


def _print(outcome: Imported) -> None:
    for heading, forms in (
        (say("新しい概念", "new concepts"), outcome.new),
        (say("変わる概念", "changed concepts"), outcome.changed),
    ):
        examples = "、".join(forms[:_SHOWN])
        more = f" … +{len(forms) - _SHOWN}" if len(forms) > _SHOWN else ""
        print(f"{heading}: {len(forms)}{f'  {examples}{more}' if forms else ''}")
    print(f"{say('そのままの概念', 'unchanged concepts')}: {outcome.unchanged}")
    if outcome.contradictions:
        count = len(outcome.contradictions)
        print(
            f"{say('食い違い (用語集のまま)', 'contradictions (the glossary stands)')}: {count}"
        )
        for contradiction in outcome.contradictions[:_SHOWN]:
            print(
                f"  {contradiction.form}: {contradiction.ours} ≠ {contradiction.theirs}"
            )
        hint = say("ファイルに従うには --theirs", "--theirs lets the file win")
        print(hint, file=sys.stderr)

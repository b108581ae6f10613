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

    imported = import_files(
        project_of(args),
        args.paths,
        author_of(args),
        theirs=args.theirs,
        dry=args.dry_run,
    )
    if args.format == "json":
        shown = imported._asdict()
        shown["change"] = change_as_json(imported.change)
        shown["contradictions"] = [one._asdict() for one in imported.contradictions]
        emit_json(shown)
    else:
        _print(imported)
        show_change(imported.change, args)
    return 1 if imported.contradictions else 0


def _print(imported: Imported) -> None:
    for heading, forms in (
        (say("新しい概念", "new concepts"), imported.new),
        (say("変わる概念", "changed concepts"), imported.changed),
    ):
        listed = "、".join(forms[:_SHOWN])
        more = f" … +{len(forms) - _SHOWN}" if len(forms) > _SHOWN else ""
        print(f"{heading}: {len(forms)}{f'  {listed}{more}' if forms else ''}")
    print(f"{say('そのままの概念', 'unchanged concepts')}: {imported.unchanged}")
    if imported.contradictions:
        count = len(imported.contradictions)
        print(
            f"{say('食い違い (用語集のまま)', 'contradictions (the glossary stands)')}: {count}"
        )
        for one in imported.contradictions[:_SHOWN]:
            print(f"  {one.form}: {one.ours} ≠ {one.theirs}")
        hint = say("ファイルに従うには --theirs", "--theirs lets the file win")
        print(hint, file=sys.stderr)

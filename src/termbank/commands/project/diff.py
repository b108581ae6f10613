"""``termbank diff A [B]``: what differs between two glossaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.commands.display import emit_json
from termbank.messages import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    any_ = say("用語集 (フォルダーまたはファイル)", "glossary: a folder or a file")
    parser.add_argument("before", metavar="A", help=any_)
    own = say(
        "比べる相手 (既定はプロジェクトの用語集)",
        "the other one; default: the project's",
    )
    parser.add_argument("after", nargs="?", metavar="B", help=own)
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print what turns A into B; return 0 where they agree, else 1."""
    from termbank.config import BUILT_IN
    from termbank.glossary import Glossary
    from termbank.operations.glossary_rows import GlossaryRows
    from termbank.operations.project import Project, changed_rows

    def rows(name: str | None) -> GlossaryRows:
        if name is None:
            return Project.find().rows()
        glossary = Glossary.shipped() if name == BUILT_IN else Glossary.read(name)
        return GlossaryRows.of(glossary)

    from .project_options import row_lines

    changes = changed_rows(rows(args.before), rows(args.after))
    if args.format == "json":
        emit_json([change._asdict() for change in changes])
    elif changes:
        print("\n".join(row_lines(changes)))
    else:
        print(say("違いはありません", "no difference"))
    return 1 if changes else 0

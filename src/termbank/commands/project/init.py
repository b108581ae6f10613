"""``termbank init``: settings and a glossary of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.messages import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    here = say(
        "プロジェクトのフォルダー (既定は今のフォルダー)",
        "folder of the project; default: this one",
    )
    add("folder", nargs="?", default=".", metavar="DIR", help=here)
    name = say("用語集のフォルダー名", "name of the glossary folder")
    add("--name", default="glossary", metavar="NAME", help=name)
    own = say(
        "手持ちの用語集から始める (複数可)",
        "start from a list you own; may be repeated",
    )
    add("--from", dest="sources", nargs="+", default=[], metavar="FILE", help=own)
    add("--who", metavar="NAME", help=say("担当者の名前", "who does it"))
    add("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Write the settings and the glossary; return 0."""
    from termbank.commands.display import emit_json
    from termbank.errors import ConfigError
    from termbank.operations.beginning import begin
    from termbank.stores.addresses import is_address

    from .project_options import author_of

    if is_address(args.folder):
        raise ConfigError(
            "DIR",
            say("ストアのアドレス", "the address of a store"),
            say(
                "フォルダー。ストアは termbank store init で作る",
                "a folder; termbank store init makes a store",
            ),
        )
    project, count = begin(
        Path(args.folder), args.sources, author_of(args), glossary=args.name
    )
    if args.format == "json":
        emit_json({"glossary": str(project.folder), "concepts": count})
        return 0
    print(
        say(
            f"用語集を {project.folder} に用意しました ({count} 概念)",
            f"the glossary is in {project.folder} ({count} concepts)",
        )
    )
    after = "termbank build docs/" if not args.sources else "termbank stats"
    print(say(f"次は: {after}", f"next: {after}"), file=sys.stderr)
    return 0

"""``termbank variants FILES…``: words spelled several ways, without a glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.config import settings
from termbank.messages import say

from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.reconciliation.relations.inconsistent_spellings import Mixture


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="FILE",
        help=say(
            "原稿: ファイル、フォルダー、glob", "documents: files, folders, globs"
        ),
    )
    parser.add_argument(
        "--profile",
        help=say("提案する表記の選び方", "how the spelling to propose is chosen")
        + ": majority | kokuji | jis | jtf | authority",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print one line a word, the proposed spelling first; return 1 if there is any."""
    from termbank.reconciliation.relations.inconsistent_spellings import mixtures
    from termbank.sources import read

    texts = read(args.paths)["text"].to_list()
    found = mixtures(texts, profile=args.profile or settings().profile)
    if args.format == "json":
        emit_json([mixture._asdict() for mixture in found])
    else:
        for mixture in found:
            print(_line(mixture))
    return 1 if found else 0


def _line(mixture: Mixture) -> str:
    return " ".join(f"{form}({count})" for form, count in mixture.forms)

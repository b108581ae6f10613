"""``termbank edit FORM``: change what the glossary says about a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.messages import say
from termbank.table_columns import KINDS

from .project_options import (
    add_form_options,
    add_project_options,
    author_of,
    project_of,
    show_change,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add("form", metavar="FORM", help=say("語形", "a form of the concept"))
    add(
        "--to",
        metavar="FORM",
        help=say(
            "新しい表記 (元の表記は非推奨になる)",
            "new spelling; the old one gives way to it",
        ),
    )
    add(
        "--en",
        action="append",
        metavar="TEXT",
        help=say("加える英語 (先が推奨)", "English to add; the first is preferred"),
    )
    add("--kind", help=say("種類", "kind") + ": " + " | ".join(KINDS))
    add("--domain", metavar="TEXT", help=say("分野", "subject field"))
    add("--reading", metavar="KANA", help=say("読み", "reading in katakana"))
    add("--definition", metavar="TEXT", help=say("定義", "definition"))
    add("--note", metavar="TEXT", help=say("注記", "remark for translators"))
    add_form_options(parser)
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Edit the term and print what changed; return 0."""
    from termbank.operations.term_editing import edit
    from termbank.operations.term_values import Update

    update = Update(
        args.to,
        tuple(args.en or ()),
        args.kind,
        args.domain,
        args.reading,
        args.definition,
        args.note,
    )
    change = edit(
        project_of(args),
        args.form,
        update,
        author_of(args),
        lang=args.lang,
        concept=args.concept,
        dry=args.dry_run,
    )
    return show_change(change, args)

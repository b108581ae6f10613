"""``termbank add FORM``: a term of your own, approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.messages import say
from termbank.table_columns import KINDS

from .project_options import (
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
    add(
        "form",
        metavar="FORM",
        help=say("登録する語形", "how the term should be written"),
    )
    add(
        "--en",
        action="append",
        metavar="TEXT",
        help=say(
            "英語 (複数可、先が推奨)",
            "English; may be repeated, the first is preferred",
        ),
    )
    add(
        "--variant",
        action="append",
        metavar="FORM",
        help=say(
            "統一前の表記 (複数可)", "a spelling that gives way to it; may be repeated"
        ),
    )
    add(
        "--admit",
        action="append",
        metavar="FORM",
        help=say(
            "許容する表記 (複数可)", "a spelling allowed beside it; may be repeated"
        ),
    )
    add("--kind", help=say("種類", "kind") + ": " + " | ".join(KINDS))
    add("--domain", metavar="TEXT", help=say("分野", "subject field"))
    add("--reading", metavar="KANA", help=say("読み", "reading in katakana"))
    add("--definition", metavar="TEXT", help=say("定義", "definition"))
    add("--note", metavar="TEXT", help=say("注記", "remark for translators"))
    add(
        "--lang",
        default="ja",
        metavar="LANG",
        help=say("語形の言語 (既定 ja)", "language of the form (default ja)"),
    )
    add_project_options(parser)


def run(args: Namespace) -> int:
    """Add the term and print what changed; return 0."""
    from termbank.operations.term_editing import add
    from termbank.operations.term_values import NewTerm

    term = NewTerm(
        args.form,
        args.lang,
        tuple(args.en or ()),
        tuple(args.variant or ()),
        tuple(args.admit or ()),
        args.kind or "",
        args.domain or "",
        args.reading or "",
        args.definition or "",
        args.note or "",
    )
    change = add(project_of(args), term, author_of(args), dry=args.dry_run)
    return show_change(change, args)

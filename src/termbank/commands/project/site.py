"""``termbank site OUT``: the glossary as web pages for people without Python."""

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
    add(
        "output",
        type=Path,
        metavar="OUT",
        help=say("書き出すフォルダー", "folder to write to"),
    )
    own = say(
        "用語集のフォルダー (既定は設定の用語集)",
        "glossary folder; default: the project's",
    )
    add("--glossary", metavar="DIR", help=own)
    add("--title", metavar="TEXT", help=say("ページの題名", "title of the pages"))
    unsure = say("承認前の提案も載せる", "show proposals that nobody approved yet, too")
    add("--proposed", action="store_true", help=unsure)


def run(args: Namespace) -> int:
    """Write the pages; return 0."""
    from termbank.operations.project import Project, write_texts
    from termbank.web.site_pages import former_concepts, site_pages

    project = Project.find(args.glossary)
    title = args.title or say("用語集", "Glossary")
    former = former_concepts(args.output)
    pages = site_pages(project, title=title, proposed=args.proposed, former=former)
    written = {args.output / page.path: page.text for page in pages}
    for path, text in written.items():
        if not path.is_file() or path.read_bytes() != text.encode():
            write_texts({path: text})
    for concept in former:
        for folder in (args.output / "c", args.output / "en" / "c"):
            page = folder / f"{concept}.html"
            if page not in written:
                page.unlink(missing_ok=True)
    index = args.output / "index.html"
    print(say(f"{index} から開けます", f"open {index}"))
    if len(written) == 3 and not args.proposed:  # two indexes and the list of pages
        hint = say(
            "承認した用語がありません。提案も載せるには --proposed",
            "no approved term yet; --proposed shows proposals too",
        )
        print(hint, file=sys.stderr)
    return 0

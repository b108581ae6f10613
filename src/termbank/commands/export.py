"""``termbank export [GLOSSARY] --to FORMAT -o FILE``: a glossary in another format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.formats.parts import FORMATS, writable_names
from termbank.messages import say

from .writing import add_writer_options, report, wanted_format, writer_options

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


SHEET = "sheet"  # one row a concept, to be filled in and brought back


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    names = writable_names()
    parser.add_argument(
        "glossary",
        nargs="?",
        metavar="GLOSSARY",
        help=say(
            "用語集 (フォルダーまたはファイル)。省略時は設定の用語集、なければ付属の用語集",
            "folder or file; default: the project's, else the shipped one",
        ),
    )
    parser.add_argument(
        "--to",
        metavar="FORMAT",
        choices=sorted({*names, *FORMATS.aliases, SHEET}),
        help=say("書き出す形式", "format to write") + ": " + ", ".join((*names, SHEET)),
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help=say("出力先", "file to write"),
    )
    add_writer_options(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Write the file and report what was lost; 0, or 2 with ``--strict``."""
    from termbank.glossary import Glossary

    if args.to == SHEET:
        return _write_sheet(args)
    glossary = Glossary.read(args.glossary or _default_glossary())
    name = wanted_format(args)
    options = writer_options(args)
    if args.strict:
        options["strict"] = True
    losses = glossary.export(args.output, format=name, **options)
    report(losses, args.output, args.format)
    return 0


def _default_glossary() -> str:
    """Return the place of the project's first glossary, else of the shipped one."""
    from termbank.config import BUILT_IN, settings
    from termbank.glossary.shipped import place_of

    return place_of(next(iter(settings().glossaries), BUILT_IN))


def _write_sheet(args: Namespace) -> int:
    """Write the translator's sheet of a project; return 0."""
    import sys

    from termbank.operations.project import Project
    from termbank.operations.sheet.sheet_files import write_sheet
    from termbank.operations.sheet.term_sheet import sheet_rows

    rows = sheet_rows(Project.find(args.glossary))
    write_sheet(rows, args.output)
    back = f"termbank import {args.output}"
    print(
        say(
            f"{len(rows)} 行を {args.output} に書きました。記入後は {back}",
            f"{len(rows)} rows in {args.output}; once filled in: {back}",
        ),
        file=sys.stderr,
    )
    return 0

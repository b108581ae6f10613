"""``termbank check``: find what is inconsistent in files."""

from __future__ import annotations

import sys

from ..reports import REPORTS, report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ..types import Finding

_UNREADABLE = "TB903"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add("paths", nargs="+", metavar="FILE", help="files, folders, globs; - for stdin")
    add("--glossary", action="append", metavar="PATH",
        help="folder or file; builtin for the shipped one; repeatable, earlier wins")  # fmt: skip
    add("--select", metavar="CODES", help="codes or beginnings, TB101,TB2; ALL")
    add("--ignore", metavar="CODES", default="", help="codes or beginnings left out")
    add(
        "--format",
        choices=tuple(REPORTS),
        default="text",
        help="how findings are written",
    )
    add(
        "--markup",
        metavar="NAME",
        help="markup of all files; told by the name otherwise",
    )


def run(args: Namespace) -> int:
    """Print the findings; return 0 when clean, 1 with findings, 2 when unreadable."""
    from ..checking import check

    findings = check(
        args.paths,
        glossary=args.glossary,
        select=_codes(args.select) if args.select else None,
        ignore=_codes(args.ignore),
        format=args.markup,
    )
    write(findings, args.format)
    if any(one.code == _UNREADABLE for one in findings):
        return 2
    return 1 if findings else 0


def write(findings: list[Finding], name: str) -> None:
    """Write findings to standard output in one of the reports."""
    for piece in report(name).lines(findings, _text_of):
        sys.stdout.write(piece)


def _codes(listed: str) -> list[str]:
    return [code.strip() for code in listed.split(",") if code.strip()]


def _text_of(path: str) -> str:
    from ..checking.reading import read
    from ..errors import InputError

    try:
        return read(path).content.decode()
    except InputError:
        return ""

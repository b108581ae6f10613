"""``termbank rule``: the page of a rule, or the list of all."""

from __future__ import annotations

from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "code",
        nargs="?",
        metavar="CODE",
        help=say(
            "TB101 など。省略時は全規則", "for example TB101; all rules where absent"
        ),
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print one page, or a line for each rule; return 0."""
    from termbank.rules import POINT, row_of

    if args.code:
        text = _page(args.code)
        _print([{"code": args.code, "page": text}], args.format, text)
        return 0
    rows = [
        {"code": code, "name": row.name, "reads": row.reads, "on": row.on}
        for code in POINT.names()
        for row in (row_of(code),)
    ]
    if args.format == "json":
        _print(rows, args.format, "")
        return 0
    from .display import table

    cells = [
        (
            row["code"],
            row["name"],
            "on" if row["on"] else "",
            _summary(str(row["code"])),
        )
        for row in rows
    ]
    heads = (("番号", "code"), ("規則", "rule"), ("有効", "on"), ("内容", "what"))
    print(table(cells, tuple(say(*head) for head in heads)))
    return 0


def _page(code: str) -> str:
    """Return the page in the reader's language: English only where that is asked for."""
    from termbank.messages import language
    from termbank.rules import rule
    from termbank.rules.pages import page

    rule_page = page(rule(code))
    return rule_page.text if language() == "en" else rule_page.japanese


def _summary(code: str) -> str:
    return _page(code).split("\n")[0].partition(": ")[2]


def _print(rows: list[dict[str, object]], name: str, text: str) -> None:
    if name == "json":
        from .display import emit_json

        emit_json(rows)
    else:
        print(text)

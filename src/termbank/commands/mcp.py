"""``termbank mcp``: a server of the Model Context Protocol on standard input and output."""

from __future__ import annotations

import sys

from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add(
        "--glossary",
        action="append",
        metavar="PLACE",
        help=say(
            "用語集 (フォルダー・ファイル・builtin)。省略時は設定の用語集と付属の用語集",
            "folder, file or builtin; default: the project's and the shipped one",
        ),
    )
    add(
        "--memory",
        default="",
        metavar="DIR",
        help=say("翻訳メモリ", "translation memory"),
    )
    add(
        "--project",
        default="",
        metavar="DIR",
        help=say(
            "提案を入れる用語集 (既定は設定の用語集)",
            "glossary folder that proposals go to; default: the project's",
        ),
    )


def run(args: Namespace) -> int:
    """Serve until standard input ends; return 0."""
    import io
    from datetime import UTC, datetime

    from termbank.service.mcp_server import McpServer, serve
    from termbank.service.mcp_tools import Resources

    resources = Resources(
        args.glossary, args.memory, args.project, lambda: datetime.now(UTC)
    )
    input_stream = io.TextIOWrapper(sys.stdin.buffer, "utf-8", "replace")
    out = io.TextIOWrapper(sys.__stdout__.buffer, "utf-8", newline="\n")  # type: ignore[union-attr]  # opened by cli
    try:
        serve(McpServer(resources), input_stream, out)
    finally:
        input_stream.detach()  # the streams are the interpreter's
        out.detach()
    return 0

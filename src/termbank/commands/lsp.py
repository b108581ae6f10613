"""``termbank lsp``: the language server, on standard input and output."""

from __future__ import annotations

from termbank.errors import PluginError
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument("--glossary", action="append", metavar="PATH")
    parser.add_argument(
        "--stdio",
        action="store_true",
        help=say("標準入出力 (常に有効)", "the only way; accepted"),
    )


def run(args: Namespace) -> int:
    """Serve until the editor hangs up; return 0.

    Raises:
        PluginError: The extra ``lsp`` is not installed.
    """
    try:
        from termbank.lsp.server import Service, server_of
    except ImportError as fault:
        raise PluginError("extra", "lsp", "pip install 'termbank[lsp]'") from fault
    server_of(Service(glossary=args.glossary)).start_io()
    return 0

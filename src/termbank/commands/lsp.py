"""``termbank lsp``: the language server, on standard input and output."""

from __future__ import annotations

import os

from termbank.errors import InputError, PluginError
from termbank.messages import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import BinaryIO


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    own = say(
        "用語集 (複数可。既定は設定の用語集)",
        "glossary; may be repeated; default: those of the settings",
    )
    parser.add_argument("--glossary", action="append", metavar="PATH", help=own)
    parser.add_argument(
        "--stdio",
        action="store_true",
        help=say("標準入出力 (常に有効)", "the only way; accepted"),
    )


def run(args: Namespace) -> int:
    """Serve until the editor hangs up; return 1 where it asked for no shutdown before.

    Raises:
        InputError: The editor sent what is no frame of the protocol.
        PluginError: The extra ``lsp`` is not installed.
    """
    try:
        from termbank.lsp.message_frames import FrameReader
        from termbank.lsp.server import server_of
        from termbank.lsp.workspace_service import Service
    except ImportError as fault:
        raise PluginError("extra", "lsp", "pip install 'termbank[lsp]'") from fault
    import logging
    import sys
    from typing import cast

    # What an editor sends wrongly is answered to the editor and not printed on stderr.
    logging.getLogger("pygls").addHandler(logging.NullHandler())

    server = server_of(Service(glossary=args.glossary))
    frames = FrameReader(sys.stdin.buffer)
    # A copy: the base library closes what it writes to.
    with open(os.dup(sys.stdout.fileno()), "wb") as out:
        # Of a binary stream the library asks for these two questions alone.
        server.start_io(stdin=cast("BinaryIO", frames), stdout=out)
    if frames.fault:
        raise InputError("stdin", frames.fault, "Content-Length: N, JSON")
    return 1 if server.ended_without_shutdown else 0

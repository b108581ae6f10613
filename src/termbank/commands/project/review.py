"""``termbank review``: decide on proposals in the browser."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from termbank.messages import say

from .project_options import user_name
from .web_extra import (
    add_place_options,
    glossary_to_serve,
    listening_socket,
    refuse_without_extra,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.operations.project import Project


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add_place_options(parser, port=0)
    add = parser.add_argument
    add(
        "--who",
        metavar="NAME",
        help=say(
            "担当者の名前 (既定は git の名前)", "reviewer; default: git's user name"
        ),
    )
    pairs = say(
        "対訳ファイルを検査し、指摘も確かめる (PO・XLIFF・TMX・CSV)",
        "check bilingual files, and review the findings, too (PO, XLIFF, TMX, CSV)",
    )
    add("--bilingual", nargs="+", default=[], metavar="FILE", help=pairs)
    quiet = say("ブラウザーを開かない", "do not open a browser")
    add("--no-browser", action="store_true", help=quiet)


def run(args: Namespace) -> int:
    """Serve the pages until interrupted; return 0."""
    refuse_without_extra("termbank review")
    import uvicorn

    from termbank.web.application import review_application
    from termbank.web.security import LOOPBACK, new_token

    project = glossary_to_serve(args.glossary)
    if args.bilingual:
        _queue_findings(project, args.bilingual)
    listener = listening_socket(args.host, args.port)
    port = listener.getsockname()[1]
    token = new_token()
    hosts: tuple[str, ...] = (*LOOPBACK, args.host)
    if args.host in ("0.0.0.0", "::"):  # noqa: S104  # only where asked for
        hosts = ()
    application = review_application(
        project, token=token, who=args.who or user_name(), port=port, hosts=hosts
    )
    address = f"http://{args.host}:{port}/?token={token}"
    print(address, flush=True)
    print(say("終えるには Ctrl-C", "Ctrl-C ends it"), file=sys.stderr, flush=True)
    if not args.no_browser:
        import webbrowser

        webbrowser.open(address)
    settings = uvicorn.Config(application, log_level="warning", access_log=False)
    uvicorn.Server(settings).run(sockets=[listener])
    return 0


def _queue_findings(project: Project, paths: list[str]) -> None:
    from termbank.checking import check
    from termbank.commands.check import EVIDENCE
    from termbank.operations.finding_queue import put_findings

    findings = check(paths, glossary=str(project.folder), select=[*EVIDENCE])
    new = put_findings(project, findings)
    message = say(f"新しい指摘: {new} 件", f"new findings: {new}")
    print(message, file=sys.stderr)

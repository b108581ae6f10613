"""``termbank serve``: terms, checks and memory over HTTP, for a team."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from termbank.messages import say
from termbank.stores.addresses import is_address

from .web_extra import (
    add_place_options,
    glossary_to_serve,
    listening_socket,
    refuse_without_extra,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.operations.project import Project
    from termbank.service.request_log import JsonLog
    from termbank.service.team_service import TeamService

PORT: Final = 8765
_MEBIBYTE: Final = 1 << 20


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add_place_options(parser, PORT)
    memory = say("翻訳メモリ (なければ作る)", "translation memory; made where new")
    parser.add_argument("--memory", default="", metavar="DIR", help=memory)
    _add_limits(parser)
    _add_proxy_and_log(parser)


def _add_limits(parser: ArgumentParser) -> None:
    add = parser.add_argument
    rate = say(
        "トークンごとの毎秒の要求数 (0 は無制限)",
        "requests a second for each token; 0: no limit",
    )
    add("--rate", type=float, default=100.0, metavar="N", help=rate)
    largest = say("要求の大きさの上限 (MiB)", "largest request, MiB")
    add("--largest", type=float, default=8.0, metavar="MIB", help=largest)
    seconds = say("一つの要求にかける時間の上限 (秒)", "longest time of a request, s")
    add("--seconds", type=float, default=30.0, metavar="S", help=seconds)
    connections = say("同時接続数の上限", "most connections at once")
    add("--connections", type=int, default=512, metavar="N", help=connections)


def _add_proxy_and_log(parser: ArgumentParser) -> None:
    add = parser.add_argument
    root = say(
        "リバースプロキシーの下のパス (例 /terms)",
        "path under a reverse proxy, for example /terms",
    )
    add("--root-path", default="", metavar="PATH", help=root)
    proxy = say(
        "X-Forwarded-For・-Proto を信じる相手のアドレス (既定はなし)",
        "address whose X-Forwarded-For and -Proto are believed; default: none",
    )
    add("--trust-proxy", action="append", default=[], metavar="ADDRESS", help=proxy)
    log = say(
        "記録の書き出し先 (既定は標準エラー出力、off はなし)",
        "file for the log; default: standard error; off: none",
    )
    add("--log", default="", metavar="FILE", help=log)
    texts = say(
        "送られた文章も記録する (既定はしない)",
        "let the log hold the texts that were sent; default: never",
    )
    add("--log-texts", action="store_true", help=texts)


def run(args: Namespace) -> int:
    """Serve until interrupted; return 0."""
    refuse_without_extra("termbank serve")
    _refuse_wrong_values(args)
    from termbank.service.http_application import team_application
    from termbank.service.http_server import Listening, serve

    project = glossary_to_serve(args.glossary)
    log = _log(args)
    service = _service(args, project, log)
    listener = listening_socket(args.host, args.port)
    root = args.root_path.rstrip("/")
    address = f"http://{args.host}:{listener.getsockname()[1]}{root}/"
    print(address, flush=True)
    if not any(not token.withdrawn for token in service.tokens.issued()):
        hint = "termbank token create NAME --role terminologist"
        print(
            f"{say('トークンがまだありません', 'no token yet')}: {hint}",
            file=sys.stderr,
        )
    log.write("started", address=address, project=str(project.folder))
    listening = Listening(args.connections, tuple(args.trust_proxy))
    serve(team_application(service, root=root), listener, log, listening)
    return 0


def _service(args: Namespace, project: Project, log: JsonLog) -> TeamService:
    from datetime import UTC, datetime

    from termbank.config import BUILT_IN
    from termbank.glossary.glossary_sources import glossary_stack
    from termbank.memory import Memory
    from termbank.operations.team.access_file import access_file
    from termbank.operations.team.access_tokens import AccessTokens
    from termbank.operations.team.audit_trail import AuditTrail
    from termbank.service.json_calls import Resources
    from termbank.service.team_service import Limits, TeamService

    own = args.glossary if is_address(args.glossary) else str(project.folder)
    glossaries = (own, BUILT_IN) if args.glossary else glossary_stack(None)
    memory = Memory.open(args.memory) if args.memory else ""
    path = access_file(project)
    return TeamService(
        Resources(glossaries, memory, project, lambda: datetime.now(UTC)),
        AccessTokens(path),
        AuditTrail(path),
        log,
        Limits(args.rate, int(args.largest * _MEBIBYTE), args.seconds),
    )


def _log(args: Namespace) -> JsonLog:
    from termbank.service.request_log import JsonLog

    if args.log == "off":
        return JsonLog(None)
    # Open as long as the process runs; a rotated file is opened anew by a restart.
    stream = open(args.log, "a", encoding="utf-8") if args.log else sys.stderr  # noqa: SIM115
    return JsonLog(stream, with_texts=args.log_texts)


def _refuse_wrong_values(args: Namespace) -> None:
    from termbank.errors import ConfigError

    for name, least in (("rate", 0), ("largest", 0.001), ("seconds", 0.1)):
        value = getattr(args, name)
        if not least <= value < 1e9:
            expected = say(f"{least} 以上", f"{least} or more")
            raise ConfigError(f"--{name}", str(value), expected)
    root = args.root_path
    if root and (not root.startswith("/") or not root.isascii() or "//" in root):
        example = say("/terms のようなパス", "a path like /terms")
        raise ConfigError("--root-path", root, example)
    if args.connections < 1:
        raise ConfigError("--connections", str(args.connections), "1")

"""``termbank token``: make, list and withdraw the tokens of ``termbank serve``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from termbank.commands.display import emit_json, table
from termbank.messages import say

from .project_options import user_name

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable
    from pathlib import Path

    from termbank.operations.team.access_tokens import AccessToken

# name: (what it does in Japanese, in English)
_ACTIONS = {
    "create": ("トークンを作る", "make a token; its secret is shown once"),
    "list": ("トークンの一覧", "list tokens, withdrawn ones too"),
    "withdraw": ("トークンを無効にする", "withdraw a token, or all of a person"),
    "log": ("変更の記録を見る", "show who asked the server for which change"),
}
_ROLES = ("reader", "translator", "terminologist")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, both in _ACTIONS.items():
        action = actions.add_parser(name, help=say(*both), description=say(*both))
        own = say(
            "用語集のフォルダー (既定は設定の用語集)",
            "glossary folder; default: the project's",
        )
        action.add_argument("--glossary", metavar="DIR", help=own)
        action.add_argument("--format", choices=("text", "json"), default="text")
        if name == "create":
            _add_making(action)
        elif name == "withdraw":
            whom = say("トークンの番号か名前", "identifier of a token, or a name")
            action.add_argument("named", metavar="ID|NAME", help=whom)
        elif name == "log":
            most = say("表示する件数 (既定 50)", "how many to show (default 50)")
            action.add_argument("--limit", type=int, default=50, metavar="N", help=most)


def _add_making(parser: ArgumentParser) -> None:
    holder = say("使う人や道具の名前", "who or what will use it")
    parser.add_argument("name", metavar="NAME", help=holder)
    role = say(
        "権限: reader は引く、translator は提案と翻訳メモリ、terminologist は編集も",
        "reader looks up; translator also proposes and fills the memory;"
        " terminologist also edits",
    )
    parser.add_argument("--role", choices=_ROLES, default="reader", help=role)


def run(args: Namespace) -> int:
    """Do one action; return 0."""
    from termbank.operations.project import Project
    from termbank.operations.team.access_file import access_file

    do: Callable[[Namespace, Path], int] = {
        "create": _create,
        "list": _list,
        "withdraw": _withdraw,
        "log": _log,
    }[args.action]
    return do(args, access_file(Project.find(args.glossary)))


def _create(args: Namespace, path: Path) -> int:
    from termbank.operations.team.access_tokens import AccessTokens

    token, secret = AccessTokens(path).issue(args.name, args.role, _now())
    _note(path, "token create", token)
    if args.format == "json":
        emit_json({**token._asdict(), "secret": secret})
        return 0
    print(secret)
    hint = say(
        f"{token.id} {token.role} {token.name}: このトークンは二度と表示されません",
        f"{token.id} {token.role} {token.name}: the token is not shown again",
    )
    print(hint, file=sys.stderr)
    return 0


def _list(args: Namespace, path: Path) -> int:
    from termbank.operations.team.access_tokens import AccessTokens

    tokens = AccessTokens(path).issued()
    if args.format == "json":
        emit_json([token._asdict() for token in tokens])
        return 0
    heads = ("ID", *(say(*both) for both in _HEADS))
    print(table(tokens, heads))
    return 0


_HEADS = (
    ("名前", "name"),
    ("権限", "role"),
    ("作成", "created"),
    ("無効", "withdrawn"),
)


def _withdraw(args: Namespace, path: Path) -> int:
    from termbank.operations.team.access_tokens import AccessTokens

    withdrawn = AccessTokens(path).withdraw(args.named, _now())
    for token in withdrawn:
        _note(path, "token withdraw", token)
    if args.format == "json":
        emit_json([token._asdict() for token in withdrawn])
        return 0
    for token in withdrawn:
        print(f"{token.id} {token.role} {token.name}: {say('無効', 'withdrawn')}")
    return 0


def _log(args: Namespace, path: Path) -> int:
    from termbank.operations.team.audit_trail import AuditTrail

    events = AuditTrail(path).newest(args.limit)
    if args.format == "json":
        emit_json([event._asdict() for event in events])
        return 0
    heads = (
        ("番号", "no."),
        ("日時", "when"),
        ("トークン", "token"),
        ("誰", "who"),
        ("操作", "what"),
        ("対象", "of what"),
        ("結果", "outcome"),
    )
    print(table(events, tuple(say(*head) for head in heads)))
    return 0


def _note(path: Path, action: str, token: AccessToken) -> None:
    from termbank.operations.team.audit_trail import AuditTrail

    subject = f"{token.id} {token.role} {token.name}"
    AuditTrail(path).note(_now(), user_name(), action, subject)


def _now() -> datetime:
    return datetime.now(UTC)

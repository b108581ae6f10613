"""``termbank store …``: make a team's store, give rights, read its audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from termbank.commands.display import emit_json, table
from termbank.commands.project.labels import label
from termbank.errors import StoreError
from termbank.messages import say
from termbank.stores.addresses import VARIABLE

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.stores.protocol import SharedStore

# name: (what it does in Japanese, in English)
_ACTIONS: Final = {
    "init": (
        "ストアを作る、古い版なら更新する",
        "make a store, or bring it up to date",
    ),
    "status": ("ストアの状態を見る", "say what a store holds and what you may do"),
    "audit": ("だれがいつ何をしたかを見る", "list who did what, when and why"),
    "grant": ("アカウントに役割を与える", "give an account a role"),
    "renew": (
        "バックアップから戻したストアに新しい識別子を付ける",
        "give a store restored from a backup a new identity",
    ),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, both in _ACTIONS.items():
        action = actions.add_parser(name, help=say(*both), description=say(*both))
        action.add_argument(
            "address",
            nargs="?",
            metavar="ADDRESS",
            help=f"postgresql://… ({say('既定', 'default')} ${VARIABLE})",
        )
        action.add_argument("--format", choices=("text", "json"), default="text")
        if name == "grant":
            who = say("データベースのログイン名", "login of the database")
            action.add_argument("--login", required=True, metavar="LOGIN", help=who)
            action.add_argument(
                "--role",
                help=say("与える役割", "role to give"),
                required=True,
                choices=("reader", "proposer", "editor", "owner", "none"),
            )
        if name == "audit":
            most = say("表示する件数 (既定 50)", "how many to show (default 50)")
            action.add_argument("--limit", type=int, default=50, metavar="N", help=most)
            about = say("この概念の記録だけ", "only what was done to this concept")
            action.add_argument("--concept", default="", metavar="ID", help=about)


def run(args: Namespace) -> int:
    """Do one action; return 0."""
    from termbank.stores import open_store, required_address

    address = required_address(args.address)
    store = open_store(address, create=args.action == "init")
    try:
        value: Any = _WORK[args.action](store, args)
    finally:
        store.close()
    if args.format == "json":
        emit_json(value)
    elif isinstance(value, list):
        rows = [
            tuple((row | {"at": row["at"][:16].replace("T", " ")}).values())
            for row in value
        ]
        print(table(rows, tuple(say(*head) for head in _HEADS)))
    else:
        lines = [f"{label(name)}: {part}" for name, part in value.items()]
        print("\n".join(lines))
    return 0


def _status(store: SharedStore, _args: Namespace) -> dict[str, Any]:
    number, entries = store.entries()
    kinds = [entry.kind for entry in entries]
    return {
        "address": store.address,
        "identity": store.identity,
        "role": store.role(),
        "number": number,
        "concepts": kinds.count("concept"),
        "decisions": kinds.count("decision"),
    }


_HEADS: Final = (
    ("番号", "no."),
    ("日時", "when"),
    ("誰", "who"),
    ("アカウント", "account"),
    ("操作", "what"),
    ("対象", "of what"),
    ("理由", "why"),
)


def _audit(store: SharedStore, args: Namespace) -> list[dict[str, Any]]:
    return [
        {
            "number": line.number,
            "at": line.at,
            "who": line.note.who,
            "login": line.login,
            "action": line.note.action,
            "subject": line.note.subject,
            "why": line.note.why,
        }
        for line in store.audit(args.limit, key=args.concept)
    ]


def _grant(store: SharedStore, args: Namespace) -> dict[str, Any]:
    grant, rights = getattr(store, "grant", None), getattr(store, "rights", None)
    if grant is None or rights is None:
        problem = say("アカウントのないストア", "a store without accounts")
        raise StoreError(store.address, problem, "postgresql://…")
    grant(args.login, args.role)
    return dict(rights())


def _renew(store: SharedStore, args: Namespace) -> dict[str, Any]:
    renew = getattr(store, "renew", None)
    if renew is None:
        problem = say("識別子を変えられないストア", "a store that keeps its identity")
        raise StoreError(store.address, problem, "postgresql://… | sqlite://…")
    renew()
    return _status(store, args)


_WORK: Final = {
    "init": _status,
    "status": _status,
    "audit": _audit,
    "grant": _grant,
    "renew": _renew,
}

"""What the commands on a team's store share: its address, and conflicts as lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from termbank.commands.display import emit_json
from termbank.commands.project.labels import label
from termbank.commands.project.project_options import (
    change_as_json,
    row_label,
    show_change,
)
from termbank.messages import say
from termbank.operations.row_changes import RowChange
from termbank.stores.addresses import VARIABLE
from termbank.table_columns import COLUMNS

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.operations.row_changes import Row
    from termbank.operations.team.push_and_pull import Exchange
    from termbank.operations.team.three_way_merge import Clash
    from termbank.stores.protocol import Tables

_SHOWN = 40  # characters of a value in the line of a conflict


def add_store_option(parser: ArgumentParser) -> None:
    """Declare which store is meant."""
    parser.add_argument(
        "--store",
        metavar="ADDRESS",
        help=say(
            f"共有ストア postgresql://… (既定 ${VARIABLE})",
            f"the team's store, postgresql://… (default ${VARIABLE})",
        ),
    )


def show_exchange(exchange: Exchange, args: Namespace) -> int:
    """Print what was exchanged, or each conflict in a line; 1 where there are any."""
    if not exchange.clashes:
        return show_change(exchange.change, args)
    if args.format == "json":
        conflicts = [clash._asdict() for clash in exchange.clashes]
        emit_json(change_as_json(exchange.change) | {"conflicts": conflicts})
        return 1
    for clash in exchange.clashes:
        print(_line(clash))
    nothing = say("何も書いていません", "nothing was written")
    print(f"{nothing}: {_advice(exchange)}", file=sys.stderr)
    return 1


def _advice(exchange: Exchange) -> str:
    if exchange.change.action == "push":
        return say("先に termbank pull", "termbank pull first")
    return say(
        "ファイルを直すか --take files | store",
        "edit the files, or --take files | store",
    )


def _line(clash: Clash) -> str:
    name = _lead(clash.ours) or _lead(clash.theirs) or clash.key
    parts = "; ".join(_difference(*row) for row in clash.rows)
    if clash.ours is None or clash.theirs is None:
        gone = (
            say(
                "ファイルで削除、ストアで変更",
                "removed in the files, changed in the store",
            )
            if clash.ours is None
            else say(
                "ストアで削除、ファイルで変更",
                "removed in the store, changed in the files",
            )
        )
        parts = gone
    both = say("両方で変更", "changed on both sides")
    return f"{label(clash.kind)} {clash.key} {name}: {parts or both}"


def _lead(tables: Tables | None) -> str:
    """Return the form that a person knows an entry by: a preferred Japanese one."""
    for table in ("terms", "decisions"):
        rows = (tables or {}).get(table, ())
        best = sorted(rows, key=lambda row: ("ja" not in row, "preferred" not in row))
        if best:
            return best[0][2]
    return ""


def _difference(
    table: str, key: tuple[str, ...], ours: Row | None, theirs: Row | None
) -> str:
    place = row_label(RowChange(table, key, ours, theirs))
    files, store = say("ファイル", "files"), say("ストア", "store")
    if ours is None or theirs is None:
        gone = say("なし", "none")
        left, right = (gone if row is None else "…" for row in (ours, theirs))
        return f"{place}: {files} {left} | {store} {right}"
    cells = [
        f"{label(column)}: {files} {label(mine)[:_SHOWN]!r} | {store} "
        f"{label(other)[:_SHOWN]!r}"
        for column, mine, other in zip(COLUMNS[table], ours, theirs, strict=True)
        if mine != other
    ]
    return f"{place}: {', '.join(cells)}"

"""What the commands that change a project share: options, the author, what was done."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from termbank.commands.display import emit_json
from termbank.messages import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from termbank.operations.project import Project
    from termbank.operations.row_changes import Author, Change, RowChange

_DONE = {
    "add": ("追加しました", "added"),
    "edit": ("書き換えました", "edited"),
    "approve": ("承認しました", "approved"),
    "reject": ("除外しました", "rejected"),
    "merge": ("一つにまとめました", "merged"),
    "split": ("別の概念に分けました", "split"),
    "prefer": ("推奨表記にしました", "preferred"),
    "admit": ("許容しました", "admitted"),
    "retire": ("非推奨にしました", "retired"),
    "import": ("取り込みました", "imported"),
    "build": ("用語集に反映しました", "built"),
    "undo": ("取り消しました", "undone"),
    "push": ("共有ストアに送りました", "pushed to the team's store"),
    "pull": ("共有ストアから入れました", "pulled from the team's store"),
    "enrich": ("訳語を提案しました", "English proposed"),
}
_MARKS = {(True, False): "+", (False, True): "-", (False, False): "~"}


def add_project_options(parser: ArgumentParser) -> None:
    """Declare which glossary is changed, by whom, why, and whether only shown."""
    add = parser.add_argument
    own = say(
        "用語集のフォルダー (既定は設定の用語集)",
        "glossary folder; default: the project's",
    )
    add("--glossary", metavar="DIR", help=own)
    add(
        "--why",
        metavar="TEXT",
        default="",
        help=say("理由", "the reason, kept with the decision"),
    )
    add(
        "--who",
        metavar="NAME",
        help=say(
            "決めた人 (既定は git の名前)", "who decides; default: git's user name"
        ),
    )
    dry_help = say("書かずに変更点だけ示す", "show what would change, write nothing")
    add("--dry-run", action="store_true", help=dry_help)
    add("--format", choices=("text", "json"), default="text")


def add_form_options(parser: ArgumentParser) -> None:
    """Declare how a form is told from its homographs."""
    lang = say(
        "語形の言語 (既定は日本語、なければほか)",
        "language of the forms; default: Japanese, then any",
    )
    parser.add_argument("--lang", metavar="LANG", help=lang)
    which = say(
        "同じ語形が複数の概念にあるとき",
        "identifier, where several concepts have the form",
    )
    parser.add_argument("--concept", metavar="ID", help=which)


def project_of(args: Namespace) -> Project:
    """Return the project that a command line means."""
    from termbank.operations.project import Project

    return Project.find(args.glossary)


def edit_forms(
    args: Namespace,
    edit: Callable[..., Change],
    forms: str | Sequence[str],
    **more: Any,
) -> int:
    """Do an edit of the project to forms, and print what changed; return 0."""
    change = edit(
        project_of(args),
        forms,
        author_of(args),
        lang=args.lang,
        concept=args.concept,
        dry=args.dry_run,
        **more,
    )
    return show_change(change, args)


def author_of(args: Namespace) -> Author:
    """Return who decides, when and why."""
    from termbank.operations.row_changes import Author

    why = getattr(args, "why", "")
    return Author(
        args.who or user_name(), datetime.now(UTC).replace(microsecond=0), why
    )


def user_name() -> str:
    """Return the name that git knows this person by, else the system's."""
    import getpass

    from termbank.isolation.git_commands import author_name

    name = author_name(".")
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without an entry
        return ""


def show_change(change: Change, args: Namespace) -> int:
    """Print what was done, or would be; return 0."""
    if args.format == "json":
        emit_json(change_as_json(change))
        return 0
    lines = change_lines(change)
    if not change.rows:
        print(
            say(
                f"{change.subject}: 変更はありません",
                f"{change.subject}: nothing to change",
            )
        )
        return 0
    if args.dry_run:
        print("\n".join(lines))
        wouldnt = say("まだ書いていません (--dry-run)", "nothing written (--dry-run)")
        print(wouldnt, file=sys.stderr)
        return 0
    action = say(*_DONE.get(change.action, (change.action, change.action)))
    print(f"{change.subject}: {action}")
    print("\n".join(lines))
    if change.action not in ("push", "pull"):
        back = say("取り消すには", "to take it back")
        print(f"{back}: termbank undo", file=sys.stderr)
    return 0


def change_as_json(change: Change) -> dict[str, object]:
    """Return a change as JSON holds it."""
    return {
        "number": change.number,
        "action": change.action,
        "subject": change.subject,
        "who": change.by.who,
        "when": change.by.when.isoformat(),
        "why": change.by.why,
        "undoes": change.undoes,
        "undone": change.undone,
        "rows": [row._asdict() for row in change.rows],
    }


def change_lines(change: Change, limit: int = 40) -> list[str]:
    """Return one line a changed row, the first ones, in the reader's language."""
    lines = row_lines(change.rows[:limit])
    more = len(change.rows) - limit
    if more > 0:
        lines.append(say(f"  … ほか {more} 行", f"  … and {more} more rows"))
    return lines


def row_lines(rows: Iterable[RowChange]) -> list[str]:
    """Return one line a changed row."""
    return [_line(row) for row in rows]


def _line(row: RowChange) -> str:
    from termbank.table_columns import COLUMNS

    from .labels import label

    mark = _MARKS[row.before is None, row.after is None]
    columns = COLUMNS[row.table]
    if row.before is not None and row.after is not None:
        parts = [
            f"{label(name)}: {label(old) or '–'} → {label(new) or '–'}"
            for name, old, new in zip(columns, row.before, row.after, strict=True)
            if old != new
        ]
        return f"  {mark} {row_label(row)}  {'; '.join(parts)}"
    values = dict(zip(columns, row.after or row.before or (), strict=False))
    status = label(values.get("status") or values.get("action") or "")
    return f"  {mark} {row_label(row)}{f'  {status}' if status else ''}"


def row_label(row: RowChange) -> str:
    """Return what a row is called: its form with the language, or its table and key."""
    from .labels import label

    table = label(row.table)
    if row.table == "terms":
        return f"{row.key[2]} [{row.key[1]}]"
    if row.table == "decisions":
        _, _, left, right = row.key
        return f"{table} {left}{f' / {right}' if right else ''}"
    return f"{table} {' '.join(row.key)}"

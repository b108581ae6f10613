"""``termbank backup``: copy a project whole while it is used, or read such a copy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.commands.display import emit_json
from termbank.messages import say

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    target = say(
        "作るフォルダー (まだないもの)", "folder to make; it must not exist yet"
    )
    add("folder", type=Path, metavar="DIR", help=target)
    own = say(
        "用語集のフォルダー (既定は設定の用語集)",
        "glossary folder; default: the project's",
    )
    add("--glossary", metavar="GLOSSARY", help=own)
    memory = say("一緒に写す翻訳メモリ", "translation memory that is copied, too")
    add("--memory", type=Path, metavar="MEMORY", help=memory)
    check = say(
        "写さずに、前に作ったものを読んで確かめる",
        "copy nothing: read a backup made before and say whether it is whole",
    )
    add("--check", action="store_true", help=check)
    add("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Make or read a backup; return 0."""
    from termbank.operations.project import Project
    from termbank.operations.team.backup import back_up, read_backup

    if args.check:
        backup = read_backup(args.folder)
    else:
        project, when = Project.find(args.glossary), datetime.now(UTC)
        backup = back_up(project, args.folder, memory=args.memory, when=when)
    size = sum(size for _, size, _ in backup.files)
    if args.format == "json":
        files = [{"path": n, "bytes": s, "sha256": d} for n, s, d in backup.files]
        emit_json({"folder": str(backup.folder), "bytes": size, "files": files})
        return 0
    count = len(backup.files)
    whole = say(
        f"{count} ファイル、{size:,} バイト、すべて読めます",
        f"{count} files, {size:,} bytes, all of it readable",
    )
    print(f"{backup.folder}: {whole}")
    return 0

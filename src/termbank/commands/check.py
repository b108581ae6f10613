"""``termbank check``: find what is inconsistent in files, and mend it."""

from __future__ import annotations

import sys

from termbank.messages import say, say_each
from termbank.reports import REPORTS, report
from termbank.terminal import DATA, TEXT, visible_line, write_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable
    from typing import Any

    from termbank.types import Finding

_UNREADABLE = "TB903"
# Bilingual rules that point at something wrong, not at something absent.
EVIDENCE = ("TB301", "TB303", "TB306", "TB307", "TB308", "TB309")
_MANY = 20  # files from which a bar is worth drawing
EXIT_CLEAN, EXIT_FOUND, EXIT_INPUT = 0, 1, 2

_HELP = {
    "paths": (
        "ファイル・フォルダー・glob。- は標準入力",
        "files, folders, globs; - for stdin",
    ),
    "--glossary": (
        "用語集のフォルダーかファイル。builtin は付属の用語集。繰り返せて、先のものが優先",
        "folder or file; builtin for the shipped one; repeatable, earlier wins",
    ),
    "--select": (
        "規則の番号かその先頭 (TB101,TB2)。ALL はすべて",
        "codes or beginnings, TB101,TB2; ALL",
    ),
    "--bilingual": (
        "PO・XLIFF・TMX・CSV を対訳として、根拠のある指摘をする規則で調べる",
        "check PO, XLIFF, TMX and CSV files as pairs, with the rules whose findings"
        " rest on evidence",
    ),
    "--source-folder": (
        "--bilingual とともに: ファイルは DIR にある同名のファイルの訳",
        "with --bilingual: files are translations of the same names in DIR",
    ),
    "--glossary-only": ("用語集そのものを調べる", "check the glossaries themselves"),
    "--ignore": ("使わない規則の番号かその先頭", "codes or beginnings left out"),
    "--format": ("指摘の書き方", "how findings are written"),
    "--markup": (
        "すべてのファイルの形式 (既定は名前から)",
        "markup of all files; told by the name otherwise",
    ),
    "--fix": (
        "安全な修正をして、残りを報告する",
        "apply safe fixes, report what is left",
    ),
    "--unsafe-fixes": (
        "--fix か --diff とともに: すべての修正",
        "with --fix or --diff: all fixes",
    ),
    "--diff": ("--fix で変わるところを示す", "show what --fix would change"),
    "--add-ignore": (
        "指摘を抑止するコメントを書き込む",
        "silence the findings by comments",
    ),
    "--statistics": (
        "規則ごとの件数を標準エラー出力に出す",
        "count findings by rule on stderr",
    ),
    "--baseline": ("既知の指摘のファイル", "known findings"),
    "--write-baseline": ("今の指摘を既知とする", "make the findings known"),
    "--changed-since": ("REV から変わった行だけ", "only lines changed since REV"),
    "--as-of": ("文章の日付 (2024-05-01)", "date of the texts, 2024-05-01"),
    "--force-exclude": (
        "名指しのファイルも除外する (常に有効)",
        "exclude named files, too (always on)",
    ),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    help_texts = say_each(_HELP)

    def add(name: str, **how: Any) -> None:
        parser.add_argument(name, help=help_texts[name], **how)

    add("paths", nargs="*", metavar="FILE")
    add("--glossary", action="append", metavar="PATH")
    add("--select", metavar="CODES")
    add("--bilingual", action="store_true")
    add("--source-folder", metavar="DIR", default="")
    add("--glossary-only", action="store_true")
    add("--ignore", metavar="CODES", default="")
    add("--format", choices=REPORTS, default="text")
    add("--markup", metavar="NAME")
    add("--fix", action="store_true")
    add("--unsafe-fixes", action="store_true")
    add("--diff", action="store_true")
    add("--add-ignore", action="store_true")
    add("--statistics", action="store_true")
    add("--baseline", metavar="FILE")
    add("--write-baseline", metavar="FILE")
    add("--changed-since", metavar="REV", default="")
    add("--as-of", metavar="DATE", default="")
    add("--force-exclude", action="store_true")


def run(args: Namespace) -> int:
    """Print the findings; return 0 when clean, 1 with findings, 2 when unreadable."""
    digests: dict[str, str] = {}
    findings = _findings(args, digests)
    if args.write_baseline:
        from termbank.checking.files.baseline import write as write_baseline

        write_baseline(args.write_baseline, findings)
        _say_done(
            f"{len(findings)} 件を既知として {args.write_baseline} に書きました",
            f"{len(findings)} findings written to {args.write_baseline} as known",
        )
        return EXIT_CLEAN
    if args.diff:
        return _show_diff(findings, args.unsafe_fixes)
    if args.add_ignore:
        _add_comments(args, findings, digests)
        findings = _findings(args, digests)
    if args.fix:
        findings = _fix_all(args, findings, digests)
    write(findings, args.format)
    if args.statistics:
        _write_statistics(findings)
    if any(finding.code == _UNREADABLE for finding in findings):
        return EXIT_INPUT
    return EXIT_FOUND if findings else EXIT_CLEAN


def _findings(args: Namespace, digests: dict[str, str]) -> list[Finding]:
    """Return what is found; where files are to be changed, fill in their digests."""
    from termbank.checking.options import Options
    from termbank.checking.run import Run, findings_of
    from termbank.config import settings as settings_for
    from termbank.errors import ConfigError

    settings = settings_for()
    table = settings.check
    if not args.paths and not args.glossary_only:
        raise ConfigError(
            "FILE",
            say("検査するファイルを指定してください", "nothing to check"),
            say("ファイル・フォルダー・glob か -", "files, folders, globs or -"),
        )
    if args.baseline or args.write_baseline:
        baseline = "" if args.write_baseline else args.baseline
        settings = settings._replace(check=table._replace(baseline=baseline))
    options = Options(
        table.quotations,
        table.long_vowel,
        args.as_of,
        changed_since=args.changed_since,
        source_folder=args.source_folder,
        spacing=table.spacing,
    )
    run = Run(args.glossary, _select(args), _codes(args.ignore), options, settings)
    if args.fix or args.add_ignore:
        digests.clear()
        run.digests = digests
    return findings_of(run, args.paths, args.markup, _with_bar)


def _with_bar(files: list[str]) -> Iterable[str]:
    """Yield files, with a bar on a terminal where they are many."""
    if len(files) < _MANY:
        return files
    from .display import progress

    return progress(files, say("検査しています", "checking"))


def _say_done(japanese: str, english: str) -> None:
    print(say(japanese, english), file=sys.stderr)


def write(findings: list[Finding], name: str) -> None:
    """Write findings to standard output in one of the reports."""
    if not findings and name in ("text", "concise", "jsonl", "github"):
        return
    chosen = report(name)
    medium = getattr(chosen, "MEDIUM", TEXT)
    for piece in chosen.lines(findings, _reader()):
        write_as(piece, medium)


def _show_diff(findings: list[Finding], unsafe: bool) -> int:
    from termbank.checking.files.fixing import diff

    diff_text = ""
    for path, file_findings in _by_path(findings):
        diff_text += diff(path, file_findings, unsafe=unsafe)
    write_as(diff_text, DATA)
    return EXIT_FOUND if diff_text else EXIT_CLEAN


def _fix_all(
    args: Namespace, findings: list[Finding], digests: dict[str, str]
) -> list[Finding]:
    """Fix files until nothing is left to fix; return the findings that remain."""
    from termbank.atomic_files import ChangedError
    from termbank.checking.files.fixing import ROUNDS, fix_file

    total, unsafe = 0, args.unsafe_fixes
    conflicts: set[str] = set()
    for _ in range(ROUNDS):
        count = 0
        conflicts.clear()
        for path, file_findings in _by_path(findings):
            try:
                count += fix_file(
                    path, file_findings, unsafe=unsafe, digest=digests.get(path)
                )
            except ChangedError:
                conflicts.add(path)
        if not count and not conflicts:
            break
        total += count
        findings = _findings(args, digests)
    _say_changed(conflicts)
    if total:
        print(say(f"{total} か所を直しました", f"{total} fixed"), file=sys.stderr)
    return findings


def _add_comments(
    args: Namespace, findings: list[Finding], digests: dict[str, str]
) -> None:
    from itertools import groupby

    from termbank.atomic_files import ChangedError
    from termbank.checking.files.suppression_writer import add_comments

    conflicts = set()
    count = 0
    for path, file_findings in groupby(findings, key=lambda finding: finding.path):
        try:
            count += add_comments(list(file_findings), args.markup, digests)
        except ChangedError:
            conflicts.add(path)
    _say_changed(conflicts)
    _say_done(f"{count} 行にコメントを書きました", f"comments written on {count} lines")


def _say_changed(paths: Iterable[str]) -> None:
    for path in sorted(paths):
        left = say(
            "検査のあとに変更されたため、直していません",
            "changed since it was checked, left as it is",
        )
        print(f"termbank: {visible_line(path)}: {left}", file=sys.stderr)


def _by_path(findings: list[Finding]) -> list[tuple[str, list[Finding]]]:
    from itertools import groupby

    by_file = groupby(findings, key=lambda finding: finding.path)
    files = [(path, list(group)) for path, group in by_file if path != "-"]
    return [
        (path, file_findings)
        for path, file_findings in files
        if any(finding.fix for finding in file_findings)
    ]


def _write_statistics(findings: list[Finding]) -> None:
    from termbank.rules import row_of

    from .display import table

    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    rows = [
        (code, row_of(code).name, count)
        for code, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    ]
    header = (say("番号", "code"), say("規則", "rule"), say("件数", "findings"))
    print(table(rows, header), file=sys.stderr)


def _select(args: Namespace) -> list[str] | None:
    if args.select:
        return _codes(args.select)
    if args.glossary_only:
        return ["TB4"]
    return [*EVIDENCE, "TB9"] if args.bilingual else None


def _codes(code_list: str) -> list[str]:
    return [code.strip() for code in code_list.split(",") if code.strip()]


def _reader() -> Callable[[str], str]:
    """Return what gives the text of a path, remembering the last one."""
    from termbank.checking.files.source_file import read
    from termbank.errors import InputError

    last = ("", "")

    def text_of(path: str) -> str:
        nonlocal last
        if last[0] != path:
            try:
                last = path, read(path).content.decode()
            except InputError:
                last = path, ""
        return last[1]

    return text_of

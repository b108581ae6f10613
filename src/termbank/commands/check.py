"""``termbank check``: find what is inconsistent in files, and mend it."""

from __future__ import annotations

import sys

from ..reports import REPORTS, report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from ..types import Finding

_UNREADABLE = "TB903"
# Bilingual rules that point at something wrong, not at something absent.
EVIDENCE = ("TB301", "TB303", "TB306", "TB307", "TB308")
EXIT_CLEAN, EXIT_FOUND, EXIT_INPUT = 0, 1, 2


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="FILE", help="files, folders, globs; - for stdin")
    add("--glossary", action="append", metavar="PATH",
        help="folder or file; builtin for the shipped one; repeatable, earlier wins")  # fmt: skip
    add("--select", metavar="CODES", help="codes or beginnings, TB101,TB2; ALL")
    add("--bilingual", action="store_true",
        help="check PO, XLIFF, TMX and CSV files as pairs, with the rules whose findings rest on evidence")  # fmt: skip
    add("--source-folder", metavar="DIR", default="",
        help="with --bilingual: files are translations of the same names in DIR")  # fmt: skip
    add("--glossary-only", action="store_true", help="check the glossaries themselves")
    add("--ignore", metavar="CODES", default="", help="codes or beginnings left out")
    add(
        "--format",
        choices=tuple(REPORTS),
        default="text",
        help="how findings are written",
    )
    add(
        "--markup",
        metavar="NAME",
        help="markup of all files; told by the name otherwise",
    )
    add("--fix", action="store_true", help="apply safe fixes, report what is left")
    add("--unsafe-fixes", action="store_true", help="with --fix or --diff: all fixes")
    add("--diff", action="store_true", help="show what --fix would change")
    add("--add-ignore", action="store_true", help="silence the findings by comments")
    add("--statistics", action="store_true", help="count findings by rule on stderr")
    add("--baseline", metavar="FILE", help="known findings")
    add("--write-baseline", metavar="FILE", help="make the findings known")
    add(
        "--changed-since",
        metavar="REV",
        default="",
        help="only lines changed since REV",
    )
    add("--as-of", metavar="DATE", default="", help="date of the texts, 2024-05-01")
    add(
        "--force-exclude",
        action="store_true",
        help="exclude named files, too (always on)",
    )


def run(args: Namespace) -> int:
    """Print the findings; return 0 when clean, 1 with findings, 2 when unreadable."""
    findings = _findings(args)
    if args.write_baseline:
        from ..checking.baseline import write as write_baseline

        write_baseline(args.write_baseline, findings)
        return EXIT_CLEAN
    if args.diff:
        return _show_diff(findings, args.unsafe_fixes)
    if args.add_ignore:
        from ..checking.ignoring import add_comments

        add_comments(findings, args.markup)
        findings = _findings(args)
    if args.fix:
        findings = _fix_all(args, findings)
    write(findings, args.format)
    if args.statistics:
        _write_statistics(findings)
    if any(one.code == _UNREADABLE for one in findings):
        return EXIT_INPUT
    return EXIT_FOUND if findings else EXIT_CLEAN


def _findings(args: Namespace) -> list[Finding]:
    from ..checking import check
    from ..checking.options import Options
    from ..config import settings as settings_for
    from ..errors import ConfigError
    from ..messages import say

    settings = settings_for()
    table = settings.check
    if not args.paths and not args.glossary_only:
        raise ConfigError(
            "FILE",
            say("調べるものがありません", "nothing to check"),
            say("ファイル・フォルダー・glob か -", "files, folders, globs or -"),
        )
    if args.baseline or args.write_baseline:
        known = "" if args.write_baseline else args.baseline
        settings = settings._replace(check=table._replace(baseline=known))
    options = Options(
        table.quotations,
        table.long_vowel,
        args.as_of,
        changed_since=args.changed_since,
        source_folder=args.source_folder,
    )
    return check(
        args.paths,
        glossary=args.glossary,
        select=_selected(args),
        ignore=_codes(args.ignore),
        format=args.markup,
        options=options,
        settings=settings,
    )


def write(findings: list[Finding], name: str) -> None:
    """Write findings to standard output in one of the reports."""
    if not findings and name in ("text", "concise", "jsonl", "github"):
        return
    for piece in report(name).lines(findings, _text_of):
        sys.stdout.write(piece)


def _show_diff(findings: list[Finding], unsafe: bool) -> int:
    from ..checking.fixing import diff

    shown = ""
    for path, listed in _by_path(findings):
        shown += diff(path, listed, unsafe=unsafe)
    sys.stdout.write(shown)
    return EXIT_FOUND if shown else EXIT_CLEAN


def _fix_all(args: Namespace, findings: list[Finding]) -> list[Finding]:
    """Fix files until nothing is left to fix; return the findings that remain."""
    from ..checking.fixing import ROUNDS, fix_file
    from ..messages import say

    total = 0
    for _ in range(ROUNDS):
        count = sum(
            fix_file(path, listed, unsafe=args.unsafe_fixes)
            for path, listed in _by_path(findings)
        )
        if not count:
            break
        total += count
        findings = _findings(args)
    if total:
        print(say(f"{total} か所を直しました", f"{total} fixed"), file=sys.stderr)
    return findings


def _by_path(findings: list[Finding]) -> list[tuple[str, list[Finding]]]:
    from itertools import groupby

    grouped = groupby(findings, key=lambda one: one.path)
    files = [(path, list(group)) for path, group in grouped if path != "-"]
    return [(path, listed) for path, listed in files if any(one.fix for one in listed)]


def _write_statistics(findings: list[Finding]) -> None:
    from ..rules import RULES
    from .display import table

    counts: dict[str, int] = {}
    for one in findings:
        counts[one.code] = counts.get(one.code, 0) + 1
    rows = [
        (code, RULES[code].name if code in RULES else "", count)
        for code, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    ]
    print(table(rows, ("code", "rule", "findings")), file=sys.stderr)


def _selected(args: Namespace) -> list[str] | None:
    if args.select:
        return _codes(args.select)
    if args.glossary_only:
        return ["TB4"]
    return [*EVIDENCE, "TB9"] if args.bilingual else None


def _codes(listed: str) -> list[str]:
    return [code.strip() for code in listed.split(",") if code.strip()]


def _text_of(path: str) -> str:
    from ..checking.reading import read
    from ..errors import InputError

    try:
        return read(path).content.decode()
    except InputError:
        return ""

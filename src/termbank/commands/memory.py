"""``termbank memory …``: the translation memory from the command line."""

from __future__ import annotations

import json
import os
import sys
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import InputError, StoreError
from termbank.messages import say
from termbank.stores.addresses import is_address, without_secrets

from .display import emit_json, progress, table

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterable

    from termbank.memory import Memory
    from termbank.memory.leverage_report import Counted
    from termbank.types import Match

_FOLDER: Final = "tm"
_FORMATS: Final = ("text", "json")
_STATS: Final = {
    "segments": "セグメント",
    "unindexed": "索引のないセグメント",
    "index_bytes": "索引のバイト数",
    "store_bytes": "ファイルのバイト数",
}
# name: (what it does in Japanese, in English)
_ACTIONS: Final = {
    "import": ("対訳ファイルを取り込む", "store bilingual files"),
    "search": ("似た原文を探す", "find the likest sources"),
    "concordance": ("文字列を含む対訳を探す", "find pairs that hold a string"),
    "export": ("対訳を書き出す", "write all pairs to a file"),
    "clean": ("おかしな対訳を探す", "find duplicates and doubtful pairs"),
    "leverage": ("原稿の一致率を調べる", "analyse a job against the memory"),
    "pretranslate": (
        "未訳の箇所を埋める",
        "fill untranslated units of XLIFF, PO, TMX, string tables",
    ),
    "align": ("原文と訳文を対応させる", "pair a text with its translation"),
    "stats": ("大きさを調べる", "say how large the memory is"),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    parsers = {}
    for name, both in _ACTIONS.items():
        parsers[name] = subparser = actions.add_parser(
            name, help=say(*both), description=say(*both)
        )
        subparser.add_argument(
            "-m",
            "--memory",
            type=_place,
            default=_place(os.environ.get("TERMBANK_MEMORY") or _FOLDER),
            metavar="DIR",
            help=say(
                "翻訳メモリのフォルダーか共有ストア (既定 $TERMBANK_MEMORY、なければ tm)",
                "folder of the memory, or postgresql://… of a team"
                " (default $TERMBANK_MEMORY, else tm)",
            ),
        )
        formats = ("text", "json", "csv", "html") if name == "leverage" else _FORMATS
        subparser.add_argument("--format", choices=formats, default="text")
    _texts(parsers["search"], parsers["concordance"])
    _files(parsers)
    for name in ("align", "leverage"):
        source = say("原文の言語 (既定 ja)", "language of the source (default ja)")
        parsers[name].add_argument("--lang", default="ja", metavar="LANG", help=source)
    target = say("訳文の言語 (既定 en)", "language of the target (default en)")
    parsers["align"].add_argument("--to", default="en", metavar="LANG", help=target)
    _pair(parsers["import"])
    parsers["clean"].add_argument(
        "--delete",
        action="append",
        default=[],
        metavar="KIND",
        choices=("duplicate", "untranslated", "language", "swapped", "numbers"),
        help=say("この種類を削除する", "delete the pairs of this kind"),
    )


def _place(text: str) -> str | Path:
    return text if is_address(text) else Path(text)


def _pair(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--lang",
        metavar="LANG",
        help=say(
            "対訳の一方の言語 (既定 ja)。向きはファイルが決める",
            "one language of the pairs (default ja); the file says the direction",
        ),
    )
    parser.add_argument(
        "--to",
        metavar="LANG",
        help=say("もう一方の言語 (既定 en)", "the other language (default en)"),
    )


def _texts(search: ArgumentParser, concordance: ArgumentParser) -> None:
    text_help = say("探す文 (複数可)", "a text to look for; may be repeated")
    search.add_argument("text", nargs="+", metavar="TEXT", help=text_help)
    most = say("一つの文についての件数 (既定 5)", "how many a text (default 5)")
    search.add_argument("--limit", type=int, default=5, metavar="N", help=most)
    least = say("最低点 0-100 (既定 70)", "lowest score, 0-100 (default 70)")
    search.add_argument(
        "--at-least", type=float, default=70.0, metavar="SCORE", help=least
    )
    tongue = say(
        "探す文の言語 (既定は文から判断)",
        "language of the text; told by its letters where absent",
    )
    search.add_argument("--lang", metavar="LANG", help=tongue)
    concordance.add_argument(
        "text",
        nargs="+",
        metavar="TEXT",
        help=say("探す文字列 (* と ? が使える)", "a string; * and ? may stand in it"),
    )
    most = say("表示する件数 (既定 100)", "how many to show (default 100)")
    concordance.add_argument("--limit", type=int, default=100, metavar="N", help=most)
    concordance.add_argument(
        "--mark",
        action="store_true",
        help=say(
            "ヒットを [[ ]] で囲む (端末では太字)",
            "mark the hits: [[hit]], bold on a terminal",
        ),
    )
    concordance.add_argument(
        "--glossary",
        action="append",
        metavar="PATH|builtin",
        default=None,
        help=say("この用語集の用語も示す", "show the terms of this glossary beside"),
    )
    side = say("この言語の側だけを探す", "look in this language only")
    concordance.add_argument("--lang", metavar="LANG", help=side)


def _files(parsers: dict[str, ArgumentParser]) -> None:
    pairs = say("対訳ファイル (TMX, XLIFF, PO …)", "bilingual file (TMX, XLIFF, PO …)")
    parsers["import"].add_argument(
        "paths", nargs="+", type=Path, metavar="FILE", help=pairs
    )
    target = say(
        "書き出すファイル。形式は拡張子で決まる", "file; its suffix says the format"
    )
    parsers["export"].add_argument("path", type=Path, metavar="FILE", help=target)
    counts = parsers["leverage"]
    job = say("翻訳する案件のファイル", "file of the job")
    counts.add_argument("paths", nargs="+", type=Path, metavar="FILE", help=job)
    counts.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help=say("書き出し先", "file to write instead of the screen"),
    )
    counts.add_argument(
        "--weights",
        metavar="BAND=N,…",
        help=say(
            "換算の係数 (例 100=0.1,95-99=0.3)",
            "what a word of a band counts (100=0.1,95-99=0.3)",
        ),
    )
    fill = parsers["pretranslate"]
    fill.add_argument("path", type=Path, metavar="FILE", help=job)
    fill.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help=say(
            "書き出し先 (なければ、確かめてから上書き)",
            "file to write (without it the input is overwritten, after asking)",
        ),
    )
    fill.add_argument(
        "-y",
        "--yes",
        action="store_true",
        help=say("確かめずに上書きする", "overwrite without asking"),
    )
    least = say("最低点 0-100 (既定 95)", "lowest score, 0-100 (default 95)")
    fill.add_argument(
        "--at-least", type=float, default=95.0, metavar="SCORE", help=least
    )
    align = parsers["align"]
    source, translation = say("原文", "the text"), say("訳文", "its translation")
    align.add_argument("source", type=Path, metavar="SOURCE", help=source)
    align.add_argument("target", type=Path, metavar="TARGET", help=translation)
    align.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help=say("対訳の書き出し先", "file for the pairs (TMX, CSV …)"),
    )
    align.add_argument(
        "--add",
        action="store_true",
        help=say("翻訳メモリにも加える", "store the pairs in the memory"),
    )
    own = say("文の区切り方の規則 (SRX)", "rules of segmentation (SRX)")
    align.add_argument("--srx", type=Path, metavar="FILE", help=own)
    hints = say(
        "対応付けの手がかりにする用語集", "glossary whose terms help to pair sentences"
    )
    align.add_argument(
        "--glossary",
        action="append",
        metavar="PATH|builtin",
        default=None,
        help=hints,
    )


def run(args: Namespace) -> int:
    """Do one action; 1 where a search or cleaning has something to tell."""
    work: Callable[[Namespace], int] = _WORK[args.action]
    return work(args)


def _open_memory(args: Namespace, *, new: bool = False) -> Memory:
    from termbank.memory import Memory

    if is_address(args.memory):
        return Memory.open(args.memory)
    if not new and not (args.memory / "memory.sqlite").is_file():
        raise StoreError(
            str(args.memory),
            say("翻訳メモリがありません", "no memory"),
            "termbank memory import FILE -m DIR",
        )
    return Memory.open(args.memory)


def _import(args: Namespace) -> int:
    from termbank.memory.import_report import ImportReport
    from termbank.memory.importing import batches

    total = 0
    files: dict[str, Any] = {}
    with ExitStack() as stack:
        memory: Memory | None = None
        for path in progress(args.paths, say("取り込み", "import")):
            report = ImportReport()
            frames = batches(path, lang=args.lang, to=args.to, report=report)
            first = next(frames, None)  # a file that is refused makes no new memory
            memory = memory or stack.enter_context(_open_memory(args, new=True))
            new_count = memory.add_batches(
                chain([] if first is None else [first], frames)
            )
            total += new_count
            files[str(path)] = {"added": new_count, **report.as_dict()}
            print(f"{path}: {new_count} ({report.sentence()})", file=sys.stderr)
            for warning in report.warnings:
                print(f"{path}: {warning}", file=sys.stderr)
    value = {"added": total, "files": files}
    _say_or_json(args, value, f"{total} 件を追加しました", f"{total} added")
    return 0


def _search(args: Namespace) -> int:
    with _open_memory(args) as memory:
        answers = [
            memory.search(
                text, limit=args.limit, at_least=args.at_least, lang=args.lang
            )
            for text in args.text
        ]
    for text, matches in zip(args.text, answers, strict=True):
        if args.format == "json":
            match_dicts = [_with_edits(text, match) for match in matches]
            emit_json({"query": text, "matches": match_dicts})
        else:
            _show(text, matches)
    return 0 if all(answers) else 1


def _with_edits(text: str, match: Match) -> dict[str, Any]:
    from termbank.memory import edits

    return match._asdict() | {"edits": list(edits(match.source, text))}


def _show(text: str, matches: list[Match]) -> None:
    from termbank.memory import edits

    if not matches:
        print(f"{text}: {say('見つかりません', 'nothing found')}")
    marks = {"same": "{}", "deleted": "[-{}-]", "inserted": "{{+{}+}}"}
    for match in matches:
        why = " ".join((match.band, *match.penalties))
        diff_text = "".join(
            marks[edit.kind].format(edit.text) for edit in edits(match.source, text)
        )
        print(f"{match.score:5.1f}  {match.target}\n       {diff_text}\n       ({why})")


def _concordance(args: Namespace) -> int:
    from termbank.memory.concordance_lines import (
        BOLD,
        BRACKETS,
        as_records,
        lines_of,
    )

    with _open_memory(args) as memory:
        result = memory.find_text(" ".join(args.text), lang=args.lang, limit=args.limit)
    if args.format == "json":
        emit_json(as_records(result, args.glossary))
    else:
        bold = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        marks = BOLD if bold else BRACKETS if args.mark else None
        for line in lines_of(result, args.glossary, marks=marks):
            print(line)
    if result.instead:
        words = say("、".join(result.words), ", ".join(result.words))
        note = say(
            f"そのままの形では見つかりません。代わりに探した語: {words}",
            f"not found as it stands; looked for instead: {words}",
        )
        print(note, file=sys.stderr)
    elif not result.matches:
        print(say("見つかりません", "nothing found"), file=sys.stderr)
    return 0 if result.matches else 1


def _export(args: Namespace) -> int:
    with _open_memory(args) as memory:
        count = memory.export(args.path).height
    _say_or_json(
        args, {"written": count}, f"{count} 件を書きました", f"{count} written"
    )
    return 0


def _clean(args: Namespace) -> int:
    from termbank.memory import cleaning

    with _open_memory(args) as memory:
        problems = list(cleaning.faults(memory.rows()))
        ids_to_delete = [
            problem.segment_id for problem in problems if problem.kind in args.delete
        ]
        gone = memory.delete(ids_to_delete) if ids_to_delete else 0
    if args.format == "json":
        emit_json(
            {"faults": [problem._asdict() for problem in problems], "deleted": gone}
        )
    else:
        for problem in problems:
            print(
                "\t".join(
                    (
                        problem.kind,
                        problem.segment_id,
                        problem.source,
                        problem.target,
                        problem.detail,
                    )
                )
            )
        if gone:
            print(say(f"{gone} 件を削除しました", f"{gone} deleted"), file=sys.stderr)
    return 1 if len(problems) > gone else 0


def _leverage(args: Namespace) -> int:
    from termbank.memory import leverage, leverage_report

    weights = leverage_report.read_weights(args.weights)
    jobs = [
        leverage.job_of(path, args.lang)
        for path in progress(args.paths, say("読み込み", "reading"))
    ]
    with _open_memory(args) as memory:
        tables = leverage.analysed_by_job(memory, jobs)
    files = [
        leverage_report.Counted(str(path), rows)
        for path, rows in zip(args.paths, tables, strict=True)
    ]
    if left_out := sum(job.left_out for job in jobs):
        note = say(
            f"除外: 翻訳済み・確認待ち・翻訳対象外 {left_out} 件",
            f"left out: {left_out} translated, waiting for review or protected",
        )
        print(note, file=sys.stderr)
    text = _leverage_text(files, weights, args)
    if args.output:
        from termbank.atomic_files import replacing_bytes

        with replacing_bytes(str(args.output)) as file:
            file.write(text.encode())
    else:
        print(text, end="")
    return 0


def _leverage_text(
    files: list[Counted], weights: dict[str, float], args: Namespace
) -> str:
    from termbank.memory import leverage_report

    if args.format == "csv":
        return leverage_report.as_csv(files, weights)
    if args.format == "html":
        return leverage_report.as_html(files, weights)
    total = leverage_report.total_of(files)
    if args.format == "json":
        rows = [row._asdict() for row in total.rows if row.band != "locked"]
        return json.dumps(rows, ensure_ascii=False) + "\n"
    tables_to_print = [*files, total] if len(files) > 1 else files
    tables = [
        f"{file.name}\n{table(leverage_report.lines(file, weights), leverage_report.heads())}"
        for file in tables_to_print
    ]
    return "\n\n".join(tables) + "\n"


def _pretranslate(args: Namespace) -> int:
    from termbank.memory.pretranslation import fill_untranslated

    out = args.output or args.path
    if args.path.is_file() and out.exists() and out.samefile(args.path):
        _confirm_overwriting(args)
    with _open_memory(args) as memory:
        result = fill_untranslated(memory, args.path, out, at_least=args.at_least)
    _say_or_json(
        args,
        result._asdict(),
        f"{result.filled} 件を埋め、{result.kept} 件は訳があり、{result.open} 件が残りました",
        f"{result.filled} filled, {result.kept} already translated, {result.open} left",
    )
    return 0


def _confirm_overwriting(args: Namespace) -> None:
    """Ask before the input is overwritten.

    Raises:
        InputError: The answer was no, or there was none.
    """
    if args.yes:
        return
    question = say(f"{args.path} を上書きしますか", f"overwrite {args.path}?")
    try:
        print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline()
    except OSError:  # nobody can be asked, as where a program calls this function
        return
    if answer.strip().casefold() not in ("y", "yes", "はい"):
        raise InputError(
            str(args.path),
            say("上書きしませんでした", "not overwritten"),
            say("-o FILE か --yes", "-o FILE, or --yes"),
        )


def _align(args: Namespace) -> int:
    from termbank.memory import align
    from termbank.memory.exporting import write
    from termbank.sources import read

    texts = [read([str(path)])["text"][0] for path in (args.source, args.target)]
    alignment = align(
        *texts,
        lang=args.lang,
        to=args.to,
        glossary=args.glossary,
        origin=args.source.name,
        rules=args.srx,
    )
    if args.output:
        write(alignment.segments.drop("confidence"), args.output)
    if args.add:
        with _open_memory(args, new=True) as memory:
            memory.add(alignment.segments)
    if args.format == "json":
        emit_json(
            alignment.segments.select("confidence", "source", "target").to_dicts()
        )
    elif not args.output and not args.add:
        _lines(alignment.segments.select("confidence", "source", "target").iter_rows())
    if alignment.review.height:
        note = say("要確認", "to be reviewed")
        print(f"{note}: {alignment.review.height}", file=sys.stderr)
        for row in alignment.review.iter_rows():
            print("\t".join(map(str, row)), file=sys.stderr)
    return 0


def _stats(args: Namespace) -> int:
    with _open_memory(args) as memory:
        counts = memory.stats()
    if args.format == "json":
        emit_json(counts._asdict())
        return 0
    rows: list[tuple[str, object]] = [
        (say(_STATS[name], name), value)
        for name, value in counts._asdict().items()
        if name in _STATS
    ]
    rows += [
        (f"{source or '?'} → {target or '?'}", count)
        for source, target, count in counts.languages
    ]
    print(table(rows, (say("翻訳メモリ", "memory"), without_secrets(args.memory))))
    return 0


def _lines(rows: Iterable[tuple[object, ...]]) -> None:
    for row in rows:
        print("\t".join(map(str, row)))


def _say_or_json(args: Namespace, value: object, ja: str, en: str) -> None:
    if args.format == "json":
        emit_json(value)
    else:
        print(say(ja, en))


_WORK: Final = {
    "import": _import,
    "search": _search,
    "concordance": _concordance,
    "export": _export,
    "clean": _clean,
    "leverage": _leverage,
    "pretranslate": _pretranslate,
    "align": _align,
    "stats": _stats,
}

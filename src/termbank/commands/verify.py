"""``termbank verify SOURCE TARGET``: a translation against its source and the glossary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.messages import say

from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.operations.translation_checks import PairFinding, TranslationCheck


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add("source", metavar="SOURCE", help=say("原文", "source document"))
    add(
        "target",
        nargs="?",
        metavar="TARGET",
        help=say(
            "訳文 (省略時は SOURCE が対訳ファイル)",
            "its translation; absent where SOURCE is a bilingual file",
        ),
    )
    add("--format", choices=("text", "json", "html"), default="text")
    add("-o", "--output", metavar="OUT", help=say("書き出すファイル", "file to write"))
    add("--glossary", action="append", metavar="PLACE", help=say("用語集", "glossary"))
    add(
        "--from", dest="lang", metavar="LANG", help=say("原文の言語", "source language")
    )
    add("--to", metavar="LANG", help=say("訳文の言語", "target language"))
    add(
        "--strict",
        action="store_true",
        help=say("助言も 1 で終わる", "exit 1 for advice, too"),
    )


def run(args: Namespace) -> int:
    """Print the report; 1 where there are errors, with ``--strict`` advice too."""
    from termbank.operations.translation_checks import check_translation, pairs_of_files

    pairs = pairs_of_files(args.source, args.target, lang=args.lang, to=args.to)
    report = check_translation(
        pairs, lang=args.lang, to=args.to, glossary=args.glossary
    )
    if args.format == "json":
        emit_json(_as_object(report, pairs))
    elif args.format == "html":
        _write(args.output, "".join(_page(report, pairs)))
    else:
        _write(args.output, "\n".join(_lines(report, pairs)) + "\n")
    return 1 if report.errors or (args.strict and report.advice) else 0


def _write(path: str | None, text: str) -> None:
    if path is None:
        print(text, end="")
        return
    from termbank.formats.safe_files import replacing

    with replacing(path) as file:
        file.write(text)


def _lines(report: TranslationCheck, pairs: list[tuple[str, str]]) -> list[str]:
    lines = [_line(each, pairs) for each in (*report.errors, *report.advice)]
    for each in report.inconsistent:
        counts = ", ".join(f"{form} ({count})" for form, count in each.ways)
        lines.append(f"{say('訳語の不統一', 'inconsistent')}: {each.term}: {counts}")
    lines.append(_summary(report, pairs))
    return lines


def _line(each: PairFinding, pairs: list[tuple[str, str]]) -> str:
    finding = each.finding
    mark = "" if finding.severity == "error" else f" {finding.severity}:"
    head = f"{each.pair + 1}: {finding.code}{mark} {finding.message}"
    return f"{head}\n    {pairs[each.pair][0]}\n    {pairs[each.pair][1]}"


def _summary(report: TranslationCheck, pairs: list[tuple[str, str]]) -> str:
    return say(
        f"セグメント {len(pairs)}、誤り {len(report.errors)}、助言 {len(report.advice)}、"
        f"用語 {report.rendered}/{report.terms} ({report.success_rate} %)",
        f"segments {len(pairs)}, errors {len(report.errors)}, advice {len(report.advice)},"
        f" terms {report.rendered}/{report.terms} ({report.success_rate} %)",
    )


def _as_object(
    report: TranslationCheck, pairs: list[tuple[str, str]]
) -> dict[str, object]:
    def dicts_of(findings: tuple[PairFinding, ...]) -> list[dict[str, object]]:
        return [
            {
                "pair": each.pair,
                "source": pairs[each.pair][0],
                "target": pairs[each.pair][1],
                "rule": each.finding.code,
                "message": each.finding.message,
                "start": each.finding.span.start,
                "end": each.finding.span.end,
                "fix": each.finding.fix.text if each.finding.fix else None,
            }
            for each in findings
        ]

    return {
        "segments": len(pairs),
        "errors": dicts_of(report.errors),
        "advice": dicts_of(report.advice),
        "terms": report.terms,
        "rendered": report.rendered,
        "term_success_rate": report.success_rate,
        "inconsistent": [
            {"term": each.term, "found": dict(each.ways)}
            for each in report.inconsistent
        ],
    }


def _page(report: TranslationCheck, pairs: list[tuple[str, str]]) -> list[str]:
    from html import escape

    title = escape(say("訳文の検査", "Check of a translation"))
    rows = []
    for each in (*report.errors, *report.advice):
        finding, (source, target) = each.finding, pairs[each.pair]
        start, end = finding.span
        target_cell = (
            f"{escape(target[:start])}<mark>{escape(target[start:end])}</mark>"
            f"{escape(target[end:])}"
        )
        rows.append(
            f"<tr class='{escape(finding.severity)}'><td>{each.pair + 1}</td>"
            f"<td>{escape(finding.code)}</td><td>{escape(finding.message)}</td>"
            f"<td lang='ja'>{escape(source)}</td><td>{target_cell}</td></tr>"
        )
    heads = (
        ("#", "#"), ("規則", "rule"), ("指摘", "finding"), ("原文", "source"),
        ("訳文", "target"),
    )  # fmt: skip
    cells = "".join(f"<th scope='col'>{escape(say(*head))}</th>" for head in heads)
    return [
        "<!doctype html><meta charset='utf-8'><meta name='viewport' content='width=device-width'>",
        f"<title>{title}</title><style>",
        "body{font:16px/1.7 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;",
        "color-scheme:light dark}table{border-collapse:collapse;width:100%}",
        "th,td{text-align:start;padding:.4rem .6rem;border-bottom:1px solid #8888;vertical-align:top}",
        ".error td:first-child{border-inline-start:.3rem solid #c33}mark{background:#fd8;color:#000}",
        "@media(max-width:40rem){table,tbody,tr,td{display:block}thead{display:none}}</style>",
        f"<h1>{title}</h1><p>{escape(_summary(report, pairs))}</p>",
        f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table>\n",
    ]

"""``termbank brief FILE``: what a translator or a model needs before it starts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from termbank.errors import InputError
from termbank.messages import say

from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.operations.translation_brief import Brief

_TABLES = ("deepl", "google", "azure")
_CODE_POINTS_A_TOKEN = 2  # of Japanese and English mixed, on the safe side


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add("path", metavar="FILE", help=say("翻訳する文書", "document to be translated"))
    add(
        "--format",
        choices=("markdown", "json", *_TABLES),
        default="markdown",
        help=say(
            "deepl・google・azure はこの文書だけの用語集",
            "deepl, google, azure: a glossary for this document alone",
        ),
    )
    add("-o", "--output", metavar="OUT", help=say("書き出すファイル", "file to write"))
    add("--budget", type=int, metavar="N", help=say("文字数の上限", "most characters"))
    add("--tokens", type=int, metavar="N", help=say("トークン数の上限", "most tokens"))
    add("--glossary", action="append", metavar="PLACE", help=say("用語集", "glossary"))
    add("--memory", metavar="DIR", help=say("翻訳メモリ", "translation memory"))
    add("--source", metavar="LANG", help=say("原文の言語", "source language"))
    add("--target", metavar="LANG", help=say("訳文の言語", "target language"))


def run(args: Namespace) -> int:
    """Print or write the brief; return 0."""
    from termbank.operations.translation_brief import (
        BUDGET,
        as_markdown,
        as_object,
        brief,
    )
    from termbank.sources import read

    text = "\n\n".join(read([args.path])["text"].to_list())
    text_brief = brief(
        text,
        lang=args.source,
        to=args.target,
        glossary=args.glossary,
        memory=args.memory,
    )
    budget = args.budget or (args.tokens or 0) * _CODE_POINTS_A_TOKEN or BUDGET
    if budget <= 0:
        right = say("1 以上の数", "a number of 1 or more")
        raise InputError("--budget", str(budget), right)
    if args.format in _TABLES:
        return _write_table(args, text_brief)
    if args.format == "json":
        most = budget if args.budget or args.tokens else None
        values = as_object(text_brief, budget=most)
        if not args.output:
            emit_json(values)
            return 0
        page = json.dumps(values, ensure_ascii=False) + "\n"
    else:
        page = as_markdown(text_brief, budget=budget)
    if args.output:
        from termbank.formats.safe_files import replacing

        with replacing(args.output) as file:
            file.write(page)
    else:
        print(page, end="")
    return 0


def _write_table(args: Namespace, text_brief: Brief) -> int:
    from termbank.operations.translation_brief import write_glossary

    if not args.output:
        right = say("-o ファイル", "-o FILE")
        raise InputError(
            f"--format {args.format}", say("出力先なし", "no output"), right
        )
    write_glossary(text_brief, args.output, format_name=args.format)
    return 0

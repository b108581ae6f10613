"""``termbank inspect FILE``: what a file holds, and what is odd about it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from termbank.formats.inspection import inspect
from termbank.messages import say

from .display import emit_json
from .project.labels import label

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from termbank.formats.model.inspection_report import Inspection


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "file", metavar="FILE", help=say("調べるファイル", "file to inspect")
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print what the file holds; 0 with or without warnings."""
    # Elements and records hold no cycles; looking for some costs a fifth of the time.
    gc.disable()
    report = inspect(args.file)
    if args.format == "json":
        emit_json(report.as_dict())
        return 0
    version = f" {report.version}" if report.version else ""
    print(f"{args.file}: {report.format}{version}")
    unit, term = _japanese_labels(report)
    print(say(f"{unit}: {report.units}", f"units: {report.units}"))
    print(say(f"{term}: {report.terms}", f"terms: {report.terms}"))
    print(say("言語", "languages") + ": " + ", ".join(report.langs))
    if report.statuses:
        counts = ", ".join(
            f"{label(k)} {v}" for k, v in sorted(report.statuses.items())
        )
        print(say("状態", "statuses") + ": " + counts)
    if report.columns:
        print(say("列", "columns") + ": " + ", ".join(report.columns))
    for warning in report.warnings:
        print(say("注意", "warning") + f": {warning}")
    return 0


def _japanese_labels(report: Inspection) -> tuple[str, str]:
    """Name what ``units`` and ``terms`` count in a file of this format."""
    from termbank.formats.parts import module

    if report.columns:
        return "行", "語形・訳文"
    if report.format == "srx":
        return "規則", "語形"
    if hasattr(module(report.format), "concepts"):
        return "概念", "用語"
    if report.format == "po":  # the header is counted too, and is no text to translate
        return "項目", "訳文"
    return "翻訳単位", "セグメント" if report.format == "tmx" else "訳文"

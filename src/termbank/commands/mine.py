"""``termbank mine``: the names and terms of documents, best first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.messages import say

from .display import emit_json, table
from .mention_places import with_places
from .project.document_reading import read_documents
from .project.labels import label
from .running.collection_mining import is_run, mine_collection
from .running.engine_arguments import add_engine, add_run, add_target, engine_of
from .running.mined_rows import (
    CANDIDATE_COLUMNS,
    MENTION_COLUMNS,
    add_ranking,
    show_rows,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

    from termbank.mining.terms.term_explanation import Explanation
    from termbank.sources.collection import Document


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add(
        "sources",
        nargs="+",
        metavar="FILE",
        help=say("ファイル・フォルダー・glob", "files, folders or globs"),
    )
    add_ranking(parser)
    _add_views(parser)
    rules = say("学習済みモデルを使わない", "names by rule, without the trained model")
    add("--names", choices=("best", "rules"), default="best", help=rules)
    cutter = say("形態素解析器 (既定 sudachi)", "tokeniser (default sudachi)")
    add("--tokeniser", default="sudachi", metavar="NAME", help=cutter)
    size = say(
        "Sudachi の辞書 (既定は入っている最大のもの)",
        "Sudachi dictionary; default: the largest installed",
    )
    add("--dictionary", choices=("full", "core", "small"), help=size)
    add_engine(parser)
    add_run(parser)
    add_target(parser)


def _add_views(parser: ArgumentParser) -> None:
    views = parser.add_mutually_exclusive_group()
    places = say("順位表ではなく出現箇所を出す", "places instead of ranked forms")
    views.add_argument("--mentions", action="store_true", help=places)
    why = say("その語の順位の理由を出す", "say why a form ranks where it does")
    views.add_argument("--explain", metavar="FORM", help=why)
    page = say("HTML の報告書を書く", "write an HTML page")
    views.add_argument("--report", type=Path, metavar="HTML", help=page)
    new = say("用語集にない語だけ", "only what the project's glossaries lack")
    parser.add_argument("--new", action="store_true", help=new)


def run(args: Namespace) -> int:
    """Print candidates, places or an account, or write the report; return 0."""
    from termbank.mining import candidates, mine
    from termbank.mining.terms.term_explanation import explanation
    from termbank.sources.collection import frame

    if is_run(args):
        return mine_collection(args)
    documents = read_documents(args.sources)
    mentions = mine(
        frame(documents),
        tokeniser=args.tokeniser,
        dictionary=args.dictionary,
        names=args.names,
        **engine_of(args),
    )
    if args.explain:
        _show_explanation(explanation(args.explain, mentions), args.format, documents)
        return 0
    if args.mentions:
        show_rows(with_places(mentions, documents), args, MENTION_COLUMNS)
        return 0
    ranking: pl.DataFrame = candidates(mentions, by=args.by, measure=args.measure)
    if args.new:
        ranking = _unknown(ranking)
    if args.report:
        _write_report(ranking, args.report, documents)
        return 0
    show_rows(with_places(ranking, documents), args, CANDIDATE_COLUMNS)
    return 0


def _unknown(ranking: pl.DataFrame) -> pl.DataFrame:
    """Return the candidates that no glossary of the project holds in any form."""
    from termbank.config import settings
    from termbank.errors import ConfigError
    from termbank.glossary import Glossary
    from termbank.glossary.shipped import place_of
    from termbank.text.normalise import norm

    paths = settings().glossaries
    if not paths:
        raise ConfigError(
            "--new",
            say("設定に用語集がありません", "no glossary in the settings"),
            'termbank.toml: glossaries = ["…"]',
        )
    norms: set[str] = set()
    for path in paths:
        norms.update(map(norm, Glossary.read(place_of(path)).terms["form"]))
    return ranking.filter(~ranking["norm"].is_in(sorted(norms)))


def _write_report(
    ranking: pl.DataFrame, target: Path, documents: list[Document]
) -> None:
    from termbank.atomic_files import replace_content
    from termbank.mining.candidate_report import page

    replace_content(target, page(ranking, documents).encode("utf-8", "replace"))
    print(say(f"{target} を書き出しました", f"wrote {target}"), file=sys.stderr)


def _show_explanation(why: Explanation, form: str, documents: list[Document]) -> None:
    uris = {document.doc_id: document.uri for document in documents}
    dates = {document.doc_id: document.published for document in documents}
    spread = [
        (uris[doc_id], dates[doc_id] or "", times) for doc_id, times in why.documents
    ]
    if form == "json":
        emit_json({**why._asdict(), "documents": spread})
        return
    print(f"{why.form} ({label(why.kind)}): {why.rank}/{why.forms}")
    rows = [
        *((label(name), count) for name, count in why.counts.items()),
        *_round_values(why.factors),
        *_round_values(why.measures),
    ]
    print(table(rows, (say("根拠", "evidence"), say("値", "value"))))
    heads = (say("文書", "document"), say("日付", "date"), say("回数", "times"))
    print(table(spread, heads))
    if why.company:
        print(table(why.company, (say("近くの語", "beside it"), say("回数", "times"))))


def _round_values(values: object) -> list[tuple[str, str]]:
    return [(name, f"{value:.3f}") for name, value in dict(values).items()]  # type: ignore[call-overload]

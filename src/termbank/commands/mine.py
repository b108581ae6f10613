"""``termbank mine``: the names and terms of documents, best first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termbank.messages import say
from termbank.terminal import DATA, write_as

from .display import emit_json, table
from .mention_places import with_places
from .project.document_reading import read_documents
from .project.labels import label

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

    from termbank.mining.terms.term_explanation import Explanation
    from termbank.sources.collection import Document

_SHOWN: Final = 50
_COLUMNS: Final = (
    *("form", "reading", "kind", "mentions", "documents", "score", "path", "line"),
)
_PLACES: Final = ("path", "line", "start", "end", "surface", "reading", "kind")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add(
        "sources",
        nargs="+",
        metavar="FILE",
        help=say("ファイル・フォルダー・glob", "files, folders or globs"),
    )
    add("--format", choices=("text", "json", "csv"), default="text")
    best = say("上位 N 件 (0 はすべて)", "best N only; 0 is all (text: 50)")
    add("--limit", type=int, metavar="N", help=best)
    scope = say(
        "順位の範囲: 全体 (既定) か、文書ごと",
        "rank over all documents (default) or within each",
    )
    add("--by", choices=("collection", "document"), default="collection", help=scope)
    measures = ("termhood", "c-value", "flr", "tf-idf")
    score = say(
        "得点の計算法 (既定 termhood)", "how forms are scored (default termhood)"
    )
    add("--measure", choices=measures, default="termhood", help=score)
    _add_views(parser)
    rules = say("学習済みモデルを使わない", "names by rule, without the trained model")
    add("--names", choices=("best", "rules"), default="best", help=rules)
    add("--workers", type=int, default=1, metavar="N", help=say("並列数", "processes"))
    cutter = say("形態素解析器 (既定 sudachi)", "tokeniser (default sudachi)")
    add("--tokeniser", default="sudachi", metavar="NAME", help=cutter)
    size = say(
        "Sudachi の辞書 (既定は入っている最大のもの)",
        "Sudachi dictionary; default: the largest installed",
    )
    add("--dictionary", choices=("full", "core", "small"), help=size)


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

    documents = read_documents(args.sources)
    mentions = mine(
        frame(documents),
        tokeniser=args.tokeniser,
        dictionary=args.dictionary,
        names=args.names,
        workers=args.workers,
    )
    if args.explain:
        _show_explanation(explanation(args.explain, mentions), args.format, documents)
        return 0
    if args.mentions:
        _show(with_places(mentions, documents), args, _PLACES)
        return 0
    ranking: pl.DataFrame = candidates(mentions, by=args.by, measure=args.measure)
    if args.new:
        ranking = _unknown(ranking)
    if args.report:
        _write_report(ranking, args.report, documents)
        return 0
    _show(with_places(ranking, documents), args, _COLUMNS)
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


def _show(frame: pl.DataFrame, args: Namespace, columns: tuple[str, ...]) -> None:
    limit = args.limit
    if limit is None:
        limit = _SHOWN if args.format == "text" else 0
    rows = frame.head(limit) if limit > 0 else frame
    if args.format == "csv":
        write_as(rows.write_csv(), DATA)
    elif args.format == "json":
        emit_json(rows.to_dicts())
    else:
        print(table(_cells(rows, columns), tuple(map(label, columns))))
        if rows.height < frame.height:
            more = say(
                f"全 {frame.height} 件中 {rows.height} 件を表示。すべて表示: --limit 0",
                f"{frame.height} rows in all (--limit 0)",
            )
            print(more, file=sys.stderr)


def _cells(rows: pl.DataFrame, columns: tuple[str, ...]) -> list[tuple[object, ...]]:
    return [
        tuple(_cell(name, value) for name, value in zip(columns, row, strict=True))
        for row in rows.select(columns).iter_rows()
    ]


def _cell(column: str, value: object) -> object:
    if isinstance(value, float):
        return f"{value:.2f}"
    if column == "kind":
        return label(str(value))
    return "" if value is None else value

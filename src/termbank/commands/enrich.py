"""``termbank enrich GLOSSARY``: propose English for concepts that have none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from termbank.messages import say

from .display import emit_json, progress, table
from .project.project_options import author_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

    from termbank.equivalents.enriching import Proposed
    from termbank.glossary import Glossary
    from termbank.operations.project import Project

_HEADER = (
    ("日本語", "ja"),
    ("英語", "en"),
    ("得点", "score"),
    ("方法", "method"),
    ("根拠", "evidence"),
)
_EVIDENCE_WIDTH = 40  # characters of evidence shown in a table


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    add = parser.add_argument
    add(
        "glossary",
        nargs="?",
        metavar="DIR",
        help=say(
            "用語集のフォルダー (既定は設定の用語集)",
            "folder of the glossary; default: the project's",
        ),
    )
    bilingual = say(
        "対訳ファイル (TMX, XLIFF, PO …)", "finished translations (TMX, XLIFF, PO …)"
    )
    add("--bilingual", nargs="+", default=[], metavar="FILE", help=bilingual)
    english = say(
        "英語の原稿 (人名・地名のつづり)", "English texts, for the spelling of names"
    )
    add("--english", nargs="+", default=[], metavar="FILE", help=english)
    japanese = say(
        "日本語の原稿 (括弧の注記)", "Japanese texts, for what they gloss in brackets"
    )
    add("--japanese", nargs="+", default=[], metavar="FILE", help=japanese)
    gloss = say(
        "JMdict・JMnedict も使う", "ask JMdict and JMnedict too (extra: dictionaries)"
    )
    add("--dictionaries", action="store_true", help=gloss)
    add(
        "--at-least",
        type=float,
        default=50.0,
        metavar="N",
        help=say("最低点 0-100", "lowest score"),
    )
    add(
        "--limit",
        type=int,
        default=1,
        metavar="N",
        help=say("概念ごとの件数", "forms a concept"),
    )
    write = say(
        "status=proposed の行として用語集に書き込む", "write them as proposed rows"
    )
    add("--write", action="store_true", help=write)
    add("--who", metavar="NAME", help=say("担当者の名前", "who asks for them"))
    add("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print the proposals, write them where asked; return 0."""
    from termbank.equivalents.enriching import Texts, as_terms, enrich
    from termbank.glossary import Glossary
    from termbank.operations.project import Project

    place = args.glossary or str(Project.find().folder)
    glossary = Glossary.read(place)
    home = Path(place).resolve().parent
    texts = Texts(
        _segments(args.bilingual),
        _texts(args.english, home),
        _texts(args.japanese, home),
    )
    proposals = enrich(
        glossary,
        texts,
        at_least=args.at_least,
        limit=args.limit,
        use_dictionaries=args.dictionaries,
        progress=progress,
    )
    _show(proposals, args.format)
    if args.write and proposals:
        if Path(place).is_dir():
            _propose(Project(place), as_terms(proposals), args)
        else:
            _with_rows(glossary, as_terms(proposals)).write(place)
    elif proposals:
        hint = say(
            "用語集に提案として加えるには --write", "--write adds them as proposals"
        )
        print(hint, file=sys.stderr)
    return 0


def _propose(project: Project, terms: pl.DataFrame, args: Namespace) -> None:
    from termbank.operations.english_proposals import propose_english

    change = propose_english(project, terms, author_of(args))
    print(
        say(
            f"{len(change.rows)} 件の英語を提案しました。次は termbank review",
            f"{len(change.rows)} English forms proposed; next: termbank review",
        ),
        file=sys.stderr,
    )


def _show(proposals: list[Proposed], shape: str) -> None:
    if shape == "json":
        emit_json([each._asdict() for each in proposals])
    elif proposals:
        rows = [
            (
                each.ja,
                each.en,
                f"{each.score:.0f}",
                each.method,
                each.evidence[:_EVIDENCE_WIDTH],
            )
            for each in proposals
        ]
        print(table(rows, tuple(say(*head) for head in _HEADER)))


def _with_rows(glossary: Glossary, rows: pl.DataFrame) -> Glossary:
    import polars as pl

    terms = [glossary.terms, rows.select(glossary.terms.columns)]
    return type(glossary)(
        glossary.concepts,
        glossary.definitions,
        pl.concat(terms, how="vertical_relaxed"),
        glossary.decisions,
    )


def _segments(paths: list[str]) -> pl.DataFrame:
    import polars as pl

    from termbank.formats import read_segments

    frames = [frame for path in paths for frame in read_segments(path)]
    return pl.concat(frames, how="diagonal_relaxed") if frames else pl.DataFrame()


def _texts(paths: list[str], home: Path) -> dict[str, str]:
    if not paths:
        return {}
    from termbank.sources import read
    from termbank.sources.masks import mask_markup

    frame = read([Path(path) for path in paths])
    rows = frame.select("uri", "text").iter_rows()
    texts: dict[str, list[str]] = {}
    for uri, text in rows:
        texts.setdefault(_portable_name(uri, home), []).append(mask_markup(text, uri))
    return {name: "\n\n".join(parts) for name, parts in texts.items()}


def _portable_name(uri: str, home: Path) -> str:
    """Return a text's path as seen from the project; outside of it, as it was given.

    Evidence goes into the glossary and with it to other machines, so no absolute path
    may stand there.
    """
    path = Path(uri).resolve()
    if path.is_relative_to(home):
        return path.relative_to(home).as_posix()
    return path.name if Path(uri).is_absolute() else Path(uri).as_posix()

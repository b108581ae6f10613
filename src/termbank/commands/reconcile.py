"""``termbank reconcile FILES…``: join variant spellings, ask where unsure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from termbank.config import settings
from termbank.messages import say

from .display import emit_json, table

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

    from termbank.glossary import Glossary
    from termbank.proposal import Proposal


_COLUMNS: Final = {
    "kind": "種類",
    "preferred": "代表表記",
    "other forms": "ほかの表記",
    "left": "左",
    "right": "右",
    "similarity": "類似度",
    "relation": "関係",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="FILE",
        help=say(
            "原稿: ファイル、フォルダー、glob", "documents: files, folders, globs"
        ),
    )
    parser.add_argument(
        "--glossary",
        metavar="DIR",
        help=say("既存の用語集 (決定に従う)", "glossary whose decisions are obeyed"),
    )
    parser.add_argument(
        "--profile",
        help=say("代表形の選び方", "how the preferred form is chosen")
        + ": majority | kokuji | jis | jtf | authority",
    )
    parser.add_argument(
        "--relations",
        type=Path,
        metavar="DIR",
        help=say("関係の表のフォルダー", "folder with relation tables of your own"),
    )
    parser.add_argument(
        "--explain",
        nargs=2,
        metavar=("FORM", "FORM"),
        help=say("二つの表記の判断の根拠を示す", "print the evidence for two forms"),
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print the concepts and the open questions; return 0."""
    from termbank.reconciliation import reconcile

    mentions = _mentions(args.paths)
    glossary = _glossary(args.glossary)
    profile = args.profile or settings().profile
    if args.explain:
        return _explain(args, mentions, glossary)
    forms: pl.DataFrame | list[str] = [] if mentions is None else mentions
    proposal = reconcile(forms, glossary, profile=profile, relations=args.relations)
    if args.format == "json":
        emit_json(
            {name: frame.to_dicts() for name, frame in proposal._asdict().items()}
        )
    else:
        print(_text(proposal))
    return 0


def _mentions(paths: list[str]) -> pl.DataFrame | None:
    if not paths:
        return None
    from termbank.mining import mine

    return mine(paths)


def _glossary(path: str | None) -> Glossary | None:
    if path is None:
        return None
    from termbank.glossary import Glossary

    return Glossary.read(path)


def _explain(
    args: Namespace, mentions: pl.DataFrame | None, glossary: Glossary | None
) -> int:
    from termbank.reconciliation.model.explanation import explanation

    found = explanation(
        args.explain[0], args.explain[1], mentions, glossary, relations=args.relations
    )
    if args.format == "json":
        emit_json(found._asdict())
    else:
        print(found)
    return 0


def _text(proposal: Proposal) -> str:
    import polars as pl

    joined = (
        proposal.terms.sort("concept_id", pl.col("status") != "preferred", "form")
        .group_by("concept_id", maintain_order=True)
        .agg(preferred=pl.col("form").first(), others=pl.col("form").slice(1))
        .join(proposal.concepts.select("concept_id", "kind"), on="concept_id")
        .sort("kind", "preferred")
    )
    rows = [
        (row["kind"], row["preferred"], " / ".join(row["others"]))
        for row in joined.filter(pl.col("others").list.len() > 0).to_dicts()
    ]
    asked = [
        (row["left"], row["right"], f"{row['similarity']:.0f}", row["relation"] or "")
        for row in proposal.links.filter(pl.col("verdict") == "ask").to_dicts()
    ]
    text = table(rows, _header("kind", "preferred", "other forms"))
    single = joined.height - len(rows)
    text += "\n" + say(
        f"ほかに一表記の概念 {single} 件", f"{single} more concepts of one form"
    )
    if asked:
        heading = say("確認が必要な組", "pairs that need a person")
        text += f"\n\n{heading}:\n" + table(
            asked, _header("left", "right", "similarity", "relation")
        )
    return text


def _header(*names: str) -> tuple[str, ...]:
    return tuple(say(_COLUMNS[name], name) for name in names)

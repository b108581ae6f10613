"""``termbank reconcile FILES…``: join variant spellings, ask where unsure."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from termbank.config import settings
from termbank.messages import say

from .display import emit_json, table
from .project.labels import label
from .running.engine_arguments import add_engine, engine_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

    from termbank.glossary import Glossary
    from termbank.proposal import Proposal


_COLUMNS: Final = {
    "kind": "種類",
    "preferred": "推奨表記",
    "other forms": "ほかの表記",
    "left": "左",
    "right": "右",
    "similarity": "類似度",
    "relation": "関係",
    "English": "英語",
    "place": "場所",
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
        help=say("推奨表記の選び方", "how the preferred form is chosen")
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
    every = say(
        "順位の低い用語候補も含める", "low-ranking term candidates, too, not as build"
    )
    parser.add_argument("--all", action="store_true", help=every)
    parser.add_argument("--format", choices=("text", "json"), default="text")
    add_engine(parser)


def run(args: Namespace) -> int:
    """Print the concepts and the open questions; return 0."""
    from termbank.reconciliation import reconcile

    mentions = _mentions(args.paths, engine_of(args))
    glossary = _glossary(args.glossary)
    profile = args.profile or settings().profile
    if args.explain:
        return _explain(args, mentions, glossary)
    forms: pl.DataFrame | list[str] = [] if mentions is None else mentions
    proposal = reconcile(forms, glossary, profile=profile, relations=args.relations)
    if not args.all:
        proposal = _worth_seeing(proposal, glossary)
    if args.format == "json":
        emit_json(
            {name: frame.to_dicts() for name, frame in proposal._asdict().items()}
        )
    else:
        open_pairs = _open_pairs(proposal, glossary)
        print(_text(proposal, open_pairs, mentions, args.paths))
        _print_next_step(open_pairs.height, args.paths)
    return 0


def _worth_seeing(proposal: Proposal, glossary: Glossary | None) -> Proposal:
    """Return what ``termbank build`` would take of a proposal."""
    from termbank.glossary.glossary import Glossary as Empty
    from termbank.reconciliation.review_selection import select

    return select(proposal, glossary if glossary is not None else Empty())


def _open_pairs(proposal: Proposal, glossary: Glossary | None) -> pl.DataFrame:
    """Return the pairs that wait for a person, as ``termbank build`` counts them."""
    from termbank.reconciliation.review_selection import undecided

    if glossary is None:
        return proposal.links.filter(proposal.links["verdict"] == "ask")
    return undecided(proposal, glossary.decisions)


def _print_next_step(open_pairs: int, paths: list[str]) -> None:
    if not (open_pairs and paths):
        return
    build = f"termbank build {' '.join(paths)}"
    print(
        say(
            f"確認待ちの組: {open_pairs}。次は {build}、そのあと termbank review",
            f"{open_pairs} to decide: {build}, then termbank review",
        ),
        file=sys.stderr,
    )


def _mentions(paths: list[str], engine: dict[str, Any]) -> pl.DataFrame | None:
    if not paths:
        return None
    from termbank.mining import mine

    mentions: pl.DataFrame = mine(paths, **engine)
    return mentions


def _glossary(path: str | None) -> Glossary | None:
    if path is None:
        return None
    from termbank.glossary import Glossary

    return Glossary.read(path)


def _explain(
    args: Namespace, mentions: pl.DataFrame | None, glossary: Glossary | None
) -> int:
    from termbank.reconciliation.model.explanation import explanation

    account = explanation(
        args.explain[0], args.explain[1], mentions, glossary, relations=args.relations
    )
    if args.format == "json":
        emit_json(account._asdict())
    else:
        reasons = f" ({', '.join(account.reasons)})" if account.reasons else ""
        verdict = f"{label(account.verdict)} {account.similarity:.1f}"
        relation = label(account.relation)
        details = str(account).partition("\n")[2]
        print(
            f"{account.left} / {account.right}: {verdict} {relation}{reasons}\n{details}"
        )
    return 0


def _text(
    proposal: Proposal,
    waiting: pl.DataFrame,
    mentions: pl.DataFrame | None,
    paths: list[str],
) -> str:
    rows, single = _concept_rows(proposal, mentions)
    text = table(rows, _header("kind", "preferred", "other forms", "English"))
    text += "\n" + say(
        f"表記が一つの概念: ほかに {single} 件", f"{single} more concepts of one form"
    )
    open_pairs = waiting.to_dicts()
    if open_pairs:
        forms = {row[side] for row in open_pairs for side in ("left", "right")}
        places = _first_places(forms, mentions, paths)
        printable = [
            (
                *(row["left"], row["right"], f"{row['similarity']:.0f}"),
                label(row["relation"] or ""),
                *(places.get(row[side], "") for side in ("left", "right")),
            )
            for row in open_pairs
        ]
        heading = say("確認が必要な組", "pairs that need a person")
        heads = _header("left", "right", "similarity", "relation", "place", "place")
        text += f"\n\n{heading}:\n" + table(printable, heads)
    return text


def _concept_rows(
    proposal: Proposal, mentions: pl.DataFrame | None
) -> tuple[list[tuple[str, ...]], int]:
    """Return concepts of several forms, as far as documents hold them, and other count.

    Japanese leads; the preferred form of a glossary is shown wherever it stands.
    """
    from termbank.text.normalise import norm

    norms = None if mentions is None else {*mentions["norm"]}
    kinds = dict(proposal.concepts.select("concept_id", "kind").iter_rows())
    rows: list[tuple[str, ...]] = []
    single = 0
    for (concept,), group in proposal.terms.group_by("concept_id", maintain_order=True):
        japanese: list[tuple[bool, str]] = []
        english: list[tuple[bool, str]] = []
        present = 0
        for row in group.to_dicts():
            leads = row["status"] == "preferred"
            stands = norms is None or norm(row["form"]) in norms
            present += stands
            if leads or stands:
                forms = english if row["lang"].partition("-")[0] == "en" else japanese
                forms.append((not leads, row["form"]))
        lead, *others = [form for _, form in sorted(japanese)] or [""]
        english_forms = [form for _, form in sorted(english)]
        if others or present > 1:
            kind = label(str(kinds[concept]))
            rows.append((kind, lead, " / ".join(others), " / ".join(english_forms)))
        else:
            single += 1
    return sorted(rows), single


def _first_places(
    forms: set[str], mentions: pl.DataFrame | None, paths: list[str]
) -> dict[str, str]:
    """Return file and line of the first place of each form."""
    if mentions is None:
        return {}
    import polars as pl

    from termbank.sources.collection import stream
    from termbank.text.normalise import norm

    form_of = {norm(form): form for form in sorted(forms)}
    first = (
        mentions.filter(pl.col("norm").is_in(list(form_of)))
        .sort("doc_id", "start")
        .unique("norm", keep="first", maintain_order=True)
    )
    by_document: dict[str, list[tuple[int, str]]] = {}
    for doc_id, start, key in first.select("doc_id", "start", "norm").iter_rows():
        by_document.setdefault(doc_id, []).append((start, form_of[key]))
    places: dict[str, str] = {}
    for document in stream(paths):
        for start, form in by_document.pop(document.doc_id, ()):
            line = document.text.count("\n", 0, start) + 1
            places[form] = f"{document.uri}:{line}"
    return places


def _header(*names: str) -> tuple[str, ...]:
    return tuple(say(_COLUMNS[name], name) for name in names)

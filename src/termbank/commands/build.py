"""``termbank build PATHS``: mine, reconcile and write a glossary, the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from termbank.messages import say

from .display import emit_json, progress, table
from .project.document_reading import read_documents
from .project.labels import label
from .running.engine_arguments import add_engine, engine_of

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    import polars as pl

    from termbank.building import Built
    from termbank.glossary import Glossary
    from termbank.operations.project import Project
    from termbank.operations.project_building import Outcome
    from termbank.sources.collection import Document

OUTPUT: Final = "out/glossary"
SHOWN: Final = 40  # rows of the table
FORMS_SHOWN: Final = 2  # in a row; the files hold all


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help=say(
            "原稿のファイルまたはフォルダー", "documents, folders or a seeds folder"
        ),
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help=say(
            "書き出すフォルダー (既定はプロジェクトの用語集)",
            f"folder to write to; default: the project's glossary, else {OUTPUT}",
        ),
    )
    parser.add_argument(
        "--glossary",
        metavar="DIR",
        help=say(
            "既存の用語集 (なければ設定の用語集、それもなければ付属の用語集)",
            "glossary to build on; default: the settings' own, else the built-in one",
        ),
    )
    parser.add_argument(
        "--profile",
        help=say(
            "推奨表記の決め方 (既定は設定の profile)",
            "majority | kokuji | jis | jtf | authority:A,B; default: the settings'",
        ),
    )
    parser.add_argument(
        "--terms",
        type=int,
        metavar="N",
        help=say("採る用語候補の数", "how many new term candidates to take (200)"),
    )
    parser.add_argument(
        "--limit",
        type=int,
        default=SHOWN,
        metavar="N",
        help=say("表示する行数 (0 はすべて)", "rows to print; 0 prints all"),
    )
    parser.add_argument(
        "--who",
        metavar="NAME",
        help=say("担当者の名前 (既定は git の名前)", "who builds"),
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help=say("書かずに結果だけ示す", "show the result, write nothing"),
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    add_engine(parser)


def run(args: Namespace) -> int:
    """Build, write and print the glossary."""
    from termbank.building import TERMS_KEPT
    from termbank.config import settings
    from termbank.operations.evidence import record_evidence
    from termbank.operations.project_building import BuildOptions, build_into_project
    from termbank.operations.review_queue import cards_to_decide

    from .project.project_options import author_of

    project, base, whole = _target(args)
    steps = _steps()
    mentions, texts = _mentions(args.paths, engine_of(args))
    next(steps)
    options = BuildOptions(
        base,
        whole,
        args.profile or settings().profile,
        TERMS_KEPT if args.terms is None else args.terms,
    )
    outcome = build_into_project(
        project,
        mentions,
        author_of(args),
        options=options,
        subject=", ".join(map(str, args.paths)),
        dry=args.dry_run,
    )
    next(steps)
    result = outcome.built
    if not args.dry_run:
        record_evidence(project, mentions, result.proposal, texts)
    next(steps, None)
    if args.format == "json":
        emit_json(_rows(result))
        return 0
    _print(result, args.limit or None)
    if args.dry_run:
        message = say("まだ書いていません (--dry-run)", "nothing written (--dry-run)")
        print(message, file=sys.stderr)
    else:
        _print_next_step(outcome, project, cards_to_decide(project))
    return 0


def _steps() -> Iterator[str]:
    """Return a bar over what takes time: mining, reconciling, keeping the evidence."""
    steps = ("mine", "reconcile", "evidence")
    return progress(steps, say("用語集を作成中", "building"))


def _mentions(
    paths: list[Path], engine: dict[str, Any]
) -> tuple[pl.DataFrame, list[Document]]:
    """Mine the paths; a seeds folder gives its recorded mentions and its sample.

    Returns:
        MENTIONS frame, and the documents at hand.
    """
    import polars as pl

    from termbank import seeds
    from termbank.mining import mine
    from termbank.sources.collection import frame

    frames = [seeds.mentions(path) for path in paths if seeds.is_register(path)]
    samples = [path / "sample" for path in paths if seeds.is_register(path)]
    texts = [path for path in paths if not seeds.is_register(path)]
    texts += [path for path in samples if path.is_dir()]
    documents = read_documents(texts) if texts else []
    mention_frames = [mine(frame(documents), **engine)] if texts else []
    return pl.concat([*frames, *mention_frames]), documents


def _target(args: Namespace) -> tuple[Project, Glossary | None, bool]:
    """Return where to build, what is known besides, and whether all of that comes in."""
    from termbank.config import BUILT_IN, settings
    from termbank.glossary import Glossary
    from termbank.operations.project import Project

    own = [place for place in settings().glossaries if place != BUILT_IN]
    folders = [place for place in own if not Path(place).is_file()]
    output = args.output or (
        Path(folders[0]) if folders and not args.glossary else Path(OUTPUT)
    )
    project = Project(output)
    glossary_path = args.glossary or next(iter(own), BUILT_IN)
    if glossary_path == BUILT_IN:
        return project, Glossary.shipped(), False
    if Path(glossary_path).resolve() == output.resolve():
        return project, None, False
    return project, Glossary.read(glossary_path), True


def _rows(result: Built) -> list[dict[str, Any]]:
    counts = {row[0]: row[1:] for row in result.counts.iter_rows()}
    rows = []
    for (concept_id,), terms in result.glossary.terms.group_by(
        "concept_id", maintain_order=True
    ):
        mentions, documents = counts.get(concept_id, (0, 0))
        in_order = sorted(
            terms.to_dicts(),
            key=lambda row: (row["status"] != "preferred", row["form"]),
        )
        japanese = [row for row in in_order if row["lang"] == "ja"]
        rows.append(
            {
                "concept_id": concept_id,
                "preferred": japanese[0]["form"] if japanese else "",
                "reading": (japanese[0]["reading"] or "") if japanese else "",
                "forms": [[row["form"], row["status"]] for row in japanese[1:]],
                "en": [row["form"] for row in in_order if row["lang"] == "en"],
                "mentions": mentions,
                "documents": documents,
            }
        )
    kinds = dict(result.glossary.concepts.select("concept_id", "kind").iter_rows())
    for row in rows:
        row["kind"] = kinds.get(row["concept_id"], "term")
    return sorted(rows, key=lambda row: (-row["mentions"], row["concept_id"]))


def _some(forms: list[str]) -> str:
    more = len(forms) - FORMS_SHOWN
    return "、".join(forms[:FORMS_SHOWN]) + (f" +{more}" if more > 0 else "")


def _print(result: Built, limit: int | None) -> None:
    rows = _rows(result)
    header = tuple(
        say(*pair)
        for pair in (
            ("回数", "n"),
            ("種類", "kind"),
            ("推奨表記", "preferred"),
            ("ほかの表記", "other forms"),
            ("英語", "English"),
        )
    )
    printable = [
        (
            row["mentions"],
            label(row["kind"]),
            row["preferred"],
            _some([form for form, _ in row["forms"]]),
            ", ".join(row["en"][:1]),
        )
        for row in rows[:limit]
    ]
    print(table(printable, header))
    left = len(rows) - len(printable)
    if left:
        print(say(f"… ほか {left} 概念", f"… and {left} more concepts"))


def _print_next_step(outcome: Outcome, project: Project, open_: int) -> None:
    from termbank.reconciliation.review_selection import undecided

    glossary = outcome.built.glossary
    count = glossary.concepts.height
    message = say(
        f"{project.folder} に {count} 概念があります。変更した行: {len(outcome.change.rows)}",
        f"{count} concepts in {project.folder}; rows changed: {len(outcome.change.rows)}",
    )
    print(message, file=sys.stderr)
    open_pairs = undecided(outcome.built.proposal, glossary.decisions).height
    if outcome.skipped:
        left = say(
            f"実行中に編集された {outcome.skipped} 行は変更していません",
            f"{outcome.skipped} rows edited meanwhile stand as they are",
        )
        print(left, file=sys.stderr)
    print(
        say(
            f"確認待ちの組: {open_pairs}、確かめる項目: {open_}。次は termbank review",
            f"pairs to decide: {open_pairs}, cards in all: {open_}; next: termbank review",
        ),
        file=sys.stderr,
    )

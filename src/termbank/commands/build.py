"""``termbank build PATHS``: mine, reconcile and write a glossary, the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from termbank.messages import say

from .display import emit_json, table

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    import polars as pl

    from termbank.building import Built
    from termbank.glossary import Glossary

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
        default=Path(OUTPUT),
        metavar="DIR",
        help=say("書き出すフォルダー", f"folder to write the glossary to ({OUTPUT})"),
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
            "代表表記の決め方 (既定は設定の profile)",
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
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Build, write and print the glossary."""
    from termbank.building import TERMS_KEPT, build
    from termbank.config import settings

    found = _mentions(args.paths)
    known, keep = _known(args.glossary)
    terms = TERMS_KEPT if args.terms is None else args.terms
    profile = args.profile or settings().profile
    built = build(found, known, profile=profile, terms=terms, keep=keep)
    args.output.parent.mkdir(parents=True, exist_ok=True)
    built.glossary.write(args.output)
    if args.format == "json":
        emit_json(_rows(built))
    else:
        _print(built, args.output, args.limit or None)
    return 0


def _mentions(paths: list[Path]) -> pl.DataFrame:
    """Mine the paths; a seeds folder gives its recorded mentions and its sample."""
    import polars as pl

    from termbank import seeds
    from termbank.mining import mine

    frames = [seeds.mentions(path) for path in paths if seeds.is_register(path)]
    samples = [path / "sample" for path in paths if seeds.is_register(path)]
    texts = [path for path in paths if not seeds.is_register(path)]
    texts += [path for path in samples if path.is_dir()]
    return pl.concat([*frames, mine(texts)] if texts else frames)


def _known(named: str | None) -> tuple[Glossary, bool]:
    """Return the glossary to build on, and whether its unmet concepts stay."""
    from termbank.config import BUILT_IN, settings
    from termbank.glossary import Glossary

    chosen = named or next(iter(settings().glossaries), BUILT_IN)
    if chosen == BUILT_IN:
        return Glossary.shipped(), False
    return Glossary.read(chosen), True


def _rows(built: Built) -> list[dict[str, Any]]:
    counts = {row[0]: row[1:] for row in built.counts.iter_rows()}
    rows = []
    for (concept_id,), terms in built.glossary.terms.group_by(
        "concept_id", maintain_order=True
    ):
        mentions, documents = counts.get(concept_id, (0, 0))
        ordered = sorted(
            terms.to_dicts(),
            key=lambda row: (row["status"] != "preferred", row["form"]),
        )
        japanese = [row for row in ordered if row["lang"] == "ja"]
        rows.append(
            {
                "concept_id": concept_id,
                "preferred": japanese[0]["form"] if japanese else "",
                "reading": (japanese[0]["reading"] or "") if japanese else "",
                "forms": [[row["form"], row["status"]] for row in japanese[1:]],
                "en": [row["form"] for row in ordered if row["lang"] == "en"],
                "mentions": mentions,
                "documents": documents,
            }
        )
    kinds = dict(built.glossary.concepts.select("concept_id", "kind").iter_rows())
    for row in rows:
        row["kind"] = kinds.get(row["concept_id"], "term")
    return sorted(rows, key=lambda row: (-row["mentions"], row["concept_id"]))


def _some(forms: list[str]) -> str:
    more = len(forms) - FORMS_SHOWN
    return "、".join(forms[:FORMS_SHOWN]) + (f" +{more}" if more > 0 else "")


def _print(built: Built, output: Path, limit: int | None) -> None:
    rows = _rows(built)
    header = tuple(
        say(*pair)
        for pair in (
            ("回数", "n"),
            ("種類", "kind"),
            ("代表表記", "preferred"),
            ("ほかの表記", "other forms"),
            ("英語", "English"),
        )
    )
    shown = [
        (
            row["mentions"],
            row["kind"],
            row["preferred"],
            _some([form for form, _ in row["forms"]]),
            ", ".join(row["en"][:1]),
        )
        for row in rows[:limit]
    ]
    print(table(shown, header))
    left = len(rows) - len(shown)
    if left:
        print(say(f"… ほか {left} 概念", f"… and {left} more concepts"))
    asked = built.proposal.links.filter(built.proposal.links["verdict"] == "ask").height
    print(
        say(
            f"{len(rows)} 概念を {output} に書きました。確認待ちの組: {asked}",
            f"wrote {len(rows)} concepts to {output}; pairs to decide: {asked}",
        ),
        file=sys.stderr,
    )

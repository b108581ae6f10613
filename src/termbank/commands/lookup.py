"""``termbank lookup``: the entry of a word or name, in either language."""

from __future__ import annotations

from termbank.messages import language, say
from termbank.term_search import lookup

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from termbank.types import Entry

_KINDS = {
    "person": "人名",
    "place": "地名",
    "organization": "組織名",
    "product": "製品名",
    "event": "出来事",
    "term": "用語",
}
_STATUSES = {
    "preferred": "推奨",
    "admitted": "許容",
    "deprecated": "非推奨",
    "forbidden": "使用禁止",
    "proposed": "提案",
}
_WHYS = {
    "exact": "完全一致",
    "variant": "別表記",
    "equivalent": "訳語",
    "reading": "読み",
    "part": "名前の一部",
    "compound": "複合語の一部",
    "near": "類似",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "query", nargs="+", metavar="QUERY", help=say("引く語", "word or name")
    )
    parser.add_argument(
        "--to", metavar="LANG", help=say("訳語の言語", "language of the equivalents")
    )
    parser.add_argument(
        "--limit",
        type=int,
        default=5,
        metavar="N",
        help=say("一語あたりの件数 (既定 5)", "most entries a query (default 5)"),
    )
    parser.add_argument(
        "--at-least",
        type=float,
        default=75.0,
        metavar="SCORE",
        help=say("類似度の下限 0-100 (既定 75)", "lowest score, 0-100 (default 75)"),
    )
    parser.add_argument(
        "--glossary",
        action="append",
        metavar="PATH|builtin",
        help=say(
            "用語集 (複数可、先が優先)", "glossary; may be repeated, the first wins"
        ),
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print what each query leads to; return 1 where one leads nowhere."""
    empty = False
    answers = []
    for query in args.query:
        entries = lookup(
            query,
            to=args.to,
            limit=args.limit,
            at_least=args.at_least,
            glossary=args.glossary,
        )
        empty = empty or not entries
        answers.append((query, entries))
    if args.format == "json":
        from .display import emit_json

        for query, entries in answers:
            entry_dicts = [entry._asdict() for entry in entries]
            emit_json({"query": query, "entries": entry_dicts})
    else:
        print("\n\n".join(_answer(query, entries) for query, entries in answers))
    return 1 if empty else 0


def _answer(query: str, entries: list[Entry]) -> str:
    if not entries:
        return f"{query}: {say('見つかりません', 'nothing found')}"
    return "\n\n".join("\n".join(_lines(entry)) for entry in entries)


def _lines(entry: Entry) -> Iterator[str]:
    # The reading of a name in katakana says nothing new.
    spoken = entry.reading if entry.reading != entry.preferred.replace("・", "") else ""
    reading = f"（{spoken}）" if spoken else ""
    why = f"{_name(entry.why, _WHYS)} {entry.score:g}"
    yield f"{entry.preferred}{reading}  [{_name(entry.kind, _KINDS)}; {why}]"
    if entry.equivalents:
        yield f"  → {', '.join(entry.equivalents)}"
    by_status: dict[str, list[str]] = {}
    for form, status in entry.forms:
        by_status.setdefault(status, []).append(form)
    for status, forms in by_status.items():
        yield f"  {_name(status, _STATUSES)}: {'、'.join(forms)}"
    if entry.definition:
        yield f"  {entry.definition}"
    for form, remark in entry.notes:
        yield f"  {say('注', 'note')} {form}: {remark}"


def _name(word: str, japanese: dict[str, str]) -> str:
    return word if language() == "en" else japanese.get(word, word)

"""``termbank scan``: all terms in files, with their equivalents."""

from __future__ import annotations

import sys

from termbank.messages import say
from termbank.term_search import renderings_of, scan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from termbank.types import Hit

_RETIRED = ("deprecated", "forbidden")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help=say(
            "UTF-8 のファイル。- は標準入力", "file in UTF-8; - for standard input"
        ),
    )
    parser.add_argument(
        "--lang", help=say("探す語の言語", "language of the terms to look for")
    )
    parser.add_argument(
        "--to", metavar="LANG", help=say("訳語の言語", "language of the equivalents")
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
    """Print one line a hit; return 1 where no file has any."""
    has_hits = False
    for path in args.files:
        text = _text_of(path)
        hits = scan(text, glossary=args.glossary, lang=args.lang)
        has_hits = has_hits or bool(hits)
        words_of_hits = renderings_of(hits, to=args.to, glossary=args.glossary)
        for (line, column, hit), words in zip(
            _place(text, hits), words_of_hits, strict=True
        ):
            _show((path, line, column), hit, words, args.format)
    return 0 if has_hits else 1


def _show(
    place: tuple[str, int, int],
    hit: Hit,
    form_and_equivalents: tuple[str, tuple[str, ...]],
    style: str,
) -> None:
    preferred, equivalents = form_and_equivalents
    if style == "json":
        from .display import emit_json

        where = dict(zip(("path", "line", "column"), place, strict=True))
        term_values = {"preferred": preferred, "equivalents": equivalents}
        emit_json({**where, **hit._asdict(), **term_values})
        return
    path, line, column = place
    form = f" → {preferred}" if preferred != hit.surface else ""
    status_note = f" ({hit.status})" if hit.status in _RETIRED else ""
    also = f": {', '.join(equivalents)}" if equivalents else ""
    print(f"{path}:{line}:{column}: {hit.surface}{status_note}{form}{also}")


def _text_of(path: str) -> str:
    # Shift_JIS, EUC-JP and UTF-16 too; the encoding of UTF-8 is told at no cost.
    from termbank.checking.files.source_file import of_bytes, read

    if path == "-":
        return of_bytes(sys.stdin.buffer.read(), path).content.decode()
    return read(path).content.decode()


def _place(text: str, hits: list[Hit]) -> Iterator[tuple[int, int, Hit]]:
    """Yield (line, column, hit), both from 1, columns in code points."""
    line, place = 1, 0
    for hit in hits:
        line += text.count("\n", place, hit.start)
        place = hit.start
        yield line, hit.start - text.rfind("\n", 0, hit.start), hit

"""``termbank variants FILES…``: words spelled several ways, without a glossary."""

from __future__ import annotations

import sys
from bisect import bisect_left
from typing import TYPE_CHECKING

from termbank.config import settings
from termbank.messages import say

from .display import emit_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from termbank.reconciliation.relations.inconsistent_spellings import Mixture


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this command."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="FILE",
        help=say(
            "原稿: ファイル、フォルダー、glob", "documents: files, folders, globs"
        ),
    )
    parser.add_argument(
        "--profile",
        help=say("提案する表記の選び方", "how the spelling to propose is chosen")
        + ": majority | kokuji | jis | jtf | authority",
    )
    parser.add_argument(
        "--places",
        action="store_true",
        help=say(
            "少ない方の表記の場所も示す (ファイル:行)",
            "show where the rarer spellings stand (file:line)",
        ),
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")


def run(args: Namespace) -> int:
    """Print one line a word, the proposed spelling first; return 1 if there is any."""
    from termbank.reconciliation.relations.inconsistent_spellings import mixtures
    from termbank.sources import read
    from termbank.sources.masks import mask_markup

    frame = read(args.paths)
    uris, texts = frame["uri"].to_list(), frame["text"].to_list()
    prose = [mask_markup(text, uri) for uri, text in zip(uris, texts, strict=True)]
    mixture_list = mixtures(prose, profile=args.profile or settings().profile)
    where = _Lines(uris, texts)
    if args.format == "json":
        emit_json(
            [_row(mixture, where, places=args.places) for mixture in mixture_list]
        )
    else:
        for mixture in mixture_list:
            print(_line(mixture))
            if args.places:
                for form, places in _rarer(mixture, where):
                    print(f"  {form}: {' '.join(places)}")
        if mixture_list:
            print(_next_step(len(mixture_list), args), file=sys.stderr)
    return 1 if mixture_list else 0


def _next_step(count: int, args: Namespace) -> str:
    paths = " ".join(args.paths)
    if not args.places:
        places = f"termbank variants --places {paths}"
        return say(f"{count} 語。場所は {places}", f"{count} words; where: {places}")
    build = f"termbank build {paths}"
    return say(
        f"{count} 語。用語集で統一するには {build}、そのあと termbank review",
        f"{count} words; to settle them: {build}, then termbank review",
    )


class _Lines:
    """Places of texts as file and line."""

    def __init__(self, uris: list[str], texts: list[str]) -> None:
        self._uris, self._texts = uris, texts
        self._ends: dict[int, list[int]] = {}

    def __call__(self, number: int, start: int) -> str:
        """Return the place of a code point in a text, lines counted from 1."""
        if number not in self._ends:
            text = self._texts[number]
            self._ends[number] = [at for at, char in enumerate(text) if char == "\n"]
        return f"{self._uris[number]}:{bisect_left(self._ends[number], start) + 1}"


def _rarer(mixture: Mixture, where: _Lines) -> Iterator[tuple[str, list[str]]]:
    for (form, _), places in zip(mixture.forms[1:], mixture.places[1:], strict=True):
        yield form, [where(*place) for place in places]


def _row(mixture: Mixture, where: _Lines, *, places: bool) -> dict[str, object]:
    row: dict[str, object] = {"forms": mixture.forms}
    if places:
        row["places"] = dict(_rarer(mixture, where))
    return row


def _line(mixture: Mixture) -> str:
    return " ".join(f"{form}({count})" for form, count in mixture.forms)

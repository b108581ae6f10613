"""Fuzzy scores of the memory beside a token Levenshtein, by kind of change.

Sixteen kinds of change are made to real sentences and short strings; each changed text is
searched for in a memory that holds the original alone. The reference is Levenshtein's
normalised similarity of tokens: Sudachi's short units with marks, English words without,
case ignored, as OmegaT counts them.
"""

from __future__ import annotations

import json
import os
import random
import re
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

import polars as pl
from rapidfuzz.distance import Levenshtein

from termbank.memory import Memory

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
_WORDS = (
    "panel",
    "network",
    "report",
    "engine",
    "letter",
    "planet",
    "button",
    "market",
)
# Near-exact by definition: only what the page on scores lists differs.
NEAR = ("number", "date", "tag", "full stop", "comma", "case", "width")
_JAPANESE_WORDS = ("会議", "装置", "値", "画面", "地域", "文書")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=150, help="texts of each sort")
    parser.add_argument("--worst", type=int, default=0, help="worst pairs to print")


def run(args: Namespace) -> int:
    data = Path(args.data or os.environ.get("TERMBANK_SHARED", "../shared") + "/data")
    texts = _texts(data, args.count)
    figures: dict[str, dict[str, list[float]]] = {}
    for sort, originals in texts.items():
        offs = defaultdict(list)
        for kind, change in _changes(sort).items():
            for number, original in enumerate(originals):
                changed = change(original, random.Random(number))
                if not changed or changed == original:
                    continue
                pair = (_score(original, changed), _reference(original, changed))
                offs[kind].append((abs(pair[0] - pair[1]), *pair, original, changed))
        figures[sort] = {}
        for kind, rows in offs.items():
            distances = [row[0] for row in rows]
            figures[sort][kind] = [mean(distances), max(distances)]
            near = " (near-exact)" if kind in NEAR else ""
            print(
                f"{sort:22}{kind:16}{len(rows):5}{mean(distances):7.1f}{max(distances):7.1f}{near}"
            )
            for row in sorted(rows, reverse=True)[: args.worst]:
                print(
                    "   ",
                    *(f"{x:.0f}" for x in row[:3]),
                    repr(row[3]),
                    "→",
                    repr(row[4]),
                )
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


def _texts(data: Path, count: int) -> dict[str, list[str]]:
    frame = pl.read_parquet(data / "memory/segments.parquet")
    english = (
        frame.filter(pl.col("source").is_in(["tanaka", "pydocs"]))["en"].unique().sort()
    )
    short = frame.filter(pl.col("source") == "godot")["en"].unique().sort()
    japanese = frame.filter(pl.col("source") == "tanaka")["ja"].unique().sort()
    pick = random.Random(7).sample

    def chosen(rows: list[str]) -> list[str]:
        return pick(rows, min(count, len(rows)))

    plain = re.compile(r"[A-Za-z].*")
    return {
        "Japanese sentences": chosen([t for t in japanese if 15 <= len(t) <= 60]),
        "English sentences": chosen([t for t in english if 6 <= len(t.split()) <= 25]),
        "one to three words": chosen(
            [t for t in short if len(t.split()) <= 3 and plain.fullmatch(t)]
        ),
    }


def _score(original: str, changed: str) -> float:
    with tempfile.TemporaryDirectory() as folder, Memory.open(folder) as memory:
        memory.add([(original, "x")], lang="en", to="ja")
        found = memory.search(changed, limit=1, at_least=0)
        return found[0].score if found else 0.0


def _reference(original: str, changed: str) -> float:
    return 100 * Levenshtein.normalized_similarity(_tokens(original), _tokens(changed))


def _tokens(text: str) -> list[str]:
    if re.search("[ぁ-ん一-鿿]", text):
        from termbank.tokenise import tokeniser

        return [token.surface for token in tokeniser("sudachi", "A").tokens(text)]
    return _TOKEN.findall(text.lower())


def _changes(sort: str) -> dict[str, object]:
    """Return the changes by kind; each takes a text and a source of chance."""
    common = {
        "number": _with_number,
        "full stop": lambda t, _: t[:-1] if t[-1] in ".。" else f"{t}.",
        "tag": lambda t, _: f"<b>{t}</b>",
    }
    return {**(_JAPANESE if sort.startswith("Japanese") else _ENGLISH), **common}


def _with_number(text: str, _: random.Random) -> str:
    return re.sub(r"\d+", "77", text) if re.search(r"\d", text) else f"{text} 12"


def _swapped(text: str, _: random.Random) -> str:
    first, *rest = text.split(" ")
    return " ".join([*rest[:1], first, *rest[1:]])


def _negated(text: str, _: random.Random) -> str:
    words = text.split(" ")
    at = 0 if len(words) < 4 else 2
    return " ".join([*words[:at], "not", *words[at:]])


_JAPANESE = {
    "particle": lambda t, _: re.sub("が", "は", t, count=1),
    "word": lambda t, r: re.sub(r"[一-鿿]{2}", r.choice(_JAPANESE_WORDS), t, count=1),
    "negation": lambda t, _: re.sub(r"ます。", "ません。", t, count=1),
    "clause": lambda t, _: f"{t[:-1]}と思いますが、どうでしょうか。",
    "kana": lambda t, _: t.replace("私", "わたし", 1).replace("彼", "かれ", 1),
    "comma": lambda t, _: t.replace("、", "", 1),
    "width": lambda t, _: t.replace("。", "｡"),
}
_ENGLISH = {
    "word": lambda t, r: " ".join([*t.split(" ")[:-1], r.choice(_WORDS)]),
    "order": _swapped,
    "plural": lambda t, _: f"{t}s" if t[-1].isalpha() else "",
    "verb": lambda t, _: re.sub(r"\A\w+", r"\g<0>ing", t),
    "negation": _negated,
    "clause": lambda t, _: f"{t} when the device is connected",
    "spacing": lambda t, _: t.replace(" ", "", 1),
    "case": lambda t, _: t.swapcase(),
    "comma": lambda t, _: t.replace(" ", ", ", 1),
}

"""How long whole commands take, from the shell and back, in bare interpreters.

The machine's own speed drops out: each figure is a multiple of ``python -c pass``, the
median of runs that take turns.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

# Twenty lines to be scanned and checked; ours, not from any source document.
_TEXT = "キエフで開かれた会談でゼレンスキー大統領はＮＡＴＯとの協力を求めた。\n" * 20
_TERMBANK = (sys.executable, "-m", "termbank")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=25, help="runs of each command")


def run(args: Namespace) -> int:
    with tempfile.TemporaryDirectory() as place:
        commands = _commands(Path(place))
        environment = os.environ | {"TERMBANK_CACHE": os.path.join(place, "cache")}
        # A test machine may forbid byte code; a user's interpreter has it.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        cold = _cold(commands, environment)
        times = _times(commands, environment, args.runs)
    bare = median(times["python -c pass"])
    print(f"{'command':<34} {'x pass':>7} {'ms':>7} {'cold x':>7}")
    figures = {}
    for name, taken in times.items():
        ratio, first = median(taken) / bare, cold[name] / bare
        figures[name] = {"ratio": round(ratio, 2), "cold": round(first, 2)}
        print(f"{name:<34} {ratio:7.2f} {median(taken) * 1000:7.1f} {first:7.2f}")
    if args.json:
        Path(args.json).write_text(json.dumps(figures, indent=1), encoding="utf-8")
    return 0


def _commands(place: Path) -> dict[str, list[str]]:
    text = place / "text.txt"
    text.write_text(_TEXT, encoding="utf-8")
    glossary = ["--glossary", "builtin"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import argparse'": [sys.executable, "-c", "import argparse"],
        "lookup シルスキーイ (exact)": [*_TERMBANK, "lookup", "シルスキーイ"],
        "lookup シルスキイ (near)": [*_TERMBANK, "lookup", "シルスキイ"],
        "lookup Syrskii (near, English)": [*_TERMBANK, "lookup", "Syrskii"],
        "scan FILE": [*_TERMBANK, "scan", str(text)],
        "check FILE": [*_TERMBANK, "check", str(text), *glossary],
        "import termbank; termbank.lookup": [
            sys.executable,
            "-c",
            "import termbank; termbank.lookup('シルスキー', to='en')",
        ],
    }


def _cold(
    commands: dict[str, list[str]], environment: dict[str, str]
) -> dict[str, float]:
    """Return seconds of a run that has to compile the glossary first."""
    _once(commands["lookup シルスキイ (near)"], environment)  # byte code
    taken = {}
    for name, words in commands.items():
        _once(words, environment)
        for left in Path(environment["TERMBANK_CACHE"]).glob("*"):
            left.unlink()
        taken[name] = _once(words, environment)
    return taken


def _times(
    commands: dict[str, list[str]], environment: dict[str, str], runs: int
) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, words in commands.items():
            times[name].append(_once(words, environment))
    return times


def _once(words: list[str], environment: dict[str, str]) -> float:
    begun = perf_counter()
    subprocess.run(words, env=environment, stdout=subprocess.DEVNULL, check=False)
    return perf_counter() - begun

"""All benchmarks whose figures are fair to show, into ``docs/benchmarks``: at most 30 minutes.

Each subject runs by itself with a share of the time. What it prints as JSON is kept as it
is, with the machine, the versions and the date; the page and its charts are made from that
file alone (``python -m bench all --page-only``).

Left out are scores on data that models or rules were tuned on (``mine``, ``reconcile``,
``equivalents``): their cross-validated figures stand in the design notes.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from .page import write_page

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

FOLDER: Final = Path(__file__).parents[1] / "docs" / "benchmarks"
_PACKAGES: Final = ("polars", "sudachipy", "rapidfuzz", "daachorse", "numpy", "lxml")
_PEERS: Final = ("translate-toolkit", "codespell", "typos")
# Subject: share of the time, arguments; PEER is the Python that has the peers.
_PLAN: Final = {
    "start": (0.1, ("--runs", "15")),
    "formats": (
        0.2,
        ("--peer", "PEER", "--concepts", "20000", "--units", "40000", "--runs", "3"),
    ),
    "check": (0.3, ("--peers", "PROGRAMS", "--rounds", "3", "--skip-slow")),
    "memory": (
        0.4,
        ("--count", "200", "--peers", "scan,fts5,tantivy,tmdb", "--tmdb", "PEER"),
    ),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments of this benchmark."""
    parser.add_argument("--peer", help="python of an environment with the peers")
    parser.add_argument("--minutes", type=float, default=30.0, help="time for all")
    parser.add_argument(
        "--page-only", action="store_true", help="from the kept figures"
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to write")


def run(args: Namespace) -> int:
    """Run the subjects, keep their figures, write the page; return 0."""
    raw = args.folder / "results.json"
    if not args.page_only:
        args.folder.mkdir(parents=True, exist_ok=True)
        figures = {**_circumstances(args.peer), "subjects": _subjects(args)}
        text = json.dumps(figures, ensure_ascii=False, indent=1) + "\n"
        raw.write_text(text, encoding="utf-8")
    write_page(json.loads(raw.read_text(encoding="utf-8")), args.folder)
    return 0


def _circumstances(peer: str | None) -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, {platform.system()}",
        "processor": _processor(),
        "load": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "python": platform.python_version(),
        "versions": {name: _version(name) for name in ("termbank", *_PACKAGES)},
        "peers": {name: _version_in(peer, name) for name in _PEERS},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if "model name" in line]
    return names[0] if names else platform.processor()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _version_in(python: str | None, name: str) -> str:
    if python is None:
        return "not installed"
    code = f"from importlib.metadata import version; print(version({name!r}))"
    done = subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "not installed"


def _subjects(args: Namespace) -> dict[str, Any]:
    results: dict[str, Any] = {}
    for name, (share, words) in _PLAN.items():
        seconds = args.minutes * 60 * share
        print(f"{name}: at most {seconds:.0f} s", file=sys.stderr, flush=True)
        results[name] = _subject(name, words, args, seconds)
    return results


def _subject(
    name: str, words: tuple[str, ...], args: Namespace, seconds: float
) -> dict[str, Any]:
    known = {"PEER": args.peer, "PROGRAMS": args.peer and str(Path(args.peer).parent)}
    given = [known.get(word, word) for word in words]
    # An option whose value is not there is left out with it.
    absent = {at for at, word in enumerate(given) if word is None}
    given = [word for at, word in enumerate(given) if not {at, at + 1} & absent]
    began = perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "figures.json"
        data = ["--data", args.data] if args.data else []
        command = [sys.executable, "-m", "bench", name, *given, *data]
        try:
            done = subprocess.run(
                [*command, "--json", str(target)],
                capture_output=True, text=True, check=False, timeout=seconds,
                cwd=Path(__file__).parents[1],
            )  # fmt: skip
            fault = done.stderr.strip().splitlines()[-1:] if done.returncode else []
        except subprocess.TimeoutExpired:
            fault = [f"not finished in {seconds:.0f} s"]
        figures = json.loads(target.read_text("utf-8")) if target.exists() else None
    return {
        "seconds": round(perf_counter() - began),
        "arguments": list(words),
        "fault": "".join(fault),
        "figures": figures,
    }

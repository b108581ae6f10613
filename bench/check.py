"""The check beside its peers: start, throughput, build, and bilingual speed.

Peers are run where they are installed: ``codespell`` and ``typos`` (PyPI), ``prh`` and
``textlint`` with ``textlint-rule-prh`` (npm), ``rg`` (ripgrep). Their folders of programs
are named with ``--peers``; anything absent is reported "not installed".
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

SIZES = (1000, 10_000)
_SLOW_PEER_BYTES = 60_000  # what prh can read with 10,000 rules in some seconds


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--peers", action="append", default=[], metavar="DIR",
                        help="folder with programs of peers; repeatable")  # fmt: skip
    parser.add_argument("--rounds", type=int, default=7, help="repetitions, medians")
    parser.add_argument(
        "--skip-slow", action="store_true", help="leave out prh, textlint"
    )


def run(args: Namespace) -> int:
    from termbank.commands.display import table

    data = Path(args.data or os.environ.get("TERMBANK_SHARED", "../shared")) / "data"
    if args.data and (Path(args.data) / "check").is_dir():
        data = Path(args.data)
    rows: list[tuple[str, str, str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = folder / "corpus.txt"
        corpus.write_bytes(
            gzip.decompress((data / "check/corpus_ja.txt.gz").read_bytes())
        )
        os.environ["TERMBANK_CACHE"] = str(folder / "cache")
        for size in SIZES:
            rules = _rules(data, size)
            rows += _build(rules, size, args.rounds)
            rows += _throughput(corpus, rules, size, args.rounds)
            rows += _start(folder, rules, size, args)
            rows += _slow_peers(folder, corpus, rules, size, args)
        rows += _codespell(corpus, args)
        rows += _bilingual(data, args.rounds)
    print(table(rows, ("measure", "who", "figure")))
    if args.json:
        Path(args.json).write_text(json.dumps(rows, ensure_ascii=False, indent=1))
    return 0


def _rules(data: Path, size: int) -> dict[str, list[str]]:
    rules: dict[str, list[str]] = {}
    for line in (data / f"check/{size}.tsv").read_text(encoding="utf-8").splitlines():
        variant, better = line.split("\t")
        rules.setdefault(better, []).append(variant)
    return rules


def _median(
    action: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """Return the median time; of one core, so that other work on the machine counts less."""
    times = []
    for _ in range(rounds):
        start = clock()
        action()
        times.append(clock() - start)
    return statistics.median(times)


def _build(rules: dict[str, list[str]], size: int, rounds: int) -> list[Any]:
    from termbank import Glossary
    from termbank.checking.engine.compiled_rules import compile_rules
    from termbank.glossary.light_rows import rows_of

    terms = rows_of(Glossary.from_variants(rules, lang="ja"))
    both = _median(lambda: compile_rules([terms]).rest.automaton, rounds)
    first = _median(lambda: compile_rules([terms]), rounds)
    return [
        (f"build, {size} rules", "termbank, targets", f"{first * 1e3:.0f} ms"),
        (f"build, {size} rules", "termbank, with shields", f"{both * 1e3:.0f} ms"),
    ]


def _throughput(
    corpus: Path, rules: dict[str, list[str]], size: int, rounds: int
) -> list[Any]:
    from termbank import Glossary, check

    glossary = Glossary.from_variants(rules, lang="ja")
    megabytes = corpus.stat().st_size / 1e6
    found = check([corpus], glossary=glossary)  # compiles, opens the dictionary
    seconds = _median(lambda: check([corpus], glossary=glossary), rounds)
    rows = [
        (
            f"throughput, {size} rules",
            "termbank",
            f"{megabytes / seconds:.0f} MB/s, {len(found)} findings",
        )
    ]
    # What the machine gives at this moment: the automaton alone over the same bytes.
    from daachorse import MATCH_KIND_LEFTMOST_LONGEST, DoubleArrayAhoCorasick

    content = corpus.read_bytes()
    forms = [one.encode() for listed in rules.values() for one in listed]
    bare = DoubleArrayAhoCorasick(forms, MATCH_KIND_LEFTMOST_LONGEST)
    bare_seconds = _median(lambda: bare.find(content), rounds)
    rows.append(
        (
            f"throughput, {size} rules",
            "the automaton alone",
            f"{megabytes / bare_seconds:.0f} MB/s",
        )
    )
    ripgrep = shutil.which("rg")
    if not ripgrep:
        return [*rows, (f"throughput, {size} rules", "ripgrep", "not installed")]
    patterns = corpus.with_suffix(".patterns")
    patterns.write_text(
        "\n".join(v for listed in rules.values() for v in listed), encoding="utf-8"
    )
    words = [
        ripgrep,
        "-j1",
        "--fixed-strings",
        "--line-number",
        "-f",
        str(patterns),
        str(corpus),
    ]
    seconds = _median(
        lambda: subprocess.run(words, capture_output=True, check=False),
        3,
        time.perf_counter,
    )
    return [
        *rows,
        (f"throughput, {size} rules", "ripgrep", f"{megabytes / seconds:.1f} MB/s"),
    ]


def _start(
    folder: Path, rules: dict[str, list[str]], size: int, args: Namespace
) -> list[Any]:
    from termbank import Glossary

    place = folder / f"g{size}"
    Glossary.from_variants(rules, lang="ja").write(place)
    small = folder / "small.md"
    small.write_text("# 手順\n\nサーバーを止める。\n" * 20, encoding="utf-8")
    bare = [sys.executable, "-c", "pass"]
    ours = [
        sys.executable,
        "-m",
        "termbank",
        "check",
        "--glossary",
        str(place),
        str(small),
    ]
    subprocess.run(ours, capture_output=True, check=False)
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    # One after the other, so that both meet the same load of the machine.
    for _ in range(args.rounds * 3):
        for name, words in (("bare", bare), ("ours", ours)):
            start = time.perf_counter()
            subprocess.run(words, capture_output=True, check=False)
            times[name].append(time.perf_counter() - start)
    ratio = statistics.median(times["ours"]) / statistics.median(times["bare"])
    return [
        (f"start, {size} rules cached", "termbank", f"{ratio:.2f} x python -c pass")
    ]


def _program(name: str, args: Namespace) -> str | None:
    for folder in args.peers:
        found = shutil.which(name, path=folder)
        if found:
            return found
    return shutil.which(name)


def _slow_peers(
    folder: Path, corpus: Path, rules: dict[str, list[str]], size: int, args: Namespace
) -> list[Any]:
    """Time prh and textlint on a piece of the corpus that they can manage."""
    if args.skip_slow:
        return []
    rule_file = folder / f"prh{size}.yml"
    rule_file.write_text(_prh_rules(rules), encoding="utf-8")
    piece = folder / "piece.md"
    content = corpus.read_bytes()[:_SLOW_PEER_BYTES]
    piece.write_bytes(content[: content.rfind(b"\n") + 1])
    rows = []
    prh = _program("prh", args)
    words = [str(prh), "--rules", str(rule_file), str(piece)]
    rows.append((f"throughput, {size} rules", "prh", _speed(prh, words, piece, folder)))
    textlint = _program("textlint", args)
    config = folder / f"textlint{size}.json"
    config.write_text(json.dumps({"rules": {"prh": {"rulePaths": [str(rule_file)]}}}))
    words = [str(textlint), "--config", str(config), str(piece)]
    if textlint:
        home = Path(textlint).resolve().parents[3]
        words[1:1] = ["--rules-base-directory", str(home)]
    rows.append(
        (
            f"throughput, {size} rules",
            "textlint+prh",
            _speed(textlint, words, piece, folder),
        )
    )
    return rows


def _speed(program: str | None, words: list[str], piece: Path, folder: Path) -> str:
    if not program:
        return "not installed"
    start = time.perf_counter()
    try:
        done = subprocess.run(
            words, capture_output=True, check=False, cwd=folder, timeout=300
        )
    except subprocess.TimeoutExpired:
        return "over 300 s"
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1):
        return f"failed: {done.stderr[:60].decode(errors='replace')!r}"
    return f"{piece.stat().st_size / 1e6 / seconds:.3f} MB/s, start included"


def _prh_rules(rules: dict[str, list[str]]) -> str:
    lines = ["version: 1", "rules:"]
    for better, variants in rules.items():
        lines += [
            f"  - expected: {json.dumps(better, ensure_ascii=False)}",
            "    patterns:",
        ]
        lines += [f"      - {json.dumps(one, ensure_ascii=False)}" for one in variants]
    return "\n".join(lines) + "\n"


def _codespell(corpus: Path, args: Namespace) -> list[Any]:
    rows = []
    for name in ("codespell", "typos"):
        program = _program(name, args)
        if not program:
            rows.append(("throughput, own rules", name, "not installed"))
            continue
        start = time.perf_counter()
        subprocess.run([program, str(corpus)], capture_output=True, check=False)
        seconds = time.perf_counter() - start
        speed = corpus.stat().st_size / 1e6 / seconds
        rows.append(
            ("throughput, own rules", name, f"{speed:.1f} MB/s, finds no Japanese")
        )
    return rows


def _bilingual(data: Path, rounds: int) -> list[Any]:
    """Time 4,000 concepts over real pairs, and count flags per term occurrence."""
    from termbank.checking.bilingual.pair_checking import findings
    from termbank.checking.bilingual.renderings import Pair, Terms
    from termbank.commands.check import EVIDENCE

    rows = list(_concepts(data))
    pairs = []
    with gzip.open(data / "bilingual/tm_pydocs.tsv.gz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            _, _, english, japanese = line.rstrip("\n").split("\t")
            pairs.append(Pair(japanese, english, "", number, "ja", "en"))
    terms = Terms(rows)
    found = findings(pairs, terms, EVIDENCE)
    seconds = _median(lambda: findings(pairs, terms, EVIDENCE), rounds)
    return [
        (
            "bilingual, 4,000 concepts",
            "termbank",
            f"{len(pairs) / seconds:.0f} segments/s",
        ),
        (
            "bilingual, default profile",
            "termbank",
            f"{len(found)} flags on {len(pairs)} segments",
        ),
    ]


def _concepts(data: Path) -> Any:
    """Yield rows of 4,000 concepts: the gold terms of three letters or more, then words."""
    from termbank.glossary.light_rows import TermRow

    def rows(number: int, japanese: str, english: list[str]) -> Any:
        yield TermRow(
            f"{number:012x}", "term", "", "ja", japanese, "", "preferred", *[""] * 5
        )
        for at, form in enumerate(english):
            status = "admitted" if at else "preferred"
            yield TermRow(
                f"{number:012x}", "term", "", "en", form, "", status, *[""] * 5
            )

    seen: set[str] = set()
    for name in ("pydocs", "tanaka"):
        with gzip.open(
            data / f"bilingual/termgold_{name}.tsv.gz", "rt", encoding="utf-8"
        ) as file:
            for line in file:
                japanese, _, listed = line.rstrip("\n").split("\t")
                english = [form for form in listed.split("|") if len(form) > 3][:3]
                if len(japanese) > 2 and english and japanese not in seen:
                    seen.add(japanese)
                    yield from rows(len(seen), japanese, english)
    with gzip.open(
        data / "reconcile/vocab_jmdict.tsv.gz", "rt", encoding="utf-8"
    ) as file:
        next(file)
        for line in file:
            word = line.split("\t")[0]
            if len(seen) >= 4000:
                return
            if len(word) > 3 and word not in seen:
                seen.add(word)
                yield from rows(len(seen), word, [f"placeholder {len(seen)}"])

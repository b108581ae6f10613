"""Spellings: pairs by stratum, a vocabulary at true rarity, blocking, and speed.

Peers: rapidfuzz ratio and Jaro-Winkler at their best threshold, Sudachi's normalised
form, a rule fold; string_grouper for speed, from a Python of its own
(``--string-grouper PYTHON``). Rows that the shipped weights were trained on flatter us:
docs/design/reconciliation.md has the figures out of fold.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

import termbank
from termbank.commands.display import table
from termbank.reconciliation import keys
from termbank.reconciliation.blocking import candidate_pairs
from termbank.reconciliation.evidence import described

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

Scores = NDArray[np.float64]
KATAKANA = ("jmdict-kata", "jmnedict-kata", "sudachi-kata")
APART = (
    ("パス", "パース"), ("ローカル", "ロケール"), ("フォーム", "ホーム"), ("バー", "バッ"),
    ("ビル", "ビール"), ("シュア", "ユタ"), ("コード", "コート"), ("レズニコフ", "ルキヤノフ"),
)  # fmt: skip
_GROUPER = """
import sys, time, resource
import pandas as pd
from string_grouper import match_strings
forms = pd.Series(sys.stdin.read().split("\\n"))
start = time.perf_counter()
match_strings(forms, normalize_to_ascii=False)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
_OURS = """
import sys, time, resource
import termbank
forms = sys.stdin.read().split("\\n")
start = time.perf_counter()
proposal = termbank.reconcile(forms)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, proposal.links.height)
"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--string-grouper", metavar="PYTHON", help="a Python that has it"
    )
    parser.add_argument(
        "--forms", type=int, default=100_000, help="forms of the speed test"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--skip-speed", action="store_true")


def run(args: Namespace) -> int:
    data = Path(args.data or "../shared/data")
    rows = [*pairs(data), *vocabulary(data), *apart()]
    if not args.skip_speed:
        rows += speed(data, args)
    print(
        table(
            [(r["measure"], r["who"], r["figure"]) for r in rows],
            ("measure", "who", "figure"),
        )
    )
    if args.json:
        Path(args.json).write_text(
            json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8"
        )
    return 0


def _row(measure: str, who: str, figure: str, **numbers: float) -> dict[str, Any]:
    return {"measure": measure, "who": who, "figure": figure, **numbers}


def _read(path: Path) -> list[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [line.rstrip("\n").split("\t") for line in file][1:]


def _prf(
    chosen: NDArray[np.bool_], label: NDArray[np.bool_], total: int | None = None
) -> tuple[float, float, float]:
    hits = int((chosen & label).sum())
    precision = hits / max(int(chosen.sum()), 1)
    recall = hits / max(int(label.sum()) if total is None else total, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-12)


def _best(
    scores: Scores, label: NDArray[np.bool_], total: int | None = None
) -> tuple[float, float, float]:
    cuts = np.unique(np.quantile(scores, np.linspace(0, 1, 400)))
    return max(
        (_prf(scores >= cut, label, total) for cut in cuts), key=lambda prf: prf[2]
    )


def _recall_at(scores: Scores, label: NDArray[np.bool_], precision: float) -> float:
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(label[order])
    good = hits / np.arange(1, len(order) + 1) >= precision
    return float(hits[good].max() / label.sum()) if good.any() else 0.0


def _show(prf: tuple[float, float, float]) -> str:
    return f"F1 {prf[2]:.3f}  P {prf[0]:.3f}  R {prf[1]:.3f}"


def pairs(data: Path) -> Iterable[dict[str, Any]]:
    held = _read(data / "reconcile/variants.tsv.gz")
    left, right = [row[1] for row in held], [row[2] for row in held]
    label = np.array([row[0] == "1" for row in held])
    stratum = np.array([row[3] for row in held])
    answer = termbank.compare(left, right)
    same = (answer["verdict"] == "same").to_numpy()
    similarity = answer["similarity"].to_numpy()
    peers = _peers(left, right)
    wanted = {"katakana": KATAKANA, **{name: (name,) for name in sorted(set(stratum))}}
    for name, strata in wanted.items():
        rows = np.isin(stratum, strata)
        ours = _prf(same[rows], label[rows])
        yield _row(f"{name}, same", "termbank", _show(ours), f1=ours[2])
        recall = _recall_at(similarity[rows], label[rows], 0.95)
        yield _row(f"{name}, R at P ≥ .95", "termbank", f"{recall:.3f}", recall=recall)
        for who, scores in peers.items():
            yield _row(
                f"{name}, best threshold", who, _show(_best(scores[rows], label[rows]))
            )
    full = stratum == "fullname"
    merged = float((same & full & ~label).sum() / max((full & ~label).sum(), 1))
    yield _row("fullname, false merges", "termbank", f"{merged:.4f}", rate=merged)
    strict = _recall_at_rate(similarity[full], label[full], 0.002)
    yield _row(
        "fullname, recall at ≤ .2 % false merges",
        "termbank",
        f"{strict:.3f}",
        recall=strict,
    )


def _recall_at_rate(scores: Scores, label: NDArray[np.bool_], rate: float) -> float:
    wrong = np.sort(scores[~label])[::-1]
    cut = wrong[int(rate * len(wrong))]
    return float((scores[label] > cut).mean())


def _peers(left: list[str], right: list[str]) -> dict[str, Scores]:
    forms = pl.Series("form", [*left, *right]).unique().sort()
    about = described(forms)
    place = {form: row for row, form in enumerate(forms)}
    ours, theirs = (
        np.array([place[f] for f in left]),
        np.array([place[f] for f in right]),
    )

    def equal(column: str) -> Scores:
        ids = about.columns[column]
        return (ids[ours] == ids[theirs]).astype(float)

    return {
        "rapidfuzz ratio": cpdist(
            left, right, scorer=Levenshtein.normalized_similarity
        ),
        "Jaro-Winkler": cpdist(left, right, scorer=JaroWinkler.similarity),
        "Sudachi normalised": equal("normal"),
        "fold": equal("fold"),
        "Sudachi + fold": equal("normal_fold"),
    }


def vocabulary(data: Path) -> Iterable[dict[str, Any]]:
    rows = _read(data / "reconcile/vocab_jmdict.tsv.gz")
    group = {row[0]: row[1] for row in rows}
    members: dict[str, list[str]] = defaultdict(list)
    for term in sorted(group):
        members[group[term]].append(term)
    gold = {pair for terms in members.values() for pair in combinations(terms, 2)}
    forms = pl.Series("form", sorted(group))
    plain = dict(
        zip(
            forms,
            pl.DataFrame({"form": forms})
            .select(keys.plain(pl.col("form")))
            .to_series(),
            strict=True,
        )
    )
    beyond = {pair for pair in gold if plain[pair[0]] != plain[pair[1]]}
    links = termbank.reconcile(forms).links
    listed = list(zip(links["left"], links["right"], strict=True))
    label = np.array([pair in gold for pair in listed], bool)
    hard = np.array([plain[a] != plain[b] for a, b in listed], bool)
    same = (links["verdict"] == "same").to_numpy()
    similarity = links["similarity"].to_numpy()
    for name, rows_, total in (
        ("all", np.ones(len(listed), bool), len(gold)),
        ("beyond middle dots", hard, len(beyond)),
    ):
        yield _row(
            f"vocab {name}, same",
            "termbank",
            _show(_prf(same[rows_], label[rows_], total)),
        )
        yield _row(
            f"vocab {name}, same + ask",
            "termbank",
            _show(_prf(np.ones(rows_.sum(), bool), label[rows_], total)),
        )
        yield _row(
            f"vocab {name}, best threshold",
            "termbank",
            _show(_best(similarity[rows_], label[rows_], total)),
        )
    about = described(forms)
    for who, column in (
        ("fold", "fold"),
        ("Sudachi normalised", "normal"),
        ("Sudachi + fold", "normal_fold"),
    ):
        met = _equal_pairs(forms, about.columns[column])
        for name, chosen, right in (
            ("all", met, gold),
            (
                "beyond middle dots",
                {p for p in met if plain[p[0]] != plain[p[1]]},
                beyond,
            ),
        ):
            hits = len(chosen & right)
            p, r = hits / max(len(chosen), 1), hits / len(right)
            yield _row(
                f"vocab {name}", who, _show((p, r, 2 * p * r / max(p + r, 1e-12)))
            )
    found = candidate_pairs(about)
    names = forms.to_list()
    met = {(names[a], names[b]) for a, b in zip(*found, strict=True)}
    recall, per_term = len(met & gold) / len(gold), len(met) / len(names)
    yield _row(
        "blocking recall; candidates per term",
        "termbank",
        f"{recall:.3f}; {per_term:.1f}",
        recall=recall,
    )


def _equal_pairs(forms: pl.Series, ids: NDArray[np.int64]) -> set[tuple[str, str]]:
    members: dict[int, list[str]] = defaultdict(list)
    for form, number in zip(forms, ids.tolist(), strict=True):
        members[number].append(form)
    return {pair for terms in members.values() for pair in combinations(terms, 2)}


def apart() -> Iterable[dict[str, Any]]:
    answer = termbank.compare([a for a, _ in APART], [b for _, b in APART])
    kept = [
        f"{a}/{b}"
        for (a, b), verdict in zip(APART, answer["verdict"], strict=True)
        if verdict == "same"
    ]
    yield _row(
        "confusable pairs merged",
        "termbank",
        f"{len(kept)} of {len(APART)} {' '.join(kept)}",
    )


def katakana_forms(data: Path, count: int) -> list[str]:
    """Return distinct katakana forms: names, places and words, then composed full names."""
    names = sorted(
        {
            row[1]
            for path in ("jmnedict", "geonames")
            for row in _read(data / f"translit/{path}_katakana.tsv.gz")
        }
    )
    words = {row[0] for row in _read(data / "reconcile/vocab_jmdict.tsv.gz")}
    forms = sorted({*names, *words})
    random = np.random.default_rng(0)
    while len(forms) < count:
        sides = random.integers(len(names), size=(count - len(forms), 2)).tolist()
        forms = sorted({*forms, *(f"{names[a]}・{names[b]}" for a, b in sides)})
    return [forms[at] for at in np.sort(random.permutation(len(forms))[:count])]


def speed(data: Path, args: Namespace) -> Iterable[dict[str, Any]]:
    forms = "\n".join(katakana_forms(data, args.forms))
    ours = [_timed(sys.executable, _OURS, forms) for _ in range(args.runs)]
    seconds = median(float(run_[0]) for run_ in ours)
    peak = max(int(run_[1]) for run_ in ours)
    measure = f"{args.forms:,} katakana forms, seconds; peak MB"
    yield _row(
        measure, "termbank", f"{seconds:.1f}; {peak}", seconds=seconds, peak=peak
    )
    if not args.string_grouper:
        yield _row(measure, "string_grouper", "not installed")
        return
    theirs = [_timed(args.string_grouper, _GROUPER, forms) for _ in range(args.runs)]
    other = median(float(run_[0]) for run_ in theirs)
    yield _row(
        measure,
        "string_grouper",
        f"{other:.1f}; {max(int(run_[1]) for run_ in theirs)}",
        seconds=other,
    )
    yield _row(
        "ratio to string_grouper",
        "termbank",
        f"{seconds / other:.2f}",
        ratio=seconds / other,
    )


def _timed(python: str, code: str, forms: str) -> list[str]:
    done = subprocess.run(
        [python, "-c", code], input=forms, capture_output=True, text=True, check=True
    )
    return done.stdout.split()

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
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist

import termbank
from termbank.commands.display import table
from termbank.reconciliation.blocking import pair_candidates, spelling_keys
from termbank.reconciliation.blocking.pair_candidates import candidate_pairs
from termbank.reconciliation.features.form_features import describe_forms
from termbank.reconciliation.model import pair_model
from termbank.reconciliation.model.verdicts import (
    described_as_usual,
    scored_pairs,
    together,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

Scores = NDArray[np.float64]
KATAKANA = ("jmdict-kata", "jmnedict-kata", "sudachi-kata")
APART = (
    ("パス", "パース"), ("ローカル", "ロケール"), ("フォーム", "ホーム"), ("バー", "バッ"),
    ("ビル", "ビール"), ("シュア", "ユタ"), ("コード", "コート"), ("レズニコフ", "ルキヤノフ"),
)  # fmt: skip
# Both import what they need before the clock starts, and tell seconds, seconds of all
# processors (worker processes too), peak MB of the process and of its largest worker.
_CLOCK = """
import resource, sys, time
def used(who):
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024
forms = sys.stdin.read().split("\\n")
start, busy = time.perf_counter(), used(resource.RUSAGE_SELF)[0]
WORK
wall = time.perf_counter() - start
(own, peak), (others, beside) = used(resource.RUSAGE_SELF), used(resource.RUSAGE_CHILDREN)
print(wall, own - busy + others, peak, beside if others else 0)
"""
_GROUPER = (
    "import pandas as pd\nfrom string_grouper import match_strings\n",
    "match_strings(pd.Series(forms), normalize_to_ascii=False)",
)
_OURS = ("from termbank import reconcile\n", "reconcile(forms)")
MILLION = 1_000_000


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--string-grouper", metavar="PYTHON", help="a Python that has it"
    )
    parser.add_argument(
        "--forms", type=int, default=100_000, help="forms of the speed test"
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--skip-speed", action="store_true")
    parser.add_argument(
        "--million", action="store_true", help="run a million forms as well"
    )


def run(args: Namespace) -> int:
    data = Path(args.data or "../shared/data")
    rows = [
        *look_alikes(data),
        *pairs(data),
        *vocabulary(data),
        *calibration(data),
        *apart(),
    ]
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


def look_alikes(data: Path) -> Iterable[dict[str, Any]]:
    """Count verdicts of ``compare`` on pairs that look alike and on true variants."""
    path = data / "reconcile/lookalikes_dev.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    held = [line.split("\t") for line in lines]
    answer = termbank.compare([row[1] for row in held], [row[2] for row in held])
    verdicts = answer["verdict"].to_list()
    for label, wanted in (("different", ("same",)), ("same", ("same", "ask"))):
        some = [
            verdict
            for row, verdict in zip(held, verdicts, strict=True)
            if row[0] == label
        ]
        for verdict in wanted:
            count = some.count(verdict)
            yield _row(
                f"look-alikes, {label}: called {verdict}",
                "termbank",
                f"{count} of {len(some)}",
                count=count,
            )


def calibration(data: Path) -> Iterable[dict[str, Any]]:
    """Print how many pairs are right of those shown with a similarity, at true rarity.

    All pairs that blocking lets by in the vocabulary, as among its number of forms.
    """
    group = {row[0]: row[1] for row in _read(data / "reconcile/vocab_jmdict.tsv.gz")}
    forms = pl.Series("form", sorted(group))
    names = forms.to_list()
    about = described_as_usual(forms)
    scored = together(scored_pairs(about, *candidate_pairs(about), found=True))
    right = np.array(
        [
            group[names[a]] == group[names[b]]
            for a, b in zip(scored.left.tolist(), scored.right.tolist(), strict=True)
        ]
    )
    for low in range(90, 0, -10):
        some = (scored.similarity >= low) & (scored.similarity < low + 10 + (low == 90))
        if some.any():
            share = float(right[some].mean())
            shown = float(scored.similarity[some].mean()) / 100
            figure = f"{share:.3f} right, shown {shown:.3f}, {int(some.sum())} pairs"
            yield _row(
                f"pairs shown with {low}-{low + 10}", "termbank", figure, share=share
            )


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
        best = _best(similarity[rows], label[rows])
        yield _row(f"{name}, best similarity", "termbank", _show(best), f1=best[2])
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
    about = describe_forms(forms)
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
            .select(spelling_keys.plain(pl.col("form")))
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
    about = describe_forms(forms)
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
    names = forms.to_list()
    for remote, what in ((True, "blocking"), (False, "of what reconcile judges:")):
        found = candidate_pairs(about, remote=remote)
        met = {(names[a], names[b]) for a, b in zip(*found, strict=True)}
        recall, per_term = len(met & gold) / len(gold), len(met) / len(names)
        yield _row(
            f"{what} recall; candidates per term",
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


class Run(NamedTuple):
    """One run of the speed test: seconds, seconds of all processors, peaks in MB."""

    wall: float
    busy: float
    peak: float
    beside: float


def speed(data: Path, args: Namespace) -> Iterable[dict[str, Any]]:
    forms = katakana_forms(data, args.forms)
    ours, theirs = [], []
    for _ in range(args.runs):  # in turn: a busy machine is busy for both
        ours.append(_timed(sys.executable, _OURS, forms))
        if args.string_grouper:
            theirs.append(_timed(args.string_grouper, _GROUPER, forms))
    mine = _median(ours)
    yield _timing(args.forms, "termbank", mine)
    yield from shortcuts(forms)
    if args.million:
        large = _timed(sys.executable, _OURS, katakana_forms(data, MILLION))
        yield _timing(MILLION, "termbank", large)
        times, busy = large.wall / mine.wall, large.busy / mine.busy
        shown = f"{times:.1f}; processor {busy:.1f}"
        yield _row("a million, times", "termbank", shown, times=times, busy=busy)
    if not theirs:
        yield _row("ratio of times", "string_grouper", "not installed")
        return
    peer = _median(theirs)
    yield _timing(args.forms, "string_grouper", peer)
    ratio, busy = mine.wall / peer.wall, mine.busy / peer.busy
    shown = f"{ratio:.2f}; processor {busy:.2f}"
    yield _row("ratio of times", "to string_grouper", shown, ratio=ratio, busy=busy)


def shortcuts(forms: list[str]) -> Iterable[dict[str, Any]]:
    """Count the links that pairs left early would have changed."""
    fast = _verdicts(forms)
    everything = ((1 << 30, 64),)
    with (
        patch.object(pair_candidates, "UNSHARED", everything),
        patch.object(pair_candidates, "REMOTE_AT", pair_candidates.FAR_AT),
        patch.object(pair_model, "HOPELESS", np.inf),
    ):
        slow = _verdicts(forms)
    changed = len(fast.symmetric_difference(slow))
    shown = f"{changed} of {len(slow)}"
    yield _row("verdicts changed by shortcuts", "termbank", shown, changed=changed)


def _verdicts(forms: list[str]) -> set[tuple[str, ...]]:
    links = termbank.reconcile(forms).links
    return set(links.select("left", "right", "verdict").iter_rows())


def _median(runs: list[Run]) -> Run:
    return Run(*(median(column) for column in zip(*runs, strict=True)))


def _timing(count: int, who: str, run_: Run) -> dict[str, Any]:
    measure = f"{count:,} katakana forms, seconds; of all processors; peak MB + worker"
    shown = f"{run_.wall:.1f}; {run_.busy:.1f}; {run_.peak:.0f} + {run_.beside:.0f}"
    return _row(measure, who, shown, **run_._asdict())


def _timed(python: str, code: tuple[str, str], forms: list[str]) -> Run:
    before, work = code
    done = subprocess.run(
        [python, "-c", before + _CLOCK.replace("WORK", work)],
        input="\n".join(forms),
        capture_output=True,
        text=True,
        check=True,
    )
    return Run(*map(float, done.stdout.split()))

"""Figures of pairs that the judge never saw, by way of the public functions.

    python -m training spellings --data ../shared/data --synonyms FILE --folds DIR
    python -m training held_out --data ../shared/data --folds DIR

Each of five models judges the fold that it never saw: pairs through ``termbank.compare``,
the vocabulary, whole, through ``termbank.reconcile``, of which only links that begin in
the fold count.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
from bench import reconcile as bench

import termbank
from termbank.reconciliation.blocking import spelling_keys
from termbank.reconciliation.blocking.pair_candidates import candidate_pairs
from termbank.reconciliation.model import pair_model as learned
from termbank.reconciliation.model.verdicts import (
    described_as_usual,
    scored_pairs,
    together,
)
from training import corpora as known
from training.corpora import FOLDS

PRECISE = 0.95
FALSE_MERGES = 0.002


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=Path, required=True)
    args = parser.parse_args()
    models = [learned.load(args.folds / f"fold{n}.npz") for n in range(FOLDS)]
    pairs(args.data / "reconcile/variants.tsv.gz", models)
    vocabulary(args.data / "reconcile/vocab_jmdict.tsv.gz", models)
    calibration(args.data / "reconcile/vocab_jmdict.tsv.gz", models)


def pairs(path: Path, models: list[learned.Model]) -> None:
    """Print figures of labelled pairs by stratum."""
    rows = known.rows_of(path)
    fold = np.array([known.fold_of(row[6]) for row in rows])
    similarity = np.zeros(len(rows))
    same = np.zeros(len(rows), bool)
    for number, model in enumerate(models):
        use(model)
        at = np.flatnonzero(fold == number)
        answer = termbank.compare([rows[i][1] for i in at], [rows[i][2] for i in at])
        similarity[at] = answer["similarity"].to_numpy()
        same[at] = (answer["verdict"] == "same").to_numpy()
    label = np.array([row[0] == "1" for row in rows])
    stratum = np.array([row[3] for row in rows])
    groups = {"katakana": bench.KATAKANA}
    groups |= {name: (name,) for name in sorted(set(stratum))}
    for name, strata in groups.items():
        some = np.isin(stratum, strata)
        precise = bench._recall_at(similarity[some], label[some], PRECISE)
        at_verdict = bench._show(bench._prf(same[some], label[some]))
        best = bench._show(bench._best(similarity[some], label[some]))
        print(f"{name:14} same: {at_verdict}  best: {best}  R at P .95: {precise:.3f}")
    full = stratum == "fullname"
    wrong = (same & full & ~label).sum() / (full & ~label).sum()
    strict = bench._recall_at_rate(similarity[full], label[full], FALSE_MERGES)
    print(f"full names: false merges {wrong:.4f}, recall at .2 %: {strict:.3f}")


def vocabulary(path: Path, models: list[learned.Model]) -> None:
    """Print figures of all links of a vocabulary."""
    group = {row[0]: row[1] for row in known.rows_of(path)}
    forms = pl.Series("form", sorted(group))
    plain = pl.DataFrame({"form": forms}).select(spelling_keys.plain(pl.col("form")))
    bare = dict(zip(forms, plain.to_series(), strict=True))
    members: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        members[group[form]].append(form)
    gold = {pair for some in members.values() for pair in combinations(some, 2)}
    beyond = sum(bare[a] != bare[b] for a, b in gold)
    found: list[tuple[float, bool, bool, bool]] = []
    for number, model in enumerate(models):
        use(model)
        links = termbank.reconcile(forms).links
        for left, right, similarity, verdict in links.select(
            "left", "right", "similarity", "verdict"
        ).iter_rows():
            if known.fold_of(group[left]) == number:
                right_one = (left, right) in gold
                hard = bare[left] != bare[right]
                found.append((similarity, verdict == "same", right_one, hard))
    table = np.array(found)
    similarity, same, label, hard = table[:, 0], *(table[:, 1:].T > 0)
    for name, some, total in (
        ("all", np.ones(len(label), bool), len(gold)),
        ("beyond dots", hard, beyond),
    ):
        for how, figures in (
            ("same", bench._prf(same[some], label[some], total)),
            ("same + ask", bench._prf(np.ones(some.sum(), bool), label[some], total)),
            ("best", bench._best(similarity[some], label[some], total)),
        ):
            print(f"vocabulary {name:11} {how:10} {bench._show(figures)}")


def calibration(path: Path, models: list[learned.Model]) -> None:
    """Print how many found pairs are right of those shown with a similarity."""
    group = {row[0]: row[1] for row in known.rows_of(path)}
    forms = pl.Series("form", sorted(group))
    names = forms.to_list()
    about = described_as_usual(forms)
    pairs_ = candidate_pairs(about)
    fold = np.array([known.fold_of(group[form]) for form in names])[pairs_.left]
    similarity = np.zeros(len(fold), np.float32)
    for number, model in enumerate(models):
        use(model)
        at = fold == number
        scored = together(
            scored_pairs(about, pairs_.left[at], pairs_.right[at], found=True)
        )
        similarity[at] = scored.similarity
    right = np.array(
        [group[names[a]] == group[names[b]] for a, b in zip(*pairs_, strict=True)]
    )
    for low in range(90, 0, -10):
        some = (similarity >= low) & (similarity < low + 10 + (low == 90))
        shown, share = similarity[some].mean() / 100, right[some].mean()
        print(f"shown with {low}-{low + 10}: {share:.3f} right, {shown:.3f} shown")


def use(model: learned.Model) -> None:
    """Let the public functions judge by this model."""
    learned.shipped_model = lambda: model  # type: ignore[assignment]

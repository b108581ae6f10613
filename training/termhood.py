"""Choose the weights of termhood: few numbers, regularised, cross-validated over documents.

The factors of ``termbank.mining.terms.termhood`` are taken by their logarithms, each divided
by its weight, so that the plain product has weight 1 for the five of ``PRIOR`` and 0 for the
rest. A logistic regression of "is a key phrase of its document" is drawn towards these by a
ridge; documents, not candidates, are left out together::

    python -m training.termhood --data ../shared/data/mine

prints F1@10 of each ridge over several divisions of the documents, the folds of one division,
and the weights on all documents. The shipped ones are those of ridge 20, in quarters; ``named``
and ``defined`` are set by hand (see the design note). Needs nothing beside termbank.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from bench.mine import doc_id, folded

import termbank
from termbank.mining.terms import termhood
from termbank.mining.terms.collection_counts import count_forms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PRIOR = ("frequency", "rarity", "length", "specific", "early")
RIDGES = (1.0, 5.0, 20.0, 50.0, 200.0)
DIVISIONS = 5
FOLDS = 10
BEST = 10
# A document of 800 candidates weighs four times one of 50, not sixteen times.
USUAL_CANDIDATES = 50


class Candidates(NamedTuple):
    """All candidates of all documents.

    Attributes:
        names: Of the factors.
        logs: One row a candidate, one column a factor: its logarithm over its weight.
        fixed: Logarithm of the factor that is no part of the choice (echo).
        owners: Number of the document of each.
        groups: Number of its key phrase in the document, -1 for none.
        wanted: Key phrases of each document.
        norms: To order equals.
    """

    names: list[str]
    logs: Floats
    fixed: Floats
    owners: NDArray[np.int64]
    groups: NDArray[np.int64]
    wanted: list[int]
    norms: list[str]


def weights() -> dict[str, float]:
    """Return the shipped weight of each factor."""
    return {
        "frequency": termhood._FREQUENCY,
        "rarity": termhood._RARITY,
        "length": 1.0,
        "specific": termhood._SPECIFIC,
        "early": termhood._EARLY,
        "quoted": termhood._QUOTED,
        "hosts": termhood._HOSTS,
        "heading": termhood._HEADING,
        "named": termhood._NAMED,
        **termhood._FLAGS,
    }


def read(folder: Path) -> Candidates:
    """Return the candidates of the development documents."""
    with gzip.open(
        folder / "terms_keyphrase.jsonl.gz", "rt", encoding="utf-8"
    ) as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    mentions = termbank.mine(termbank.documents([row["text"] for row in rows]))
    counts = count_forms(mentions, by="document")
    table = termhood.factors(counts)
    shipped = weights()
    logs = np.stack(
        [
            np.log(table[name].to_numpy().clip(1e-9)) / weight
            for name, weight in shipped.items()
        ],
        axis=1,
    )
    numbers = {doc_id(row["text"]): number for number, row in enumerate(rows)}
    gold = [
        [{folded(form) for form in group} for group in row["terms"]] for row in rows
    ]
    owners = np.array([numbers[key] for key in counts["doc_id"]], np.int64)
    norms = counts["norm"].to_list()
    groups = [
        next((at for at, group in enumerate(gold[owner]) if folded(norm) in group), -1)
        for owner, norm in zip(owners.tolist(), norms, strict=True)
    ]
    return Candidates(
        list(shipped),
        logs,
        np.log(table["echo"].to_numpy()),
        owners,
        np.array(groups, np.int64),
        [len(row) for row in gold],
        norms,
    )


def f1(found: Candidates, scores: Floats, documents: list[int]) -> float:
    """Return F1 of the ten best candidates of some documents."""
    hits = offered = wanted = 0
    for number in documents:
        rows = np.flatnonzero(found.owners == number)
        order = sorted(rows.tolist(), key=lambda row: (-scores[row], found.norms[row]))
        best = order[:BEST]
        hits += len({int(found.groups[row]) for row in best} - {-1})
        offered, wanted = offered + len(best), wanted + found.wanted[number]
    return 2 * hits / (offered + wanted)


def fitted(found: Candidates, rows: NDArray[np.bool_], ridge: float) -> Floats:
    """Return the weights that some rows ask for, by Newton's method."""
    prior = np.array([float(name in PRIOR) for name in found.names])
    start = np.append(-3.0, prior)
    pull = np.append(1e-6, np.full(len(prior), ridge))
    features = np.insert(found.logs[rows], 0, 1.0, axis=1)
    answers = (found.groups[rows] >= 0).astype(np.float64)
    sizes = np.bincount(found.owners)[found.owners[rows]]
    importance = np.sqrt(USUAL_CANDIDATES / sizes)
    now = start.copy()
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(features @ now, -50, 50)))
        slope = features.T @ (importance * (chance - answers)) + pull * (now - start)
        bend = importance * chance * (1 - chance)
        step = np.linalg.solve((features.T * bend) @ features + np.diag(pull), slope)
        now -= step
        if np.abs(step).max() < 1e-6:
            break
    return now[1:]


def cross_validated(
    found: Candidates, ridge: float, seed: int
) -> tuple[float, list[float]]:
    """Return F1 over all documents, each scored without itself, and of each fold."""
    numbers = list(range(len(found.wanted)))
    random.Random(seed).shuffle(numbers)
    scores = np.zeros(len(found.owners))
    folds = [numbers[fold::FOLDS] for fold in range(FOLDS)]
    for fold in folds:
        left_out = np.isin(found.owners, fold)
        scores[left_out] = found.logs[left_out] @ fitted(found, ~left_out, ridge)
    scores += found.fixed
    return f1(found, scores, numbers), [f1(found, scores, fold) for fold in folds]


def main() -> None:
    """Print what the module says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    found = read(parser.parse_args().data)
    everything = list(range(len(found.wanted)))
    plain = found.logs @ np.array([float(name in PRIOR) for name in found.names])
    shipped = found.logs @ np.array(list(weights().values()))
    for name, scores in (("plain product", plain), ("shipped", shipped)):
        print(f"{name}: {f1(found, scores + found.fixed, everything):.4f}")
    for ridge in RIDGES:
        runs = [cross_validated(found, ridge, seed)[0] for seed in range(DIVISIONS)]
        chosen = fitted(found, np.ones(len(found.owners), bool), ridge)
        print(
            f"ridge {ridge:5}: {np.mean(runs):.4f} ({min(runs):.4f} to {max(runs):.4f})"
        )
        print("   ", dict(zip(found.names, chosen.round(2).tolist(), strict=True)))
    print(
        "folds of ridge 20:", np.round(cross_validated(found, 20.0, 0)[1], 3).tolist()
    )


if __name__ == "__main__":
    main()

"""Train ``src/termbank/mining/names.npz``: where names are, and of which kind.

Data (share-alike, so the model is share-alike too; see ``names.LICENSE``):

- UD_Japanese-GSD with named entities (megagonlabs), CC BY-SA 4.0, training part;
- stockmark ner-wikipedia-dataset (Stockmark Inc.), CC BY-SA 3.0.

Needs python-crfsuite beside termbank::

    python -m training.names --data ../shared/data/mine --folds 5    # figures
    python -m training.names --data ../shared/data/mine --out src/termbank/mining/names.npz
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from termbank.mining.attributes import Attributes
from termbank.mining.features import (
    ALONE,
    BUCKETS,
    buckets,
    dynamic,
    padded,
    static,
    template,
)
from termbank.mining.kind_model import KIND_BITS, KINDS_KNOWN, kind_features
from termbank.mining.lexicon import Lexicon, numbering
from termbank.mining.phrases import Spans, runs
from termbank.mining.sheet import sheet
from termbank.mining.viterbi import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS = "OBIES"
FOLLOWERS = {"O": "OBS", "B": "IE", "I": "IE", "E": "OBS", "S": "OBS"}
# Kinds of the two annotation schemes; what is not here is no name to us.
KIND_OF = {
    "人名": "person",
    "PERSON": "person",
    "PET_NAME": "person",
    "法人名": "organization",
    "政治的組織名": "organization",
    "その他の組織名": "organization",
    "ORG": "organization",
    "地名": "place",
    "施設名": "place",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "製品名": "product",
    "PRODUCT": "product",
    "WORK_OF_ART": "product",
    "イベント名": "event",
    "EVENT": "event",
}
# L1 keeps one feature in twenty without loss; L2 and rounds chosen on ner_gsd.
L1, L2, ROUNDS = 0.3, 0.3, 100
# The shipped weights are the mean of these models, (fold left out, rounds): the mean is
# right a little more often on ner_gsd than the model of all rows alone.
MEMBERS = ((None, 100), (0, 80))
# Added to every label but outside, so that as many names are missed as are too many;
# chosen on ner_gsd.
EAGERNESS = 0.45
KIND_ROUNDS, KIND_RATE, KIND_DECAY = 15, 0.1, 1e-6


class Sentence(NamedTuple):
    """A sentence ready for training.

    Attributes:
        row: Number of its text.
        buckets: One row a word, one column a template.
        starts: First code point of each word.
        ends: One past the last.
    """

    row: int
    buckets: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


class Reader:
    """Turns texts into sentences of buckets."""

    def __init__(self) -> None:
        self.lexicon = Lexicon(numbering("sudachi", None))
        self.attributes = Attributes(self.lexicon)

    def sentences(
        self, rows: list[dict[str, Any]], size: int = 400
    ) -> Iterator[Sentence]:
        """Yield the sentences of rows, some rows at a time."""
        for low in range(0, len(rows), size):
            texts = sheet([row["text"] for row in rows[low : low + size]], self.lexicon)
            places = padded(texts)
            columns = [
                column[places.slots[places.at + distance]]
                for distance in ALONE
                for column in static(self.attributes, distance, slice(None))
            ]
            columns += dynamic(texts, runs(texts), self.lexicon, self.attributes)
            table = np.array(columns, np.uint32).T
            edges = np.flatnonzero(np.diff(texts.sentences, prepend=-1, append=1 << 40))
            for first, last in itertools.pairwise(edges):
                cut = slice(first, last)
                owner = low + int(texts.texts[first])
                yield Sentence(owner, table[cut], texts.starts[cut], texts.ends[cut])

    def training(
        self, folder: Path, without: int | None
    ) -> list[tuple[Sentence, list[str]]]:
        """Return all sentences with their labels."""
        rows = rows_of(folder, without)
        return [
            (one, labels(one, names(rows[one.row]))) for one in self.sentences(rows)
        ]

    def kind_rows(self, rows: list[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
        """Return buckets and kinds of all names of the texts."""
        texts = sheet([row["text"] for row in rows], self.lexicon)
        bounds = np.searchsorted(texts.texts, np.arange(len(rows) + 1))
        first, last, kinds = [], [], []
        for number, row in enumerate(rows):
            low, high = bounds[number], bounds[number + 1]
            for start, end, kind, _ in names(row):
                at = low + int(np.searchsorted(texts.starts[low:high], start))
                to = low + int(np.searchsorted(texts.ends[low:high], end)) + 1
                if (
                    at < high
                    and texts.starts[at] == start
                    and texts.ends[min(to, high) - 1] == end
                ):
                    first.append(at)
                    last.append(to)
                    kinds.append(KINDS_KNOWN.index(KIND_OF[kind]))
        spans = Spans(np.array(first), np.array(last))
        table = np.array(kind_features(texts, spans, self.attributes)).T
        return table, np.array(kinds)


def load(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def names(row: dict[str, Any]) -> list[list[Any]]:
    """Return the spans of a row that are names to us."""
    return [span for span in row["spans"] if span[2] in KIND_OF]


def labels(sentence: Sentence, spans: list[list[Any]]) -> list[str]:
    """Return the label of each word; of overlapping spans the first stays."""
    out = ["O"] * len(sentence.starts)
    for start, end, *_ in spans:
        inside = np.flatnonzero(
            (sentence.ends > start) & (sentence.starts < end)
        ).tolist()
        if not inside or any(out[at] != "O" for at in inside):
            continue
        for at in inside:
            out[at] = "I"
        out[inside[0]], out[inside[-1]] = "B", "E"
        if len(inside) == 1:
            out[inside[0]] = "S"
    return out


def train(
    sentences: list[tuple[Sentence, list[str]]], *, rounds: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (a row a bucket, outside = 0) and transitions."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": L1,
            "c2": L2,
            "max_iterations": rounds,
            "feature.possible_transitions": True,
        }
    )
    for sentence, wanted in sentences:
        rows = [
            [str(bucket) for bucket in row if bucket]
            for row in sentence.buckets.tolist()
        ]
        trainer.append(rows, wanted)
    handle, path = tempfile.mkstemp(suffix=".crf")
    os.close(handle)
    trainer.train(path)
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    found = tagger.info()
    tagger.close()
    os.remove(path)
    weights = np.zeros((BUCKETS, 5), np.float32)
    for (bucket, label), weight in found.state_features.items():
        weights[int(bucket), LABELS.index(label)] = weight
    transitions = np.full((5, 5), NEVER, np.float32)
    for before, after in found.transitions:
        if after in FOLLOWERS[before]:
            place = LABELS.index(before), LABELS.index(after)
            transitions[place] = found.transitions[before, after]
    weights[:, 1:] -= weights[:, :1]
    return weights[:, 1:], transitions


def train_kinds(table: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """Return a row of five weights a bucket: logistic regression by AdaGrad."""
    weights = np.zeros((1 << KIND_BITS, len(KINDS_KNOWN)), np.float64)
    squares = np.full_like(weights, 1e-8)
    random = np.random.default_rng(0)
    for _ in range(KIND_ROUNDS):
        order = random.permutation(len(kinds))
        for low in range(0, len(order), 16):
            rows = order[low : low + 16]
            scores = weights[table[rows]].sum(1)
            scores = np.exp(scores - scores.max(1, keepdims=True))
            wrong = scores / scores.sum(1, keepdims=True)
            wrong[np.arange(len(rows)), kinds[rows]] -= 1
            gradient = np.repeat(wrong, table.shape[1], 0)
            places = table[rows].reshape(-1)
            np.add.at(squares, places, gradient**2)
            np.add.at(weights, places, -KIND_RATE * gradient / np.sqrt(squares[places]))
        weights *= 1 - KIND_DECAY
    weights[0] = 0
    return weights


def quantised(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return used rows, their weights in -127..127, and the size of one unit."""
    # A few very large weights would cost all others their precision.
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9995)) / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    used = np.flatnonzero((small != 0).any(1))
    return used, small[used], scale


def save(out: Path, model: tuple[np.ndarray, np.ndarray], kinds: np.ndarray) -> None:
    """Write the model file."""
    # The first template of a word itself looks at nothing: it is in every word.
    model[0][int(buckets(template(0, 0))[0])] += EAGERNESS
    used, small, scale = quantised(model[0])
    kind_used, kind_small, kind_scale = quantised(kinds)
    np.savez_compressed(
        out,
        steps=np.diff(used, prepend=0).astype(np.uint32),
        weights=small,
        scale=np.float32(scale),
        transitions=model[1],
        kind_steps=np.diff(kind_used, prepend=0).astype(np.uint32),
        kind_weights=kind_small,
        kind_scale=np.float32(kind_scale),
    )
    print(out, out.stat().st_size, "bytes,", len(used), "features")


def main() -> None:
    """Train the members on all rows, or one model without a fifth, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--without",
        type=int,
        metavar="FOLD",
        help="leave one fifth out, for its figures",
    )
    args = parser.parse_args()
    members = MEMBERS if args.without is None else ((args.without, ROUNDS),)
    reader = Reader()
    models = [
        train(reader.training(args.data, fold), rounds=rounds)
        for fold, rounds in members
    ]
    weights, transitions = (
        sum(parts) / len(models) for parts in zip(*models, strict=True)
    )
    kinds = train_kinds(*reader.kind_rows(rows_of(args.data, args.without)))
    save(args.out, (weights, transitions), kinds)


def rows_of(folder: Path, without: int | None) -> list[dict[str, Any]]:
    """Return the rows to train on; ``without`` leaves out every fifth of one corpus."""
    wikipedia = load(folder / "ner_stockmark.jsonl.gz")
    kept = [row for at, row in enumerate(wikipedia) if at % 5 != without]
    return kept + load(folder / "ner_gsd_train.jsonl.gz")


if __name__ == "__main__":
    main()

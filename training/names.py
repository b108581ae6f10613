"""Train ``src/termbank/mining/names/names.npz``: where names are, and of which kind.

Data (share-alike, so the model is share-alike too; see ``names.LICENSE``):

- UD_Japanese-GSD with named entities (megagonlabs), CC BY-SA 4.0, training part;
- stockmark ner-wikipedia-dataset (Stockmark Inc.), CC BY-SA 3.0.

A chain of labels proposes stretches of words; a second model chooses among them. The second
learns from what the first proposes for texts it was not trained on, so the first is trained
``PARTS`` times on parts of the rows, then on all. Needs numba beside termbank::

    python -m training names --data ../shared/data/mine --folds    # figures of five folds
    python -m training names --data ../shared/data/mine --out src/termbank/mining/names/names.npz
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

import bench.mine as bench
import numpy as np

from termbank.mining.names import tagger
from termbank.mining.names.span_candidates import Segments, segments
from termbank.mining.names.span_features import SPAN_BITS, span_features
from termbank.mining.names.span_model import CLASSES, KINDS_KNOWN
from termbank.mining.names.tagger_features import (
    ALONE,
    BUCKETS,
    buckets,
    dynamic,
    pad_sentences,
    static,
    template,
)
from termbank.mining.terms.term_phrases import Runs, runs
from termbank.mining.tokens.token_attributes import Attributes
from termbank.mining.tokens.token_lexicon import Lexicon, numbering
from termbank.mining.tokens.token_table import Sheet, sheet
from training.chain import Plan, train_chain, train_choice

if TYPE_CHECKING:
    from collections.abc import Iterator

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
# Chosen on ner_gsd and on folds of stockmark; see docs/design/mining.md.
CHAIN = Plan(epochs=10, rate=0.1, sparse=1.5, small=0.3, dropout=0.4)
CHOICE = Plan(epochs=8, rate=0.05, sparse=0.6, small=0.3, dropout=0.6)
# The mean of some models that differ in their order of rows is a little better than one,
# and steadier.
CHAINS, CHOICES = 3, 3
PARTS = 4
# Added to every label but outside when stretches are proposed: with more of them the
# second model has more to choose from.
EAGERNESS = 0.6
# Added to the log odds of a name, and of one that holds katakana and is not a common word
# alone: those are missed more often.
SPAN_EAGERNESS = (0.2, 1.3)
# Buckets kept of either model, the heaviest; more gain nothing.
CHAIN_BUCKETS, SPAN_BUCKETS = 100_000, 60_000
FOLDS = 5
BATCH = 400


class Batch(NamedTuple):
    """Some texts, ready for training.

    Attributes:
        texts: Their words.
        noun_runs: Runs of the texts.
        table: Buckets, one row a word, one column a template.
        labels: One a word.
        gold: Class (0 for no name) of each stretch that is a name, by first and last row.
        rows: Number of each text among all.
    """

    texts: Sheet
    noun_runs: Runs
    table: np.ndarray
    labels: np.ndarray
    gold: dict[tuple[int, int], int]
    rows: np.ndarray


class Reader:
    """Turns texts into batches."""

    def __init__(self) -> None:
        self.lexicon = Lexicon(numbering("sudachi", None))
        self.attributes = Attributes(self.lexicon)

    def batches(self, rows: list[dict[str, Any]]) -> list[Batch]:
        """Return all rows, some at a time."""
        return list(self._batches(rows))

    def _batches(self, rows: list[dict[str, Any]]) -> Iterator[Batch]:
        for low in range(0, len(rows), BATCH):
            some = rows[low : low + BATCH]
            texts = sheet([row["text"] for row in some], self.lexicon)
            noun_runs, places = runs(texts), pad_sentences(texts)
            columns = [
                column[places.slots[places.at + distance]]
                for distance in ALONE
                for column in static(self.attributes, distance, slice(None))
            ]
            columns += dynamic(texts, noun_runs, self.lexicon, self.attributes)
            table = np.array(columns, np.uint32).T
            labels, gold = truth(texts, some)
            numbers = low + np.arange(len(some))
            yield Batch(texts, noun_runs, table, labels, gold, numbers)

    def questions(self, batch: Batch, spans: Segments) -> np.ndarray:
        """Return the buckets of some stretches, a row each."""
        asked = span_features(
            batch.texts, batch.noun_runs, self.lexicon, self.attributes, spans
        )
        return np.array(asked, np.uint32).T


def kind_of(kind: str, name: str) -> str | None:
    """Return our kind of an annotated name, None where it is none to us.

    GSD has parties among nationalities (NORP), and laws by themselves.
    """
    if kind == "LAW":
        return "product"
    if kind == "NORP" and name.endswith("党"):
        return "organization"
    return KIND_OF.get(kind)


def truth(
    texts: Sheet, rows: list[dict[str, Any]]
) -> tuple[np.ndarray, dict[tuple[int, int], int]]:
    """Return the label of each word, and the classes of the stretches that are names."""
    labels = np.zeros(len(texts.slots), np.int8)
    gold: dict[tuple[int, int], int] = {}
    bounds = np.searchsorted(texts.texts, np.arange(len(rows) + 1))
    for number, row in enumerate(rows):
        low, high = bounds[number], bounds[number + 1]
        starts, ends = texts.starts[low:high], texts.ends[low:high]
        for start, end, annotated, *_ in row["spans"]:
            kind = kind_of(annotated, row["text"][start:end])
            if kind is None:
                continue
            inside = low + np.flatnonzero((ends > start) & (starts < end))
            # Of overlapping names the first stays.
            if not len(inside) or labels[inside].any():
                continue
            labels[inside] = 2
            labels[inside[0]], labels[inside[-1]] = 1, 3
            if len(inside) == 1:
                labels[inside[0]] = 4
            first, last = int(inside[0]), int(inside[-1])
            if texts.starts[first] == start and texts.ends[last] == end:
                gold[first, last + 1] = 1 + KINDS_KNOWN.index(kind)
    return labels, gold


class Words(NamedTuple):
    """All words of all batches, as the chain is trained on them.

    Attributes:
        used: Buckets that occur, the commonest first.
        table: Places in ``used``, one row a word, one column a template.
        labels: One a word.
        bounds: First row of each sentence, and one past the last.
        owners: Number of the text of each sentence.
    """

    used: np.ndarray
    table: np.ndarray
    labels: np.ndarray
    bounds: np.ndarray
    owners: np.ndarray


def words_of(batches: list[Batch]) -> Words:
    """Return the words of all batches, one after the other."""
    used, table = numbered(np.concatenate([batch.table for batch in batches]), BUCKETS)
    starts, owners, done = [], [], 0
    for batch in batches:
        fresh = np.flatnonzero(np.diff(batch.texts.sentences, prepend=-1))
        starts.append(done + fresh)
        owners.append(batch.rows[batch.texts.texts[fresh]])
        done += len(batch.labels)
    bounds = np.append(np.concatenate(starts), done)
    labels = np.concatenate([batch.labels for batch in batches])
    return Words(used, table, labels, bounds, np.concatenate(owners))


def chain(words: Words, part: int | None) -> tuple[np.ndarray, np.ndarray]:
    """Return weights of all buckets and transitions, trained without one part."""
    used, table, labels, bounds, owners = words
    chosen = np.flatnonzero(owners % PARTS != (-1 if part is None else part))
    seeds = range(CHAINS) if part is None else [part]
    models = [
        train_chain(table, labels, bounds, chosen, CHAIN._replace(seed=seed))
        for seed in seeds
    ]
    small, transitions = (
        sum(parts) / len(seeds) for parts in zip(*models, strict=True)
    )
    weights = np.zeros((BUCKETS, small.shape[1]), np.float32)
    weights[used] = small
    # The first template of a word itself looks at nothing: it is in every word.
    weights[int(buckets(template(0, 0))[0])] += EAGERNESS
    weights[0] = 0
    return heaviest(weights, CHAIN_BUCKETS), transitions


def numbered(table: np.ndarray, buckets: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the buckets that occur, and the table with their places among those.

    The commonest come first, so that their weights lie close together; 0 stays 0.
    """
    counts = np.bincount(table.ravel(), minlength=buckets)
    counts[0] = len(table) * table.shape[1] + 1
    used = np.argsort(-counts, kind="stable")[: np.count_nonzero(counts)]
    places = np.zeros(buckets, np.int32)
    places[used] = np.arange(len(used))
    return used, places[np.ascontiguousarray(table)]


def proposed(batch: Batch, model: tuple[np.ndarray, np.ndarray]) -> Segments:
    """Return the stretches that a chain proposes."""
    weights, transitions = model
    scores = np.zeros((len(batch.labels), 5), np.float32)
    for column in batch.table.T:
        scores[:, 1:] += weights[column]
    return segments(scores, batch.texts.sentences, transitions)


def choice(reader: Reader, batches: list[Batch], words: Words) -> np.ndarray:
    """Return weights of all span buckets, learned from texts new to the chains."""
    tables, classes = [], []
    for part in range(PARTS):
        model = chain(words, part)
        for batch in batches:
            spans = proposed(batch, model)
            if not len(spans.first):
                continue
            owners = batch.rows[batch.texts.texts[spans.first]]
            keep = owners % PARTS == part
            tables.append(reader.questions(batch, spans)[keep])
            pairs = zip(spans.first.tolist(), spans.last.tolist(), strict=True)
            found = np.array([batch.gold.get(pair, 0) for pair in pairs])
            classes.append(found[keep])
    used, table = numbered(np.concatenate(tables), 1 << SPAN_BITS)
    models = [
        train_choice(table, np.concatenate(classes), CHOICE._replace(seed=seed))
        for seed in range(CHOICES)
    ]
    weights = np.zeros((1 << SPAN_BITS, CLASSES), np.float32)
    weights[used] = sum(models) / CHOICES
    weights[0] = 0
    return heaviest(weights, SPAN_BUCKETS)


def heaviest(weights: np.ndarray, count: int) -> np.ndarray:
    """Return the weights with all but the rows of the largest ones 0."""
    most = np.abs(weights).max(1)
    least = np.sort(most)[-count]
    return np.where((most >= least)[:, None], weights, 0)


def quantised(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return used rows, their weights in -127..127, and the size of one unit."""
    # A few very large weights would cost all others their precision.
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9995)) / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    used = np.flatnonzero((small != 0).any(1))
    return used, small[used], scale


def train(data: Path, without: int | None, out: Path) -> None:
    """Train on all rows, or without a fifth of stockmark, and write the model file."""
    reader = Reader()
    batches = reader.batches(rows_of(data, without))
    words = words_of(batches)
    weights, transitions = chain(words, None)
    used, small, scale = quantised(weights)
    span_used, span_small, span_scale = quantised(choice(reader, batches, words))
    np.savez_compressed(
        out,
        steps=np.diff(used, prepend=0).astype(np.uint32),
        weights=small,
        scale=np.float32(scale),
        transitions=transitions,
        span_steps=np.diff(span_used, prepend=0).astype(np.uint32),
        span_weights=span_small,
        span_scale=np.float32(span_scale),
        eagerness=np.array(SPAN_EAGERNESS, np.float32),
    )
    print(
        out, out.stat().st_size, "bytes,", len(used), "and", len(span_used), "buckets"
    )


def rows_of(folder: Path, without: int | None) -> list[dict[str, Any]]:
    """Return the rows to train on; ``without`` leaves out every fifth of one corpus."""
    wikipedia = load(folder / "ner_stockmark.jsonl.gz")
    kept = [row for at, row in enumerate(wikipedia) if at % FOLDS != without]
    return kept + load(folder / "ner_gsd_train.jsonl.gz")


def load(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a gzipped JSON-lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def cross_validate(data: Path, folder: Path) -> None:
    """Train five times, each without a fifth, and print the figures of all fifths."""
    wikipedia = bench.load(data, "ner_stockmark")
    found: dict[str, list[tuple[int, int]]] = {}
    for fold in range(FOLDS):
        file = folder / f"fold{fold}.npz"
        train(data, fold, file)
        bench.use_model(file)
        held_out = wikipedia[fold::FOLDS]
        found |= bench.found_names(held_out, "best")
        print("fold", fold, bench.score_names(held_out, found))
        print("  ner_gsd", bench.names(bench.load(data, "ner_gsd"), "best"))
    print("all folds", bench.score_names(wikipedia, found))


def main() -> None:
    """Train and write, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="file to write")
    parser.add_argument(
        "--folds", action="store_true", help="print figures of all folds"
    )
    parser.add_argument("--without", type=int, metavar="FOLD", help="leave a fifth out")
    args = parser.parse_args()
    if args.folds:
        with TemporaryDirectory() as folder:
            cross_validate(args.data, args.out or Path(folder))
    else:
        train(args.data, args.without, args.out or tagger.FILE)

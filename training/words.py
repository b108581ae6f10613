"""Make ``src/termbank/mining/tokens/words.npz``: how common words are, and which are alike.

Source: chiVe (Works Applications, Apache-2.0), word vectors over normalised forms, as
the package ja-ginza 5.3 (Megagon Labs, MIT) carries them: 480,443 words in order of
frequency, the first 20,000 with a vector of their own, the others with the vector of
their nearest word. Of the vectors, their clusters and what is left of each in 32
dimensions are kept.

Run where ja-ginza and spacy are installed::

    python -m training words --words 480000 --out src/termbank/mining/tokens/words.npz
"""

from __future__ import annotations

import argparse
import json
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

import numpy as np

ROUNDS = 25
SEED = 0
COARSE, FINE, FINEST = 64, 255, 1000
# Principal axes that are kept: cosines in 300 dimensions and in these correlate by .87,
# in half as many by .80.
DIMENSIONS = 32
VECTOR_LENGTH = 127  # of a vector, as bytes hold it


def main() -> None:
    """Read the vectors, cluster them, write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=100_000)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    words, rows, vectors = chive()
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    levels = [clusters(unit, count) for count in (COARSE, FINE, FINEST)]
    table: dict[int, tuple[int, int]] = {}
    for rank, (word, row) in enumerate(zip(words, rows, strict=True)):
        if word and len(table) < args.words:
            table.setdefault(crc32(word.encode()), (rank, row))
    save(table, levels, shortened(unit), args.out)


def chive() -> tuple[list[str], list[int], np.ndarray]:
    """Return words by falling frequency, their rows, and the vectors."""
    from spacy.strings import StringStore
    from spacy.vectors import Vectors

    spec = find_spec("ja_ginza")
    if spec is None or spec.origin is None:
        raise SystemExit("install ja-ginza 5.3 and spacy first")
    folder = next(Path(spec.origin).parent.glob("ja_ginza-*")) / "vocab"
    vectors = Vectors()
    vectors.from_disk(folder)
    strings = json.loads((folder / "strings.json").read_text("utf-8"))
    store = StringStore(strings)
    spelled = {store[string]: string for string in strings}
    words = [spelled.get(key, "") for key in vectors.key2row]
    return words, list(vectors.key2row.values()), vectors.data.astype(np.float32)


def clusters(unit: np.ndarray, count: int) -> np.ndarray:
    """Return the cluster of each unit vector, by spherical k-means."""
    random = np.random.default_rng(SEED)
    centres = unit[random.choice(len(unit), count, replace=False)]
    for _ in range(ROUNDS):
        nearest = (unit @ centres.T).argmax(1)
        for number in range(count):
            members = unit[nearest == number]
            if len(members):
                centres[number] = members.mean(0)
        centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-9)
    return (unit @ centres.T).argmax(1)


def shortened(unit: np.ndarray) -> np.ndarray:
    """Return the vectors along their principal axes, all of one length, as bytes."""
    centred = unit - unit.mean(0)
    axes = np.linalg.eigh(centred.T @ centred)[1][:, ::-1][:, :DIMENSIONS]
    short = centred @ axes
    short /= np.maximum(np.linalg.norm(short, axis=1, keepdims=True), 1e-9)
    return np.round(VECTOR_LENGTH * short).astype(np.int8)


def save(
    table: dict[int, tuple[int, int]],
    levels: list[np.ndarray],
    vectors: np.ndarray,
    out: Path,
) -> None:
    """Write the table sorted by hash, in the form that compresses best in a wheel.

    The file itself is not compressed: inflating it would cost each process 20 ms.
    """
    hashes = np.array(sorted(table), np.uint32)
    ranks, rows = np.array([table[int(value)] for value in hashes]).T
    np.savez(
        out,
        steps=np.diff(hashes, prepend=np.uint32(0)),
        # Eighths of a doubling: the rarest of 480,000 words has 151.
        rarity=np.round(8 * np.log2(ranks + 1)).astype(np.uint8),
        vector=rows.astype(np.uint16),
        coarse=levels[0].astype(np.uint8),
        fine=levels[1].astype(np.uint8),
        finest=levels[2].astype(np.uint16),
        vectors=vectors,
    )

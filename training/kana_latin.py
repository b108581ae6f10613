"""Make the tables of the kana-Latin model; run in a virtual environment of its own.

    pip install -e . numba rapidfuzz unidic-lite
    python -m training kana_latin --data ../shared/data/translit            # permissive rows
    python -m training kana_latin --data ../shared/data/translit --share-alike

in this order, because the second calibrates itself with the records that the first
writes. One thread, two and six minutes of CPU; a seed is set everywhere, so that the
shipped tables come out again byte for byte (NumPy 2.4.6, numba 0.68.1, rapidfuzz 3.14.6,
unidic-lite 1.0.8; other versions may round differently).

Without ``--share-alike`` the rows are GeoNames (CC BY 4.0), CLDR (Unicode), UniDic (BSD,
from the installed package) and ``names.tsv`` beside this file; the table and the recorded
names go to ``tables/``. With it JMnedict rows (CC BY-SA) are added and the table goes to
``tables/jmnedict/``, where its licence lies. Only rows of the split ``train`` are used,
and UniDic rows whose katakana is in another split are left out of the weights.

1. EM over all cuts gives joint weights of segments, rare ones are dropped.
2. Their conditional weights in both directions start a log-linear model.
3. Adagrad fits it to tell each name from its nearest look-alikes, of spelling and of sound.
4. Four numbers turn scores into log odds (logistic regression against the best of a
   hundred random spellings).

``edits.py`` comes next: its weights add to the scores of these tables.
"""

from __future__ import annotations

import argparse
import gzip
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from termbank.equivalents import known_names
from termbank.equivalents.latin import letters
from termbank.equivalents.romaji import symbols
from termbank.equivalents.segment_model import LONGEST_LETTERS as LM
from termbank.equivalents.segment_model import LONGEST_SOUND as KM
from termbank.equivalents.segment_model import TABLES, model
from training.segment_sums import epoch, expectation, mark

EM_ROUNDS = 8
SIZE_PENALTY = 0.5  # e-fold a symbol beyond one on either side; keeps segments short
DIRECTIONS = (
    0.6,
    0.4,
)  # weight of P(sound | letters) and P(letters | sound) at the start


class Settings(NamedTuple):
    """What differs between the tables, by the number of rows there are."""

    least_seen: int  # sightings of a segment's side
    least_count: float  # expected count of a segment that stays
    near: int  # look-alikes of the spelling, and as many of the sound
    sample: int  # spellings that look-alikes are sought among
    epochs: int
    rate: float  # of Adagrad
    pull: float  # back to the start, a step


PERMISSIVE = Settings(6, 0.6, 22, 16_000, 5, 0.15, 0.002)
SHARE_ALIKE = Settings(8, 0.7, 30, 40_000, 8, 0.25, 0.0005)
ADD_LEAST = 1e-2  # expected count of dropping or inserting one sign
WORST_RECORD = -1.6  # score a sign below which a dictionary row is no spelling
ROW = re.compile(
    rb"([^\x00,]{3,60}),([^\x00,]{3,80})-([A-Za-z][A-Za-z .'\x80-\xff]{1,40}),"
)


# Rows ---------------------------------------------------------------------------------


def rows(folder: Path, name: str, split: str) -> list[tuple[str, str]]:
    """Katakana and Latin of one split of one source."""
    with gzip.open(folder / f"{name}_katakana.tsv.gz", "rt", encoding="utf-8") as lines:
        cells = [line.rstrip("\n").split("\t") for line in lines]
    return [
        (row[1], one) for row in cells if row[0] == split for one in row[2].split("|")
    ]


def own_rows() -> list[tuple[str, str]]:
    """The names written down for this project."""
    lines = Path(__file__).with_name("names.tsv").read_text("utf-8").splitlines()[1:]
    cells = [line.split("\t") for line in lines]
    return [(kana, one) for kana, latin in cells for one in latin.split("|")]


def unidic_rows() -> list[tuple[str, str]]:
    """Foreign words of UniDic, which names their originals in its lemmas."""
    import unidic_lite

    content = Path(unidic_lite.DICDIR, "sys.dic").read_bytes()
    found = set()
    for match in ROW.finditer(content):
        try:
            _, kana, latin = (part.decode() for part in match.groups())
        except UnicodeDecodeError:
            continue
        if re.fullmatch("[ァ-ヺー]+", kana):
            found.add((kana, latin))
    return sorted(found)


def permissive_rows(folder: Path) -> list[tuple[str, str]]:
    """Rows for training of everything but UniDic and JMnedict."""
    geonames, cldr = rows(folder, "geonames", "train"), rows(folder, "cldr", "train")
    return geonames + cldr + own_rows()


def training_rows(folder: Path, share_alike: bool) -> list[tuple[str, str]]:
    """All rows that weights may see, without names of the other splits."""
    sources = ("geonames", "cldr", "jmnedict")
    held = {kana for name in sources for kana, _ in rows(folder, name, "dev")}
    pairs = permissive_rows(folder)
    pairs += [pair for pair in unidic_rows() if pair[0] not in held]
    return pairs + (rows(folder, "jmnedict", "train") if share_alike else [])


def usable(pairs: list[tuple[str, str]], least: int = 2) -> list[tuple[str, str]]:
    """Sound symbols and letters of the pairs that are neither empty nor endless."""
    folded = {(symbols(kana), letters(latin)) for kana, latin in pairs}
    return sorted((s, t) for s, t in folded if least <= len(s) < 40 and 1 < len(t) < 40)


# Segments -----------------------------------------------------------------------------


def indexed(words: list[str], longest: int, least: int) -> dict[str, int]:
    """Numbers of the segments seen often enough; single signs come first."""
    counts: dict[str, int] = {}
    for word in words:
        for start in range(len(word)):
            for stop in range(start + 1, min(len(word), start + longest) + 1):
                part = word[start:stop]
                counts[part] = counts.get(part, 0) + 1
    single = sorted(part for part in counts if len(part) == 1)
    longer = sorted(
        part for part, count in counts.items() if len(part) > 1 and count >= least
    )
    return {part: at for at, part in enumerate([*single, *longer])}


def coded(words: list[str], longest: int, index: dict[str, int]):
    """Where each word begins, and the segments that begin at each place; -1 unknown."""
    offsets = np.concatenate([[0], np.cumsum([len(word) for word in words])]).astype(
        np.int64
    )
    table = np.full((offsets[-1], longest), -1, np.int32)
    for number, word in enumerate(words):
        for start in range(len(word)):
            for length in range(1, min(longest, len(word) - start) + 1):
                part = word[start : start + length]
                table[offsets[number] + start, length - 1] = index.get(part, -1)
    return offsets, table


class Segments:
    """Segment numbers, their weights, and dropping and inserting of single signs."""

    def __init__(self, pairs: list[tuple[str, str]], settings: Settings) -> None:
        self.settings = settings
        sounds = [f"^{sound}$" for sound, _ in pairs]
        spelled = [f"^{spelling}$" for _, spelling in pairs]
        self.sounds = indexed(sounds, KM, settings.least_seen)
        self.letters = indexed(spelled, LM, settings.least_seen)
        so, sa = coded(sounds, KM, self.sounds)
        lo, la = coded(spelled, LM, self.letters)
        cells = np.full((len(self.sounds), len(self.letters)), -1, np.int32)
        mark(so, sa, lo, la, cells)
        self._number(cells)
        self._em(so, sa, lo, la)

    def _number(self, cells) -> None:
        self.rows, self.columns = np.nonzero(cells == 0)
        self.many = len(self.rows)
        cells[self.rows, self.columns] = np.arange(self.many)
        self.cells = cells
        height, width = cells.shape
        self.ins = np.arange(self.many, self.many + width).astype(np.int32)
        self.dele = np.arange(self.many + width, self.many + width + height).astype(
            np.int32
        )

    def _em(self, so, sa, lo, la) -> None:
        size = self._sizes()
        w = np.exp(-2.0 * size)
        w[self.many :] *= 0.05
        w /= w.sum()
        for last in [False] * (EM_ROUNDS - 1) + [True]:
            counts = np.zeros(len(w))
            expectation(so, sa, lo, la, self.cells, w, self.ins, self.dele, counts)
            kept = np.maximum(counts - (0.0 if last else 0.1), 0.0)
            kept[self.many :] += ADD_LEAST
            w = kept * np.exp(-SIZE_PENALTY * size)
            w /= w.sum()
            w[: self.many][w[: self.many] < 1e-8] = 0.0
        good = (counts[: self.many] >= self.settings.least_count) & (
            w[: self.many] > 0.0
        )
        joint = np.concatenate([w[: self.many][good], w[self.many :]])
        self.joint = joint
        cells = np.full_like(self.cells, -1)
        cells[self.rows[good], self.columns[good]] = 0
        self._number(cells)
        self.weights = self._both_ways(joint)

    def _sizes(self):
        tall = np.array([len(part) for part in self.sounds])
        wide = np.array([len(part) for part in self.letters])
        singles = np.zeros(sum(self.cells.shape))
        return np.concatenate([tall[self.rows] + wide[self.columns] - 2.0, singles])

    def _both_ways(self, joint):
        height, width = self.cells.shape
        row = np.concatenate([self.rows, np.full(width, height), np.arange(height)])
        column = np.concatenate(
            [self.columns, np.arange(width), np.full(height, width)]
        )
        of_row = np.bincount(row, joint, minlength=height + 1)[row]
        of_column = np.bincount(column, joint, minlength=width + 1)[column]
        ahead = np.log(np.maximum(joint / np.maximum(of_column, 1e-300), 1e-7))
        back = np.log(np.maximum(joint / np.maximum(of_row, 1e-300), 1e-7))
        return DIRECTIONS[0] * ahead + DIRECTIONS[1] * back

    def table(self) -> list[tuple[str, str, float]]:
        """Rows of the shipped table."""
        sounds, spelled = list(self.sounds), list(self.letters)
        out = [
            (sounds[row], spelled[column], self.weights[at])
            for at, (row, column) in enumerate(
                zip(self.rows, self.columns, strict=True)
            )
        ]
        out += [
            ("", t, self.weights[self.ins[k]])
            for t, k in self.letters.items()
            if len(t) == 1
        ]
        out += [
            (s, "", self.weights[self.dele[k]])
            for s, k in self.sounds.items()
            if len(s) == 1
        ]
        return sorted(row for row in out if row[2] > -14.0)


# Telling a name from its look-alikes --------------------------------------------------


def look_alikes(
    sounds: list[str], golds: list[str], pool: list[str], rng, settings: Settings
) -> list[np.ndarray]:
    """For each query, places in the pool of what is spelled or sounds alike."""
    out = []
    plain = [sound.lower().replace("-", "") for sound in sounds]
    for start in range(0, len(sounds), 2000):
        chosen = rng.choice(len(pool), min(settings.sample, len(pool)), replace=False)
        others = [pool[at] for at in chosen]
        both = [
            cdist(
                words[start : start + 2000],
                others,
                scorer=Levenshtein.normalized_distance,
            )
            for words in (golds, plain)
        ]
        for row in range(both[0].shape[0]):
            near = [
                np.argpartition(side[row], settings.near)[: settings.near]
                for side in both
            ]
            out.append(chosen[np.unique(np.concatenate(near))])
    return out


def discriminate(segments: Segments, pairs: list[tuple[str, str]]) -> None:
    """Fit the weights to tell each name from its look-alikes."""
    rng = np.random.default_rng(1)
    by: dict[str, list[str]] = {}
    for sound, spelling in pairs:
        by.setdefault(sound, []).append(spelling)
    sounds, pool = sorted(by), sorted({spelling for _, spelling in pairs})
    place = {spelling: at for at, spelling in enumerate(pool)}
    near = look_alikes(
        sounds, [by[sound][0] for sound in sounds], pool, rng, segments.settings
    )
    candidates, stops, good = [], [0], []
    for sound, others in zip(sounds, near, strict=True):
        right = [place[spelling] for spelling in by[sound]]
        candidates += right + [at for at in others if at not in set(right)]
        stops.append(len(candidates))
        good.append(len(right))
    so, sa = coded([f"^{sound}$" for sound in sounds], KM, segments.sounds)
    lo, la = coded([f"^{spelling}$" for spelling in pool], LM, segments.letters)
    qc, qco, good = np.array(candidates), np.array(stops), np.array(good)
    start, seen = segments.weights.copy(), np.ones_like(segments.weights)
    for number in range(segments.settings.epochs):
        print("epoch", number + 1, flush=True)
        epoch(
            rng.permutation(len(sounds)), so, sa, lo, la, qc, qco, good, segments.cells,
            segments.weights, start, segments.ins, segments.dele, seen,
            segments.settings.rate, segments.settings.pull,
        )  # fmt: skip


# Writing ------------------------------------------------------------------------------


def write_table(path: Path, table: list[tuple[str, str, float]], odds) -> None:
    """Write the four numbers and the rows."""
    lines = [
        "# odds " + " ".join(f"{each:.4f}" for each in odds),
        "# sound\tletters\tweight",
    ]
    lines += [f"{sound}\t{spelling}\t{weight:.2f}" for sound, spelling, weight in table]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def odds_of(pairs: list[tuple[str, str]], scores):
    """Four numbers of the log odds: right spellings against the best of 100 others."""
    rng = np.random.default_rng(5)
    pool = sorted(known_names.known())
    rows_, right = [], []
    for at in rng.choice(len(pairs), 2700, replace=False):
        sound, spelling = pairs[at]
        others = [pool[other] for other in rng.choice(len(pool), 100)]
        raw = scores(sound, [spelling, *others])
        raw[1:] += known_names.evidence(sound, others)
        for one in (0, 1 + int(np.argmax(raw[1:]))):
            length = len([spelling, *others][one])
            rows_.append(
                (raw[one], raw[one] / (len(sound) + length + 1.0), len(sound), 1.0)
            )
            right.append(one == 0)
    unit = np.array([5.0, 0.5, 5.0, 1.0])
    x, y, w = np.array(rows_) / unit, np.array(right, dtype=float), np.zeros(4)
    for _ in range(60):  # Newton's method
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ w, -30.0, 30.0)))
        bend = (x * (p * (1.0 - p))[:, None]).T @ x + 1e-3 * np.eye(4)
        w += np.linalg.solve(bend, x.T @ (y - p) - 1e-3 * w)
    return w / unit


def write_known(
    pairs: list[tuple[str, str]], own: set[tuple[str, str]], name: str
) -> None:
    """Write the records, without rows that cannot be spellings."""
    ours = model(name)
    recorded: dict[str, set[str]] = {}
    for sound, spelling in pairs:
        per_sign = float(ours.scores(sound, [spelling])[0]) / (
            len(sound) + len(spelling)
        )
        if per_sign > WORST_RECORD or (sound, spelling) in own:
            recorded.setdefault(spelling, set()).add(sound)
    lines = ["# letters\tsounds, a space between; sources in NOTICE"]
    lines += [
        f"{spelling}\t{' '.join(sorted(recorded[spelling]))}"
        for spelling in sorted(recorded)
    ]
    (TABLES / "known_names.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Make the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--share-alike", action="store_true")
    args = parser.parse_args()
    name = "jmnedict/kana_latin" if args.share_alike else "kana_latin"
    folded = usable(training_rows(args.data, args.share_alike))
    segments = Segments(folded, SHARE_ALIKE if args.share_alike else PERMISSIVE)
    discriminate(segments, folded)
    write_table(TABLES / f"{name}.tsv", segments.table(), (1.0, 0.0, 0.0, 0.0))
    model.cache_clear()
    if not args.share_alike:
        known = usable(permissive_rows(args.data) + unidic_rows())
        own = usable(own_rows(), least=1)  # イ is a surname
        write_known(sorted({*known, *own}), set(own), name)
    odds = odds_of(folded, model(name).scores)
    write_table(TABLES / f"{name}.tsv", segments.table(), odds)

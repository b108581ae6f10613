"""Make the weights of the edit model; run after ``kana_latin.py``, with torch as well.

    pip install -e . numba rapidfuzz unidic-lite torch
    python -m training edits --data ../shared/data/translit            # permissive rows
    python -m training edits --data ../shared/data/translit --share-alike

The rows are those of the table that the weights go with, and so is the licence. One
thread, a seed everywhere. Adam fits the two readers to two choices at once: which of
some look-alikes spells a name, and which of some similar names a spelling writes. The
second teaches what a spelling would have sounded like otherwise, which look-alikes of
the first kind rarely do.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import nn

from termbank.equivalents.edit_model import EDITS, SOUND_CODES, edit_model
from termbank.equivalents.segment_model import TABLES, model
from training.edit_sums import Summed
from training.kana_latin import (
    PERMISSIVE,
    look_alikes,
    odds_of,
    training_rows,
    usable,
)

REACH = 3  # signs on each side that a worth depends on
SIGN = 16  # numbers a sign
UNITS = 64
DIMENSION = 16
EPOCHS = 4
QUERIES = 48  # a step
SPELLINGS = 7  # look-alikes a query chooses among, drawn again in each epoch
SOUNDS = 5  # names that a spelling chooses among
RATE = 5e-3
DECAY = 1e-2
NEAR = PERMISSIVE._replace(near=12, sample=16_000)
# Of the edit score beside the segment score, chosen on training rows held out.
WORTH = 0.4


# The network --------------------------------------------------------------------------


class Reader(nn.Module):
    """Vectors of each sign of a word, from its neighbourhood."""

    def __init__(self, kinds: int) -> None:
        super().__init__()
        self.signs = nn.Embedding(kinds, SIGN)
        self.hidden = nn.Linear((2 * REACH + 1) * SIGN, UNITS)
        self.out = nn.Linear(UNITS, EDITS * DIMENSION)

    def forward(self, codes):
        """Codes [word, place] to vectors [word, edit, place, dimension]."""
        padded = nn.functional.pad(codes, (REACH, REACH))
        windows = self.signs(padded).unfold(1, 2 * REACH + 1, 1)
        units = torch.relu(self.hidden(windows.reshape(*codes.shape, -1)))
        vectors = self.out(units).view(*codes.shape, EDITS, DIMENSION)
        return vectors.permute(0, 2, 1, 3)

    def arrays(self) -> dict[str, np.ndarray]:
        """Weights as the library reads them: one table of units a place in the window."""
        with torch.no_grad():
            # unfold puts the place last: [unit, number of the sign, place].
            hidden = self.hidden.weight.view(UNITS, SIGN, 2 * REACH + 1)
            tables = torch.einsum("ks,usp->pku", self.signs.weight, hidden)
            return {
                "hidden": tables.numpy(),
                "bias": self.hidden.bias.numpy(),
                "out": self.out.weight.T.numpy(),
                "out_bias": self.out.bias.numpy(),
            }


class Network(nn.Module):
    """Both readers; the worth of an edit is the product of two vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.sounds = Reader(len(SOUND_CODES) + 1)
        self.letters = Reader(len("abcdefghijklmnopqrstuvwxyz^$") + 1)
        self.edits = nn.Parameter(torch.tensor([0.0, -2.0, -2.0]))

    def forward(self, sounds, heights, of, spelled, widths):
        """Scores of pairs; ``of`` names the sound of each spelling."""
        one, other = self.sounds(sounds)[of], self.letters(spelled)
        worths = torch.matmul(one, other.transpose(2, 3)) / DIMENSION**0.5
        worths = (worths + self.edits[:, None, None]).transpose(0, 1)
        return Summed.apply(worths.contiguous(), heights[of], widths)

    def arrays(self) -> dict[str, np.ndarray]:
        """Weights as the library reads them."""
        sounds, spelled = self.sounds.arrays(), self.letters.arrays()
        for part in ("out", "out_bias"):
            sounds[part] = sounds[part] / DIMENSION**0.5
        named = {f"sounds_{key}": value for key, value in sounds.items()}
        named |= {f"letters_{key}": value for key, value in spelled.items()}
        return named | {"edits": self.edits.detach().numpy()}


# Choices ------------------------------------------------------------------------------


class Names(NamedTuple):
    """Training names: words of both sides by number, and which go together."""

    sounds: list[str]
    pool: list[str]
    spelled: list[list[int]]  # spellings of each sound
    spoken: list[list[int]]  # sounds of each spelling
    near: list[np.ndarray]  # look-alikes of each sound's spelling


def names_of(pairs: list[tuple[str, str]]) -> Names:
    """Number the words of all pairs and find their look-alikes."""
    by: dict[str, list[str]] = {}
    for sound, spelling in pairs:
        by.setdefault(sound, []).append(spelling)
    sounds, pool = sorted(by), sorted({spelling for _, spelling in pairs})
    place = {spelling: at for at, spelling in enumerate(pool)}
    spelled = [[place[spelling] for spelling in by[sound]] for sound in sounds]
    spoken: list[list[int]] = [[] for _ in pool]
    for at, spellings in enumerate(spelled):
        for spelling in spellings:
            spoken[spelling].append(at)
    golds = [by[sound][0] for sound in sounds]
    near = look_alikes(sounds, golds, pool, np.random.default_rng(1), NEAR)
    return Names(sounds, pool, spelled, spoken, near)


class Step:
    """Pairs to score at once, in groups of which the first ones are right."""

    def __init__(self) -> None:
        self.sounds, self.of, self.spellings = [], [], []
        self.group, self.right = [], []
        self.groups = 0

    def add(self, names: Names, query: int, rng) -> None:
        """Add a choice among spellings of a name and one among names of a spelling."""
        near = rng.permutation(names.near[query]).tolist()
        good, own = names.spelled[query], len(self.sounds)
        wrong = [at for at in near[:SPELLINGS] if at not in good]
        self.sounds.append(query)
        self._group([own] * (len(good) + len(wrong)), good + wrong, len(good))
        spelling = good[rng.integers(len(good))]
        others = [names.spoken[at][0] for at in near[SPELLINGS : SPELLINGS + SOUNDS]]
        others = [at for at in others if at not in names.spoken[spelling]]
        first = len(self.sounds)
        self.sounds += others
        of = [own, *range(first, first + len(others))]
        self._group(of, [spelling] * len(of), 1)

    def _group(self, of: list[int], spellings: list[int], right: int) -> None:
        self.of += of
        self.spellings += spellings
        self.group += [self.groups] * len(of)
        self.right += [place < right for place in range(len(of))]
        self.groups += 1

    def loss(self, scores):
        """Mean surprise at the right ones."""
        group, right = torch.tensor(self.group), torch.tensor(self.right)
        most = torch.full((self.groups,), -1e30)
        most = most.scatter_reduce(0, group, scores.detach(), "amax")
        share = torch.exp(scores - most[group])
        empty = torch.zeros(self.groups)
        whole = empty.index_add(0, group, share)
        return torch.log(
            whole / (empty.index_add(0, group, share * right) + 1e-20)
        ).mean()


def coded_words(words: list[str], code: dict[str, int]):
    """Codes [word, place] with both ends, 0 beyond, and the lengths."""
    out = np.zeros((len(words), 2 + max(map(len, words))), np.int64)
    for row, word in enumerate(words):
        out[row, : len(word) + 2] = [code[sign] for sign in f"^{word}$"]
    return torch.from_numpy(out), np.array([len(word) + 2 for word in words])


def fitted(names: Names) -> Network:
    """Fit a network to the choices of all names."""
    torch.manual_seed(0)
    rng, network = np.random.default_rng(0), Network()
    sounds, heights = coded_words(names.sounds, SOUND_CODES)
    letters = dict(zip("abcdefghijklmnopqrstuvwxyz^$", range(1, 29), strict=True))
    spelled, widths = coded_words(names.pool, letters)
    adam = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(names.sounds) // QUERIES)
    rate = torch.optim.lr_scheduler.OneCycleLR(adam, RATE, steps, pct_start=0.1)
    for number in range(EPOCHS):
        print("epoch", number + 1, flush=True)
        order = rng.permutation(len(names.sounds))
        for start in range(0, len(order), QUERIES):
            step = Step()
            for query in order[start : start + QUERIES].tolist():
                step.add(names, query, rng)
            n, m = heights[step.sounds], widths[step.spellings]
            scores = network(
                sounds[step.sounds, : n.max()], n, np.array(step.of),
                spelled[step.spellings, : m.max()], m,
            )  # fmt: skip
            adam.zero_grad()
            step.loss(scores).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            rate.step()
    return network


def main() -> None:
    """Make the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--share-alike", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    name = "jmnedict/kana_latin" if args.share_alike else "kana_latin"
    pairs = usable(training_rows(args.data, args.share_alike))
    arrays = fitted(names_of(pairs)).arrays() | {"worth": np.array([WORTH])}
    write(name, arrays | {"odds": np.zeros(4)})
    one, other = model(name), edit_model(name)
    odds = odds_of(
        pairs,
        lambda sound, words: (
            one.scores(sound, words) + other.worth * other.scores(sound, words)
        ),
    )
    write(name, arrays | {"odds": odds})


def write(name: str, arrays: dict[str, np.ndarray]) -> None:
    """Write the weights in half precision; NumPy dates the parts of the file 1980."""
    halves = {key: value.astype(np.float16) for key, value in arrays.items()}
    np.savez_compressed(TABLES / f"{name}.npz", **halves)
    edit_model.cache_clear()

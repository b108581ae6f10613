"""A second opinion on spellings: edits whose worth depends on the signs around them.

The segment model takes each segment for itself; here a sound is matched with a letter,
or either is passed over, at a worth that a small network reads from three signs on each
side. The score is the logarithm of the sum over all ways to edit, as there. It is
slower and by itself weaker than the segments, but errs elsewhere (``training/edits.py``,
docs/design/equivalents.md).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termbank.errors import InputError
from termbank.messages import say

from .romaji import SYMBOLS
from .segment_model import END, LONGEST_WORD, START, TABLES, encode_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Singles = NDArray[np.float32]
    Integers = NDArray[np.int64]

SOUND_CODES = {sign: code for code, sign in enumerate(SYMBOLS + START + END, start=1)}
EDITS = 3  # match a sound with a letter, pass over a sound, pass over a letter
_TINY = 1e-290  # keeps the logarithm finite


class Reader(NamedTuple):
    """The network of one side: what it makes of a sign and its neighbours.

    Attributes:
        hidden: [place in the window, sign, unit].
        bias: [unit].
        out: [unit, edit x dimension].
        out_bias: [edit x dimension].
    """

    hidden: Singles
    bias: Singles
    out: Singles
    out_bias: Singles

    def read(self, codes: Integers) -> Singles:
        """Return vectors [place, word, edit, dimension] for codes [place, word]."""
        reach = len(self.hidden) // 2
        wide = np.pad(codes, ((reach, reach), (0, 0)))
        units = np.tile(self.bias, (*codes.shape, 1))
        for at, table in enumerate(self.hidden):
            units += table[wide[at : at + len(codes)]]
        np.maximum(units, 0.0, out=units)
        vectors = units @ self.out + self.out_bias
        return vectors.reshape(*codes.shape, EDITS, -1)


class EditModel:
    """Readers of both sides, ready to score one sound string against many spellings.

    Attributes:
        worth: What one unit of this score is worth in units of the segment model's.
        odds: The four numbers of ``log_odds`` for the sum of both.
    """

    def __init__(self, weights: dict[str, NDArray[np.float32]]) -> None:
        whole = {name: each.astype(np.float32) for name, each in weights.items()}
        sides = [
            Reader(*(whole[f"{side}_{part}"] for part in Reader._fields))
            for side in ("sounds", "letters")
        ]
        self._sounds, self._letters = sides
        self._edits = whole["edits"]
        self.worth = float(whole["worth"][0])
        self.odds = whole["odds"].astype(np.float64).tolist()

    def scores(self, sounds: str, spellings: Sequence[str]) -> Floats:
        """Return the natural logarithm of the fit of each spelling, higher is better.

        Args:
            sounds: What :func:`.romaji.symbols` gives.
            spellings: Letters a to z only (:func:`.latin.letters`).
        """
        source = START + sounds[:LONGEST_WORD] + END
        read = self._sounds.read(
            np.array([[SOUND_CODES.get(sign, 0)] for sign in source])
        )[:, 0]
        # Each once: matrix products may round the same word differently in two places,
        # and equal spellings are to keep their order.
        word_places = {word: at for at, word in enumerate(dict.fromkeys(spellings))}
        codes, lengths = encode_letters([word[:LONGEST_WORD] for word in word_places])
        vectors = self._letters.read(codes)
        worths = np.einsum("sed,pwed->espw", read, vectors, optimize=True)
        worths += self._edits[:, None, None, None]
        scores = _sum_up(worths.astype(np.float64), lengths)
        return scores[[word_places[word] for word in spellings]]


def _sum_up(worths: Floats, lengths: Integers) -> Floats:
    """Logarithm of the sum over all ways to edit, from worths [edit, sound, place, word].

    The grid is swept along its diagonals, because the fields of one do not depend on
    each other. The last sign of a side is matched, never passed over.
    """
    _, sounds, places, words = worths.shape
    # A field of diagonal d costs d of these, whichever way leads to it.
    step = worths[0].max() / 2.0
    worths[0] -= 2.0 * step
    worths[1:] -= step
    chances = np.exp(worths)
    chances[1, -1] = 0.0
    # A step down a diagonal is a row down and a column back: one slice of flat fields.
    fields = chances.reshape(EDITS, sounds * places, words)
    sums = np.zeros((sounds + places + 1, sounds + 1, words))
    sums[0, 0] = 1.0
    for diagonal in range(sounds + places - 1):
        first, last = max(0, diagonal - places + 1), min(diagonal, sounds - 1)
        start = first * (places - 1) + diagonal
        stop = last * (places - 1) + diagonal + 1
        here = sums[diagonal, first : last + 1]
        match, no_sound, no_letter = fields[:, start : stop : places - 1] * here
        sums[diagonal + 2, first + 1 : last + 2] += match
        sums[diagonal + 1, first + 1 : last + 2] += no_sound
        sums[diagonal + 1, first : last + 1] += no_letter
    total = sums[sounds + lengths, sounds, np.arange(words)]
    out: Floats = np.log(total + _TINY) + step * (sounds + lengths)
    return out


@cache
def edit_model(name: str) -> EditModel:
    """Return the model that goes with a table of segments; read once.

    Args:
        name: :attr:`.segment_model.SegmentModel.name`.

    Raises:
        InputError: The file is absent or broken.
    """
    path = TABLES / f"{name}.npz"
    try:
        with np.load(path) as arrays:
            return EditModel({key: arrays[key] for key in arrays.files})
    except (OSError, ValueError, KeyError) as fault:
        expected = say(
            "編集モデルの重み (termbank を入れ直す)",
            "weights of the edit model: reinstall termbank",
        )
        problem = f"{say('読めません', 'what cannot be read')}: {fault}"
        raise InputError(str(path), problem, expected) from fault

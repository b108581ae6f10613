"""The learned kana-Latin model: how well sound symbols and letters pair, segment by segment.

A pair of words is cut into segments of up to four sound symbols against up to four
letters; either side of a segment may be empty. The score is the logarithm of the sum
over all ways to cut, each way worth the product of its segments' weights. The weights
are started by EM in both directions and then fitted to tell a name from its look-alikes
(``training/kana_latin.py``).
"""

from __future__ import annotations

from functools import cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from termbank.errors import InputError
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

LONGEST_SOUND = 4  # symbols in a segment
LONGEST_LETTERS = 4  # letters in a segment: ``eaux``, ``ough``
LONGEST_WORD = 48  # letters or symbols; what lies beyond is cut off
START, END = "^", "$"
_RADIX = 29  # 0 for no letter, 1-26 for a-z, 27 and 28 for the two ends
_CODES = {
    letter: number for number, letter in enumerate("abcdefghijklmnopqrstuvwxyz", 1)
}
_CODES |= {START: 27, END: 28}
_BYTES = np.zeros(256, dtype=np.int64)
for _letter, _number in _CODES.items():
    _BYTES[ord(_letter)] = _number
_CHUNK = 256  # candidates scored in one sweep: keeps the working set in the cache
_ODDS = "# odds "  # first line of a table: the four numbers of log_odds
_TINY = 1e-290  # keeps the logarithm finite where no cut exists
TABLES = Path(__file__).parent / "tables"
# The first was trained on share-alike rows too and carries its licence beside it;
# whoever removes it gets the second, which is a little weaker (docs/design/equivalents.md).
PREFERRED = ("jmnedict/kana_latin", "kana_latin")


class SegmentModel:
    """Weights of segments, ready to score one sound string against many spellings.

    Attributes:
        name: File that the weights came from.
        odds: The four numbers of :func:`log_odds`.
    """

    def __init__(
        self,
        name: str,
        rows: Sequence[tuple[str, str, float]],
        odds: Sequence[float] = (1.0, 0.0, 0.0, 0.0),
    ) -> None:
        self.name = name
        self.odds = odds
        segments = sorted({letters for _, letters, _ in rows if letters})
        column = {letters: at for at, letters in enumerate(segments, start=1)}
        self._columns = len(segments) + 1
        self._tables = _column_tables(segments)
        self._dropped = {sound: exp(weight) for sound, to, weight in rows if not to}
        by_sound: dict[str, tuple[list[int], list[float]]] = {}
        for sound, letters, weight in rows:
            if letters:
                columns, weights = by_sound.setdefault(sound, ([], []))
                columns.append(column[letters])
                weights.append(exp(weight))
        self._known = {
            sound: (np.array(columns, dtype=np.int64), np.array(weights))
            for sound, (columns, weights) in by_sound.items()
        }

    def scores(self, sounds: str, spellings: Sequence[str]) -> Floats:
        """Return the natural logarithm of the fit of each spelling, higher is better.

        Args:
            sounds: What :func:`.romaji.symbols` gives.
            spellings: Letters a to z only (:func:`.latin.letters`).
        """
        source = START + sounds[:LONGEST_WORD] + END
        words = [word[:LONGEST_WORD] for word in spellings]
        out = np.empty(len(words))
        # A sweep is as wide as its longest word, so words of a length go together.
        order = np.argsort([len(word) for word in words], kind="stable")
        for start in range(0, len(words), _CHUNK):
            part = order[start : start + _CHUNK]
            out[part] = self._sweep(source, [words[at] for at in part.tolist()])
        return out

    def _sweep(self, source: str, spellings: Sequence[str]) -> Floats:
        """Sum over all cuts, for all spellings at once; see the module's sentence."""
        codes, lengths = encode_letters(spellings)
        places = codes.shape[0]
        columns = self._columns_of(codes)
        shape = (places + 1, len(spellings))
        table = [np.zeros(shape) for _ in range(len(source) + 1)]
        table[0][0] = 1.0
        insertions = self._weights("")[columns[0]]
        for at, mass in enumerate(table):
            for place in range(places):
                mass[place + 1] += mass[place] * insertions[place]
            if at < len(source):
                table[at + 1] += mass * self._dropped.get(source[at], 0.0)
            for length in range(1, min(LONGEST_SOUND, len(source) - at) + 1):
                sound = source[at : at + length]
                if sound not in self._known:
                    continue
                fits = self._weights(sound)[columns]
                into = table[at + length]
                for letters in range(1, min(LONGEST_LETTERS, places) + 1):
                    stop = places + 1 - letters
                    into[letters:] += mass[:stop] * fits[letters - 1, :stop]
        total: Floats = table[-1][lengths, np.arange(len(spellings))]
        return np.log(total + _TINY)

    def _weights(self, sound: str) -> Floats:
        """Weights of all letter segments for ``sound``; column 0 is what nobody knows."""
        row = np.zeros(self._columns)
        if sound in self._known:
            columns, weights = self._known[sound]
            row[columns] = weights
        return row

    def _columns_of(self, codes: Integers) -> Integers:
        """Column of the segment that starts at each place, by its length less one."""
        places, words = codes.shape
        out = np.zeros((LONGEST_LETTERS, places, words), dtype=np.int64)
        number = np.zeros((places, words), dtype=np.int64)
        for length in range(min(LONGEST_LETTERS, places)):
            stop = places - length
            number = number[:stop] * _RADIX + codes[length:]
            out[length, :stop] = self._tables[length][number]
        return out


def log_odds(
    odds: Sequence[float], raw: Floats, symbols: int, lengths: Floats
) -> Floats:
    """Turn scores into log odds of a match, comparable between names of any length.

    Args:
        odds: What one unit counts: of the score, of the score a sign, of a symbol; and
            a constant.
        raw: What :meth:`SegmentModel.scores` gives, with evidence of the same unit added.
        symbols: Sound symbols of the name.
        lengths: Letters of each spelling.
    """
    whole, mean, sounds, constant = odds
    per_sign = raw / (symbols + lengths + 1.0)
    return whole * raw + mean * per_sign + sounds * symbols + constant


def _column_tables(segments: Sequence[str]) -> list[Integers]:
    """For each segment length, the column of a segment by its number; 0 is unknown."""
    tables = [
        np.zeros(_RADIX**length, dtype=np.int64)
        for length in range(1, LONGEST_LETTERS + 1)
    ]
    for column, letters in enumerate(segments, start=1):
        number = 0
        for letter in letters:
            number = number * _RADIX + _CODES[letter]
        tables[len(letters) - 1][number] = column
    return tables


def encode_letters(spellings: Sequence[str]) -> tuple[Integers, Integers]:
    """Return letters as numbers, one column a spelling, and the lengths, both with ends.

    1-26 for a-z, 27 and 28 for the two ends, 0 beyond the end.
    """
    with_ends = [START + word + END for word in spellings]
    lengths = np.array([len(word) for word in with_ends], dtype=np.int64)
    width = int(lengths.max(initial=2))
    text = "".join(word.ljust(width) for word in with_ends).encode("ascii", "replace")
    codes = _BYTES[np.frombuffer(text, dtype=np.uint8)].reshape(-1, width)
    return np.ascontiguousarray(codes.T), lengths


@cache
def model(name: str = "") -> SegmentModel:
    """Return the named model, or the best one installed; read once.

    Args:
        name: File in :data:`TABLES` without its suffix; empty takes the first of
            :data:`PREFERRED` that is there.

    Raises:
        InputError: The table is absent or broken.
    """
    chosen = name or next(
        (each for each in PREFERRED if (TABLES / f"{each}.tsv").is_file()),
        PREFERRED[-1],
    )
    path = TABLES / f"{chosen}.tsv"
    try:
        lines = path.read_text("utf-8").splitlines()
        odds = [float(word) for word in lines[0].removeprefix(_ODDS).split(" ")]
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        return SegmentModel(chosen, [(s, t, float(w)) for s, t, w in rows], odds)
    except (OSError, ValueError, IndexError) as fault:
        expected = say(
            "音・つづり・重みの表 (termbank を入れ直す)",
            "a table of sound, letters, weight: reinstall termbank",
        )
        problem = f"{say('読めません', 'what cannot be read')}: {fault}"
        raise InputError(str(path), problem, expected) from fault

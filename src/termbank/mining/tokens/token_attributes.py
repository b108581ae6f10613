"""What a slot looks like to the name tagger, as hashed columns over the lexicon."""

from __future__ import annotations

from operator import add
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from .token_flags import shape
from .word_lists import TITLES
from .word_statistics import general

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .token_lexicon import Lexicon, Slot

    Column = NDArray[np.uint64]

NAMES: Final = (
    "surface",
    "normalised",
    "pos1",
    "pos2",
    "pos3",
    "shape",
    "length",
    "unknown",
    "first1",
    "last1",
    "first2",
    "last2",
    "first3",
    "last3",
    "place",
    "whole",
    "whole_last",
    "whole_pos",
    "title",
    "pair0",
    "pair1",
    "pair2",
    "pair3",
    "pair4",
    "pair5",
    "rarity",
    "coarse",
    "fine",
    "finest",
    "whole_rarity",
    "whole_fine",
    "whole_finest",
)
_HASHED: Final = NAMES[:-7]
_PAIRS: Final = 6


class Attributes:
    """Hashed columns, one value a slot; 0 where a slot lacks the attribute."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._columns = {name: np.zeros(0, np.uint64) for name in NAMES}
        lexicon.listen(self._learn)

    def __getitem__(self, name: str) -> Column:
        return self._columns[name]

    def _learn(self, slots: Sequence[Slot], first: int) -> None:
        rows = [_hashes(slot) for slot in slots]
        fresh = np.array(rows, np.uint64).reshape(-1, len(_HASHED))
        columns = dict(zip(_HASHED, fresh.T, strict=True))
        columns |= _general([slot.part.normalised for slot in slots], "")
        columns |= _general([slot.whole.normalised for slot in slots], "whole_")
        for name in NAMES:
            self._columns[name] = np.append(self._columns[name][:first], columns[name])


def _general(words: Sequence[str], prefix: str) -> dict[str, Column]:
    """Return what the table of general words says of each; 0 where it is silent."""
    table = general()
    rows = table.rows(words)

    def column(values: NDArray[np.uint8] | NDArray[np.uint16]) -> Column:
        return np.where(rows >= 0, values[rows].astype(np.uint64) + np.uint64(1), 0)

    # Unlisted words share a rarity of their own, beyond the rarest listed one.
    rarity = np.where(rows >= 0, table.rarity[rows] // np.uint8(8), 20).astype(
        np.uint64
    )
    return {
        f"{prefix}rarity": rarity + np.uint64(1),
        f"{prefix}coarse": column(table.coarse),
        f"{prefix}fine": column(table.fine),
        f"{prefix}finest": column(table.finest),
    }


def _hash(text: str) -> int:
    # Never 0, which means absent; equal on every machine.
    return crc32(text.encode("utf-8", "surrogatepass")) + 1


def _hashes(slot: Slot) -> tuple[int, ...]:
    part, whole = slot.part, slot.whole
    surface, pos = part.surface, part.pos
    count = len(surface)
    form_shape = shape(surface)
    place = _place(slot)
    many = slot.parts > 1
    whole_pos = f"{whole.pos[1]}-{whole.pos[2]}"
    is_title = surface in TITLES or whole.surface in TITLES
    return (
        _hash(surface),
        _hash(part.normalised),
        _hash(pos[0]),
        _hash(f"{pos[0]}-{pos[1]}"),
        _hash("-".join(pos[:4])),
        _hash(form_shape),
        min(count, 8) + 1,
        2 if part.oov else 1,
        _hash(surface[:1]),
        _hash(surface[-1:]),
        _hash(surface[:2]) if count > 2 else 0,
        _hash(surface[-2:]) if count > 2 else 0,
        _hash(surface[:3]) if count > 3 else 0,
        _hash(surface[-3:]) if count > 3 else 0,
        _hash(place + whole_pos),
        _hash(whole.surface + place) if many else 0,
        _hash(place + whole.surface[-1] + whole_pos) if many else 0,
        _hash(whole_pos),
        1 if is_title else 0,
        *_pairs(surface),
    )


def _pairs(surface: str) -> tuple[int, ...]:
    """Return the first six distinct pairs of characters side by side; 0 beyond."""
    pairs = dict.fromkeys(map(add, surface, surface[1:])) if len(surface) > 2 else ()
    hashes = tuple(map(_hash, pairs))[:_PAIRS]
    return hashes + (0,) * (_PAIRS - len(hashes))


def _place(slot: Slot) -> str:
    if slot.parts == 1:
        return "S"
    if slot.place == 0:
        return "B"
    return "E" if slot.place == slot.parts - 1 else "I"


__all__ = ["NAMES", "Attributes"]

"""A batch of texts as columns of words: what all stages of the miner read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from termbank.tokenise.pieces import pieces

from .token_flags import STOP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .token_lexicon import Lexicon

    Ints = NDArray[np.int64]


class Sheet(NamedTuple):
    """Texts as columns, one row a slot (a word part), texts one after the other.

    Attributes:
        slots: Slot numbers of the lexicon.
        starts: First code point in the slot's own text.
        ends: One past the last.
        texts: Which text of the batch.
        sentences: Number of the sentence in the batch, rising; a line end, a full stop
            and the end of a text end a sentence.
        flags: Bits of :mod:`termbank.mining.tokens.token_flags`.
    """

    slots: Ints
    starts: Ints
    ends: Ints
    texts: Ints
    sentences: Ints
    flags: NDArray[np.uint32]


def sheet(texts: Sequence[str], lexicon: Lexicon) -> Sheet:
    """Return the texts cut into words.

    Args:
        texts: What to read, masked parts already blank.
        lexicon: Takes in the new words.
    """
    numbers: list[int] = []
    counts, offsets, owners = [], [], []
    for owner, text in enumerate(texts):
        for offset, piece in pieces(text):
            words = lexicon.tokeniser.numbers(piece)
            numbers += words
            counts.append(len(words))
            offsets.append(offset)
            owners.append(owner)
    lexicon.update()
    return _columns(numbers, _Pieces(counts, offsets, owners), lexicon)


class _Pieces(NamedTuple):
    counts: list[int]
    offsets: list[int]
    owners: list[int]


def _columns(numbers: list[int], cut: _Pieces, lexicon: Lexicon) -> Sheet:
    words = np.array(numbers, np.int64)
    per_piece = np.array(cut.counts, np.int64)
    word_piece = np.repeat(np.arange(len(per_piece)), per_piece)
    parts = lexicon.slot_count[words]
    slots = np.repeat(lexicon.first_slot[words] - _before(parts), parts)
    slots += np.arange(len(slots))
    piece = np.repeat(word_piece, parts)
    lengths = lexicon.lengths[slots]
    before = _before(lengths)
    first = np.searchsorted(piece, np.arange(len(per_piece)))
    room = np.append(before, 0)[first] if len(first) else first
    starts = before - room[piece] + np.array(cut.offsets, np.int64)[piece]
    flags = lexicon.flags[slots]
    return Sheet(
        slots,
        starts,
        starts + lengths,
        np.array(cut.owners, np.int64)[piece],
        _sentences(piece, flags),
        flags,
    )


def _before(counts: Ints) -> Ints:
    return np.cumsum(counts) - counts


def _sentences(piece: Ints, flags: NDArray[np.uint32]) -> Ints:
    if not len(piece):
        return piece
    stops = (flags & STOP) != 0
    # 「…。」: a run of stops and what closes it is one end.
    ends = stops[:-1] & ~stops[1:]
    return np.append(0, np.cumsum(ends | (piece[1:] != piece[:-1])))

"""How strongly each Japanese word of a segment answers to each English one.

Both directions of the aligner are joined softly: a link is worth most where the two
agree, and something where one is sure, so that ``random number`` can stand for 乱数
though only one of its words is linked both ways. On the development half this found
more terms than the hard grow-diag of phrase-based translation (Koehn, Och and Marcu
2003), whose idea it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from ..errors import InputError
from .word_alignment import LONGEST, Direction, cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from .bitext import Bitext

    Floats = NDArray[np.float64]

# Share of the arithmetic mean of both directions; the rest is the geometric mean.
# 0, .3 and .6 were tried (docs/design/equivalents.md).
_EITHER: Final = 0.3
_PHARAOH: Final = re.compile(r"(\d+)[-?](\d+)")


def own_links(bitext: Bitext) -> list[Floats]:
    """Align the words of all segments in both directions; tables [Japanese, English]."""
    ahead = Direction(cells_of(bitext.ja, bitext.en), bitext.en)
    ahead.learn()
    english = ahead.posteriors()
    del ahead
    back = Direction(cells_of(bitext.en, bitext.ja), bitext.ja)
    back.learn()
    return [
        (1.0 - _EITHER) * np.sqrt(there.T * here) + _EITHER * (there.T + here) / 2.0
        for there, here in zip(english, back.posteriors(), strict=True)
    ]


def pharaoh_links(bitext: Bitext, lines: Iterable[str]) -> list[Floats]:
    """Return the links that another aligner found, as tables [Japanese, English].

    Args:
        bitext: Its words were given to the aligner as :func:`aligner_input` writes them.
        lines: ``0-0 1-2 …`` for each segment, Japanese word first, counted from 0.

    Raises:
        InputError: A line too many or too few, or a link to a word that is not there.
    """
    given = list(lines)
    if len(given) != len(bitext.segments):
        raise InputError(
            "alignments",
            f"{len(given)} lines",
            f"one for each of {len(bitext.segments)} segments",
        )
    return [
        _table(number, line, len(ja[:LONGEST]), len(en[:LONGEST]))
        for number, (line, ja, en) in enumerate(
            zip(given, bitext.ja, bitext.en, strict=True), 1
        )
    ]


def _table(number: int, line: str, rows: int, columns: int) -> Floats:
    table = np.zeros((rows, columns))
    for link in line.split():
        found = _PHARAOH.fullmatch(link)
        if found is None:
            raise InputError(f"alignments:{number}", link, "links such as 0-0 1-2")
        ja, en = int(found[1]), int(found[2])
        if ja < min(rows, LONGEST) and en < min(columns, LONGEST):
            table[ja, en] = 1.0
        elif ja >= LONGEST or en >= LONGEST:
            continue
        else:
            expected = (
                f"a Japanese word below {rows} and an English one below {columns}"
            )
            raise InputError(f"alignments:{number}", link, expected)
    return table


def aligner_input(bitext: Bitext) -> list[str]:
    """Return the segments as other aligners read them: ``Japanese ||| English``.

    Words are the ones termbank counts (normalised forms and stems, without particles
    and articles), so that links made from these lines can be given back to
    :func:`pharaoh_links`.
    """
    return [
        " ||| ".join(
            " ".join(forms[word].replace(" ", "_") for word in line)
            for line, forms in ((ja, bitext.ja_forms), (en, bitext.en_forms))
        )
        for ja, en in zip(bitext.ja, bitext.en, strict=True)
    ]


def box_sums(
    table: Floats, rows: Sequence[tuple[int, int]], columns: Sequence[tuple[int, int]]
) -> tuple[Floats, Floats, Floats]:
    """Return sums of links inside each box of rows and columns, and of each stripe.

    Args:
        table: Links [Japanese, English].
        rows: Half-open ranges of Japanese words.
        columns: Half-open ranges of English words.

    Returns:
        Sums inside the boxes [row range, column range], in all of each row range, and
        in all of each column range.
    """
    total = np.zeros((table.shape[0] + 1, table.shape[1] + 1))
    total[1:, 1:] = table.cumsum(axis=0).cumsum(axis=1)
    top, bottom = np.array(rows).T
    left, right = np.array(columns).T
    strips = total[bottom] - total[top]
    inside = strips[:, right] - strips[:, left]
    return inside, strips[:, -1], total[-1, right] - total[-1, left]

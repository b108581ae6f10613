"""Which Japanese words of a segment answer to which English ones.

Each direction of the aligner links a word to its likeliest partner; where both agree is
the start, and links of either direction that touch it are added while they bring in a
word that has none ("grow-diag": Och and Ney 2003, Koehn, Och and Marcu 2003).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.errors import InputError
from termbank.messages import say

from .word_alignment import LONGEST, Direction, cells_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from .bitext import Bitext

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

# A word is linked where it is likelier to answer to something than to nothing; .3 and .7
# gave the same terms (docs/design/equivalents.md).
_LINKED: Final = 0.5
_NEIGHBOURS: Final = (
    (-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1),
)  # fmt: skip
_PHARAOH: Final = re.compile(r"(\d+)[-?](\d+)")


def own_links(bitext: Bitext) -> list[Floats]:
    """Align the words of all segments in both directions; tables [Japanese, English]."""
    return [grow_diag(*tables) for tables in both_directions(bitext)]


def both_directions(bitext: Bitext) -> Iterator[tuple[Floats, Floats]]:
    """Learn both directions of a text and yield what they say of each segment.

    Yields:
        Chances [Japanese, English] as :func:`grow_diag` takes them.
    """
    ahead = Direction(cells_of(bitext.ja, bitext.en), bitext.en)
    ahead.learn()
    english = ahead.posteriors()
    del ahead
    back = Direction(cells_of(bitext.en, bitext.ja), bitext.ja)
    back.learn()
    for there, here in zip(english, back.posteriors(), strict=True):
        yield there.T, here


def grow_diag(of_english: Floats, of_japanese: Floats) -> Floats:
    """Join both directions of a segment; 1 for a link, 0 for none.

    Args:
        of_english: Chances [Japanese, English] that an English word answers to each
            Japanese one; a column sums to at most 1.
        of_japanese: The same for each Japanese word; a row sums to at most 1.
    """
    out = np.zeros(of_english.shape)
    if not out.size:
        return out
    by_english = _likeliest(of_english.T).T
    other = _likeliest(of_japanese)
    links = _grown(_places(by_english & other), _places(by_english | other))
    rows, columns = zip(*links, strict=True) if links else ((), ())
    out[list(rows), list(columns)] = 1.0
    return out


def _likeliest(chances: Floats) -> Bools:
    """The largest chance of each row that is linked at all."""
    out = np.zeros(chances.shape, dtype=np.bool_)
    out[np.arange(len(chances)), chances.argmax(axis=1)] = chances.sum(axis=1) > _LINKED
    return out


def _places(table: Bools) -> list[tuple[int, int]]:
    rows, columns = np.nonzero(table)
    return list(zip(rows.tolist(), columns.tolist(), strict=True))


def _grown(
    common: list[tuple[int, int]], either: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Add neighbours out of ``either`` as long as one of their words has no link."""
    remaining = set(either).difference(common)
    rows, columns = {row for row, _ in common}, {column for _, column in common}
    links = list(common)
    for row, column in links:  # grows while it is read
        for down, right in _NEIGHBOURS:
            place = row + down, column + right
            if place in remaining and not (place[0] in rows and place[1] in columns):
                remaining.remove(place)
                links.append(place)
                rows.add(place[0])
                columns.add(place[1])
    return links


def pharaoh_links(bitext: Bitext, lines: Iterable[str]) -> list[Floats]:
    """Return the links that another aligner found, as tables [Japanese, English].

    Args:
        bitext: Its words were given to the aligner as :func:`aligner_input` writes them.
        lines: ``0-0 1-2 …`` for each segment, Japanese word first, counted from 0.

    Raises:
        InputError: A line too many or too few, or a link to a word that is not there.
    """
    all_lines = list(lines)
    if len(all_lines) != len(bitext.segments):
        count, segments = len(all_lines), len(bitext.segments)
        raise InputError(
            "alignments",
            say(f"{count} 行", f"{count} lines"),
            say(
                f"{segments} のセグメントに一行ずつ",
                f"one for each of {segments} segments",
            ),
        )
    return [
        _table(number, line, len(ja[:LONGEST]), len(en[:LONGEST]))
        for number, (line, ja, en) in enumerate(
            zip(all_lines, bitext.ja, bitext.en, strict=True), 1
        )
    ]


def _table(number: int, line: str, rows: int, columns: int) -> Floats:
    table = np.zeros((rows, columns))
    for link in line.split():
        match = _PHARAOH.fullmatch(link)
        if match is None:
            expected = say("0-0 1-2 のような対応", "links such as 0-0 1-2")
            raise InputError(f"alignments:{number}", link, expected)
        ja, en = int(match[1]), int(match[2])
        if ja < min(rows, LONGEST) and en < min(columns, LONGEST):
            table[ja, en] = 1.0
        elif ja >= LONGEST or en >= LONGEST:
            continue
        else:
            expected = say(
                f"日本語は {rows} 未満、英語は {columns} 未満の語の番号",
                f"a Japanese word below {rows} and an English one below {columns}",
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

"""Term candidates of a sheet: runs of nouns, their parts, and phrases around them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.mining.tokens.token_flags import (
    ADJECTIVE,
    ADVERBIAL,
    CLOSE,
    COUNTER,
    JOINER,
    LATIN,
    NA,
    NO,
    NO_END,
    NO_START,
    NOUN,
    NUMERAL,
    OPEN,
    PREFIX,
    SPACE,
    STOP,
    SUFFIX,
    TOPIC,
    VERB_STEM,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from termbank.mining.tokens.token_table import Ints, Sheet

    Bools = NDArray[np.bool_]

# Parts of a compound beyond this length are offered only as the whole compound: with
# six, 99 % of the reference terms that are parts of longer compounds are reached.
LONGEST_PART: Final = 6
# Longest quoted or bracketed phrase, in words.
_LONGEST_QUOTE: Final = 12


class Spans(NamedTuple):
    """Ranges of rows of a sheet, half-open."""

    first: Ints
    last: Ints


class Runs(NamedTuple):
    """Longest runs of nouns, affixes and joiners within sentences.

    Attributes:
        first: First row of each run, joiners at its rim left out.
        last: One past its last row.
        of_row: Number of the run each row belongs to, -1 outside.
    """

    first: Ints
    last: Ints
    of_row: Ints


def runs(sheet: Sheet) -> Runs:
    """Return the noun runs of a sheet, in order."""
    return _rows_of(_flags_of(sheet, NOUN), sheet)


def _rows_of(inside: Bools, sheet: Sheet) -> Runs:
    count = len(inside)
    fresh = np.ones(count, bool)
    fresh[1:] = sheet.sentences[1:] != sheet.sentences[:-1]
    opens = inside & (fresh | ~_shift(inside, 1))
    of_row = np.where(inside, np.cumsum(opens) - 1, -1)
    first = np.flatnonzero(opens)
    closes = inside & np.append((opens | ~inside)[1:], np.ones(min(count, 1), bool))
    return Runs(first, np.flatnonzero(closes) + 1, of_row)


def _flags_of(sheet: Sheet, bits: int) -> Bools:
    has_bits: Bools = (sheet.flags & bits) != 0
    return has_bits


def _shift(values: Bools, by: int) -> Bools:
    """Return the values moved down by some rows, False moving in."""
    out = np.zeros_like(values)
    if by > 0:
        out[by:] = values[:-by]
    else:
        out[:by] = values[-by:]
    return out


def candidates_of(sheet: Sheet, noun_runs: Runs) -> list[Spans]:
    """Return the spans of all term candidates, kind by kind, with repetitions.

    Compounds and their parts, XのY and XなY, adnominal + noun, verb stem + noun and
    noun + verb stem, quoted and bracketed phrases, Latin words with the spaces between.
    """
    if not len(sheet.slots):
        return []
    return [
        *_parts(sheet, noun_runs),
        *_phrases_with_particles(sheet, noun_runs),
        *_around(sheet, noun_runs),
        *_stems(sheet, noun_runs),
        quoted_spans(sheet),
        _latin(sheet),
    ]


def _parts(sheet: Sheet, noun_runs: Runs) -> list[Spans]:
    flags = sheet.flags
    joiner, numeral = _flags_of(sheet, JOINER), _flags_of(sheet, NUMERAL)
    inside = (noun_runs.of_row >= 0) & ~joiner
    is_inside_word = _glued_to_the_word_before(sheet)
    may_open = inside & ((flags & (SUFFIX | NO_START)) == 0) & ~is_inside_word
    may_close = (
        inside & ((flags & (PREFIX | NO_END)) == 0) & ~_shift(is_inside_word, -1)
    )
    out = []
    for length in range(1, LONGEST_PART + 1):
        first = np.flatnonzero(may_open[: max(len(flags) - length + 1, 0)])
        last = first + length
        same = noun_runs.of_row[first] == noun_runs.of_row[last - 1]
        keep = same & may_close[last - 1]
        if length == 1:
            keep &= ~numeral[first]
        out.append(Spans(first[keep], last[keep]))
    out.append(_whole(noun_runs, may_open, may_close))
    return out


def _glued_to_the_word_before(sheet: Sheet) -> Bools:
    """Return whether a row goes on with letters or figures (the 2 and the B of B2B)."""
    count = len(sheet.slots)
    is_inside_word = np.zeros(count, bool)
    compact = _flags_of(sheet, LATIN | NUMERAL)
    is_inside_word[1:] = (
        compact[1:]
        & compact[:-1]
        & (sheet.starts[1:] == sheet.ends[:-1])
        & (sheet.texts[1:] == sheet.texts[:-1])
    )
    return is_inside_word


def _whole(noun_runs: Runs, may_open: Bools, may_close: Bools) -> Spans:
    first, last = noun_runs.first.copy(), noun_runs.last.copy()
    for _ in range(2):
        first += (first < last) & ~may_open[np.minimum(first, len(may_open) - 1)]
        last -= (first < last) & ~may_close[last - 1]
    keep = last - first > LONGEST_PART
    return Spans(first[keep], last[keep])


def _phrases_with_particles(sheet: Sheet, noun_runs: Runs) -> list[Spans]:
    """Return XのY and XなY, and their shorter forms cut at the outer sides of X and Y."""
    first, last = noun_runs.first, noun_runs.last
    if len(first) < 2:
        return []
    between = last[:-1]
    link = (sheet.flags[np.minimum(between, len(sheet.flags) - 1)] & (NO | NA)) != 0
    keep = (
        (first[1:] == between + 1) & link & _same_sentence(sheet, first[:-1], first[1:])
    )
    left, right = np.flatnonzero(keep), np.flatnonzero(keep) + 1
    out = [Spans(first[left], last[right])]
    # 代表団の停戦案の: only the nearest word on either side, 停戦 | の | 実現可能性.
    near = np.maximum(first[left], last[left] - 2)
    out.append(Spans(near, last[right]))
    out.append(Spans(first[left], np.minimum(last[right], first[right] + 2)))
    return out


def _same_sentence(sheet: Sheet, left: Ints, right: Ints) -> Bools:
    same: Bools = sheet.sentences[left] == sheet.sentences[right]
    return same


def _around(sheet: Sheet, noun_runs: Runs) -> list[Spans]:
    before = noun_runs.first - 1
    fits = (before >= 0) & ((sheet.flags[before] & ADJECTIVE) != 0)
    keep = fits & _same_sentence(sheet, before, noun_runs.first)
    return [Spans(before[keep], noun_runs.last[keep])]


def _stems(sheet: Sheet, noun_runs: Runs) -> list[Spans]:
    """Return 積み荷, 取り組み方 and 首脳会談入り: a verb stem beside a noun run."""
    rows = np.flatnonzero(_flags_of(sheet, VERB_STEM))
    if not len(rows) or not len(noun_runs.first):
        return []
    # Alone only where it is a noun in truth: before は, が, を, の, a bracket or the end.
    after_it = np.append(sheet.flags, np.uint32(STOP))[rows + 1]
    noun = (after_it & (TOPIC | NO | CLOSE | STOP | OPEN)) != 0
    out = [Spans(rows[noun], rows[noun] + 1)]
    after = np.searchsorted(noun_runs.first, rows + 1)
    after = np.minimum(after, len(noun_runs.first) - 1)
    keep = (noun_runs.first[after] == rows + 1) & _same_sentence(
        sheet, rows, noun_runs.first[after]
    )
    out.append(Spans(rows[keep], noun_runs.last[after][keep]))
    before = np.maximum(np.searchsorted(noun_runs.last, rows, side="right") - 1, 0)
    keep = (noun_runs.last[before] == rows) & _same_sentence(
        sheet, noun_runs.first[before], rows
    )
    out.append(Spans(noun_runs.first[before][keep], rows[keep] + 1))
    return out


def quoted_spans(sheet: Sheet) -> Spans:
    """Return what stands between an opening and the next closing bracket or quote."""
    marks = np.flatnonzero(_flags_of(sheet, OPEN | CLOSE))
    opens = _flags_of(sheet, OPEN)[marks]
    pair = opens[:-1] & ~opens[1:]
    first, last = marks[:-1][pair] + 1, marks[1:][pair]
    keep = (last > first) & (last - first <= _LONGEST_QUOTE)
    keep &= sheet.texts[first] == sheet.texts[np.maximum(last - 1, 0)]
    # What is masked parts words as a line end does: no term has one inside.
    keep &= _unbroken(sheet, first, last)
    return Spans(first[keep], last[keep])


def _unbroken(sheet: Sheet, first: Ints, last: Ints) -> Bools:
    """Tell the spans whose words stand side by side, no line end between."""
    breaks = np.append(0, np.cumsum(np.append(0, sheet.starts[1:] != sheet.ends[:-1])))
    whole: Bools = breaks[last] == breaks[np.minimum(first + 1, last)]
    return whole


def _latin(sheet: Sheet) -> Spans:
    """Return Latin words with what joins them: Search Engine Journal, C++11."""
    flags = sheet.flags
    latin = (flags & LATIN) != 0
    # A joiner counts only between two Latin words or figures.
    loose = (flags & (SPACE | JOINER | NUMERAL)) != 0
    inside = latin | (loose & _shift(latin | _flags_of(sheet, NUMERAL), 1))
    runs = _rows_of(inside, sheet)
    first, last = runs.first.copy(), runs.last.copy()
    for _ in range(2):
        first += (first < last) & ~latin[np.minimum(first, len(latin) - 1)]
        rim = (flags[last - 1] & (SPACE | JOINER)) != 0
        last -= (first < last) & rim
    keep = last - first > 1
    return Spans(first[keep], last[keep])


_TIME: Final = ADVERBIAL | COUNTER


def trim_runs(sheet: Sheet, noun_runs: Runs) -> Spans:
    """Return the runs without figures, counters and adverbial nouns at their rims."""
    first, last = noun_runs.first.copy(), noun_runs.last.copy()
    opens = (sheet.flags & (NUMERAL | _TIME | NO_START | JOINER | SUFFIX)) != 0
    closes = (sheet.flags & (NUMERAL | ADVERBIAL | NO_END | JOINER | PREFIX)) != 0
    # 部 of ３部 counts; that of 制御部 does not.
    noun, numeral = _flags_of(sheet, NOUN), _flags_of(sheet, NUMERAL)
    counts = _shift(numeral, 1) | ~_shift(noun, 1)
    closes |= _flags_of(sheet, COUNTER) & counts
    for _ in range(LONGEST_PART):
        first += (first < last) & opens[np.minimum(first, len(opens) - 1)]
        last -= (first < last) & closes[last - 1]
    keep = first < last
    return Spans(first[keep], last[keep])

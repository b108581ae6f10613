"""Names by rule: what the miner knows without a trained model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.mining.tokens.token_flags import (
    CAPITAL,
    JOINER,
    KANJI,
    KATAKANA,
    LATIN,
    NUMERAL,
    PERSON,
    PLACE,
    PROPER,
    SUFFIX,
    UNKNOWN,
)
from termbank.mining.tokens.word_lists import BODIES, STRONG_ORGANIZATIONS, TITLES
from termbank.text.kana import JOINTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.mining.terms.term_phrases import Runs
    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Sheet

_NAMEY: Final = PROPER | PERSON | PLACE


class Name(NamedTuple):
    """Rows of a sheet that are a name."""

    first: int
    last: int


def names_by_rule(sheet: Sheet, noun_runs: Runs, lexicon: Lexicon) -> list[Name]:
    """Return the names of a sheet, in order, none inside another."""
    maybe = (sheet.flags & (_NAMEY | UNKNOWN | CAPITAL)) != 0
    strong = np.array([slot.part.surface in _STRONG_ENDS for slot in lexicon.slots])
    maybe |= strong[sheet.slots]
    counts = np.append(0, np.cumsum(maybe))
    likely_runs = np.flatnonzero(counts[noun_runs.last] > counts[noun_runs.first])
    names: list[Name] = []
    for run in likely_runs.tolist():
        first, last = int(noun_runs.first[run]), int(noun_runs.last[run])
        names += _names_of_run(_Run(sheet, lexicon, first, last))
    return names


_STRONG_ENDS: Final = frozenset(word[-1:] for word in STRONG_ORGANIZATIONS) | (
    STRONG_ORGANIZATIONS
)


class _Run:
    """One noun run with what is asked of its words."""

    def __init__(self, sheet: Sheet, lexicon: Lexicon, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.flags = sheet.flags[first:last].tolist()
        slots = [lexicon.slots[slot] for slot in sheet.slots[first:last].tolist()]
        self.surfaces = [slot.part.surface for slot in slots]
        # The word of mode C that ends at each row; empty where none does.
        self.wholes = [
            slot.whole.surface if slot.place == slot.parts - 1 else "" for slot in slots
        ]
        self.whole_proper = [slot.whole.pos[1] == "固有名詞" for slot in slots]
        self.parts = [slot.parts for slot in slots]

    def __len__(self) -> int:
        return len(self.flags)

    def namey(self, at: int) -> bool:
        flags = self.flags[at]
        if flags & NUMERAL or flags & SUFFIX:
            return False
        if flags & _NAMEY or self.whole_proper[at]:
            return True
        if flags & KATAKANA and (flags & UNKNOWN or self._beside_joiner(at)):
            return True
        if flags & LATIN:
            return bool(flags & CAPITAL) and len(self.surfaces[at]) > 1
        return bool(flags & UNKNOWN and flags & KANJI and len(self.surfaces[at]) > 1)

    def _beside_joiner(self, at: int) -> bool:
        return any(
            0 <= beside < len(self) and self.surfaces[beside] in JOINTS
            for beside in (at - 1, at + 1)
        )

    def body(self, at: int) -> bool:
        """Tell whether a word that names a kind of body or place ends at a row."""
        return self.wholes[at] in BODIES or self.surfaces[at] in BODIES


def _names_of_run(run: _Run) -> Iterator[Name]:
    namey = [run.namey(at) for at in range(len(run))]
    at = 0
    while at < len(run):
        if not namey[at]:
            at += 1
            continue
        end = _extend(run, namey, at)
        stop = _end_before_title(run, at, end)
        if stop > at:
            yield Name(run.first + at, run.first + stop)
        at = end
    if not any(namey) and _is_strong_body(run):
        yield Name(run.first, run.last)


def _end_before_title(run: _Run, start: int, end: int) -> int:
    """Return where a name ends once titles and joiners at its end are left out."""
    while end > start and (
        run.wholes[end - 1] in TITLES
        or run.surfaces[end - 1] in TITLES
        or run.flags[end - 1] & JOINER
    ):
        end -= 1
    return end


def _is_strong_body(run: _Run) -> bool:
    long_enough = len(run) >= 3 and not run.flags[0] & NUMERAL
    ends = (
        run.wholes[-1] in STRONG_ORGANIZATIONS
        or run.surfaces[-1] in STRONG_ORGANIZATIONS
    )
    return long_enough and ends


def _extend(run: _Run, namey: list[bool], start: int) -> int:
    """Return where the name that begins at ``start`` ends.

    A name goes on over name-like words and the joiners between them; it reaches the
    next word for a body, place or event in the run when only nouns lie between.
    """
    end = start + 1
    while end < len(run):
        if namey[end]:
            end += 1
        elif run.flags[end] & JOINER and end + 1 < len(run) and namey[end + 1]:
            end += 2
        elif run.surfaces[end] == "世" and run.flags[end - 1] & NUMERAL:
            end += 1
        elif (
            run.flags[end] & NUMERAL
            and end + 1 < len(run)
            and run.surfaces[end + 1] == "世"
        ):
            end += 2
        else:
            break
    for reach in range(min(len(run), end + 4), end, -1):
        if run.body(reach - 1):
            return reach
    return end

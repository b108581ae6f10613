"""Cues of subtitles with their times, and pairs of cues that are shown together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError
from termbank.formats.model.bilingual_units import OPEN, TRANSLATED, BilingualUnit
from termbank.formats.model.concept_records import Segment
from termbank.formats.strings.entries import Escapes, StringEntry, entry_of_stretch
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from termbank.formats.strings.table_sides import Side

# Cues that share less than this part of the shorter one are shown one after the other.
_TOGETHER: Final = 0.5
LINE_BREAKS: Final = Escapes(
    re.compile(r"\r\n|.", re.DOTALL),
    lambda written: "\n" if written == "\r\n" else written,
    lambda text: text,
)


class Cue(StringEntry):
    """A value shown for some time.

    Attributes:
        begins: Milliseconds from the beginning of the film.
        ends: Likewise.
    """

    __slots__ = ("begins", "ends")

    begins: int
    ends: int


def cue_of(
    document: str, place: tuple[int, int], times: tuple[int, int], escapes: Escapes
) -> Cue:
    """Return a cue whose text is one stretch of the file; its key is its time."""
    entry = entry_of_stretch(document, clock(times[0]), *place, escapes)
    cue = Cue(entry.key, entry.text, entry.start)
    cue.runs, cue.writer = entry.runs, entry.writer
    cue.begins, cue.ends = times
    return cue


def clock(milliseconds: int) -> str:
    """Return a time as it is written in cues.

    >>> clock(3_723_004)
    '01:02:03.004'
    """
    seconds, rest = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}.{rest:03}"


def milliseconds(written: str) -> int:
    """Return a time written as ``01:02:03,004``, ``02:03.004`` or ``1:02:03.04``.

    >>> milliseconds("01:02:03,004"), milliseconds("0:00:01.50")
    (3723004, 1500)
    """
    clock_part, _, fraction = written.strip().replace(",", ".").partition(".")
    total = 0
    for part in clock_part.split(":"):
        total = total * 60 + int(part)
    return total * 1000 + int((fraction + "000")[:3])


def units_by_time(source: Side, target: Side) -> list[BilingualUnit]:
    """Return the cues of two files that are shown together, in the source's order.

    A cue that the other file shows as several is paired with all of them; their texts
    are joined by line breaks, and only a single cue can be filled.
    """
    if source is target:
        return [_unit([cue], [cue], source, target) for cue in source.entries]
    groups = _groups(source.entries, target.entries)
    return [_unit(mine, theirs, source, target) for mine, theirs in groups]


def _groups(
    mine: Sequence[StringEntry], theirs: Sequence[StringEntry]
) -> list[tuple[list[Cue], list[Cue]]]:
    first = sorted(_cues(mine), key=lambda cue: (cue.begins, cue.ends))
    second = sorted(_cues(theirs), key=lambda cue: (cue.begins, cue.ends))
    groups: list[tuple[list[Cue], list[Cue]]] = []
    owner: dict[int, int] = {}
    low = 0
    for cue in first:
        while low < len(second) and second[low].ends <= cue.begins:
            low += 1
        at = low
        partners: list[Cue] = []
        group = None
        while at < len(second) and second[at].begins < cue.ends:
            if _share(cue, second[at]) >= _TOGETHER:
                if at in owner:
                    group = owner[at]
                else:
                    partners.append(second[at])
                    owner[at] = len(groups) if group is None else group
            at += 1
        if group is None:
            groups.append(([cue], partners))
        else:
            groups[group][0].append(cue)
            groups[group][1].extend(partners)
    return groups


def _cues(entries: Sequence[StringEntry]) -> list[Cue]:
    return [entry for entry in entries if isinstance(entry, Cue)]


def _share(cue: Cue, other: Cue) -> float:
    """Return how much of the shorter cue is shown with the other one, 0 to 1."""
    common = min(cue.ends, other.ends) - max(cue.begins, other.begins)
    shorter = min(cue.ends - cue.begins, other.ends - other.begins)
    return common / shorter if shorter > 0 else float(common >= 0)


def _unit(
    mine: Sequence[StringEntry],
    theirs: Sequence[StringEntry],
    source: Side,
    target: Side,
) -> BilingualUnit:
    text = "\n".join(cue.text for cue in mine)
    other = "\n".join(cue.text for cue in theirs)
    alone = source is target
    has_translation = bool(other.strip()) and not alone
    segment = Segment(text, other if has_translation else None)
    segment.segment_id = segment.context = mine[0].key
    segment.source_lang = source.lang
    segment.target_lang = None if alone else target.lang
    line = theirs[0].line if theirs else mine[0].line
    state = TRANSLATED if has_translation else OPEN
    unit = BilingualUnit(segment, state, other if has_translation else "", line)
    unit.context = mine[0].key
    if len(theirs) == 1:
        unit.runs = theirs[0].runs if has_translation else ()
        unit.writer = theirs[0].writer
    return unit


def refuse_time(document: str, at: int, path: str) -> FormatError:
    """Return the error for a line that should hold the times of a cue."""
    line = document.count("\n", 0, at) + 1
    problem = document[at : at + 40].split("\n", maxsplit=1)[0]
    expected = say(
        "時間の行: 00:00:01,000 --> 00:00:02,000",
        "times of a cue: 00:00:01,000 --> 00:00:02,000",
    )
    return FormatError(path, line, problem, expected)

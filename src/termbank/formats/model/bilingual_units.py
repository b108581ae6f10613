"""Units of a bilingual file with the place of their targets, and edits of those targets.

A reader of a format yields one unit for each segment, in the order of the file. What a
program wants changed it says in edits; they are turned into splices of the text of the
file, so that nothing outside the targets changes.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .concept_records import Segment

# What a unit says of its translation.
OPEN: Final = "open"  # none, or the file says that what stands there is none
REVIEW: Final = "review"  # there is a draft that nobody has confirmed
TRANSLATED: Final = "translated"
PROTECTED: Final = "protected"  # locked, or marked as not to be translated

# Stands for a line feed that is meant, while those of the layout are folded.
HARD_BREAK: Final = "\0"
_LINE_BREAK: Final = re.compile(r"(?<![ \t])[ \t]*+\n[ \t\n]*+")
_OUTER_BREAK: Final = re.compile(
    r"\A[ \t]*+\n[ \t\n]*+|(?<![ \t\n])[ \t]*+\n[ \t\n]*+\Z"
)


class Splice(NamedTuple):
    """Replace the characters from ``start`` to ``end`` of a file by ``text``."""

    start: int
    end: int
    text: str


class TargetEdit(NamedTuple):
    """One change of a target.

    Attributes:
        number: Number of the unit, from 0, as the reader yields them.
        text: New text, not escaped.
        start: First character of the target's text that is replaced; the whole target
            where absent.
        end: End of the replaced characters.
        fuzzy: Mark the translation as one to be reviewed, in the manner of the format.
            Only for whole targets.
    """

    number: int
    text: str
    start: int | None = None
    end: int | None = None
    fuzzy: bool = False


class Run(Protocol):
    """A stretch of a file that holds text of a target and no markup."""

    def characters(self, document: str) -> Iterator[tuple[str, int, int]]:
        """Yield each character of the text, with its begin and end in the file."""
        ...

    def written(self, text: str) -> str:
        """Return text as it is written in this stretch."""
        ...


# A character of a target, where it begins and ends in the file, and its stretch.
_Character = tuple[str, int, int, Run]


class TargetWriter(Protocol):
    """Writes whole targets; units whose targets stand in one element share a writer."""

    def splices(
        self, document: str, changes: Sequence[tuple[BilingualUnit, TargetEdit]]
    ) -> Iterator[Splice]:
        """Yield the changes of the file for the edits of its units."""
        ...


class BilingualUnit:
    """A segment of a bilingual file and the place of its target.

    Attributes:
        number: From 0, in the order of the file.
        segment: Source, languages, identifier, context; its target is None unless
            ``state`` is translated.
        state: open, review, translated or protected.
        target: Text that stands in the target, whatever the state; empty where none.
        line: Line of the unit, from 1.
        fillable: Whether a plain text may become the translation: its source has no
            codes, or all of its text stands between the same codes.
        part: Which part of its element or message the unit is: number of a segment
            marker, keyword of a plural form; empty where it is the whole.
        folds: Whether line breaks of the target are white space, read as one space.
        context: What tells units with one source apart (msgctxt); empty where none.
        runs: Stretches of the file that hold the characters of ``target``.
        writer: Writes a whole target; None where none can be written.
    """

    __slots__ = (
        "context",
        "fillable",
        "folds",
        "line",
        "number",
        "part",
        "runs",
        "segment",
        "state",
        "target",
        "writer",
    )

    def __init__(self, segment: Segment, state: str, target: str, line: int) -> None:
        self.segment, self.state, self.target, self.line = segment, state, target, line
        self.number = 0
        self.fillable = True
        self.folds = False
        self.part = ""
        self.context = ""
        self.runs: Sequence[Run] = ()
        self.writer: TargetWriter | None = None

    def place(self, document: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where characters of the target stand in the file.

        Args:
            document: Text of the file.
            start: First character, counted in ``target``.
            end: Character after the last one.

        Returns:
            Offsets in ``document``; None where the target has no such characters.
        """
        places = [(begin, stop) for _, begin, stop, _ in self._characters(document)]
        if not 0 <= start < end <= len(places):
            return None
        return places[start][0], places[end - 1][1]

    def replace(
        self, document: str, start: int, end: int, text: str
    ) -> Iterator[Splice]:
        """Yield the changes that replace some characters of the target.

        Markup between the replaced characters stays; the new text takes the place of
        the first.

        Raises:
            IndexError: The target has no such characters.
        """
        characters = self._characters(document)
        if not 0 <= start <= end <= len(characters) or not characters:
            raise IndexError(start, end)
        if start == end:
            _, begin, stop, run = characters[min(start, len(characters) - 1)]
            at = begin if start < len(characters) else stop
            yield Splice(at, at, run.written(text))
            return
        stretches: list[tuple[int, int, Run]] = []
        for _, begin, stop, run in characters[start:end]:
            joins = stretches and stretches[-1][2] is run
            first = stretches.pop()[0] if joins else begin
            stretches.append((first, stop, run))
        for begin, stop, run in stretches:
            yield Splice(begin, stop, run.written(text))
            text = ""

    def _characters(self, document: str) -> list[_Character]:
        characters: list[_Character] = [
            (*character, run)
            for run in self.runs
            for character in run.characters(document)
        ]
        return _folded_characters(characters) if self.folds else characters


def fold_blanks(text: str) -> str:
    r"""Return text with each line break and the blanks around it as one space.

    >>> fold_blanks("Two\n   lines.\n")
    'Two lines.'
    """
    if "\n" in text:
        text = _LINE_BREAK.sub(" ", _OUTER_BREAK.sub("", text))
    return text.replace(HARD_BREAK, "\n")


def _folded_characters(characters: list[_Character]) -> list[_Character]:
    # A line feed of more than two characters is written as a reference.
    text = "".join(
        [
            HARD_BREAK if c == "\n" and end - start > 2 else c
            for c, start, end, _ in characters
        ]
    )
    folded_characters: list[_Character] = []
    copied_to = 0
    for match in _LINE_BREAK.finditer(text):
        first, last = characters[match.start()], characters[match.end() - 1]
        folded_characters += characters[copied_to : match.start()]
        if match.start() and match.end() < len(text):
            folded_characters.append((" ", first[1], last[2], first[3]))
        copied_to = match.end()
    return folded_characters + characters[copied_to:]


def splices_of(
    document: str, units: Iterable[BilingualUnit], edits: Iterable[TargetEdit]
) -> list[Splice]:
    """Return the changes of a file for some edits, in order of place.

    Raises:
        IndexError: No unit has the number of an edit, its target has no such
            characters, or none can be written there.
        ValueError: Two edits change the same characters.
    """
    by_number: dict[int, list[TargetEdit]] = {}
    for edit in edits:
        by_number.setdefault(edit.number, []).append(edit)
    splices: list[Splice] = []
    whole: list[tuple[TargetWriter, list[tuple[BilingualUnit, TargetEdit]]]] = []
    for unit in units:
        for edit in by_number.pop(unit.number, ()):
            if edit.start is not None and edit.end is not None:
                splices += unit.replace(document, edit.start, edit.end, edit.text)
            elif unit.writer is None:
                raise IndexError(edit.number)
            elif whole and whole[-1][0] is unit.writer:
                whole[-1][1].append((unit, edit))
            else:
                whole.append((unit.writer, [(unit, edit)]))
    if by_number:
        raise IndexError(min(by_number))
    for writer, changes in whole:
        splices += writer.splices(document, changes)
    return _in_order(splices)


def _in_order(splices: list[Splice]) -> list[Splice]:
    # Sorting keeps the order of what several units put at one place.
    splices.sort(key=lambda splice: splice[:2])
    for before, after in pairwise(splices):
        if after.start < before.end:
            raise ValueError(before, after)
    return splices

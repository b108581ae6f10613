"""Every distinct word of a run, with what is known of it in columns.

A word in mode C is cut into its parts in mode A; each part of each word is a slot. The
text itself is then a row of slot numbers, and all questions to it are gathers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from termbank.tokenise.sudachi import SudachiTokeniser, Word

from .token_flags import SPACE, word_flags
from .word_lists import BODIES, CHAMBERS, COUNTRIES, TITLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from termbank.tokenise import Tokeniser

    Flags = NDArray[np.bool_]

_QUOTES: Final = frozenset("「『《〈“〝｢")
# Word parts kept before everything is forgotten: about 1 kB each. With five times as many
# mining is a fifth faster and holds 60 MB more.
WORDS_KEPT: Final = 12_000


class Numbering(Protocol):
    """A tokeniser that gives numbers to distinct words."""

    version: str
    words: list[Word]

    def numbers(self, piece: str) -> list[int]:
        """Return for each word of a piece its place in ``words``."""
        ...

    def forget(self) -> None:
        """Drop all words."""
        ...


class Slot:
    """One part of one word.

    Attributes:
        part: The part, a word of mode A.
        whole: The word of mode C that it belongs to.
        place: Which part it is, from 0.
        parts: How many parts the word has.
        part_reading: Katakana of the part, once somebody has asked for it.
        whole_reading: Katakana of the word, likewise.
    """

    __slots__ = ("part", "part_reading", "parts", "place", "whole", "whole_reading")

    def __init__(self, part: Word, whole: Word, place: int, parts: int) -> None:
        self.part, self.whole, self.place, self.parts = part, whole, place, parts
        self.part_reading: str | None = None
        self.whole_reading: str | None = None


class Lexicon:
    """Distinct words and their columns; grows while texts are read.

    Attributes:
        slots: All slots; number 0 stands for the edge of a sentence.
        flags: Bits of :mod:`termbank.mining.tokens.token_flags`, one a slot.
        lengths: Code points, one a slot.
    """

    def __init__(self, tokeniser: Numbering) -> None:
        self.tokeniser = tokeniser
        self._listeners: list[Callable[[list[Slot], int], None]] = []
        self.clear()

    def clear(self) -> None:
        """Forget everything; slot numbers given before lose their meaning."""
        self.tokeniser.forget()
        edge = Word("", ("*",) * 6, "", "", "", False)
        self._answers: dict[Callable[[Slot], bool], Flags] = {}
        self.slots: list[Slot] = []
        self._words = 0
        self.flags = np.zeros(0, np.uint32)
        self.lengths = np.zeros(0, np.int64)
        self.first_slot = np.zeros(0, np.int64)
        self.slot_count = np.zeros(0, np.int64)
        self.word_length = np.zeros(0, np.int64)
        self._add([Slot(edge, edge, 0, 1)])

    def listen(self, learn: Callable[[list[Slot], int], None]) -> None:
        """Have ``learn(new slots, number of the first)`` called for all slots."""
        self._listeners.append(learn)
        learn(self.slots, 0)

    def slots_where(self, ask: Callable[[Slot], bool]) -> Flags:
        """Return the answer of a predicate for each slot, cached per slot."""
        answers = self._answers.get(ask, np.zeros(0, bool))
        if len(answers) < len(self.slots):
            new = [ask(slot) for slot in self.slots[len(answers) :]]
            answers = self._answers[ask] = np.append(answers, np.array(new, bool))
        return answers

    @property
    def titles(self) -> Flags:
        """Whether a title or honorific begins with each slot."""
        return self.slots_where(_is_title)

    @property
    def title_ends(self) -> Flags:
        """Whether one ends with each slot."""
        return self.slots_where(_ends_title)

    @property
    def bodies(self) -> Flags:
        """Whether a word for a body or place (大学, 県, 戦争) ends with each slot."""
        return self.slots_where(_is_body)

    @property
    def letters(self) -> Flags:
        """Whether each slot is what may stand before a title: 米, 前, 元."""
        return self.slots_where(_is_letter)

    @property
    def chambers(self) -> Flags:
        """Whether each slot is a chamber of parliament, short: 上院."""
        return self.slots_where(_is_chamber)

    @property
    def quotes(self) -> Flags:
        """Whether each slot opens a quotation, not a parenthesis."""
        return self.slots_where(_opens_quote)

    def update(self) -> None:
        """Take in the words that the tokeniser met since the last call."""
        words = self.tokeniser.words[self._words :]
        if not words:
            return
        self._words = len(self.tokeniser.words)
        firsts, counts, slots = [], [], []
        number = len(self.slots)
        for word in words:
            parts = word.parts or (word,)
            firsts.append(number)
            counts.append(len(parts))
            slots += [Slot(part, word, n, len(parts)) for n, part in enumerate(parts)]
            number += len(parts)
        self.first_slot = np.append(self.first_slot, firsts)
        self.slot_count = np.append(self.slot_count, counts)
        lengths = [len(word.surface) for word in words]
        self.word_length = np.append(self.word_length, lengths)
        self._add(slots)

    def _add(self, slots: list[Slot]) -> None:
        first = len(self.slots)
        self.slots += slots
        flags = [word_flags(slot.part) for slot in slots] if first else [SPACE]
        self.flags = np.append(self.flags, np.array(flags, np.uint32))
        self.lengths = np.append(
            self.lengths, [len(slot.part.surface) for slot in slots]
        )
        for learn in self._listeners:
            learn(slots, first)


def _is_letter(slot: Slot) -> bool:
    return slot.part.surface in COUNTRIES


def _is_chamber(slot: Slot) -> bool:
    return slot.part.surface in CHAMBERS


def _opens_quote(slot: Slot) -> bool:
    return slot.part.surface in _QUOTES


def is_paper(slot: Slot) -> bool:
    """Tell 英紙, 科学誌 and their like."""
    return slot.part.surface[-1:] in ("紙", "誌")


def _is_title(slot: Slot) -> bool:
    return slot.part.surface in TITLES or (
        slot.place == 0 and slot.whole.surface in TITLES
    )


def _ends_title(slot: Slot) -> bool:
    ends = slot.place == slot.parts - 1
    return slot.part.surface in TITLES or (ends and slot.whole.surface in TITLES)


def _is_body(slot: Slot) -> bool:
    ends = slot.place == slot.parts - 1
    return slot.part.surface in BODIES or (ends and slot.whole.surface in BODIES)


class Numbered:
    """Gives any tokeniser the numbers that the lexicon needs.

    Text that the tokeniser leaves out (spaces) becomes words of its own, so that
    offsets stay sums of lengths.
    """

    def __init__(self, tokeniser: Tokeniser) -> None:
        self._tokeniser = tokeniser
        self.version = tokeniser.version
        self.words: list[Word] = []
        self._numbers: dict[Word, int] = {}

    def numbers(self, piece: str) -> list[int]:
        """Return for each word of a piece its place in ``words``."""
        numbers, at = [], 0
        for token in self._tokeniser.tokens(piece):
            if token.start > at:
                numbers.append(self._number(_gap(piece[at : token.start])))
            word = Word(token.surface, token.pos, *token[4:])
            numbers.append(self._number(word))
            at = token.end
        if at < len(piece):
            numbers.append(self._number(_gap(piece[at:])))
        return numbers

    def forget(self) -> None:
        """Drop all words."""
        self.words.clear()
        self._numbers.clear()

    def _number(self, word: Word) -> int:
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append(word)
        return number


def _gap(text: str) -> Word:
    return Word(text, ("空白", "*", "*", "*", "*", "*"), text, text, text, True)


def numbering(name: str, dictionary: str | None) -> Numbering:
    """Return a tokeniser of one's own that numbers distinct words.

    Raises:
        PluginError: See :func:`termbank.tokenise.tokeniser`.
    """
    if name == "sudachi":
        return SudachiTokeniser("C", dictionary)
    from termbank.tokenise import tokeniser

    return Numbered(tokeniser(name, "C", dictionary))


__all__ = [
    "WORDS_KEPT",
    "Lexicon",
    "Numbered",
    "Numbering",
    "Slot",
    "is_paper",
    "numbering",
]

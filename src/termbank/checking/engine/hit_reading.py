"""A hit among the dictionary's words of its context."""

from __future__ import annotations

from termbank.records import NamedTuple

from .script_runs import KANJI, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .word_context import Word, Words


class Reading(NamedTuple):
    """A hit among the words of its context.

    Attributes:
        context: The text that was analysed.
        at: First code point of the hit.
        stop: One past the last.
        covering: Words that overlap the hit.
        previous: The word before them; None at the beginning.
        following: The word after them; None at the end.
    """

    context: str
    at: int
    stop: int
    covering: Sequence[Word]
    previous: Word | None
    following: Word | None

    @property
    def form(self) -> str:
        """The hit as written."""
        return self.context[self.at : self.stop]

    def surface(self, word: Word | None) -> str:
        """Return a word as written; empty for None."""
        return self.context[word.start : word.end] if word else ""


def reading_of(context: str, at: int, stop: int, words: Words) -> Reading:
    """Return the words of a context with the hit ``context[at:stop]`` among them."""
    words_here = words.of(context)
    covering = [word for word in words_here if word.start < stop and at < word.end]
    first = words_here.index(covering[0])
    last = first + len(covering)
    return Reading(
        context,
        at,
        stop,
        covering,
        words_here[first - 1] if first else None,
        words_here[last] if last < len(words_here) else None,
    )


def to_kana(form: str, better: str) -> bool:
    """Answer whether a rule turns kanji into kana."""
    return KANJI in map(script, form) and KANJI not in map(script, better)


def before_last(hit: Reading) -> Word | None:
    """Return the word before the last one that a hit covers."""
    return hit.covering[-2] if len(hit.covering) > 1 else hit.previous

"""What a dictionary says about the words around an ambiguous hit.

Sudachi is imported and its dictionary opened when the first such hit appears; most runs
of ``termbank check`` never come here.
"""

from __future__ import annotations

from termbank import cache
from termbank.isolation.thread_guard import Guarded
from termbank.records import NamedTuple
from termbank.sudachi_dictionaries import dictionary_file, open_tokeniser, split_mode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# Code points: Sudachi takes 49,149 bytes of normalised text, and ﷺ alone becomes 33.
_AT_ONCE = 900


def signature(dictionary: str) -> str:
    """Return what identifies the dictionary that would be opened, without opening it.

    Args:
        dictionary: small, core or full; empty for the best installed.
    """
    place = dictionary_file(dictionary)
    return cache.signature([place]) if place else ""


class Word(NamedTuple):
    """One word of a context.

    Attributes:
        start: First code point in the context.
        end: One past the last.
        part_of_speech: Six fields of UniDic's scheme.
        unknown: True where no dictionary has it.
        cuts: Ends of its shortest parts, the last one is ``end``.
        normalised: Sudachi's normalised form.
        reading: Katakana.
    """

    start: int
    end: int
    part_of_speech: tuple[str, ...]
    unknown: bool
    cuts: tuple[int, ...]
    normalised: str
    reading: str


class Words:
    """Sudachi in its longest words, with their shortest parts; contexts remembered.

    Args:
        dictionary: small, core or full; empty for the best installed.
    """

    def __init__(self, dictionary: str = "") -> None:
        self._name = dictionary
        self._tokenizer = Guarded(self._open)
        self._seen: dict[str, list[Word]] = {}

    def of(self, context: str) -> list[Word]:
        """Return the words of a short context in order, without a gap."""
        words = self._seen.get(context)
        if words is None:
            words = self._seen[context] = self._analyse(context)
        return words

    def knows(self, form: str) -> bool:
        """Answer whether a form is one word, or one name, of the dictionary."""
        words = self.of(form)
        return len(words) == 1 and not words[0].unknown

    def made_of_known(self, form: str) -> bool:
        """Answer whether a form consists of dictionary words, none of one letter."""
        return all(
            not word.unknown and word.end - word.start > 1 for word in self.of(form)
        )

    def _analyse(self, context: str) -> list[Word]:
        words = []
        for at in range(0, len(context), _AT_ONCE):
            words += self._analyse_piece(context[at : at + _AT_ONCE], at)
        return words

    def _analyse_piece(self, piece: str, at: int) -> list[Word]:
        """Return the words of a piece of a context that begins at a code point."""
        words = []
        with self._tokenizer as (tokenizer, short):
            for morpheme in tokenizer.tokenize(piece):
                start, end = at + morpheme.begin(), at + morpheme.end()
                parts = morpheme.split(short, add_single=False)
                cuts = tuple(at + part.end() for part in parts) or (end,)
                pos = tuple(morpheme.part_of_speech())
                normal, reading = morpheme.normalized_form(), morpheme.reading_form()
                word = Word(start, end, pos, morpheme.is_oov(), cuts, normal, reading)
                words.append(word)
        return words

    def _open(self) -> tuple[Any, Any]:
        return open_tokeniser(self._name), split_mode("A")

"""Sudachi, the default tokeniser."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank.isolation.thread_guard import Guarded
from termbank.sudachi_dictionaries import (
    installed_dictionary,
    open_tokeniser,
    split_mode,
)

from .pieces import pieces
from .token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Key = tuple[str, int, str]  # surface, Sudachi's number, reading where it varies

# Words that no dictionary holds have numbers from here on.
_MADE_UP: Final = 0xF000_0000
# Distinct words kept between texts; about 1 kB each, so at most 200 MB.
_WORDS_KEPT: Final = 200_000


class Word(NamedTuple):
    """What Sudachi knows of one word, wherever it stands.

    Attributes:
        parts: The word in mode A, at least one part; a part's own ``parts`` is empty.
    """

    surface: str
    pos: tuple[str, ...]
    normalised: str
    reading: str
    dictionary_form: str
    oov: bool
    parts: tuple[Word, ...] = ()


class SudachiTokeniser:
    """Words by SudachiPy.

    Args:
        mode: A, B or C.
        dictionary: full, core or small; None for the best installed.

    Attributes:
        version: As in :class:`termbank.tokenise.Tokeniser`.
        words: Every distinct word met since the last :meth:`forget`, in order.
    """

    def __init__(self, mode: str = "C", dictionary: str | None = None) -> None:
        name, number = dictionary_version(dictionary)
        self.version = f"sudachi/{version('sudachipy')} {name}/{number}"
        self._short = split_mode("A")
        # One thread at a time: the words met are one table, and Sudachi refuses two.
        self._tokenizer = Guarded(lambda: open_tokeniser(name, mode))
        self._mode = mode
        self.words: list[Word] = []
        self._numbers: dict[_Key, int] = {}
        # Parts of words and parts of speech come again and again: one object for each.
        self._parts_met: dict[_Key, Word] = {}
        self._pos: dict[int, tuple[str, ...]] = {}

    def tokens(self, text: str) -> Iterator[Token]:
        """Yield the words of a text of any length, in order; line ends are left out."""
        for offset, piece in pieces(text):
            start = offset
            # Taken at once: another reader may make this object forget in between.
            with self._tokenizer as tokenizer:
                numbers = self._numbers_of(tokenizer, piece)
                words = [self.words[number] for number in numbers]
                self._forget_when_full()
            for word in words:
                end = start + len(word.surface)
                yield Token(word.surface, start, end, *word[1:6])
                start = end

    def numbers(self, piece: str) -> list[int]:
        """Return for each word of a piece (see :func:`pieces`) its place in ``words``.

        The words follow one another without a gap, so that offsets are sums of
        lengths; a word met before costs one look-up.
        """
        with self._tokenizer as tokenizer:
            return self._numbers_of(tokenizer, piece)

    def _numbers_of(self, tokenizer: Any, piece: str) -> list[int]:
        numbers, token_numbers = self._numbers, []
        for morpheme in tokenizer.tokenize(piece):
            key = _key(morpheme)
            number = numbers.get(key)
            if number is None:
                if not key[0]:
                    continue
                number = numbers[key] = len(self.words)
                self.words.append(self._word(morpheme, key[0], self._parts(morpheme)))
            token_numbers.append(number)
        return token_numbers

    def forget(self) -> None:
        """Drop all words met so far; numbers given before lose their meaning."""
        self.words.clear()
        self._numbers.clear()
        self._parts_met.clear()

    def _forget_when_full(self) -> None:
        if len(self.words) > _WORDS_KEPT:
            self.forget()

    def _parts(self, morpheme: Any) -> tuple[Word, ...]:
        if self._mode == "A":
            return ()
        parts = morpheme.split(self._short, add_single=False)
        # 2026-11: SudachiPy splits ㍿ into ㍿ and an empty part.
        return tuple(self._part(part) for part in parts if part.surface())

    def _part(self, morpheme: Any) -> Word:
        key = _key(morpheme)
        if key not in self._parts_met:
            self._parts_met[key] = self._word(morpheme, key[0], ())
        return self._parts_met[key]

    def _word(self, morpheme: Any, surface: str, parts: tuple[Word, ...]) -> Word:
        number = morpheme.part_of_speech_id()
        if number not in self._pos:
            self._pos[number] = tuple(map(sys.intern, morpheme.part_of_speech()))
        return Word(
            surface,
            self._pos[number],
            _same_object(morpheme.normalized_form(), surface),
            _same_object(morpheme.reading_form(), surface),
            _same_object(morpheme.dictionary_form(), surface),
            morpheme.is_oov(),
            parts,
        )


def _key(morpheme: Any) -> _Key:
    """Return what tells a word from all others.

    Numerals that Sudachi joins have one number for all, and are read by their
    neighbours: 一 is ヒト or イチ.
    """
    surface, number = morpheme.surface(), morpheme.word_id()
    if number < _MADE_UP:
        return surface, number, ""
    return surface, number, morpheme.reading_form()


def dictionary_version(name: str | None) -> tuple[str, str]:
    """Return name and version of a Sudachi dictionary: ``name``, else the best.

    Raises:
        PluginError: It is not installed; the error says what to install.
    """
    dictionary = installed_dictionary(name)
    try:
        return dictionary, version(f"sudachidict_{dictionary}")
    except PackageNotFoundError:
        return dictionary, "unknown"


def _same_object(form: str, surface: str) -> str:
    """Return the surface's own object where the form is the same or there is none."""
    return surface if not form or form == surface else form

"""Katakana names looked for in English texts, all names and all texts at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

import numpy as np

from termbank.text.kana import SEPARATORS

from . import known_names
from .name_parts import initial_fits, parts_of, words_of
from .romaji import symbols
from .spelling import fits_of, score_of, standing_worth
from .text_spans import Standing, standings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Katakana with initials and separators; kanji have readings and hiragana are words of
# the language: の内部, ため and サーバー名 are no names.
_NAME: Final = re.compile(
    rf"(?:[ァ-ヺー]+|[A-Z]\.?)(?:[{SEPARATORS}]?(?:[ァ-ヺー]+|[A-Z]\.?))*"
)
_SHORTEST: Final = 3  # kana; キー and エル may spell anything
_LONGEST_ACRONYM: Final = 4  # letters; KI and NATO are read out, not spelled in kana
_NAMED_TEXTS: Final = 3  # texts named as evidence


class Found(NamedTuple):
    """The English of a name.

    Attributes:
        form: Katakana name.
        spelling: As the texts write it.
        score: 0-100.
        texts: Names of up to three texts that hold it.
    """

    form: str
    spelling: str
    score: float
    texts: tuple[str, ...]


def spellings_in(
    forms: Iterable[str], texts: Mapping[str, str], *, at_least: float
) -> Iterator[Found]:
    """Yield the likeliest spelling of each name that the texts hold.

    Args:
        forms: Japanese forms; what is no katakana name is passed over.
        texts: English texts by name.
        at_least: Lowest score of an answer, 0-100.
    """
    order = sorted(texts)
    stretches: dict[int, _Stretches] = {}
    for form in forms:
        parts = parts_of(form)
        if not is_name(form) or not parts:
            continue
        if len(parts) not in stretches:
            every = [texts[name] for name in order]
            stretches[len(parts)] = _Stretches(standings(every, len(parts)))
        best = stretches[len(parts)].best(form, parts)
        if best is not None and best[1] >= at_least:
            where = [name for name in order if best[0] in texts[name]]
            yield Found(form, *best, tuple(where[:_NAMED_TEXTS]))


def is_name(form: str) -> bool:
    """Return whether a form may be a name that English spells by its sound.

    >>> is_name("ルーク・コフィー"), is_name("の内部"), is_name("キー"), is_name("ため")
    (True, False, False, False)
    """
    plain = normalize("NFKC", form)
    kana = sum("ァ" <= char <= "ヺ" or char == "ー" for char in plain)
    return kana >= _SHORTEST and _NAME.fullmatch(plain) is not None


class _Stretches:
    """The stretches of all texts, by the letters that their words begin with."""

    def __init__(self, standing_of: Mapping[str, Standing]) -> None:
        self._stands = {
            span: stands
            for span, stands in standing_of.items()
            if not _is_acronym(span)
        }
        self._by_letter: dict[str, list[str]] = {}
        self._by_word: dict[str, list[str]] = {}
        for span in self._stands:
            words = words_of(span)
            for letter in sorted({word[0] for word in words}):
                self._by_letter.setdefault(letter, []).append(span)
            if len(words) == 1:
                self._by_word.setdefault(words[0], []).append(span)

    def best(self, form: str, parts: Sequence[str]) -> tuple[str, float] | None:
        likely = self._likely(parts)
        if not likely:
            return None
        worth = [standing_worth(self._stands[span]) for span in likely]
        fits = fits_of(form, likely) + np.array(worth)
        at = int(np.argmax(fits))
        return likely[at], score_of(float(fits[at]))

    def _likely(self, parts: Sequence[str]) -> list[str]:
        """Return the stretches whose letters may write a part, in the order of the text."""
        spoken = [symbols(part) for part in parts if not part.isascii()]
        chosen = {
            span
            for letter, spans in self._by_letter.items()
            if any(initial_fits(sounds, letter) for sounds in spoken)
            for span in spans
        }
        for sounds in spoken:  # Geneva for ジュネーブ begins as nothing tells
            for spelling in known_names.spellings_of(sounds):
                chosen.update(self._by_word.get(spelling, ()))
        return [span for span in self._stands if span in chosen]


def _is_acronym(span: str) -> bool:
    return span.isupper() and len(span) <= _LONGEST_ACRONYM

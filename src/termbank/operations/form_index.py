"""Forms and readings of a glossary, found as one types: by beginning, part, likeness."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from termbank.text.normalise import norm
from termbank.text.sounds import SHORTEST, sound_of_kana, sound_of_latin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LAST: Final = "\U0010ffff"  # sorts behind every character
_BETWEEN: Final = "\n"  # stands in no form
_HIRAGANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_ALIKE: Final = 0.7  # of 1; lower finds other words than the one that was meant
_MOST: Final = 200  # of hits by part or likeness; nobody reads more while typing


class FormIndex:
    """An index over (form or reading, concept) pairs.

    Args:
        pairs: Forms in any width and case, each with its concept.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = sorted({(norm(form), concept) for form, concept in pairs})
        self._forms = [form for form, _ in self._pairs]
        self._text = _BETWEEN + _BETWEEN.join(self._forms) + _BETWEEN
        self._starts: list[int] = []
        self._sounds: list[tuple[str, str]] | None = None

    def beginning(self, typed: str) -> Iterator[str]:
        """Yield the concepts with a form that begins so; hiragana meets katakana."""
        key = norm(typed)
        for form in dict.fromkeys((key, key.translate(_HIRAGANA))):
            first = bisect_left(self._pairs, (form, ""))
            last = bisect_left(self._pairs, (form + _LAST, ""))
            for _, concept in self._pairs[first:last]:
                yield concept

    def holding(self, typed: str) -> Iterator[str]:
        """Yield the concepts with a form that holds a text, at most 200."""
        key = norm(typed)
        if not key or _BETWEEN in key:
            return
        if not self._starts:
            place = 1
            for form in self._forms:
                self._starts.append(place)
                place += len(form) + 1
        at = self._text.find(key)
        for _ in range(_MOST):
            if at < 0:
                return
            number = bisect_left(self._starts, at + 1) - 1
            yield self._pairs[number][1]
            at = self._text.find(key, at + 1)

    def heard(self, typed: str) -> Iterator[str]:
        """Yield the concepts with a katakana form that sounds as romaji begins."""
        sound = sound_of_latin(norm(typed))
        if len(sound) < SHORTEST:
            return
        if self._sounds is None:
            heard = ((sound_of_kana(form), concept) for form, concept in self._pairs)
            self._sounds = sorted(pair for pair in heard if pair[0])
        first = bisect_left(self._sounds, (sound, ""))
        last = bisect_left(self._sounds, (sound + _LAST, ""))
        for _, concept in self._sounds[first:last]:
            yield concept

    def alike(self, typed: str) -> Iterator[str]:
        """Yield the concepts with a form like a misspelt one, the likest first."""
        from rapidfuzz import process
        from rapidfuzz.distance import Levenshtein

        key = norm(typed)
        for form in dict.fromkeys((key, key.translate(_HIRAGANA))):
            matches = process.extract(
                form,
                self._forms,
                scorer=Levenshtein.normalized_similarity,
                score_cutoff=_ALIKE,
                limit=20,
            )
            for _, _, number in matches:
                yield self._pairs[number][1]

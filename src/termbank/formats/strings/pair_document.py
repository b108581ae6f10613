"""A string table and its counterpart in another language, as units edited in place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from termbank.errors import FormatError, InputError
from termbank.formats.model.bilingual_units import splices_of
from termbank.formats.model.language_check import units_with_possible_languages
from termbank.formats.model.spliced_bytes import spliced
from termbank.messages import say
from termbank.text.language_tags import is_same_language, primary_language

from .counterparts import BASE, counterparts, language_of_path
from .key_pairing import sentences_of_keys, units_by_key
from .languages_held import chosen_pairs
from .table_sides import Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.bilingual_units import BilingualUnit, TargetEdit

    from .table_sides import Reading

# What a pair is in where neither the files nor the caller say it.
_USUAL: Final = ("en", "ja")
_LIKELY: Final = ("ja", "en", BASE)


class PairDocument:
    """A file, its counterpart, and all that is needed to write the translation again.

    Attributes:
        name: Name of the format.
        path: The file whose targets are edited.
        text: Its text; offsets count in it.
        codec: Python's name of its encoding.
        warnings: What a person should know.
        alone: What was found and what would be right where a file has no counterpart;
            None where it has, or holds both languages.
        marks_drafts: Whether a translation can be marked as one to be reviewed.
    """

    marks_drafts: Final = False

    def __init__(
        self, name: str, reading: Reading, path: str, content: bytes | None
    ) -> None:
        """Read a file.

        Raises:
            FormatError: It is broken.
            InputError: It cannot be read.
        """
        self._reading, self._given = reading, Side(reading, path, content)
        self.name = name
        self.warnings: list[str] = []
        self.alone: tuple[str, str] | None = None
        self._chosen: tuple[str | None, str | None] | None = None
        self._source, self._target = self._given, self._given
        self._inner: list[Side] = []
        self._langs: dict[str, str] = {}
        if self._is_bilingual:
            self._langs = {"": path}
        elif inner := self._given.of_roots():
            self._inner = inner
        else:
            self._langs = counterparts(path)
            own = next((la for la, place in self._langs.items() if place == path), BASE)
            self._given.lang = (
                self._given.lang or own or language_of_path(path) or self._guess()
            )
            self._choose(None, None)

    @property
    def path(self) -> str:
        """The file whose targets are edited."""
        return self._target.path

    @property
    def text(self) -> str:
        """Text of the file whose targets are edited."""
        return self._target.text

    @property
    def codec(self) -> str:
        """Python's name of the encoding of that file."""
        return self._target.codec

    @property
    def _is_bilingual(self) -> bool:
        return self._reading.units is not None

    def _guess(self) -> str:
        return "ja" if self._given.is_japanese else "en"

    def read(
        self, *, source: str | None = None, target: str | None = None
    ) -> Iterator[BilingualUnit]:
        """Yield the units one after another, as :meth:`units` returns them."""
        yield from self.units(source=source, target=target)

    def units(
        self, *, source: str | None = None, target: str | None = None
    ) -> list[BilingualUnit]:
        """Return the pairs in the order of the source.

        Args:
            source: Language of the sources, where there are several or none is named.
            target: Language of the targets, likewise.
        """
        if self._reading.units is not None:
            read_units = self._reading.units(
                self.text, source=source, target=target, path=self.path
            )
            units = list(read_units)
            if self._reading.warnings is not None:
                self.warnings = self._reading.warnings(self.text)
        else:
            if self._inner:
                self._choose_inner(source, target)
            else:
                self._choose(source, target)
            join = self._reading.joined or units_by_key
            units = join(self._source, self._target)
        units = list(units_with_possible_languages(units, self.path))
        for number, unit in enumerate(units):
            unit.number = number
            unit.segment.origin = os.path.basename(self.path)
        return units

    def refuse_alone(self) -> None:
        """Raise where the file has no counterpart and so holds no pairs.

        Raises:
            InputError: With what would be right.
        """
        if self.alone is not None:
            raise InputError(self._given.path, *self.alone)

    def edited(
        self, units: Iterable[BilingualUnit], edits: Iterable[TargetEdit]
    ) -> bytes:
        """Return the bytes of the translated file with some targets changed.

        Raises:
            IndexError: An edit names a unit or characters that are not there.
            ValueError: Two edits change the same characters.
            FormatError: A text cannot be written in the encoding of the file.
        """
        splices = splices_of(self.text, units, edits)
        side = self._target
        return spliced(side.content, side.text, side.codec, splices, self._encode)

    def _encode(self, text: str) -> bytes:
        if self._reading.beyond is not None:
            text = self._reading.beyond(text, self.codec)
        try:
            return text.encode(self.codec)
        except UnicodeEncodeError as fault:
            char = fault.object[fault.start]
            problem = say(
                f"{self.codec} にない文字 {char}", f"{char} outside {self.codec}"
            )
            expected = say("UTF-8 のファイル", "a file in UTF-8")
            raise FormatError(self.path, 1, problem, expected) from None

    def _choose(self, source: str | None, target: str | None) -> None:
        """Find the two files for two languages; the caller's words decide."""
        if self._chosen == (source, target):
            return
        self._chosen = (source, target)
        self.warnings, self.alone = [], None
        own_side, own = self._given, self._given.lang
        other = self._counterpart(own, source, target)
        if other is None:
            self._alone()
            return
        lang, side = other
        if not side.lang:
            side.lang = lang or _base_language(side, own)
        if not self._langs_name(own_side.path):
            own_side.lang = _base_language(own_side, side.lang)
        self._source, self._target = own_side, side
        if self._is_target(own_side, side, source, target):
            self._source, self._target = side, own_side

    def _choose_inner(self, source: str | None, target: str | None) -> None:
        """Take two of the languages under which the values of one file stand."""
        sides = {side.lang: side for side in self._inner}
        pairs = chosen_pairs(list(sides), source, target)
        first, second = pairs[0] if pairs else ("", "")
        own_side = self._given
        self._source = sides.get(first) or own_side.of_texts([], source or "")
        self._target = sides.get(second) or own_side.of_texts([], target or "")

    def _langs_name(self, path: str) -> bool:
        """Whether the name of a file says its language."""
        return any(lang and place == path for lang, place in self._langs.items())

    def _alone(self) -> None:
        """Take the values of a file without a counterpart as texts to translate.

        Where its keys are sentences, they are the sources of its values.
        """
        self._source = self._target = self._given
        own = self._given.lang
        keys = sentences_of_keys(self._given)
        if keys is not None:
            self._source = keys
            return
        problem = say(
            f"{own} だけ。訳のファイルが隣にありません",
            f"only {own}; no file in another language beside it",
        )
        right = say(
            "言語を名に持つ二つのファイル (en.json と ja.json、values と values-ja)",
            "two files with the language in their names (en.json and ja.json, "
            "values and values-ja)",
        )
        self.alone = (problem, right)
        self.warnings = [f"{problem}; {right}"]

    def _counterpart(
        self, own: str, source: str | None, target: str | None
    ) -> tuple[str, Side] | None:
        others = {la: p for la, p in self._langs.items() if p != self._given.path}
        asked_langs = [
            la for la in (source, target) if la and not is_same_language(la, own)
        ]
        likely = [
            lang for lang in _LIKELY if not lang or not is_same_language(lang, own)
        ]
        for lang in (*asked_langs, *likely):
            for name, place in sorted(others.items()):
                if name == lang or (lang and is_same_language(name, lang)):
                    return name, Side(self._reading, place, None)
        if asked_langs and BASE not in others:
            return None
        if len(others) == 1:
            ((name, place),) = others.items()
            return name, Side(self._reading, place, None)
        return None

    def _is_target(
        self, own_side: Side, other: Side, source: str | None, target: str | None
    ) -> bool:
        """Whether the given file is the translation of the other one."""
        if source or target:
            for mine, theirs, answer in (
                (own_side, other, False),
                (other, own_side, True),
            ):
                if source and is_same_language(mine.lang, source):
                    return answer
                if target and is_same_language(theirs.lang, target):
                    return answer
        first = _original(own_side, other, self._langs)
        second = other if first is own_side else own_side
        # Who fills gaps of the original has the translation first.
        if first.has_gaps_beside(second) and not second.has_gaps_beside(first):
            first = second
        return first is not own_side


def _original(own_side: Side, other: Side, langs: dict[str, str]) -> Side:
    base = langs.get(BASE)
    for side in (own_side, other):
        if side.path == base:
            return side
    for side in (own_side, other):
        if primary_language(side.lang) == "en":
            return side
    return min(own_side, other, key=lambda side: side.lang)


def _base_language(side: Side, other: str) -> str:
    """Return the language of a file whose name says none."""
    if side.is_japanese:
        return "ja"
    return "en" if primary_language(other) != "en" else "und"

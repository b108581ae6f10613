"""A name found is found everywhere in its document, as a whole and by its short forms.

What stands once with a title, in a full name or in a sentence the model is sure of, stands
elsewhere bare: ザラテ after パズ・ザラテ, 日本 in brackets, 習氏 after 習近平. Here the text is
searched for the forms of the names found in it. Words that are common in the document or,
for products and events, common in Japanese, are left alone.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from termbank.mining.tokens.token_flags import (
    JOINER,
    KANJI,
    KATAKANA,
    LATIN,
    NOUN,
    NUMERAL,
    PROPER,
    SPACE,
    SUFFIX,
    UNKNOWN,
)
from termbank.mining.tokens.word_statistics import general
from termbank.table_columns import KINDS

from .name_patterns import rows_of
from .name_rules import Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Sheet

_PERSON, _PLACE, _BODY = map(KINDS.index, ("person", "place", "organization"))
_TRUSTED: Final = (_PERSON, _PLACE, _BODY)
# Of a form's places that stand alone, as many at least were found to be names.
_LEAST_SHARE: Final = 0.2
# Rank doublings below which a word is common (14: the 16,000th), as across documents.
_COMMON: Final = 14.0
_FOREIGN: Final = KATAKANA | LATIN | JOINER


class _Form(NamedTuple):
    """A form to look for in one text.

    Attributes:
        kind: Place in ``KINDS``.
        found: How often it was found to be a name.
        titled_only: Whether only places before a title count.
    """

    kind: int
    found: int
    titled_only: bool


def with_repeated(
    texts: Sequence[str],
    sheet: Sheet,
    lexicon: Lexicon,
    names: Sequence[Name],
    kinds: NDArray[np.int64],
) -> tuple[list[Name], NDArray[np.int64]]:
    """Return names and kinds with the other places of the same forms, text by text.

    Args:
        texts: Texts of the sheet.
        sheet: Their words.
        lexicon: The words.
        names: Names found, in order.
        kinds: Their kinds.
    """
    bounds = np.searchsorted(sheet.texts, np.arange(len(texts) + 1)).tolist()
    of_text: dict[int, list[tuple[Name, int]]] = defaultdict(list)
    for name, kind in zip(names, kinds.tolist(), strict=True):
        of_text[int(sheet.texts[name.first])].append((name, kind))
    out: dict[Name, int] = dict(zip(names, kinds.tolist(), strict=True))
    for number, text_names in of_text.items():
        search = _Search(texts[number], sheet, lexicon, bounds[number : number + 2])
        out |= search.repeated(text_names)
    in_order = sorted(out)
    return in_order, np.array([out[name] for name in in_order], np.int64)


class _Search:
    """One text with its words."""

    def __init__(
        self, text: str, sheet: Sheet, lexicon: Lexicon, bounds: Sequence[int]
    ) -> None:
        self.text, self.sheet, self.lexicon = text, sheet, lexicon
        self.low, self.high = bounds

    def repeated(self, found: Sequence[tuple[Name, int]]) -> Iterator[tuple[Name, int]]:
        """Yield the further places of the forms of some names, longest forms first."""
        forms = self._forms(found)
        is_used = np.zeros(self.high - self.low + 1, bool)
        for name, _ in found:
            is_used[name.first - self.low : name.last - self.low] = True
        for surface in sorted(forms, key=lambda form: (-len(form), form)):
            form = forms[surface]
            places = [
                name
                for name in rows_of(
                    self.sheet, self.low, self.high, self._spans(surface)
                )
                if not is_used[name.first - self.low : name.last - self.low].any()
            ]
            standing = [name for name in places if self._stands(name)]
            with_title = [name for name in places if self._has_title(name)]
            share = form.found / (form.found + len(standing))
            if form.titled_only or share < _LEAST_SHARE:
                standing = []
            for name in dict.fromkeys([*standing, *with_title]):
                is_used[name.first - self.low : name.last - self.low] = True
                yield name, form.kind

    def _forms(self, names: Sequence[tuple[Name, int]]) -> dict[str, _Form]:
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        families: dict[str, Counter[int]] = defaultdict(Counter)
        for name, kind in names:
            counts[self._surface(name)][kind] += 1
            if kind == _PERSON:
                for part in self._parts(name):
                    counts[self._surface(part)][kind] += 1
                if family := self._family(name):
                    families[family][kind] += 1
        forms = {
            surface: _Form(
                _commonest(kinds), kinds.total(), self._is_common(surface, kinds)
            )
            for surface, kinds in counts.items()
            if len(surface) > 1
        }
        for surface, kinds in families.items():
            forms.setdefault(surface, _Form(_PERSON, kinds.total(), len(surface) < 2))
        return forms

    def _surface(self, name: Name) -> str:
        start, end = self.sheet.starts[name.first], self.sheet.ends[name.last - 1]
        return self.text[start:end]

    def _parts(self, name: Name) -> Iterator[Name]:
        """Yield the parts of a joined foreign name: ワリド and ムアレム of ワリド アル ムアレム."""
        flags = self.sheet.flags[name.first : name.last]
        seams = np.flatnonzero((flags & (JOINER | SPACE)) != 0)
        if not len(seams) or (flags & KANJI).any():
            return
        edges = [-1, *seams.tolist(), len(flags)]
        for before, after in itertools.pairwise(edges):
            first, last = name.first + before + 1, name.first + after
            if (
                last > first
                and self.sheet.ends[last - 1] - self.sheet.starts[first] > 2
            ):
                yield Name(first, last)

    def _family(self, name: Name) -> str:
        """Return the family name of a full name in kanji: 習 of 習近平; "" for none."""
        flags = self.sheet.flags[name.first : name.last]
        surface = self._surface(name)
        if not ((flags & KANJI) != 0).all():
            return ""
        if len(flags) > 1:
            return self._surface(Name(name.first, name.first + 1))
        # A full name of three characters that the dictionary has whole is Chinese or Korean.
        return surface[0] if len(surface) == 3 else ""

    def _is_common(self, surface: str, kinds: Counter[int]) -> bool:
        if _commonest(kinds) in (_PLACE, _BODY):
            return False
        if _commonest(kinds) == _PERSON and not self._is_word(surface):
            return False
        return bool(general().doublings([surface])[0] < _COMMON)

    def _is_word(self, surface: str) -> bool:
        """Tell a common noun of the dictionary: グラム, not ゼレンスキー."""
        start = self.text.find(surface)
        for name in rows_of(
            self.sheet, self.low, self.high, [(start, start + len(surface))]
        ):
            flags = self.sheet.flags[name.first : name.last]
            return len(flags) == 1 and not (flags & (PROPER | UNKNOWN)).any()
        return False

    def _spans(self, surface: str) -> Iterator[tuple[int, int]]:
        at = self.text.find(surface)
        while at >= 0:
            yield at, at + len(surface)
            at = self.text.find(surface, at + len(surface))

    def _stands(self, name: Name) -> bool:
        """Tell whether a form is no part of a longer word or name where it stands."""
        flags = self.sheet.flags
        before = flags[name.first - 1] if self._joins(name.first - 1) else 0
        after = flags[name.last] if self._joins(name.last) else 0
        inner = flags[name.first : name.last]
        if (inner & (KATAKANA | LATIN)).any() and not (inner & KANJI).any():
            return not (before & (_FOREIGN | NUMERAL) or after & _FOREIGN)
        return not before & NOUN and not (after & NOUN and not after & SUFFIX)

    def _joins(self, row: int) -> bool:
        """Tell whether a row is of this text and beside the one that asks."""
        return self.low <= row < self.high

    def _has_title(self, name: Name) -> bool:
        return self._joins(name.last) and bool(
            self.lexicon.titles[self.sheet.slots[name.last]]
        )


def _commonest(kinds: Counter[int]) -> int:
    return min(kinds, key=lambda kind: (-kinds[kind], kind))

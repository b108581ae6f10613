"""Names of tools and products in technical text, by the shape of their Latin letters.

In Japanese technical text a capitalised word is a proper name far more often than not, and
the trained model, which saw little of such text, cannot tell. Here the shape decides: humps
(FastAPI), a version (OAuth2), a dot (Node.js), a capital that no lower-case twin in the same
text takes back. Loanwords of the dictionary in Latin letters (Web, Error), words in capitals
throughout (API, HTTP) and English sentences are none.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.mining.tokens.token_flags import (
    CAPITAL,
    FUNCTION_WORDS,
    JOINER,
    KATAKANA,
    LATIN,
    NUMERAL,
    PERSON,
    PLACE,
    PROPER,
    SPACE,
    UNKNOWN,
)

from .name_patterns import merge_names, rows_of
from .name_rules import Name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from numpy.typing import NDArray

    from termbank.mining.tokens.token_lexicon import Lexicon
    from termbank.mining.tokens.token_table import Sheet

_WORD: Final = (
    r"[A-Za-z][A-Za-z0-9]*(?:\.(?:js|ts|io|NET|py|rs|app|dev|jp|com)\b)?(?:\+\+|#)?"
)
_TOKEN: Final = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z0-9]*(?![A-Za-z0-9])")
# A stretch of Latin words; beside it stands nothing that makes it code or a path.
_STRETCH: Final = re.compile(
    rf"(?<![\w./@#$:~-])\.?{_WORD}(?:[ -]{_WORD})*(?![\w(=/@~]|\.\w|:\w|-\w)",
    re.ASCII,
)
_LONGEST: Final = 4  # words; a longer row of Latin words is a sentence or a headline
_CAPITAL: Final = re.compile(r"[A-Z]")
_HUMPS: Final = re.compile(r"[a-z0-9][A-Z]|[A-Z]{2}[a-z]|\.[a-zA-Z]|[A-Za-z]\d")
# Ends of English verbs, adjectives and abstract nouns: Checking, Obvious, Composition.
_INFLECTED: Final = re.compile(
    r"\w{3}(?:ings?|ed|ous|[st]ions?|ly|ness|ments?|[ai]ble)$"
)
_LOWER: Final = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")
_ENGLISH: Final = FUNCTION_WORDS | frozenset(
    "not you your if when how what why use using vs can we i".split()  # noqa: SIM905
)
_FULL_NAME: Final = 3  # rows: a given name, a space, a family name
# Keys of a keyboard are no products.
_KEYS: Final = frozenset(
    [
        "Ctrl",
        "Control",
        "Shift",
        "Alt",
        "Cmd",
        "Command",
        "Enter",
        "Return",
        "Esc",
        "Escape",
        "Tab",
        "Space",
        "Delete",
        "Backspace",
        "Home",
        "End",
        "PageUp",
        "PageDown",
    ]
)
_HONORIFIC: Final = ("さん", "氏", "様", "くん", "博士", "教授")


def latin_names(
    texts: Sequence[str],
    whole: Sequence[str],
    sheet: Sheet,
    lexicon: Lexicon,
    technical: NDArray[np.bool_],
) -> list[Name]:
    """Return the names of tools and products in the technical ones of some texts.

    Args:
        texts: Texts of the sheet.
        whole: The same with their code; a word that stands in code more often than in
            prose is the name of a part of a program, which is none.
        sheet: Their words.
        lexicon: The words, for what the dictionary says of each.
        technical: Which texts are.
    """
    bounds = np.searchsorted(sheet.texts, np.arange(len(texts) + 1)).tolist()
    names: list[Name] = []
    for number in np.flatnonzero(technical).tolist():
        low, high = bounds[number : number + 2]
        words = _Words(sheet, lexicon, low, high)
        spans = list(_spans(texts[number], whole[number], words))
        names += rows_of(sheet, low, high, spans)
    return names


def with_tools(
    sheet: Sheet,
    lexicon: Lexicon,
    names: Sequence[Name],
    tools: Collection[Name],
    technical: NDArray[np.bool_],
) -> list[Name]:
    """Return the names with those of tools in place of what overlaps them.

    In a technical text a longer name around one of a tool is a common noun with the tool
    before it (Pythonエディター, Vue のテンプレート), unless it is all Latin; and any other
    needs evidence: words that the dictionary has as proper, or a title after it.
    """
    if not technical.any():
        return list(names)
    others = []
    for name in names:
        latin = _latin(sheet.flags[name.first : name.last])
        fits = _is_evident(sheet, lexicon, name) and (
            latin or not _overlaps(name, tools)
        )
        if fits or not technical[sheet.texts[name.first]]:
            others.append(name)
    return merge_names(tools, others)


def _latin(flags: NDArray[np.uint32]) -> bool:
    return bool(((flags & (LATIN | SPACE | NUMERAL | JOINER)) != 0).all())


def _is_evident(sheet: Sheet, lexicon: Lexicon, name: Name) -> bool:
    """Tell names of words that are proper throughout, of bodies, and before titles."""
    rows = sheet.flags[name.first : name.last]
    # Scott Hayden: a given name that the dictionary knows, and a capital after it.
    if rows[0] & PERSON and _latin(rows) and len(rows) == _FULL_NAME:
        return bool(rows[-1] & CAPITAL)
    lower = ((rows & LATIN) != 0) & ((rows & CAPITAL) == 0)
    proper = (rows & (PROPER | PERSON | JOINER | SPACE | NUMERAL)) != 0
    # ティア and クリック are given names of the dictionary: a dot or a title must join them.
    bare = ((rows & KATAKANA) != 0).all() and not ((rows & PLACE) != 0).all()
    if proper.all() and not lower.any() and not bare:
        return True
    body = lexicon.bodies[sheet.slots[name.last - 1]] and (rows & PROPER).any()
    return bool(body) or _has_title(sheet, lexicon, name)


def _has_title(sheet: Sheet, lexicon: Lexicon, name: Name) -> bool:
    after = sheet.slots[name.last : name.last + 2]
    return bool(lexicon.titles[after].any())


def _overlaps(name: Name, others: Collection[Name]) -> bool:
    return any(
        Name(first, last) in others
        for first in range(name.first, name.last)
        for last in range(first + 1, name.last + 1)
    )


class _Words:
    """What the dictionary says of the Latin words of one text, by their surface.

    Args:
        sheet: Words of the batch.
        lexicon: The words.
        low: First row of the text.
        high: One past its last row.
    """

    def __init__(self, sheet: Sheet, lexicon: Lexicon, low: int, high: int) -> None:
        latin = (sheet.flags[low:high] & LATIN) != 0
        self._readings: dict[str, list[tuple[int, str]]] = {}
        for number in np.unique(sheet.slots[low:high][latin]).tolist():
            part = lexicon.slots[number].part
            reading = int(lexicon.flags[number]), part.normalised
            self._readings.setdefault(part.surface, []).append(reading)

    def common(self, word: str) -> bool:
        """Tell Web (ウェブ) and Note (note): words the dictionary has as common nouns."""
        readings = self._readings.get(word, ())
        return any(
            not flags & (UNKNOWN | PROPER) and not _CAPITAL.match(normal)
            for flags, normal in readings
        ) and not self.proper(word)

    def proper(self, word: str) -> bool:
        """Tell what the dictionary has as a proper name, in one of its readings."""
        return any(flags & PROPER for flags, _ in self._readings.get(word, ()))

    def personal(self, word: str) -> bool:
        """Tell what the dictionary has as the name of people."""
        return any(flags & PERSON for flags, _ in self._readings.get(word, ()))


def _spans(text: str, whole: str, words: _Words) -> Iterator[tuple[int, int]]:
    lower = Counter(_LOWER.findall(text))
    stretches = list(_STRETCH.finditer(text))
    upper = Counter(word for match in stretches for word in match.group().split(" "))
    in_all = Counter(_TOKEN.findall(whole)) if whole is not text else Counter()
    parts_of_code = {word for word, times in upper.items() if in_all[word] >= 2 * times}
    for match in stretches:
        parts = match.group().split(" ")
        words_in = re.split("[ -]", match.group().lower())
        if not _ENGLISH.isdisjoint(words_in) or len(parts) > _LONGEST:
            continue
        if text.startswith(_HONORIFIC, match.end()) or match.group() in parts_of_code:
            continue
        for first, last in _name_parts(parts, words, lower, upper):
            start = match.start() + sum(len(part) + 1 for part in parts[:first])
            end = start + len(" ".join(parts[first:last]))
            if not _is_expansion(text, start, end):
                yield start, end


def _is_expansion(text: str, start: int, end: int) -> bool:
    """Tell Graphical User Interface (GUI) and GUI (Graphical User Interface)."""
    letters = "".join(word[0] for word in text[start:end].split(" "))
    if len(letters) < 2:
        return False
    after = text[end : end + len(letters) + 2].strip(" （(")
    before = text[max(0, start - len(letters) - 2) : start].strip(" （(")
    return after.startswith(letters) or before.endswith(letters)


def _name_parts(
    parts: Sequence[str], words: _Words, lower: Counter[str], upper: Counter[str]
) -> Iterator[tuple[int, int]]:
    """Yield which parts of a stretch are names: its rows of capitalised words."""
    at = 0
    while at < len(parts):
        end = at
        while end < len(parts) and _CAPITAL.match(parts[end]):
            end += 1
        group = parts[at:end]
        proper = any(_is_proper(part, words, lower, upper) for part in group)
        # VS Code, JSON Schema: letters and a word make a name though neither is one.
        has_letters = len(group) > 1 and group[0].isupper() and not group[-1].isupper()
        people = group and words.personal(group[0]) and len(group) in (1, 2)
        keys = not _KEYS.isdisjoint(group)
        if (proper or has_letters) and not people and not keys:
            yield at, end
        at = max(end, at + 1)


def _is_proper(
    word: str, words: _Words, lower: Counter[str], upper: Counter[str]
) -> bool:
    if word.isupper() or len(word) < 2:
        return False
    if words.proper(word):
        return True
    if _HUMPS.search(word):
        return True
    if _INFLECTED.search(word):
        return False
    return not words.common(word) and 2 * lower[word.lower()] <= upper[word]

"""Numbers of a segment as readers count them, to be compared with those of another.

10,000 and 1万, twelve and 12, October and 10月 are equal. Only numbers of two digits and
more are asked for: a smaller one is as often written in words, or not at all.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from .unrendered_text import rendered_text

_NUMBER = re.compile(
    r"(?<![\w.:/-])\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.:/-])\d+(?:\.\d+)?"
)
_SCALED = re.compile(
    r"(\d[\d,]*(?:\.\d+)?)[ ]?(兆|億|万|千|trillion|billion|million|thousand|k\b|m\b)?"
)
_SCALES = {
    "兆": 10**12, "億": 10**8, "万": 10**4, "千": 1000, "trillion": 10**12,
    "billion": 10**9, "million": 10**6, "thousand": 1000, "k": 1000, "m": 10**6,
}  # fmt: skip
_WORDS = {
    name: value
    for value, names in {
        10: "ten october", 11: "eleven november", 12: "twelve december dozen",
        13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen",
        18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty",
        50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
        100: "hundred", 1000: "thousand", 10**6: "million",
    }.items()
    for name in names.split()
}  # fmt: skip
_MONTHS = ("oct", "nov", "dec")
_WORD = re.compile(r"[A-Za-z]+")
_LEAST = 10  # smaller numbers are often words, or left out
_KANJI = re.compile("[一二三四五六七八九十百千万〇]")


class Numbers:
    """The numbers of one segment.

    Attributes:
        asked: Numbers that a translation has to hold, as written.
        held: All values that the segment can be read to hold.
        vague: True where numbers are written in kanji, so that none is surely absent.
        digits: All digits of the segment, for numbers run together with letters.
    """

    __slots__ = ("asked", "digits", "held", "vague")

    def __init__(self, text: str) -> None:
        plain = normalize("NFKC", rendered_text(text))
        self.asked = _NUMBER.findall(plain)
        self.held = _values(plain)
        self.vague = _KANJI.search(plain) is not None
        self.digits = re.sub(r"(?<=\d)[,\s]+(?=\d)", "", plain)

    def missing_in(self, other: Numbers) -> list[str]:
        """Return the numbers, two digits at least, that another segment does not hold."""
        if other.vague:
            return []
        absent = []
        for number in self.asked:
            value = _value(number)
            plain = number.replace(",", "")
            if value < _LEAST or value in other.held or plain in other.digits:
                continue
            if _scaled_of(self.held, value) & other.held:
                continue
            absent.append(number)
        return absent


def numbers_of(text: str, lang: str) -> Numbers:
    """Return the numbers of a segment.

    Args:
        text: Of the segment.
        lang: First subtag; numbers are read alike in all of them.

    >>> numbers_of("10月に1万人", "ja").missing_in(numbers_of("10,000 in October", "en"))
    []
    >>> numbers_of("最大 250 件", "ja").missing_in(numbers_of("up to 520", "en"))
    ['250']
    """
    del lang
    return Numbers(text)


def _value(number: str) -> float:
    return float(number.replace(",", ""))


def _values(text: str) -> set[float]:
    found: set[float] = set()
    for match in _SCALED.finditer(text):
        value = _value(match[1].rstrip(","))
        found.add(value)
        if match[2]:
            found.add(round(value * _SCALES[match[2].casefold()], 6))
    for word in _WORD.findall(text):
        low = word.casefold()
        if low in _WORDS:
            found.add(float(_WORDS[low]))
        elif low[:3] in _MONTHS and len(low) <= 4:
            found.add(float(10 + _MONTHS.index(low[:3])))
    return found


def _scaled_of(held: set[float], value: float) -> set[float]:
    """Return the readings of a number with a word of scale behind it."""
    return {other for other in held if other > value and other % value == 0}

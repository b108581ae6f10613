"""Whether two sides of a pair state the same numbers, however each writes them.

A number is a claim with several readings: 15時 is 15 or 3 (p.m.), 8月 is August or 8, 第2回
is 2 or "second", 45億 is 4.5 billion, 3分の1 is a third. Two sides disagree only where a
number written in digits finds none of its readings on the other side.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from .number_words import (
    ERAS,
    GROUPS,
    JAPANESE_WORDS,
    MONTHS,
    ORDINALS,
    SCALES,
    TENS_WORDS,
    WORDS,
)
from .placeholders import masked_placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Values = frozenset[Fraction]


class Number(NamedTuple):
    """A number in digits.

    Attributes:
        text: As written, with what belongs to it (45億, 15時).
        readings: What it may be called on the other side.
    """

    text: str
    readings: Values


_KANJI: Final = "〇零一二三四五六七八九十百千壱弐"
_DIGIT: Final = {"零": 0, "壱": 1, "弐": 2} | {
    char: at for at, char in enumerate("〇一二三四五六七八九")
}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10**4, "億": 10**8, "兆": 10**12}
_ENGLISH: Final = re.compile(r"[A-Za-z]+")
_ROMAN: Final = re.compile(r"\b(?=[IVXLC])(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})\b")
# Digits that are no number: part of a name (UTF-8, x86, H2O), of a version or an address.
_DIGITS: Final = re.compile(
    r"(?<![A-Za-z_0-9.,#$@/\\-])(?<![A-Za-z]-)"
    r"(?P<sign>[-−+±~〜]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?!\d|[.,]\d|[A-Za-z_]*[0-9_]|[-/:]?[A-Za-z_]*\d*[_@])"
)
_MONEY: Final = re.compile(r"[$€£¥#№](?=\d)")
_AFTER: Final = re.compile(
    r"[ -]?(?P<scale>hundred|thousand|million|billion|trillion|[kK](?![A-Za-z])|mn|bn|tn|[MB](?![A-Za-z]))(?![A-Za-z])"
    r"|[ ]?(?P<myriad>[十百千]?[万億兆]|[十百千])"
    r"|(?P<month>月(?!間))|[ ]?(?P<clock>時(?!間)|:\d\d|[ ]?[ap]\.?m\b)"
    r"|(?P<part>分の)|(?P<tenth>割)|(?P<decade>年代|0?'?s\b)|(?P<half>半|個半|年半|時間半|倍半)"
    r"|[ ]?(?P<percent>%|％|パーセント|percent|per cent)"
)
_KANJI_NUMBER: Final = re.compile(rf"[{_KANJI}]+(?:[.・][{_KANJI}]+)?")
_ERA: Final = re.compile(rf"({'|'.join(ERAS)})(\d+|元)年?")
# What a translator adds is not in the original: （訳注: Python 2.7 では…）.
_NOTE: Final = re.compile(
    r"[（(][-\s]{0,6}(?:訳者?注|編集?注|訳)[^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*(?:[）)]|\Z)"
    r"|(?:---|※)?\s{0,4}訳注[:：].*",
    re.DOTALL,
)
_BARE_POINT: Final = re.compile(r"(?<![\w.])\.(?=\d)")  # .66
_SPACED_POINT: Final = re.compile(r"(\d) ?([.,]) (\d)")
_NAMED_MONTH: Final = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b")
_BASE: Final = re.compile(r" ?進")  # 16進 is a way to write, and no count
_ONE: Final = Fraction(1)
_TEN: Final = 10
_TWENTY: Final = 20
_HUNDRED: Final = 100
# Up to twelve one language counts where the other need not: 2人とも, "both"; 2階へ,
# "upstairs"; 2、3日, "a few days". Alone on its side such a number is no sign of a fault.
_COUNTED_FREELY: Final = 12


def missing_numbers(ja: str, en: str) -> tuple[list[str], list[str]]:
    """Return the numbers in digits that the other side does not state.

    Args:
        ja: Japanese text.
        en: Its English.

    Returns:
        What stands only in the Japanese, what only in the English, in order. Ones and
        zeros are not counted, as neither language must write them; numbers up to twelve
        only where the other side has another number instead.

    >>> missing_numbers("15時に400万人", "4 million people at 3:00 p.m.")
    ([], [])
    >>> missing_numbers("12ページを参照", "See page 15.")
    (['12'], ['15'])
    """
    japanese, english = _plain(ja), _plain(en)
    mine, theirs = list(_numbers(japanese)), list(_numbers(english))
    # Code and names state no number of their own, and still answer to one: RFC 2965.
    ja_values = _known_word(normalize("NFKC", ja), mine) | _kanji_values(japanese)
    en_values = _known_word(normalize("NFKC", en), theirs) | _english_values(english)
    only_mine = [number for number in mine if _unknown(number, en_values)]
    only_theirs = [number for number in theirs if _unknown(number, ja_values)]
    if not only_mine or not only_theirs:
        has_month = _NAMED_MONTH.search(english) is not None
        only_mine = [
            number
            for number in only_mine
            if _telling(number) or (has_month and number.text.endswith("月"))
        ]
        only_theirs = [number for number in only_theirs if _telling(number)]
    return [number.text for number in only_mine], [
        number.text for number in only_theirs
    ]


def _telling(number: Number) -> bool:
    """Tell whether a number that the other side lacks is a sign of a fault by itself."""
    return all(
        value > _COUNTED_FREELY or value.denominator > 1 for value in number.readings
    )


def _plain(text: str) -> str:
    """Fold width, decode entities, and blank placeholders, code and addresses."""
    text = _NOTE.sub(" ", masked_placeholders(text))
    if "&" in text:
        from html import unescape

        text = unescape(text)
    text = _MONEY.sub(" ", normalize("NFKC", text))
    return _BARE_POINT.sub("0.", _SPACED_POINT.sub(r"\1\2\3", text))


def _unknown(number: Number, others: set[Fraction]) -> bool:
    if max(number.readings) in (0, 1) or not others.isdisjoint(number.readings):
        return False
    parts = number.text.split(",")  # 301,302 may be two numbers
    is_list = len(parts) > 1 and all(part[:1] in "123456789" for part in parts)
    return not (is_list and all(_fraction(part) in others for part in parts))


def _known_word(text: str, numbers: Iterable[Number]) -> set[Fraction]:
    values = {value for number in numbers for value in number.readings}
    # Digits inside names and versions are no claims, and still answer to one.
    for digits in re.findall(r"\d{1,30}(?:\.\d{1,9})*", text):
        parts = digits.split(".")
        values |= {Fraction(int(part)) for part in parts}
        if len(parts) == 2:
            values.add(Fraction(digits))
    values |= {
        Fraction(ERAS[era] + (1 if year == "元" else int(year[:4])))
        for era, year in _ERA.findall(text)
    }
    return values


def _numbers(text: str) -> Iterator[Number]:
    end = 0
    for match in _DIGITS.finditer(text):
        value = _fraction(match["number"])
        if (
            value is None
            or match.start("number") < end
            or _BASE.match(text, match.end())
        ):
            continue
        after = _AFTER.match(text, match.end())
        end = after.end() if after else match.end()
        if after and after["myriad"]:
            whole, end = _with_myriads(text, after.start("myriad"), value)
            yield Number(text[match.start("number") : end], frozenset((value, whole)))
            continue
        readings = set(_readings(text, value, after))
        era = _ERA.search(text, max(0, match.start() - 3), match.end() + 1)
        if era and era.end() >= match.end():
            readings.add(ERAS[era[1]] + value)
        yield Number(text[match.start("number") : end].strip(), frozenset(readings))


def _fraction(digits: str) -> Fraction | None:
    try:
        return Fraction(Decimal(digits.replace(",", "")))
    except (InvalidOperation, ValueError):
        return None


def _readings(
    text: str, value: Fraction, after: re.Match[str] | None
) -> Iterator[Fraction]:
    yield value
    if after is None:
        return
    if after["scale"]:
        yield value * SCALES[after["scale"].lower()]
    elif after["clock"]:
        yield from ((value - 12) % 24, (value + 12) % 24)
    elif after["part"]:
        top = re.compile(rf"\d+|[{_KANJI}]+").match(text, after.end())
        if top and value:
            upper = int(top[0]) if top[0].isdigit() else kanji_value(top[0])
            yield Fraction(upper) / value
    elif after["tenth"]:
        yield from (value * 10, value / 10)
    elif after["decade"]:
        yield from (value * 10, value / 10, value % 100)
    elif after["half"]:
        yield value + Fraction(1, 2)
    elif after["percent"]:
        yield value / 100


def _with_myriads(text: str, at: int, value: Fraction) -> tuple[Fraction, int]:
    """Read on from a number, 1万2千 or 3億5000万, and say where it ends."""
    total, section = Fraction(0), value
    for part in re.compile(r"(\d[\d,.]*)?([十百千]?)([万億兆])?").finditer(text, at):
        if not part[0] or part.start() != at:
            break
        at = part.end()
        if part[1]:
            section += _fraction(part[1].rstrip(".,")) or 0
        if part[2]:
            section *= _TENS[part[2]]
        if part[3]:
            total += section * _MYRIADS[part[3]]
            section = Fraction(0)
    return total + section, at


def kanji_value(text: str) -> int:
    """Return a number in kanji up to 9999: 二十三, 二〇二五.

    >>> kanji_value("二百五"), kanji_value("二〇二五"), kanji_value("千")
    (205, 2025, 1000)
    """
    total, number, digits = 0, 0, False
    for char in text:
        if char in _TENS:
            total += (number or 1) * _TENS[char]
            number, digits = 0, False
        else:
            number = number * 10 + _DIGIT[char] if digits else _DIGIT[char]
            digits = True
    return total + number


def _kanji_values(text: str) -> set[Fraction]:
    """Return all that kanji may state: numbers, parts of words included."""
    values: set[Fraction] = set()
    for match in _KANJI_NUMBER.finditer(text):
        whole = re.split(r"[.・]", match[0])
        value = Fraction(kanji_value(whole[0]))
        values |= {value, *(Fraction(kanji_value(char)) for char in whole[0])}
        myriad = text[match.end() : match.end() + 1]
        if myriad in _MYRIADS:
            values.add(value * _MYRIADS[myriad])
        if text.startswith("分の", match.end()):
            top = re.compile(rf"\d+|[{_KANJI}]+").match(text, match.end() + 2)
            if top and value:
                upper = int(top[0]) if top[0].isdigit() else kanji_value(top[0])
                values.add(Fraction(upper) / value)
        if text.startswith("割", match.end()):
            values.add(value * 10)
        values |= (
            {(value + 12) % 24, (value - 12) % 24}
            if text.startswith("時", match.end())
            else set()
        )
    for word, extra in JAPANESE_WORDS.items():
        if word in text:
            values |= set(map(Fraction, extra))
    return values


def _english_values(text: str) -> set[Fraction]:
    """Return all that English words may state, compounds such as twenty-seven too."""
    values: set[Fraction] = set()
    words = [word.lower() for word in _ENGLISH.findall(text)]
    for at, word in enumerate(words):
        singular = f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
        word_values = WORDS.get(word) or WORDS.get(singular)
        for value in word_values or ():
            values |= _compounds(Fraction(value), words[at + 1 : at + 6])
        for number, month in enumerate(MONTHS, 1):
            if word in (month.lower(), month[:3].lower()) or (
                word == "sept" and number == 9
            ):
                values.add(Fraction(number))
    for numeral in _ROMAN.findall(text):
        if numeral:
            values.add(Fraction(_roman(numeral)))
    return values


def _compounds(value: Fraction, after: list[str]) -> set[Fraction]:
    """Return a number and all that it begins: two, two hundred, two hundred and six.

    >>> sorted(map(int, _compounds(Fraction(2), ["hundred", "and", "six"])))
    [2, 200, 206]
    """
    values = {value}
    for at, word in enumerate(after):
        if word in ("and", "a", "of"):
            continue
        if word == "point":
            return values | _decimals(value, after[at + 1 :])
        parts = _parts(value, word)
        if parts is not None:
            return values | parts
        longer = _longer(value, word)
        if longer is None:
            break
        value = longer
        values.add(value)
    return values


def _longer(value: Fraction, word: str) -> Fraction | None:
    """Return the number that a word carries on, None where it does not."""
    singular = word.removesuffix("s")
    if word in SCALES and len(word) > len("mn"):
        return value * SCALES[word]
    if singular in GROUPS:
        return value * GROUPS[singular]
    if word in TENS_WORDS and 1 <= value < _HUNDRED and value.denominator == 1:
        # Years and prices by pairs: nineteen ninety-nine, two thirty-two.
        step = _HUNDRED if value < _TWENTY or value % 10 else 1
        return value * step + WORDS[word][0]
    if word in WORDS and WORDS[word][0] < max(value, _ONE):
        return value + WORDS[word][0]
    return None


def _parts(value: Fraction, word: str) -> set[Fraction] | None:
    """Return what a fraction after a number makes: two thirds, three and a half."""
    if word in ("half", "halves", "quarter", "quarters"):
        part = Fraction(1, 2 if word.startswith("hal") else 4)
        return {value + part, value * part}
    singular = word.removesuffix("s")
    if singular in ORDINALS:
        low = ORDINALS.index(singular)
        return {value / max(low, 1), value + low}
    return None


def _decimals(value: Fraction, words: list[str]) -> set[Fraction]:
    place, values = Fraction(1, 10), set()
    for word in words:
        word_value = WORDS.get(word, (_TEN,))[0]
        if word_value >= _TEN:
            break
        value += word_value * place
        place /= 10
        values.add(value)
    return values


def _roman(text: str) -> int:
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for char, after in zip(text, [*text[1:], ""], strict=True):
        value = worth[char]
        total += -value if after and worth[after] > value else value
    return total

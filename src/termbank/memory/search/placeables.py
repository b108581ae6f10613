"""Numbers, dates, measures and tags: what may change while the sentence stays.

A placeable has a value that does not depend on how it is written: 12, １２, 十二 and
"twelve" are one number; 令和7年11月23日, 2025年11月23日 and "November 23, 2025" one date;
10km, 十キロメートル and "10 kilometres" one measure.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from termbank.text.number_words import ERAS, MONTHS
from termbank.text.placeholders import placeholders, without_placeholders

from .measure_units import AFTER, BEFORE, unit_after, unit_before

if TYPE_CHECKING:
    from collections.abc import Iterator

Date = tuple[int, int, int]  # year, month, day; 0 where not written
Value = Decimal | Date


class Placeable(NamedTuple):
    """A number, date or measure in a text.

    Attributes:
        start: First code point, of the sign before the number where there is one.
        end: One past the last, of the unit where there is one.
        text: The number or date as written, without its unit.
        value: The number, or (year, month, day) with 0 for what is not written.
        unit: Name of the unit (``termbank.memory.search.measure_units``), "" for none.
        before: The sign before the number as written ($), "" for none.
        after: The unit after it as written, with its space or hyphen, "" for none.
    """

    start: int
    end: int
    text: str
    value: Value
    unit: str = ""
    before: str = ""
    after: str = ""


_WORDS: Final = tuple(
    "one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
)
_DIGITS: Final = {"零": 0} | {
    digit: value for value, digit in enumerate("〇一二三四五六七八九")
}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "億": 10**8, "兆": 10**12}
_SCALES: Final = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}

# One character class of each kind; full-width digits are digits (NFKC keeps length).
_NUM: Final = r"[0-9０-９]"
NUMERIC: Final = "0-9０-９"
_PLAIN: Final = rf"{_NUM}{{1,3}}(?:[,，]{_NUM}{{3}})+|{_NUM}+"
KANJI_NUMERALS: Final = "〇零一二三四五六七八九十百千万億兆"
# A lone kanji numeral is mostly part of a word (一般, 十分, 千葉), so a counter must follow.
_COUNTERS: Final = (
    "(?:年|月|日|時|分(?![けかの析類野])|秒|人|名|個|回|件|台|本|枚|章|節|条|項|号|歳|才|"
    f"割|倍|度|点|階|社|国|州|カ月|か月|ヶ月|カ国|か国|ヵ国|週間|{AFTER})"
)
_ERA: Final = "|".join(ERAS)
WEEKDAYS: Final = "月火水木金土日"
# Days of the week belong to the date beside them: 8月26日(月), Monday, August 26.
_DAY_AFTER: Final = rf"(?:[ ]?[（(][{WEEKDAYS}](?:曜日?)?[）)]|[{WEEKDAYS}]曜日?)?"
_DAY_BEFORE: Final = (
    r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)?"
)
# "may 3" is no date: names of months begin with a capital letter.
_SHORT: Final = (
    "(?-i:"
    + "|".join(
        f"(?:{month[:3]}(?:{month[3:]}|\\.)?|{month[:3].upper()}(?:{month[3:].upper()})?)"
        for month in MONTHS
    )
    + r"|Sept\.?)"
)
_FOUND: Final = re.compile(
    rf"(?P<era>{_ERA})(?P<ey>元|{_NUM}{{1,2}}|[{KANJI_NUMERALS}]{{1,3}})年"
    rf"(?:(?P<em>{_NUM}{{1,2}}|[{KANJI_NUMERALS}]{{1,2}})月"
    rf"(?:(?P<ed>{_NUM}{{1,2}}|[{KANJI_NUMERALS}]{{1,3}})日)?)?{_DAY_AFTER}"
    rf"|(?P<jy>{_NUM}{{4}}|[〇零一二三四五六七八九]{{4}})年"
    rf"(?:(?P<jm>{_NUM}{{1,2}}|[{KANJI_NUMERALS}]{{1,2}})月"
    rf"(?:(?P<jd>{_NUM}{{1,2}}|[{KANJI_NUMERALS}]{{1,3}})日)?{_DAY_AFTER})?"
    rf"|(?P<mm>{_NUM}{{1,2}}|[{KANJI_NUMERALS}]{{1,2}})月(?P<md>{_NUM}{{1,2}}|[{KANJI_NUMERALS}]{{1,3}})日{_DAY_AFTER}"
    rf"|(?<!{_NUM})(?P<iy>{_NUM}{{4}})(?P<sep>[-/.／])(?P<im>{_NUM}{{1,2}})(?P=sep)(?P<id>{_NUM}{{1,2}})(?!{_NUM}){_DAY_AFTER}"
    rf"|(?<![{NUMERIC}/.-])(?P<s1>{_NUM}{{1,2}})(?P<sep2>[-/.／])(?P<s2>{_NUM}{{1,2}})(?P=sep2)(?P<sy>{_NUM}{{4}})(?![{NUMERIC}])"
    rf"|(?<![{NUMERIC}/])(?P<wm>{_NUM}{{1,2}})[/／](?P<wd>{_NUM}{{1,2}})(?=[ ]?[（(][{WEEKDAYS}](?:曜日?)?[）)]){_DAY_AFTER}"
    rf"|\b{_DAY_BEFORE}(?P<um>{_SHORT})\s+(?P<ud>[0-9]{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<uy>[0-9]{{4}}))?\b"
    rf"|\b{_DAY_BEFORE}(?P<bd>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<bm>{_SHORT})(?:,?\s+(?P<by>[0-9]{{4}}))?(?!\w)"
    rf"|\b(?P<om>{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?),?\s+(?P<oy>[0-9]{{4}})\b"
    rf"|(?P<mixed>(?:(?:{_PLAIN})(?:[.．]{_NUM}+)?(?:[十百千]?[万億兆]|[十百千]))+(?:{_PLAIN})?)"
    rf"|(?P<plain>(?:{_PLAIN})(?:[.．]{_NUM}+)?)(?:\s+(?P<scale>hundred|thousand|million|billion|trillion)\b)?"
    rf"|(?P<kanji>[{KANJI_NUMERALS}]{{2,}}|(?!十分(?![前後間]))[{KANJI_NUMERALS}](?={_COUNTERS}))"
    rf"|\b(?P<word>{'|'.join(_WORDS)})\b",
    re.IGNORECASE,
)
_UNIT_AFTER: Final = re.compile(rf"[ \u00a0\u3000-]?(?P<unit>{AFTER})")
_SIGN_BEFORE: Final = re.compile(rf"(?P<sign>{BEFORE})[ \u00a0]?$")
_SIGN_LENGTH: Final = 4  # of the longest sign with its space: "US$ "
# Groups of (year, month, day); an era is dealt with apart.
_DECEMBER: Final = 12
_LONGEST_MONTH: Final = 31
_DATES: Final = (
    ("jy", "jm", "jd"),
    ("iy", "im", "id"),
    ("uy", "um", "ud"),
    ("by", "bm", "bd"),
    ("oy", "om", None),
    (None, "mm", "md"),
    (None, "wm", "wd"),
)


def tags(text: str) -> tuple[str, ...]:
    """Return mark-up, variables and code in order: ``<b>``, ``{0}``, ``%s``, ``${name}``.

    >>> tags("<b>{0}</b> 件")
    ('<b>', '{0}', '</b>')
    """
    return tuple(mark.text for mark in placeholders(text))


def without_tags(text: str) -> str:
    """Return the text with mark-up, variables and code taken out."""
    return without_placeholders(text)


def placeables(text: str) -> list[Placeable]:
    """Return the numbers, dates and measures of a text in order.

    >>> [(str(one.value), one.unit) for one in placeables("１万２千人と十二回、3.5㌔")]
    [('12000', ''), ('12', ''), ('3.5', 'kilo')]
    >>> placeables("令和7年11月23日")[0].value
    (2025, 11, 23)
    >>> placeables("一般に十分な")
    []
    """
    return list(_scan(text))


def _scan(text: str) -> Iterator[Placeable]:
    end = 0
    for match in _FOUND.finditer(text):
        value = _value(match)
        if value is None or match.start() < end:  # the 2 of 5 km2 is no number
            continue
        placeable = Placeable(match.start(), match.end(), match[0], value)
        if isinstance(value, Decimal):
            placeable = _measure(text, placeable)
        end = placeable.end
        yield placeable


def _measure(text: str, number: Placeable) -> Placeable:
    """Return the number with the unit that stands beside it."""
    start, end = number.start, number.end
    after = _UNIT_AFTER.match(text, end)
    if after is not None:
        unit = unit_after(after["unit"])
        return number._replace(end=after.end(), unit=unit, after=after[0])
    before = _SIGN_BEFORE.search(text[max(0, start - _SIGN_LENGTH) : start])
    if before is not None:
        unit = unit_before(before["sign"])
        return number._replace(
            start=start - len(before[0]), unit=unit, before=before[0]
        )
    return number


def _value(match: re.Match[str]) -> Value | None:
    if match["word"]:
        return Decimal(_WORDS.index(match["word"].lower()) + 1)
    if match["plain"]:
        scale = _SCALES[match["scale"].lower()] if match["scale"] else 1
        return _plain(match["plain"]) * scale
    if match["mixed"] or match["kanji"]:
        return _mix(match["mixed"] or match["kanji"])
    return _date_value(match)


def _date_value(match: re.Match[str]) -> Value | None:
    if match["era"]:
        count = 1 if match["ey"] == "元" else _integer(match["ey"])
        year = str(ERAS[match["era"]] + count)
        return _date(year, match["em"], match["ed"])
    if match["sy"]:
        # 26/8/2025 can only be a day first; 8/9/2025 is taken as in America.
        first, second = match["s1"], match["s2"]
        numbers = (first, second) if _integer(first) <= _DECEMBER else (second, first)
        return _date(match["sy"], *numbers)
    for year_group, month, day in _DATES:
        if match[month] or (year_group and match[year_group]):
            return _date(
                match[year_group] if year_group else None,
                match[month],
                match[day] if day else None,
            )
    return None


def _date(year: str | None, month: str | None, day: str | None) -> Value | None:
    if month and not month[0].isalpha():
        number = _integer(month)
    elif month and month[:3].title() in {name[:3] for name in MONTHS}:
        number = [name[:3] for name in MONTHS].index(month[:3].title()) + 1
    else:
        number = _integer(month or "0")
    date = (_integer(year or "0"), number, _integer(day or "0"))
    if not date[1]:
        return Decimal(date[0])  # a year alone is a number, as in English
    return date if date[1] <= _DECEMBER and date[2] <= _LONGEST_MONTH else None


def _integer(text: str) -> int:
    return int(_mix(text) or 0)


def _plain(text: str) -> Decimal:
    return Decimal(normalize("NFKC", text).replace(",", ""))


def _mix(text: str) -> Decimal | None:
    """Read 1万2千, 十二, 二〇二五 and 3億5000万."""
    total, section, number = Decimal(0), Decimal(0), None
    digits = ""
    for char in normalize("NFKC", text).replace(",", ""):
        if (char.isdigit() and char.isascii()) or char == ".":
            digits += char
            number = Decimal(digits) if digits != "." else None
        elif char in _DIGITS:
            digits += str(_DIGITS[char])
            number = Decimal(digits)
        elif char in _SMALL:
            section += (Decimal(1) if number is None else number) * _SMALL[char]
            number, digits = None, ""
        elif char in _LARGE:
            section += number or 0
            total += (section or Decimal(1)) * _LARGE[char]
            section, number, digits = Decimal(0), None, ""
    return total + section + (number or 0)

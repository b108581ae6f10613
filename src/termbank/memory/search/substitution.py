"""Numbers, dates and measures of the query put into the translation of a match.

Done only where a match differs from the query in its placeables, and only where the old
value stands in the translation exactly as often as in the source: what cannot be done
surely is left alone, and the match keeps its penalty.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from termbank.text.number_words import MONTHS

from .measure_units import one_unit, sign, spell_unit
from .placeables import placeables
from .placeholder_swap import with_placeholders

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .match_scoring import Shape
    from .placeables import Date, Placeable

_GROUPED_FROM: Final = 10_000  # as most style guides: 9999 plain, 10,000 grouped


def substitute(target: str, query: Shape, found: Shape) -> str | None:
    """Return the translation with the query's values and tags, None where not sure.

    Args:
        target: Translation of the stored segment.
        query: The query taken apart.
        found: The stored source taken apart; as many placeables as the query.

    >>> from .match_scoring import shape
    >>> substitute("See Chapter 12.", shape("第3章を参照。"), shape("第12章を参照。"))
    'See Chapter 3.'
    >>> substitute("a 10-kilometre run", shape("5マイル走"), shape("10km走"))
    'a 5-mile run'
    """
    mine, theirs = query.placeables, found.placeables
    if len(mine) != len(theirs):
        return None
    with_own = with_placeholders(target, query.text, found.text)
    if with_own is None:
        return None
    target = with_own
    changes: list[tuple[Placeable, Placeable]] = []
    for new, old in zip(mine, theirs, strict=True):
        earlier = [pair for pair in changes if _same(pair[1], old)]
        if not earlier:
            changes.append((new, old))
        elif not _same(earlier[0][0], new):
            return None  # one old value becomes two new ones: which is which?
    places = placeables(target)
    for new, old in changes:
        old_count = sum(_same(place, old) for place in theirs)
        count = sum(_stands_for(place, old, new) for place in places)
        if not _same(new, old) and count != old_count:
            return None
    return _rewritten(target, places, changes)


def _same(ours: Placeable, other: Placeable) -> bool:
    return ours.value == other.value and one_unit(ours.unit, other.unit)


def _stands_for(place: Placeable, old: Placeable, new: Placeable) -> bool:
    """Tell whether a place in the translation holds the old value.

    Where the unit stays it may be a word that we do not know as one (a ten-K run).
    """
    if place.value != old.value:
        return False
    stays = one_unit(old.unit, new.unit)
    return one_unit(place.unit, old.unit) or (stays and not place.unit)


def _rewritten(
    target: str,
    places: Sequence[Placeable],
    changes: Sequence[tuple[Placeable, Placeable]],
) -> str | None:
    pieces, at = [], 0
    for place in places:
        new = next((new for new, old in changes if _stands_for(place, old, new)), None)
        if new is None or _same(place, new):
            continue
        written = _write(new, place.text)
        if written is not None:
            written = _with_unit(written, place, new)
        if written is None:
            return None
        ending = _ORDINAL_ENDING.match(target, place.end)
        if ending and isinstance(new.value, Decimal):
            if new.value != int(new.value):
                return None
            written += ordinal(int(new.value)).lstrip("0123456789")
        pieces += [target[at : place.start], written]
        at = ending.end() if ending else place.end
    return "".join([*pieces, target[at:]])


_ORDINAL_ENDING: Final = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)


def _with_unit(number: str, place: Placeable, new: Placeable) -> str | None:
    """Put the unit of the query beside a number, written as the place writes its own."""
    if not place.unit or not new.unit:
        return f"{place.before}{number}{place.after}"
    if place.before:
        mark = place.before if one_unit(place.unit, new.unit) else sign(new.unit)
        return mark and mark + number
    assert isinstance(new.value, Decimal)  # dates have no unit
    after = spell_unit(new.unit, place.after, new.value)
    return after and number + after


def _write(new: Placeable, model: str) -> str | None:
    """Write a value as ``model`` is written."""
    value = new.value
    if isinstance(value, Decimal):
        return _number(value, model)
    bare = _WEEKDAY.sub("", model)
    written = _date(value, bare)
    if written is None or bare == model:
        return written
    weekday = _weekday(new)
    if weekday is None:
        return None
    return _WEEKDAY.sub(lambda match: _weekday_like(weekday, match[0]), model).replace(
        bare, written
    )


_WEEKDAY: Final = re.compile(
    r"[ ]?[（(][月火水木金土日](?:曜日?)?[）)]|[月火水木金土日]曜日?"
    r"|^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+"
)
_ENGLISH_DAYS: Final = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
)


def _weekday(new: Placeable) -> int | None:
    """Return the day of the week of a date, 0 for Monday; None where nothing tells."""
    written = _WEEKDAY.search(new.text)
    if written:
        for day, name in enumerate(_ENGLISH_DAYS):
            kanji = "月火水木金土日"[day]
            if kanji in written[0].replace("曜日", "") or name[:3] in written[0]:
                return day
    if isinstance(new.value, Decimal) or not all(new.value):
        return None
    try:
        return date(*new.value).weekday()
    except ValueError:
        return None


def _weekday_like(day: int, model: str) -> str:
    kanji = re.search("[月火水木金土日](?=曜|[）)]|$)", model)
    if kanji:
        return model[: kanji.start()] + "月火水木金土日"[day] + model[kanji.end() :]
    word = re.search("[A-Za-z]+", model)
    name = _ENGLISH_DAYS[day]
    if word is None:
        return model
    if not word[0].endswith("day"):
        name = name[:3]
    return model[: word.start()] + name + model[word.end() :]


def _date(value: Date, model: str) -> str | None:
    if re.search(r"[A-Za-z]", model):
        return _english_date(value, model)
    year, month, day = value
    if "月" in model:
        parts = [(year, "年"), (month, "月"), (day, "日")]
        return "".join(f"{number}{unit}" for number, unit in parts if number)
    between = re.search(r"[-/.／]", model)
    if between is None:
        return None
    shape = [len(part) for part in re.split(r"[-/.／]", model)]
    if shape[0] == _YEAR_DIGITS and all(value):
        order = [year, month, day]
    elif shape[-1] == _YEAR_DIGITS and all(value):
        first = int(re.split(r"[-/.／]", model)[0])
        order = [day, month, year] if first > _MONTHS else [month, day, year]
    elif len(shape) == 2 and month and day:
        order = [month, day]
    else:
        return None
    width = 2 if re.search(r"(?:^|[-/.／])0\d", model) or between[0] == "-" else 1
    return between[0].join(f"{number:0{width}d}" for number in order)


_YEAR_DIGITS: Final = 4
_MONTHS: Final = 12


def _number(value: Decimal, model: str) -> str | None:
    plain = f"{value.normalize():f}"
    scale = re.search(r"\s(thousand|million|billion|trillion)$", model, re.IGNORECASE)
    if scale:
        return _scale(value)
    if re.search("[万億兆]", model):
        return _japanese(value)
    if "," in model or (value >= _GROUPED_FROM and "." not in plain):
        return f"{int(value):,}" if value == int(value) else f"{value:,}"
    return plain


def _scale(value: Decimal) -> str:
    for name, size in (("trillion", 12), ("billion", 9), ("million", 6)):
        if value >= 10**size:
            short = value / 10**size
            # 1,234,567 has no short name that keeps its value.
            if short == round(short, 2):
                return f"{short.normalize():f} {name}"
    return f"{value.normalize():,f}"


def _japanese(value: Decimal) -> str:
    if value != int(value):
        return f"{value:f}"
    rest, pieces = int(value), []
    for unit, size in (("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1)):
        if rest >= size:
            pieces.append(f"{rest // size}{unit}")
            rest %= size
    return "".join(pieces) or "0"


def _english_date(value: Date, model: str) -> str | None:
    year, month, day = value
    if not month:
        return None
    name = MONTHS[month - 1]
    word = re.search(r"[A-Za-z]{3,}\.?", re.sub(r"\d(?:st|nd|rd|th)\b", "", model))
    if word and word[0].rstrip(".") not in MONTHS:
        name = name[:3] + ("." if word[0].endswith(".") else "")
    if not day:
        return f"{name} {year}" if year else None
    number = str(day)
    if re.search(r"\d(?:st|nd|rd|th)\b", model):
        number = ordinal(day)
    if model[0].isdigit():
        of = " of" if " of " in model else ""
        return f"{number}{of} {name}" + (f" {year}" if year else "")
    return f"{name} {number}" + (f", {year}" if year else "")


def ordinal(number: int) -> str:
    """Return an English ordinal in figures.

    >>> [ordinal(one) for one in (1, 2, 3, 4, 11, 22, 113)]
    ['1st', '2nd', '3rd', '4th', '11th', '22nd', '113th']
    """
    teens = 10 <= number % 100 <= 20  # eleventh to thirteenth
    return f"{number}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}

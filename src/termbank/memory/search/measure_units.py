"""Units of measure: how each is written, and which may stand for another.

One unit has many spellings (km, ㎞, キロ, キロメートル, kilometres). A spelling counts only
right after a number: キロ in キロワット and g in 5G are no units of ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

from termbank.text.normalise import norm

if TYPE_CHECKING:
    from decimal import Decimal


class Unit(NamedTuple):
    """A unit and its spellings, the usual one first.

    Attributes:
        name: Name in these tables.
        kind: What is measured; a unit is replaced only by one of its kind.
        before: Signs that stand before the number ($).
        symbols: Symbols after the number.
        japanese: Japanese words.
        singular: English words for one.
        plural: The same words for more than one.
    """

    name: str
    kind: str
    before: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    japanese: tuple[str, ...] = ()
    singular: tuple[str, ...] = ()
    plural: tuple[str, ...] = ()


def _unit(line: str) -> Unit:
    name, kind, *lists = (part.strip() for part in line.split("|"))
    return Unit(name, kind, *(tuple(part.split(",")) if part else () for part in lists))


# name | kind | before | symbols | Japanese | English for one | English for more.
# Kilo alone is a length or a mass; pound is money or a mass: both stay what they are
# called, and agree with either.
UNITS: Final = tuple(
    _unit(line)
    for line in """
    km | length | | km | キロメートル | kilometer,kilometre | kilometers,kilometres
    m | length | | m | メートル | meter,metre | meters,metres
    cm | length | | cm | センチメートル,センチ | centimeter,centimetre | centimeters,centimetres
    mm | length | | mm | ミリメートル | millimeter,millimetre | millimeters,millimetres
    mile | length | | mi | マイル | mile | miles
    foot | length | | ft | フィート,フット | foot | feet
    inch | length | | in. | インチ | inch | inches
    yard | length | | yd | ヤード | yard | yards
    kg | mass | | kg | キログラム | kilogram,kilogramme | kilograms,kilogrammes
    g | mass | | g | グラム | gram,gramme | grams,grammes
    mg | mass | | mg | ミリグラム | milligram | milligrams
    t | mass | | t | トン | ton,tonne,metric ton | tons,tonnes,metric tons
    ounce | mass | | oz | オンス | ounce | ounces
    kilo | length mass | | | キロ | kilo | kilos
    pound | mass money | £ | lb,lbs | ポンド | pound | pounds
    m2 | area | | m2,m² | 平方メートル,平米 | square meter,square metre | square meters,square metres
    km2 | area | | km2,km² | 平方キロメートル,平方キロ | square kilometer,square kilometre | square kilometers,square kilometres
    ha | area | | ha | ヘクタール | hectare | hectares
    l | volume | | L,l | リットル | liter,litre | liters,litres
    ml | volume | | mL | ミリリットル | milliliter,millilitre | milliliters,millilitres
    m3 | volume | | m3,m³ | 立方メートル | cubic meter,cubic metre | cubic meters,cubic metres
    barrel | volume | | bbl | バレル | barrel | barrels
    km/h | speed | | km/h,kph | | kilometer per hour,kilometre per hour | kilometers per hour,kilometres per hour
    m/s | speed | | m/s | | meter per second,metre per second | meters per second,metres per second
    celsius | temperature | | °C,℃ | | degree Celsius | degrees Celsius
    w | power | | W | ワット | watt | watts
    kw | power | | kW | キロワット | kilowatt | kilowatts
    mw | power | | MW | メガワット | megawatt | megawatts
    gw | power | | GW | ギガワット | gigawatt | gigawatts
    kwh | energy | | kWh | キロワット時,キロワットアワー | kilowatt-hour,kilowatt hour | kilowatt-hours,kilowatt hours
    kcal | energy | | kcal | キロカロリー | kilocalorie | kilocalories
    hz | frequency | | Hz | ヘルツ | hertz | hertz
    khz | frequency | | kHz | キロヘルツ | kilohertz | kilohertz
    mhz | frequency | | MHz | メガヘルツ | megahertz | megahertz
    ghz | frequency | | GHz | ギガヘルツ | gigahertz | gigahertz
    byte | size | | | バイト | byte | bytes
    kb | size | | KB | キロバイト | kilobyte | kilobytes
    mb | size | | MB | メガバイト | megabyte | megabytes
    gb | size | | GB | ギガバイト | gigabyte | gigabytes
    tb | size | | TB | テラバイト | terabyte | terabytes
    percent | share | | % | パーセント | percent,per cent | percent,per cent
    dollar | money | $,US$ | | ドル,米ドル | dollar,U.S. dollar,US dollar | dollars,U.S. dollars,US dollars
    yen | money | ¥ | | 円 | yen,Japanese yen | yen,Japanese yen
    euro | money | € | | ユーロ | euro | euros
    won | money | ₩ | | ウォン | won | won
    ruble | money | ₽ | | ルーブル | ruble,rouble | rubles,roubles
    """.strip().splitlines()
)
_BY_NAME: Final = {unit.name: unit for unit in UNITS}
_WIDE: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_LATIN: Final = "A-Za-zＡ-Ｚａ-ｚ"
_KANA: Final = "ァ-ヺー"


def _key(spelling: str) -> str:
    """Return what two spellings of a unit share; single letters keep their case."""
    plain = normalize("NFKC", spelling)
    return plain if len(plain) == 1 else norm(plain)


def _after(unit: Unit) -> tuple[str, ...]:
    return (*unit.symbols, *unit.japanese, *unit.singular, *unit.plural)


def _longest_first(spellings: set[str]) -> list[str]:
    return sorted(spellings, key=lambda spelling: (-len(spelling), spelling))


def _alternatives(spellings: set[str]) -> str:
    return "|".join(map(_either_width, _longest_first(spellings)))


def _either_width(spelling: str) -> str:
    letters = (
        f"[{re.escape(char)}{char.translate(_WIDE)}]" if char.isascii() else char
        for char in spelling.replace(" ", "\u3000")
    )
    return "".join(letters).replace("\u3000", r"\s")


def _squares(spellings: set[str]) -> str:
    """Return the single characters that stand for a spelling: ㎞, ㌔, ㌫, ℃."""
    blocks = (*range(0x2100, 0x2150), *range(0x3300, 0x3400))
    return "".join(
        chr(code) for code in blocks if normalize("NFKC", chr(code)) in spellings
    )


_AFTER: Final = {_key(form): unit.name for unit in UNITS for form in _after(unit)}
_BEFORE: Final = {_key(form): unit.name for unit in UNITS for form in unit.before}
_ALL: Final = {form for unit in UNITS for form in _after(unit)}
_LETTERS: Final = {form for form in _ALL if len(form) == 1}
# Neither a longer Latin word nor a longer katakana word (トントラック, メートルプール).
_ENDED: Final = rf"(?:(?<![{_LATIN}])|(?![{_LATIN}]))(?:(?<![{_KANA}])|(?![{_KANA}]))"
#: Pattern of a unit as it stands after a number, the space before it left out.
AFTER: Final = (
    rf"(?:(?i:{_alternatives(_ALL - _LETTERS)})|{_alternatives(_LETTERS)}"
    rf"|[{_squares(_ALL)}]){_ENDED}"
)
#: The same in text of folded width and case.
AFTER_FOLDED: Final = (
    f"(?:{'|'.join(map(re.escape, _longest_first(set(map(norm, _ALL)))))}){_ENDED}"
)
#: Pattern of a sign that stands before a number.
BEFORE: Final = f"(?:{_alternatives({form for unit in UNITS for form in unit.before})})"


def unit_after(spelling: str) -> str:
    """Return the name of the unit that is spelled so after a number, else "".

    >>> unit_after("キロメートル"), unit_after("㎞"), unit_after("KM"), unit_after("G")
    ('km', 'km', 'km', '')
    """
    plain = normalize("NFKC", spelling)
    return _AFTER.get(_key(plain), "")


def unit_before(sign: str) -> str:
    """Return the name of the unit whose sign stands before a number.

    >>> unit_before("￥")
    'yen'
    """
    return _BEFORE.get(_key(sign), "")


def one_unit(one: str, other: str) -> bool:
    """Tell whether two names may be one unit: kilo is a kilometre or a kilogram.

    >>> one_unit("kilo", "kg"), one_unit("kilo", "km"), one_unit("km", "kg")
    (True, True, False)
    """
    return one == other or {one, other} in ({"kilo", "km"}, {"kilo", "kg"})


def one_kind(one: str, other: str) -> bool:
    """Tell whether two units measure the same; no unit goes with no unit only.

    >>> one_kind("km", "mile"), one_kind("km", "kg"), one_kind("kilo", ""), one_kind("", "")
    (True, False, False, True)
    """
    if not one or not other:
        return one == other
    kinds = set(_BY_NAME[one].kind.split())
    return not kinds.isdisjoint(_BY_NAME[other].kind.split())


def spell_unit(unit: str, model: str, value: Decimal) -> str | None:
    """Return how a unit is written after a number, in the manner of another spelling.

    Args:
        unit: Name of the unit.
        model: What stands there now, with the space or hyphen before it.
        value: The number before it, which decides between one and more.

    >>> from decimal import Decimal
    >>> spell_unit("km", " kilometre", Decimal(5)), spell_unit("mile", "km", Decimal(5))
    (' kilometres', 'mi')
    >>> spell_unit("mile", "-kilometer", Decimal(5)), spell_unit("kg", "トン", Decimal(1))
    ('-mile', 'キログラム')
    """
    word = model.lstrip(" -\u00a0\u3000")
    gap = model[: len(model) - len(word)]
    was = _BY_NAME[unit_after(word)]
    now = was if one_unit(was.name, unit) else _BY_NAME[_certain(unit, was.kind)]
    words = (*was.singular, *was.plural)
    lower_words = [word_form.casefold() for word_form in words]
    if word.casefold() in lower_words:
        # A word before a noun stays singular: a 5-mile run.
        many = value != 1 and "-" not in gap
        choice = now.plural if many else now.singular
        at = lower_words.index(word.casefold()) % len(was.singular)
        return gap + choice[min(at, len(choice) - 1)] if choice else None
    if now is was:
        return model
    choice = now.japanese if word in was.japanese else now.symbols
    return gap + choice[0] if choice else None


def _certain(unit: str, kind: str) -> str:
    """Tell kilograms from kilometres by what stands beside them."""
    if unit != "kilo":
        return unit
    return "kg" if "mass" in kind.split() else "km"


def sign(unit: str) -> str | None:
    """Return the sign of a unit that stands before its number, None where it has none.

    >>> sign("euro"), sign("km")
    ('€', None)
    """
    signs = _BY_NAME[unit].before
    return signs[0] if signs else None

"""What a TMX file holds, and what is odd about it."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from termbank.formats.model.inspection_report import Inspection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE: Final = re.compile(r"\d{8}T\d{6}Z")


_DATES: Final = ("creationdate", "changedate", "lastusagedate")


def inspect_units(elements: Iterable[tuple[Element, str]]) -> Inspection:
    """Return what the root, the header and the units of a TMX file hold."""
    found = Inspection("tmx")
    for element, tag in elements:
        if tag == "tmx":
            found.version = element.get("version", "")
            if found.version not in ("1.0", "1.1", "1.2", "1.3", "1.4", "1.4b", "2.0"):
                version = found.version
                found.odd(f"TMX の版 {version!r}", f"TMX version {version!r}")
        elif tag == "header":
            found.lang(element.get("srclang", "").replace("*all*", ""))
        else:
            found.units += 1
            _tmx_unit(found, element, element.get("tuid") or f"tu {found.units}")
    return found.finished()


def _tmx_unit(found: Inspection, unit: Element, place: str) -> None:
    _tmx_dates(found, unit, place)
    variants = 0
    for child in unit:
        if child.tag.rpartition("}")[2] != "tuv":
            continue
        variants += 1
        _tmx_dates(found, child, place)
        said, old = child.get(_XML_LANG), child.get("lang")
        if said and old and said.casefold() != old.casefold():
            found.odd(
                "lang と xml:lang が違います", "lang and xml:lang disagree", place
            )
        if not (said or old):
            found.odd("言語のない tuv", "a variant without a language", place)
        found.lang(said or old or "", place)
        for seg in child:
            if seg.tag.rpartition("}")[2] == "seg":
                found.terms += 1
                if len(seg) and not _is_balanced(seg):
                    found.odd(
                        "bpt と ept が対応していません",
                        "bpt and ept do not pair",
                        place,
                    )
    if not variants:
        found.odd("tuv のない単位", "a unit without variants", place)


def _tmx_dates(found: Inspection, element: Element, place: str) -> None:
    for name in _DATES:
        value = element.get(name)
        if value and not _is_date(value):
            found.odd(
                f"{name} {value!r} は日時ではありません",
                f"{name} {value!r} is no date",
                place,
            )
    count = element.get("usagecount")
    if count and not count.strip().isdigit():
        found.odd(
            f"usagecount {count!r} は数ではありません",
            f"usagecount {count!r} is no number",
            place,
        )


@lru_cache(maxsize=1 << 12)
def _is_date(value: str) -> bool:
    if not _DATE.fullmatch(value):
        return False
    try:
        datetime.strptime(value, "%Y%m%dT%H%M%SZ").astimezone()
    except (ValueError, OverflowError):
        return False
    return True


def _is_balanced(seg: Element) -> bool:
    opened = [e.get("i") for e in seg.iter() if e.tag.rpartition("}")[2] == "bpt"]
    closed = [e.get("i") for e in seg.iter() if e.tag.rpartition("}")[2] == "ept"]
    return sorted(map(str, opened)) == sorted(map(str, closed))

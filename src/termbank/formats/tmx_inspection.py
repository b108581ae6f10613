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
    report = Inspection("tmx")
    for element, tag in elements:
        if tag == "tmx":
            report.version = element.get("version", "")
            if report.version not in ("1.0", "1.1", "1.2", "1.3", "1.4", "1.4b", "2.0"):
                version = report.version
                report.odd(f"TMX の版 {version!r}", f"TMX version {version!r}")
        elif tag == "header":
            report.lang(element.get("srclang", "").replace("*all*", ""))
        else:
            report.units += 1
            _tmx_unit(report, element, element.get("tuid") or f"tu {report.units}")
    return report.finished()


def _tmx_unit(report: Inspection, unit: Element, place: str) -> None:
    _tmx_dates(report, unit, place)
    variants = 0
    for child in unit:
        if child.tag.rpartition("}")[2] != "tuv":
            continue
        variants += 1
        _tmx_dates(report, child, place)
        lang, old = child.get(_XML_LANG), child.get("lang")
        if lang and old and lang.casefold() != old.casefold():
            report.odd(
                "lang と xml:lang が違います", "lang and xml:lang disagree", place
            )
        if not (lang or old):
            report.odd("言語のない tuv", "a variant without a language", place)
        report.lang(lang or old or "", place)
        for seg in child:
            if seg.tag.rpartition("}")[2] == "seg":
                report.terms += 1
                if len(seg) and not _is_balanced(seg):
                    report.odd(
                        "bpt と ept が対応していません",
                        "bpt and ept do not pair",
                        place,
                    )
    if not variants:
        report.odd("tuv のない単位", "a unit without variants", place)


def _tmx_dates(report: Inspection, element: Element, place: str) -> None:
    for name in _DATES:
        value = element.get(name)
        if value and not _is_date(value):
            report.odd(
                f"{name} {value!r} は日時ではありません",
                f"{name} {value!r} is no date",
                place,
            )
    count = element.get("usagecount")
    if count and not count.strip().isdigit():
        report.odd(
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
    begins = [e.get("i") for e in seg.iter() if e.tag.rpartition("}")[2] == "bpt"]
    ends = [e.get("i") for e in seg.iter() if e.tag.rpartition("}")[2] == "ept"]
    return sorted(map(str, begins)) == sorted(map(str, ends))

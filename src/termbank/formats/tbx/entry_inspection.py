"""What a TBX file holds, and what is odd about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.formats.model.inspection_report import Inspection

from .element_structure import is_name
from .reader import Tbx

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_BAD_ID: Final = ("XML の名前でない id", "id that is no XML name")


_NO_ID: Final = ("id のない項目", "entry without id")


def inspect(path: str) -> Inspection:
    """Return what a TBX file holds."""
    report = Inspection("tbx")
    reader = Tbx(path)
    kinds = _Kinds()
    ids: set[str] = set()
    for entry in reader.entries():
        if not report.units:
            report.version = reader.version
            report.lang(reader.header.lang)
        report.units += 1
        key = entry.get("id", "")
        if key in ids and key:
            report.odd("同じ id の項目が二つあります", "two entries with one id", key)
        ids.add(key)
        if not is_name(key):
            report.odd(*(_BAD_ID if key else _NO_ID), key)
        _tbx_entry(report, entry, key, kinds)
    report.version = reader.version
    if reader.version == "v2" and reader.namespaced:
        report.odd(
            "v3 の名前空間のある TBX v2 (martif)",
            "TBX v2 (martif) with the namespace of v3",
        )
    return report.finished()


class _Kinds(dict[str, str]):
    """What an element of an entry is to us, worked out once a tag."""

    def __missing__(self, tag: str) -> str:
        local = tag.rpartition("}")[2]
        kind = self[tag] = _KIND_OF.get(local, "")
        return kind


_KIND_OF: Final = {
    "term": "term",
    **dict.fromkeys(("langSec", "langSet", "langGroup"), "lang"),
    **dict.fromkeys(("administrativeStatus", "termStatus"), "status"),
    "termNote": "note",
}


def _tbx_entry(report: Inspection, entry: Element, key: str, kinds: _Kinds) -> None:
    for element in entry.iter():
        kind = kinds[element.tag]
        if not kind:
            continue
        if kind == "term":
            report.terms += 1
            whole = "".join(element.itertext()) if len(element) else element.text
            report.note_form(whole or "", key)
        elif kind == "lang":
            lang = element.get(_XML_LANG, "")
            if not lang:
                report.odd(
                    "xml:lang のない言語節", "a language section without xml:lang", key
                )
            report.lang(lang, key)
        elif kind == "status" or element.get("type") == "administrativeStatus":
            report.status((element.text or "").strip(), key)

"""What a file holds: format, counts, languages, statuses, and what is odd about it."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from termbank.formats.tables.record_reader import Reader
from termbank.formats.tables.status_labels import is_status, language_fault, status_of
from termbank.formats.tbx.element_structure import is_name
from termbank.formats.tbx.reader import Tbx
from termbank.messages import say

from . import module, po, srx, tmx, xliff
from .detection import recognised
from .tables import xlsx
from .utx import Utx

if TYPE_CHECKING:
    import os
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_EXAMPLES: Final = 5  # places that a warning names
_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_DATE: Final = re.compile(r"\d{8}T\d{6}Z")
_DATES: Final = ("creationdate", "changedate", "lastusagedate")


class Inspection:
    """What :func:`inspect` found.

    Attributes:
        format: Name of the format.
        version: As the file says, empty where it says none.
        units: TBX entries, TMX units, XLIFF units, PO messages with the header, table
            rows that are neither blank nor comment, SRX rules.
        terms: TBX terms, TMX segments; elsewhere forms or translations.
        langs: Languages in order of appearance, as the file spells them.
        statuses: How often each status is stated, in termbank's words.
        warnings: Sentences.
    """

    def __init__(self, name: str) -> None:
        self.format = name
        self.version = ""
        self.units = self.terms = 0
        self._langs: dict[str, None] = {}
        self.statuses: dict[str, int] = {}
        self.warnings: list[str] = []
        self._odd: dict[tuple[str, str], list[str | int]] = {}
        self._labels: dict[str, str] = {}

    @property
    def langs(self) -> list[str]:
        """Languages in order of appearance."""
        return list(self._langs)

    def lang(self, tag: str, place: str | int = "") -> None:
        """Note a language; a wrong tag is a warning."""
        if tag and tag not in self._langs:
            self._langs[tag] = None
            fault = language_fault(tag)
            if fault:
                what = f"{say('言語タグ', 'language tag')} {tag!r}: {fault}"
                self.odd(what, what, place)

    def status(self, label: str, place: str | int) -> None:
        """Note a stated status; an unknown one is a warning."""
        name = self._labels.get(label)
        if name is None:
            name = self._labels[label] = status_of(label) if is_status(label) else ""
        if not name:
            self.odd(
                f"知らない状態 {label!r}。proposed とみなしました",
                f"unknown status {label!r}, taken as proposed",
                place,
            )
        self.statuses[name or "proposed"] = self.statuses.get(name or "proposed", 0) + 1

    def odd(self, japanese: str, english: str, place: str | int = "") -> None:
        """Note something odd at a place or line; they are gathered into one warning."""
        self._odd.setdefault((japanese, english), []).append(place)

    def finished(self, more: list[str] | None = None) -> Inspection:
        """Return this with the warnings put into words."""
        self.warnings = list(more or ())
        for both, places in self._odd.items():
            named = [_named(place) for place in places[:_EXAMPLES] if place]
            shown = ", ".join(dict.fromkeys(named))
            times = say(f"{len(places)} か所", f"{len(places)} times")
            count = f" ({times})" if len(places) > 1 else ""
            self.warnings.append(say(*both) + (f": {shown}" if shown else "") + count)
        return self

    def as_dict(self) -> dict[str, Any]:
        """Return the findings as ``termbank inspect --format json`` prints them."""
        return {
            "format": self.format,
            "version": self.version,
            "units": self.units,
            "terms": self.terms,
            "langs": self.langs,
            "statuses": dict(sorted(self.statuses.items())),
            "warnings": self.warnings,
        }


def _named(place: str | int) -> str:
    return place if isinstance(place, str) else say(f"{place} 行目", f"line {place}")


def inspect(path: str | os.PathLike[str]) -> Inspection:
    """Return what a file holds, reading all of it.

    Raises:
        FormatError: The file must be rejected; place and reason are named.
        InputError: It cannot be read.
    """
    import os

    place = os.fspath(path)
    name = recognised(place)
    return _INSPECTORS.get(name, _table)(place, name)


def _tbx(path: str, name: str) -> Inspection:
    found = Inspection(name)
    reader = Tbx(path)
    kinds = _Kinds()
    ids: set[str] = set()
    for entry in reader.entries():
        if not found.units:
            found.version = reader.version
            found.lang(reader.header.lang)
        found.units += 1
        key = entry.get("id", "")
        if key in ids and key:
            found.odd("同じ id の項目が二つあります", "two entries with one id", key)
        ids.add(key)
        if not is_name(key):
            found.odd(*(_BAD_ID if key else _NO_ID), key)
        _tbx_entry(found, entry, key, kinds)
    found.version = reader.version
    if reader.version == "v2" and reader.namespaced:
        found.odd(
            "v3 の名前空間のある TBX v2 (martif)",
            "TBX v2 (martif) with the namespace of v3",
        )
    return found.finished()


_BAD_ID: Final = ("XML の名前でない id", "id that is no XML name")
_NO_ID: Final = ("id のない項目", "entry without id")


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


def _tbx_entry(found: Inspection, entry: Element, key: str, kinds: _Kinds) -> None:
    for element in entry.iter():
        kind = kinds[element.tag]
        if not kind:
            continue
        if kind == "term":
            found.terms += 1
            whole = "".join(element.itertext()) if len(element) else element.text
            _form(found, whole or "", key)
        elif kind == "lang":
            lang = element.get(_XML_LANG, "")
            if not lang:
                found.odd(
                    "xml:lang のない言語節", "a language section without xml:lang", key
                )
            found.lang(lang, key)
        elif kind == "status" or element.get("type") == "administrativeStatus":
            found.status((element.text or "").strip(), key)


def _form(found: Inspection, form: str, key: str) -> None:
    if not form.strip():
        found.odd("空の用語", "empty term", key)
        return
    if form.isascii():
        return
    if _INVISIBLE.search(form):
        found.odd("用語に見えない文字があります", "invisible characters in a term", key)
    composed = normalize("NFC", form)
    if composed != form:
        found.odd("Unicode の NFC でない用語", "term not in Unicode form NFC", key)


def _tmx(path: str, name: str) -> Inspection:
    found = Inspection(name)
    for element, tag in tmx.elements(path):
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
                if len(seg) and not _balanced(seg):
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


def _balanced(seg: Element) -> bool:
    opened = [e.get("i") for e in seg.iter() if e.tag.rpartition("}")[2] == "bpt"]
    closed = [e.get("i") for e in seg.iter() if e.tag.rpartition("}")[2] == "ept"]
    return sorted(map(str, opened)) == sorted(map(str, closed))


def _xliff(path: str, name: str) -> Inspection:
    found = Inspection(name)
    for element, tag, place in xliff.elements(path):
        found.lang(place.source_lang)
        found.lang(place.target_lang)
        if tag == "xliff":
            found.version = element.get("version", "")
            if found.version not in ("1.0", "1.1", "1.2", "2.0", "2.1", "2.2"):
                version = found.version
                found.odd(f"XLIFF の版 {version!r}", f"XLIFF version {version!r}")
        elif tag != "bin-unit":
            found.units += 1
            targets = [e for e in element.iter() if xliff.local(e) == "target"]
            found.terms += bool(targets)
            if not element.get("id"):
                found.odd("id のない単位", "a unit without id", f"unit {found.units}")
    return found.finished()


def _po(path: str, name: str) -> Inspection:
    found = Inspection(name)
    seen: set[tuple[str, str]] = set()
    fuzzy = 0
    for message in po.messages(path):
        if message.obsolete:
            continue
        found.units += 1
        texts = message.texts
        key = (texts.get("msgctxt", ""), texts.get("msgid", ""))
        if key in seen:
            found.odd(
                "同じ msgid が二つあります",
                "two messages with one msgid",
                message.line,
            )
        seen.add(key)
        if key == ("", ""):
            fields = po.header_of(message)
            found.lang(fields.get("language", ""))
            continue
        fuzzy += message.fuzzy
        found.terms += any(v for k, v in texts.items() if k.startswith("msgstr"))
    if fuzzy:
        found.statuses["fuzzy"] = fuzzy
    return found.finished()


def _srx(path: str, name: str) -> Inspection:
    found = Inspection(name)
    for element, tag in srx.elements(path):
        if tag == "srx":
            found.version = element.get("version", "")
        found.units += tag == "rule"
    return found.finished()


def _utx(path: str, name: str) -> Inspection:
    found = Inspection(name)
    reader = Utx(path)
    for record in reader.concepts(joined=False):
        found.units += 1
        found.terms += len(record.terms)
        for term in record.terms:
            if term.status:
                raw = (term.extra or {}).get("status", term.status)
                found.status(raw, record.line)
        if len(record.terms) < 2:
            found.odd("片方しかない行", "a row without both sides", record.line)
    found.version = reader.version
    found.lang(reader.source)
    found.lang(reader.target)
    return found.finished(reader.warnings)


def _table(path: str, name: str) -> Inspection:
    found = Inspection(name)
    if name == "xlsx":
        reader = xlsx.reader(path)
    else:
        reader = Reader(path, separator="\t" if name == "omegat" else "")
    try:
        for record in reader.concepts():
            found.terms += len(record.terms)
            for term in record.terms:
                found.lang(term.lang, record.line)
                if term.status:
                    raw = (term.extra or {}).get("status", term.status)
                    found.status(raw, record.line)
    finally:
        found.units = reader.table.rows
    return found.finished(reader.warnings)


def _concepts(path: str, name: str) -> Inspection:
    found = Inspection(name)
    for record in module(name).concepts(path):
        found.units += 1
        found.terms += len(record.terms)
        if not record.terms:
            found.odd("用語のない項目", "an entry without terms", record.id)
        for term in record.terms:
            found.lang(term.lang, record.id)
            _form(found, term.form, record.id)
            if term.status:
                found.status((term.extra or {}).get("status", term.status), record.id)
    return found.finished()


_INSPECTORS: Final[dict[str, Callable[[str, str], Inspection]]] = {
    "tbx": _tbx,
    "tmx": _tmx,
    "xliff": _xliff,
    "po": _po,
    "srx": _srx,
    "utx": _utx,
    "multiterm": _concepts,
    "jsonl": _concepts,
}

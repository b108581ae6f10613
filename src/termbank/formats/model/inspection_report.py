"""What an inspection of a file found: counts, languages, statuses, oddities."""

from __future__ import annotations

import re
from typing import Any, Final
from unicodedata import normalize

from termbank.formats.tables.status_labels import is_status, status_of
from termbank.messages import say
from termbank.text.language_syntax import language_fault

_INVISIBLE: Final = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_EXAMPLES: Final = 5  # places that a warning names


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
        columns: Of a table, what each column was taken for.
        warnings: Sentences.
    """

    def __init__(self, name: str) -> None:
        self.format = name
        self.version = ""
        self.units = self.terms = 0
        self._langs: dict[str, None] = {}
        self.statuses: dict[str, int] = {}
        self.columns: list[str] = []
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
                problem = f"{say('言語タグ', 'language tag')} {tag!r}: {fault}"
                self.odd(problem, problem, place)

    def status(self, label: str, place: str | int) -> None:
        """Note a stated status; an unknown one is a warning."""
        name = self._labels.get(label)
        if name is None:
            name = self._labels[label] = status_of(label) if is_status(label) else ""
        if not name:
            self.odd(
                f"不明な状態 {label!r}。proposed とみなしました",
                f"unknown status {label!r}, taken as proposed",
                place,
            )
        self.statuses[name or "proposed"] = self.statuses.get(name or "proposed", 0) + 1

    def odd(self, japanese: str, english: str, place: str | int = "") -> None:
        """Note something odd at a place or line; they are gathered into one warning."""
        self._odd.setdefault((japanese, english), []).append(place)

    def note_form(self, form: str, key: str) -> None:
        """Note what is odd about one form of the entry ``key``."""
        if not form.strip():
            self.odd("空の用語", "empty term", key)
            return
        if form.isascii():
            return
        if _INVISIBLE.search(form):
            self.odd(
                "用語に見えない文字があります", "invisible characters in a term", key
            )
        nfc_form = normalize("NFC", form)
        if nfc_form != form:
            self.odd("Unicode の NFC でない用語", "term not in Unicode form NFC", key)

    def finished(self, more: list[str] | None = None) -> Inspection:
        """Return this with the warnings put into words."""
        self.warnings = list(more or ())
        for both, places in self._odd.items():
            place_texts = [_place_text(place) for place in places[:_EXAMPLES] if place]
            examples = ", ".join(dict.fromkeys(place_texts))
            times = say(f"{len(places)} か所", f"{len(places)} times")
            count = f" ({times})" if len(places) > 1 else ""
            self.warnings.append(
                say(*both) + (f": {examples}" if examples else "") + count
            )
        return self

    def as_dict(self) -> dict[str, Any]:
        """Return the findings as ``termbank inspect --format json`` prints them."""
        columns = {"columns": self.columns} if self.columns else {}
        return {
            "format": self.format,
            "version": self.version,
            "units": self.units,
            "terms": self.terms,
            "langs": self.langs,
            "statuses": dict(sorted(self.statuses.items())),
            **columns,
            "warnings": self.warnings,
        }


def _place_text(place: str | int) -> str:
    return place if isinstance(place, str) else say(f"{place} 行目", f"line {place}")

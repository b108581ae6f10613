"""A dictionary for Yomitan, the pop-up dictionary of browsers: a ZIP of JSON banks.

Keeps: forms of two languages, readings, statuses, definitions, kinds; forms to avoid
lead to the preferred one.
Drops: other languages, sources, dates, reasons, parts of speech.

Source: yomitan, dictionary-index-schema.json and dictionary-term-bank-v3-schema.json.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from termbank.atomic_files import replacing_bytes
from termbank.formats.model.concept_records import Concept, Definition, Losses, Term
from termbank.formats.model.loss_count import count_lost
from termbank.text.kana import hiragana
from termbank.text.language_tags import answers
from termbank.text.term_notes import usage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import IO

NAME: Final = "yomitan"
SUFFIXES: Final = (".zip",)
CHOSEN_BY_SUFFIX: Final = False
DROPS: Final = ("other languages", "sources", "dates", "reasons", "parts of speech")

_ROWS_A_BANK: Final = 10_000
_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the earliest of ZIP: the same bytes each time
_RETIRED: Final = ("deprecated", "forbidden")
_SCORES: Final = {"preferred": 2, "": 1, "admitted": 1, "proposed": 0}
_LEAST_SCORE: Final = -1
# Name, category, order, note, score.
_TAGS: Final = (
    ("admitted", "", 1, "使ってもよい (admitted)", 0),
    ("proposed", "partOfSpeech", 2, "未承認 (proposed)", 0),
    ("deprecated", "archaism", 3, "非推奨 (deprecated)", -1),
    ("forbidden", "archaism", 4, "使用禁止 (forbidden)", -1),
    ("person", "name", 5, "人名 (person)", 0),
    ("place", "name", 5, "地名 (place)", 0),
    ("organization", "name", 5, "組織名 (organization)", 0),
    ("product", "name", 5, "製品名 (product)", 0),
    ("event", "name", 5, "出来事 (event)", 0),
)
_TAG_NAMES: Final = frozenset(tag[0] for tag in _TAGS)
Row = list[Any]


def write_records(
    records: Iterable[Concept],
    path: str,
    *,
    source: str = "ja",
    target: str = "en",
    strict: bool = False,
    **_: Any,
) -> Losses:
    """Write a dictionary of both directions.

    Args:
        records: Concepts.
        path: ZIP file to replace.
        source: One language.
        target: The other.
        strict: Whether to raise, with nothing written, when a field would be lost.
    """
    losses = Losses()
    with replacing_bytes(path) as file:
        rows: list[Row] = []
        for number, record in enumerate(records, 1):
            rows += _rows(record, number, (source, target), losses)
        _write_archive(file, rows, source, target)
        if strict:
            losses.refuse(path)
    return losses


def _write_archive(file: IO[bytes], rows: list[Row], source: str, target: str) -> None:
    banks = [
        _encode(rows[at : at + _ROWS_A_BANK])
        for at in range(0, max(len(rows), 1), _ROWS_A_BANK)
    ]
    revision = sha256(b"".join(banks)).hexdigest()[:12]
    index = {
        "title": f"termbank {source}-{target}",
        "revision": revision,
        "format": 3,
        "sequenced": True,
        "description": "Made by termbank from a glossary.",
    }
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _put(archive, "index.json", _encode(index))
        _put(archive, "tag_bank_1.json", _encode(_TAGS))
        for number, bank in enumerate(banks, 1):
            _put(archive, f"term_bank_{number}.json", bank)


def _put(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _TIME)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


def _rows(
    record: Concept, number: int, langs: tuple[str, str], losses: Losses
) -> list[Row]:
    """Return the rows of a concept and count what they do not carry."""
    sides = [
        [term for term in record.terms if term.form and answers(term.lang, lang)]
        for lang in langs
    ]
    carried_concept = Concept()
    carried_concept.kind = record.kind if record.kind in _TAG_NAMES else ""
    rows: list[Row] = []
    for terms, others in (sides, sides[::-1]):
        for term in terms:
            entries = list(_entries(record, term, terms, others))
            if entries:
                rows.append(_row(record, term, entries, number))
                carried_concept.terms.append(_carried(term))
    if rows:
        carried_concept.definitions = [
            Definition(each.lang, each.text) for each in record.definitions
        ]
    count_lost(record, [carried_concept], losses, _why)
    return rows


def _row(record: Concept, term: Term, entries: list[str], number: int) -> Row:
    tags = [term.status if term.status in _TAG_NAMES else "", record.kind]
    tag_text = " ".join(tag for tag in tags if tag in _TAG_NAMES)
    reading = hiragana(term.reading)
    same = reading == hiragana(term.form)
    score = _SCORES.get(term.status, _LEAST_SCORE)
    return [
        term.form,
        "" if same else reading,
        tag_text,
        "",
        score,
        entries,
        number,
        "",
    ]


def _entries(
    record: Concept, term: Term, own: list[Term], others: list[Term]
) -> Iterator[str]:
    """Yield what is shown of a form: the better form, renderings, a warning, a note."""
    best = next((t.form for t in own if t.status == "preferred"), "")
    if term.status in _RETIRED and best and best != term.form:
        yield f"→ {best}"
    usable = sorted(
        (t for t in others if t.status not in _RETIRED),
        key=lambda t: -_SCORES.get(t.status, _LEAST_SCORE),
    )
    if usable:
        yield "; ".join(dict.fromkeys(t.form for t in usable))
    to_avoid = [t.form for t in others if t.status in _RETIRED]
    if to_avoid:
        yield f"使わない (avoid): {', '.join(to_avoid)}"
    for definition in record.definitions:
        if definition.text:
            yield definition.text
    note = usage(term.note)
    if note:
        yield note


def _carried(term: Term) -> Term:
    again = Term(term.lang, term.form)
    again.status, again.reading = term.status, term.reading
    again.note = term.note if usage(term.note) == term.note else ""
    return again


def _why(field: str, _cell: tuple[str, ...]) -> str:
    if field == "terms.form":
        return "another language, or nothing to show for it"
    return "no place in a dictionary of Yomitan"

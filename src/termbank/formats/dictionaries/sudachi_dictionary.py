"""A user dictionary for Sudachi, in the CSV form that ``sudachipy ubuild`` compiles.

Keeps: Japanese forms, readings, the preferred form as normalised form.
Drops: other languages, definitions, all fields but the reading.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from termbank.formats.model.concept_records import Concept, Losses, Term
from termbank.formats.model.loss_count import count_lost
from termbank.formats.safe_files import replacing
from termbank.text.kana import katakana
from termbank.text.language_tags import answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


NAME: Final = "sudachi"
SUFFIXES: Final = (".csv",)
DROPS: Final = ("other languages", "definitions", "all fields but the reading")
CHOSEN_BY_SUFFIX: Final = False

# Connection number and part of speech by kind, after the user dictionary guide of
# Sudachi: 4786 is that of proper nouns, 5146 that of common nouns.
_NOUN: Final = ("5146", "名詞,普通名詞,一般,*,*,*")
_KINDS: Final = {
    "person": ("4786", "名詞,固有名詞,人名,一般,*,*"),
    "place": ("4786", "名詞,固有名詞,地名,一般,*,*"),
    "organization": ("4786", "名詞,固有名詞,一般,*,*,*"),
    "product": ("4786", "名詞,固有名詞,一般,*,*,*"),
    "event": ("4786", "名詞,固有名詞,一般,*,*,*"),
}
_COST: Final = 5000  # what the guide advises for a noun that shall win over its parts
_KANA: Final = re.compile("[ァ-ヶー・]+")
_UNSAFE: Final = re.compile('[,"\r\n]')
_LONGEST: Final = 255  # UTF-16 units of a headword that the compiler takes


def write_records(
    records: Iterable[Concept], path: str, *, strict: bool = False, **_: Any
) -> Losses:
    """Write one line for each Japanese form."""
    losses = Losses()
    written_forms: set[str] = set()
    with replacing(path) as file:
        for record in records:
            for line in _lines(record, written_forms, losses):
                file.write(line)
        if strict:
            losses.refuse(path)
    return losses


def _lines(record: Concept, written_forms: set[str], losses: Losses) -> Iterator[str]:
    spoken = [term for term in record.terms if answers(term.lang, "ja")]
    good = next((t.form for t in spoken if t.status in ("preferred", "")), "")
    carried_concept = Concept()
    for term in spoken:
        why = _fault(term, written_forms)
        if why:
            losses.leave_out(term.form, why)
            continue
        written_forms.add(term.form)
        again = Term(term.lang, term.form)
        again.reading = term.reading
        carried_concept.terms.append(again)
        number, pos = _KINDS.get(record.kind, _NOUN)
        normal = good if good and not _UNSAFE.search(good) else term.form
        head = f"{term.form},{number},{number},{_COST},{term.form},{pos}"
        yield f"{head},{_reading(term)},{normal},*,*,*,*,*\n"
    count_lost(
        record, [carried_concept], losses, lambda *_: "no place in a Sudachi dictionary"
    )


def _fault(term: Term, written_forms: set[str]) -> str:
    if not term.form or term.form in written_forms:
        return "already there" if term.form else "an empty form"
    if _UNSAFE.search(term.form + term.reading):
        return "a comma, quote or line break"
    too_long = len(term.form.encode("utf-16-le")) // 2 > _LONGEST
    return "longer than Sudachi takes" if too_long else ""


def _reading(term: Term) -> str:
    if term.reading:
        return term.reading
    kana = katakana(term.form)
    return kana if _KANA.fullmatch(kana) else term.form

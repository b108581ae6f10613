"""SKOS in Turtle: concepts with labels, for the web of data.

Keeps: forms (preferred, alternative, hidden), definitions, domain, identifier, notes.
Drops: sources, readings, dates, reasons, parts of speech, which SKOS has no name for.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from termbank.formats.model.concept_records import Concept, Definition, Losses, Term
from termbank.formats.model.loss_count import count_lost

from .safe_files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


NAME: Final = "skos"
SUFFIXES: Final = (".ttl",)
DROPS: Final = ("sources", "readings", "dates", "reasons", "parts of speech")

_HEAD: Final = (
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix dct: <http://purl.org/dc/terms/> .\n\n"
    "<urn:termbank:scheme> a skos:ConceptScheme .\n"
)
_TAG: Final = re.compile("[a-zA-Z]+(-[a-zA-Z0-9]+)*")


def write_records(
    records: Iterable[Concept], path: str, *, strict: bool = False, **_: Any
) -> Losses:
    """Write concepts as SKOS in Turtle."""
    losses = Losses()
    with replacing(path) as file:
        file.write(_HEAD)
        for number, record in enumerate(records, 1):
            file.write(_concept(record, record.id or f"e{number}", losses))
        if strict:
            losses.refuse(path)
    return losses


def _concept(record: Concept, identifier: str, losses: Losses) -> str:
    statements = ["a skos:Concept", "skos:inScheme <urn:termbank:scheme>"]
    statements.append(f"skos:notation {_string(identifier)}")
    carried_concept = Concept(record.id)
    carried_concept.domain = record.domain
    if record.domain:
        statements.append(f"dct:subject {_string(record.domain)}")
    statements += _labels(record, carried_concept)
    for each in record.definitions:
        statements.append(f"skos:definition {_literal(each.text, each.lang)}")
        carried_concept.definitions.append(Definition(each.lang, each.text))
    count_lost(record, [carried_concept], losses, lambda *_: "no name in SKOS")
    subject = f"<urn:termbank:concept:{quote(identifier, safe='')}>"
    return f"\n{subject} " + " ;\n  ".join(statements) + " .\n"


def _labels(record: Concept, carried_concept: Concept) -> Iterator[str]:
    led: set[str] = set()
    for term in record.terms:
        if not term.form:
            continue
        again = Term(term.lang, term.form)
        carried_concept.terms.append(again)
        # SKOS allows one preferred label a language.
        if term.status in ("preferred", "") and term.lang not in led:
            led.add(term.lang)
            name = "prefLabel"
            again.status = term.status
        elif term.status in ("deprecated", "forbidden"):
            name = "hiddenLabel"
            again.status = "deprecated"
        else:
            name = "altLabel"
            again.status = "admitted"
        yield f"skos:{name} {_literal(term.form, term.lang)}"
        if term.note:
            again.note = term.note
            yield f"skos:note {_literal(term.note, '')}"


def _literal(text: str, lang: str) -> str:
    tag = lang.replace("_", "-")
    return _string(text) + (f"@{tag}" if tag != "und" and _TAG.fullmatch(tag) else "")


def _string(text: str) -> str:
    # The escapes of JSON are those of Turtle, but for the solidus, which json leaves.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")

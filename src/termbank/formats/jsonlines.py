"""JSON Lines: one concept a line with all its fields; nothing is dropped."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from termbank.errors import FormatError
from termbank.formats.model.concept_records import (
    CONCEPT_FIELDS,
    TERM_FIELDS,
    Concept,
    Definition,
    Losses,
    Term,
)
from termbank.formats.model.decision_rows import FIELDS, DecisionRow, is_whole, row_of
from termbank.messages import say

from .safe_files import bom_of, chunks, replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.file_head import Head


NAME: Final = "jsonl"
SUFFIXES: Final = (".jsonl", ".ndjson")
DROPS: Final[tuple[str, ...]] = ()
CARRIES_DECISIONS: Final = True

_LINE: Final = 16 << 20  # bytes of one concept
_DECISION: Final = '{"decision": {"lang": "ja", "action": "reject", "left": "…"}}'
_EXAMPLE: Final = '{"id": "…", "terms": [{"lang": "ja", "form": "…"}]}'


def concepts(path: str) -> Iterator[Concept]:
    """Yield one concept a line.

    Raises:
        FormatError: A line is no JSON, or an object of another shape; with the line.
    """
    for number, value in _objects(path):
        if _decision(value) is not None:
            continue
        try:
            record = _concept(value)
        except (AttributeError, KeyError, TypeError):
            problem = say(
                "項目の合わないオブジェクト", "an object whose keys do not fit"
            )
            raise FormatError(path, number, problem, _expectation()) from None
        record.line = number
        yield record


def decisions(path: str) -> Iterator[DecisionRow]:
    """Yield what people decided: objects with nothing but ``decision``.

    Raises:
        FormatError: As :func:`concepts`.
    """
    for number, value in _objects(path):
        fields = _decision(value)
        if fields is None:
            continue
        row = row_of(fields)
        if not is_whole(row) or not all(isinstance(text, str) for text in row):
            expected = say("lang・action・left のある decision", _DECISION)
            problem = say("決定の形式が違います", "a decision of another shape")
            raise FormatError(path, number, problem, expected)
        yield row


def _decision(value: Any) -> dict[str, Any] | None:
    """Return the fields of a line that is a decision, None for a concept."""
    only = isinstance(value, dict) and list(value) == ["decision"]
    return value["decision"] if only and isinstance(value["decision"], dict) else None


def _objects(path: str) -> Iterator[tuple[int, Any]]:
    for number, raw in enumerate(_lines(path), 1):
        if not raw.strip():
            continue
        try:
            yield number, json.loads(raw)
        except ValueError as fault:
            problem = f"{say('壊れた JSON', 'broken JSON')}: {fault}"
            raise FormatError(path, number, problem, _expectation()) from None
        except RecursionError:
            problem = say("入れ子が深すぎる JSON", "JSON nested too deeply")
            raise FormatError(path, number, problem, _expectation()) from None


def _expectation() -> str:
    return f"{say('次のようなオブジェクト', 'an object like')} {_EXAMPLE}"


def _lines(path: str) -> Iterator[bytes]:
    pieces = chunks(path)
    rest, number = next(pieces, b""), 1
    rest = rest[bom_of(rest)[1] :]
    for piece in chain([b""], pieces):
        *whole, rest = (rest + piece).split(b"\n")
        yield from whole
        number += len(whole)
        if len(rest) > _LINE:
            raise FormatError(
                path,
                number,
                say("16 MiB を超える行", "a line over 16 MiB"),
                say("一行に一概念", "one concept a line"),
            )
    yield rest


def _concept(fields: dict[str, Any]) -> Concept:
    record = Concept(_text(fields.get("id", "")))
    for name in CONCEPT_FIELDS:
        setattr(record, name, _text(fields.get(name, "")))
    for each in fields.get("definitions", []):
        source = _text(each.get("source", ""))
        record.definitions.append(
            Definition(_text(each["lang"]), _text(each["text"]), source)
        )
    for each in fields["terms"]:
        term = Term(_text(each["lang"]), _text(each["form"]), each.get("extra"))
        for name in TERM_FIELDS:
            setattr(term, name, _text(each.get(name, "")))
        record.terms.append(term)
    record.extra = fields.get("extra")
    return record


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def write_records(
    records: Iterable[Concept],
    path: str,
    *,
    decisions: Iterable[DecisionRow] = (),
    **_: Any,
) -> Losses:
    """Write concepts, one a line, then decisions; empty fields are left out."""
    with replacing(path) as file:
        for record in records:
            concept_fields = {"id": record.id, **_stated_fields(record, CONCEPT_FIELDS)}
            concept_fields["definitions"] = [
                {
                    "lang": each.lang,
                    "text": each.text,
                    **_stated_fields(each, ("source",)),
                }
                for each in record.definitions
            ]
            concept_fields["terms"] = [
                {
                    "lang": t.lang,
                    "form": t.form,
                    **_stated_fields(t, (*TERM_FIELDS, "extra")),
                }
                for t in record.terms
            ]
            if record.extra:
                concept_fields["extra"] = record.extra
            file.write(json.dumps(concept_fields, ensure_ascii=False) + "\n")
        for row in decisions:
            fields = {k: v for k, v in zip(FIELDS, row, strict=True) if v}
            file.write(json.dumps({"decision": fields}, ensure_ascii=False) + "\n")
    return Losses()


def _stated_fields(record: object, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(record, name))}


def recognise(head: Head) -> bool:
    """Whether a text of a suffix that nobody claims begins with an object."""
    return not head.claimed and re.match(r'\s*\{\s*"', head.text) is not None

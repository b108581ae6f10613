"""Rows of a glossary's tables as entries of a store, and their text in it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from termbank.table_columns import COLUMNS, VALUES
from termbank.text.lone_surrogates import without_surrogates

from .protocol import CONCEPT, DECISION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .protocol import Row, Tables

Keyed = dict[tuple[str, str], "Tables"]
_DECISION_KEY = 4  # columns of a decision that make its key
_REQUIRED = {
    "concepts": ("concept_id", "kind", "status"),
    "definitions": ("concept_id", "lang", "text"),
    "terms": ("concept_id", "lang", "form", "status"),
    "decisions": ("lang", "action", "left"),
}


def decision_key(row: Row) -> str:
    """Return the key of a decision: forms may be longer than a key of an index."""
    return sha256("\0".join(row[:_DECISION_KEY]).encode()).hexdigest()[:32]


def entries_of_rows(tables: Mapping[str, Iterable[Row]]) -> Keyed:
    """Return the rows of a whole glossary by (kind, key).

    A concept that only a term or a definition names is one of kind ``term``.
    """
    by_concept: dict[str, dict[str, list[Row]]] = {}
    for name in ("concepts", "definitions", "terms"):
        for row in tables.get(name, ()):
            by_concept.setdefault(row[0], {}).setdefault(name, []).append(row)
    entries: Keyed = {}
    for key, parts in by_concept.items():
        parts.setdefault("concepts", [(key, "term", "", "preferred", "", "")])
        entries[CONCEPT, key] = {
            name: tuple(sorted(parts[name])) for name in sorted(parts)
        }
    for row in tables.get("decisions", ()):
        entries[DECISION, decision_key(row)] = {"decisions": (row,)}
    return entries


def rows_of_entries(entries: Iterable[Tables | None]) -> dict[str, list[Row]]:
    """Return the rows of entries by table, in no order; an absent entry has none."""
    rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    for tables in entries:
        for name, some in (tables or {}).items():
            rows[name] += some
    return rows


def faults_of(tables: Tables | None) -> list[str]:
    """Return what no glossary can hold: such rows would make every copy unreadable."""
    faults = []
    for name, rows in (tables or {}).items():
        columns = COLUMNS.get(name, ())
        for row in rows:
            if len(row) != len(columns) or not all(map(_is_clean, row)):
                faults.append(f"{name}: {row!r}"[:120])
                continue
            cells = dict(zip(columns, row, strict=True))
            wrong = [
                f"{name}.{column} {value!r}"
                for column, value in cells.items()
                if value and value not in VALUES.get(column, (value,))
            ]
            empty = [f"{name}.{key} ''" for key in _REQUIRED[name] if not cells[key]]
            faults += wrong + empty
    return faults


def _is_clean(value: object) -> bool:
    return (
        isinstance(value, str)
        and "\0" not in value
        and without_surrogates(value) == value
    )


def text_of(tables: Tables | None) -> str | None:
    """Return rows as JSON: objects by column, empty values left out."""
    if tables is None:
        return None
    body = {
        name: [
            {
                column: value
                for column, value in zip(COLUMNS[name], row, strict=True)
                if value
            }
            for row in rows
        ]
        for name, rows in tables.items()
        if rows
    }
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def tables_of_text(text: str | None) -> Tables | None:
    """Return what :func:`text_of` wrote, rows sorted."""
    if text is None:
        return None
    body = json.loads(text)
    return {
        name: tuple(
            sorted(
                tuple([str(row.get(column, "")) for column in COLUMNS[name]])
                for row in body[name]
            )
        )
        for name in sorted(body)
        if name in COLUMNS
    }

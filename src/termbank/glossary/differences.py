"""What differs between two glossaries, value by value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from termbank.table_columns import COLUMNS, KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLUMNS = ("table", "key", "change", "column", "before", "after")


def between(
    before: Mapping[str, pl.DataFrame], after: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    """Return one row a difference, sorted by table (as in a folder), key and column."""
    rows = [
        row
        for name in COLUMNS
        for row in _of_table(name, _by_key(name, before), _by_key(name, after))
    ]
    return pl.DataFrame(rows, dict.fromkeys(_COLUMNS, pl.String), orient="row")


def _by_key(
    name: str, frames: Mapping[str, pl.DataFrame]
) -> dict[tuple[str, ...], dict[str, Any]]:
    return {
        tuple(row[column] for column in KEYS[name]): row
        for row in frames[name].to_dicts()
    }


def _of_table(
    name: str,
    before: dict[tuple[str, ...], dict[str, Any]],
    after: dict[tuple[str, ...], dict[str, Any]],
) -> list[tuple[str | None, ...]]:
    rows: list[tuple[str | None, ...]] = []
    for key in sorted(before.keys() | after.keys()):
        old, new = before.get(key), after.get(key)
        place = (name, " ".join(part for part in key if part))
        if old is None or new is None:
            change = "added" if old is None else "removed"
            rows.append((*place, change, None, _row(name, old), _row(name, new)))
            continue
        for column in COLUMNS[name]:
            if old[column] != new[column]:
                values = (_text(old[column]), _text(new[column]))
                rows.append((*place, "changed", column, *values))
    return rows


def _row(name: str, row: dict[str, Any] | None) -> str | None:
    if row is None:
        return None
    beyond = [column for column in COLUMNS[name] if column not in KEYS[name]]
    return "; ".join(
        f"{column}: {_text(row[column])}"
        for column in beyond
        if row[column] is not None
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)

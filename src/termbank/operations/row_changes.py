"""What an operation does to a glossary: rows of its four tables, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from termbank.table_columns import COLUMNS, KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

Row: TypeAlias = tuple[str, ...]  # texts in the order of the table's columns
Key: TypeAlias = tuple[str, ...]
Tables: TypeAlias = "dict[str, dict[Key, Row]]"

_KEY_PLACES = {
    name: tuple(COLUMNS[name].index(column) for column in KEYS[name])
    for name in COLUMNS
}


class RowChange(NamedTuple):
    """One row that comes, goes or changes.

    Attributes:
        table: concepts, definitions, terms or decisions.
        key: Values of the table's key columns.
        before: The row as it was; None where there was none.
        after: The row as it will be; None where it goes.
    """

    table: str
    key: Key
    before: Row | None
    after: Row | None

    @property
    def inverse(self) -> RowChange:
        """The change that undoes this one."""
        return RowChange(self.table, self.key, self.after, self.before)


class Author(NamedTuple):
    """Who does something, when and why.

    Attributes:
        who: Name of the person.
        when: Time in UTC; operations read no clock.
        why: Reason; empty where none is given.
    """

    who: str
    when: datetime
    why: str = ""


class Change(NamedTuple):
    """One thing that was done to a glossary.

    Attributes:
        number: Counts up from 1 in each project; 0 for a change that was only shown.
        action: Name of the operation, for example merge.
        subject: What it was done to, in words: the forms.
        by: Who did it, when and why.
        rows: What it did to the tables.
        undoes: Number of the change that this one takes back; 0 for none.
        undone: Number of the change that took this one back; 0 for none.
    """

    number: int
    action: str
    subject: str
    by: Author
    rows: tuple[RowChange, ...]
    undoes: int = 0
    undone: int = 0


def key_of(table: str, row: Row) -> Key:
    """Return the values of the key columns of a row."""
    return tuple([row[place] for place in _KEY_PLACES[table]])


def row_changes(
    before: Mapping[str, Iterable[Row]], after: Mapping[str, Iterable[Row]]
) -> tuple[RowChange, ...]:
    """Return what turns some rows into others, by table and key."""
    changes: list[RowChange] = []
    for table in COLUMNS:
        old = {key_of(table, row): row for row in before.get(table, ())}
        new = {key_of(table, row): row for row in after.get(table, ())}
        changes += [
            RowChange(table, key, old.get(key), new.get(key))
            for key in sorted(old.keys() | new.keys())
            if old.get(key) != new.get(key)
        ]
    return tuple(changes)

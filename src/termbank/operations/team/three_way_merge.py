"""Three versions of a glossary's entries: files, store, and what both had in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termbank.operations.row_changes import key_of
from termbank.stores.protocol import DECISION
from termbank.table_columns import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from termbank.operations.row_changes import Key, Row
    from termbank.stores.protocol import Tables

    EntryKey = tuple[str, str]
    Entries = Mapping[EntryKey, Tables]
    Rows = dict[tuple[str, Key], Row]

_LANG, _STATUS = (COLUMNS["terms"].index(name) for name in ("lang", "status"))


class Clash(NamedTuple):
    """An entry that both sides changed in ways that do not go together.

    Attributes:
        kind: ``concept`` or ``decision``.
        key: Identifier within the kind.
        ours: Its rows in the files; None where it is removed there.
        theirs: Its rows in the store, likewise.
        rows: Where they differ: (table, key, row in the files, row in the store).
    """

    kind: str
    key: str
    ours: Tables | None
    theirs: Tables | None
    rows: tuple[tuple[str, Key, Row | None, Row | None], ...]


class Merge(NamedTuple):
    """What a comparison of three versions gives.

    Attributes:
        outgoing: Entries that only the files changed, as the files have them.
        incoming: Entries that only the store changed, as the store has them.
        joined: Entries that both changed, in different rows: all rows together.
        clashes: Entries that both changed, in the same rows.
    """

    outgoing: dict[EntryKey, Tables | None]
    incoming: dict[EntryKey, Tables | None]
    joined: dict[EntryKey, Tables | None]
    clashes: tuple[Clash, ...]


def merge_entries(ours: Entries, base: Entries, theirs: Entries) -> Merge:
    """Compare three versions of all entries.

    Args:
        ours: What the files hold.
        base: What files and store last had in common.
        theirs: What the store holds.
    """
    merge = Merge({}, {}, {}, ())
    clashes = []
    for key in sorted({*ours, *base, *theirs}):
        mine, common, other = ours.get(key), base.get(key), theirs.get(key)
        if mine == other:
            continue
        if common == other:
            merge.outgoing[key] = mine
        elif common == mine:
            merge.incoming[key] = other
        elif key[0] == DECISION and mine and other:
            # The same decision of two people, who differ in name and time only.
            merge.incoming[key] = other
        else:
            rows, differing = _merge_rows(mine, common, other)
            if differing or _is_orphaned(rows):
                clashes.append(Clash(*key, mine, other, differing))
            else:
                merge.joined[key] = rows
    return merge._replace(clashes=tuple(clashes))


def _merge_rows(
    ours: Tables | None, base: Tables | None, theirs: Tables | None
) -> tuple[Tables | None, tuple[tuple[str, Key, Row | None, Row | None], ...]]:
    """Return the rows of both sides together, and those that both changed."""
    sides = [_rows(tables) for tables in (ours, base, theirs)]
    both_sides: Rows = {}
    differing = []
    for place in sorted({key for side in sides for key in side}):
        mine, common, other = (side.get(place) for side in sides)
        if mine != other and common not in (mine, other):
            differing.append((*place, mine, other))
        row = other if common == mine else mine
        if row is not None:
            both_sides[place] = row
    if not differing:
        differing = [
            ("terms", place[1], sides[0].get(place), sides[2].get(place))
            for place in _second_preferred(both_sides, *sides)
        ]
    return _tables(both_sides), tuple(differing)


def _is_orphaned(tables: Tables | None) -> bool:
    """Whether a concept was removed on one side and got more rows on the other."""
    return tables is not None and not {"concepts", "decisions"} & tables.keys()


def _second_preferred(merged: Rows, *sides: Rows) -> list[tuple[str, Key]]:
    """Return preferred forms of a language that has one on either side, and two in all."""
    most = max(_most_preferred(side) for side in sides)
    preferred = _preferred(merged)
    return [
        place
        for places in preferred.values()
        if len(places) > max(most, 1)
        for place in places
    ]


def _most_preferred(rows: Rows) -> int:
    return max(map(len, _preferred(rows).values()), default=0)


def _preferred(rows: Rows) -> dict[str, list[tuple[str, Key]]]:
    by_lang: dict[str, list[tuple[str, Key]]] = {}
    for place, row in rows.items():
        if place[0] == "terms" and row[_STATUS] == "preferred":
            by_lang.setdefault(row[_LANG], []).append(place)
    return by_lang


def _rows(tables: Tables | None) -> Rows:
    return {
        (table, key_of(table, row)): row
        for table, rows in (tables or {}).items()
        for row in rows
    }


def _tables(rows: Rows) -> Tables | None:
    tables: dict[str, list[Row]] = {}
    for (table, _), row in sorted(rows.items()):
        tables.setdefault(table, []).append(row)
    return {table: tuple(sorted(some)) for table, some in tables.items()} or None

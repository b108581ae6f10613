"""A whole glossary read from a team's store, and written back as what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termbank.stores.entry_rows import entries_of_rows, rows_of_entries
from termbank.stores.protocol import Note, Write, account_name
from termbank.table_columns import COLUMNS

from .csv_folder import frame_of_rows, rows_of_frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from termbank.stores.entry_rows import Keyed


class TeamBase(NamedTuple):
    """What a store held when a glossary was read from it.

    Attributes:
        address: Of the store.
        frames: The four frames by name.
        versions: Version of each entry by (kind, key).
    """

    address: str
    frames: dict[str, pl.DataFrame]
    versions: dict[tuple[str, str], int]


def read_from_team(address: str) -> TeamBase:
    """Return what a store holds now.

    Raises:
        StoreError: It is out of reach.
    """
    from .team_glossary import team_glossary

    team = team_glossary(address)
    team.pull(at_once=True)
    entries = team.entries().values()
    tables = rows_of_entries(entry.tables for entry in entries)
    return TeamBase(
        address,
        {name: frame_of_rows(name, rows) for name, rows in tables.items()},
        {(entry.kind, entry.key): entry.version for entry in entries},
    )


def write_to_team(
    base: TeamBase | None, frames: Mapping[str, pl.DataFrame], address: str
) -> int:
    """Write what differs from the base; return the number of the transaction.

    Without a base of the same store every entry is taken for new, so that nothing there
    is overwritten and nothing removed.

    Raises:
        ConflictError: Others changed an entry since; all are listed.
        StoreError: The store is out of reach, or refuses.
    """
    from .team_glossary import team_glossary

    team = team_glossary(address)
    own_base = base if base and base.address == address else None
    before = _entries(own_base.frames) if own_base else {}
    versions = own_base.versions if own_base else {}
    after = _entries(frames)
    writes = [
        Write(*key, versions.get(key, 0), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    ]
    number = team.shared.write(writes, Note(account_name(), "", "write", ""))
    team.pull(at_once=True)
    return number


def _entries(frames: Mapping[str, pl.DataFrame]) -> Keyed:
    return entries_of_rows(
        {name: rows_of_frame(frames[name].select(COLUMNS[name])) for name in COLUMNS}
    )

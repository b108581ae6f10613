"""A glossary folder in git and a team's store: what each has, brought to the other.

Both directions compare three versions and are all or nothing. What both sides changed
is joined where the rows differ, and listed where they do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termbank.errors import ConflictError
from termbank.operations.row_changes import Change, row_changes
from termbank.stores.entry_rows import entries_of_rows, rows_of_entries
from termbank.stores.protocol import Note, Write

from .store_base import StoreBase, read_base, write_base
from .three_way_merge import Clash, merge_entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from termbank.operations.project import Project
    from termbank.operations.row_changes import Author
    from termbank.stores.protocol import Conflict, Entry, SharedStore, Tables

    from .three_way_merge import Entries, EntryKey, Merge

FILES, STORE = "files", "store"
_GLOSSARY = "glossary"  # the subject of an exchange that names no form


class Exchange(NamedTuple):
    """What a push or a pull did, or would do.

    Attributes:
        change: Rows that the store (push) or the files (pull) were given.
        clashes: What both sides changed; then nothing was written.
    """

    change: Change
    clashes: tuple[Clash, ...]


class _Sides(NamedTuple):
    head: int
    ours: Entries
    theirs: dict[EntryKey, Tables]
    versions: dict[EntryKey, int]
    base: StoreBase
    merge: Merge


def push(
    project: Project, store: SharedStore, by: Author, *, dry: bool = False
) -> Exchange:
    """Give the store what the files changed since both last met.

    What only the store changed stays as it is there, and comes with the next pull.

    Args:
        project: Whose files.
        store: The team's.
        by: Who pushes, and why.
        dry: Whether to show only what would be written.

    Raises:
        StoreError: The store is out of reach, or refuses.
    """
    with project.exclusive():
        sides = _compare(project, store)
        outgoing, clashes = sides.merge.outgoing, sides.merge.clashes
        both = tuple(
            Clash(*key, sides.ours.get(key), sides.theirs.get(key), ())
            for key in sides.merge.joined
        )
        change = _change("push", by, outgoing, sides.theirs)
        if clashes or both or dry:
            return Exchange(change, clashes + both)
        note = Note(by.who, by.why, "push", change.subject)
        writes = [
            Write(*key, sides.versions.get(key, 0), tables)
            for key, tables in outgoing.items()
        ]
        try:
            number = store.write(writes, note)
        except ConflictError as fault:  # somebody was faster
            return Exchange(change, tuple(map(_clash_of, fault.conflicts)))
        write_base(project.folder, _base_after_push(sides, store, number))
        return Exchange(change._replace(number=number), ())


def pull(
    project: Project,
    store: SharedStore,
    by: Author,
    *,
    take: str = "",
    only: Iterable[str] = (),
    dry: bool = False,
) -> Exchange:
    """Give the files what the store changed since both last met.

    What only the files changed stays as it is there, and goes with the next push.

    Args:
        project: Whose files.
        store: The team's.
        by: Who pulls.
        take: Whose version wins where both changed the same rows: ``files`` or
            ``store``; empty lists them and writes nothing.
        only: Identifiers of the entries that ``take`` is for; all where empty.
        dry: Whether to show only what would be written.

    Raises:
        StoreError: The store is out of reach.
        InputError: The files cannot be written.
    """
    with project.exclusive():
        sides = _compare(project, store)
        merge = sides.merge
        only_keys = set(only)
        incoming = {**merge.incoming, **merge.joined}
        clashes = []
        for clash in merge.clashes:
            if not take or (only_keys and clash.key not in only_keys):
                clashes.append(clash)
            elif take == STORE:
                incoming[clash.kind, clash.key] = clash.theirs
        change = _change("pull", by, incoming, sides.ours)
        if not clashes and not dry:
            project.replace_rows(change.rows)
            write_base(project.folder, StoreBase(store.identity, sides.head))
            change = change._replace(number=sides.head)
        return Exchange(change, tuple(clashes))


def _compare(project: Project, store: SharedStore) -> _Sides:
    base = read_base(project.folder)
    if base.store != store.identity:
        base = StoreBase(store.identity)
    head, entries = store.entries()
    theirs = {
        (entry.kind, entry.key): entry.tables for entry in entries if entry.tables
    }
    versions = {(entry.kind, entry.key): entry.version for entry in entries}
    common = _common(store, base, theirs)
    ours = entries_of_rows(
        {name: rows.values() for name, rows in project.rows().tables.items()}
    )
    merge = merge_entries(ours, common, theirs)
    return _Sides(head, ours, theirs, versions, base, merge)


def _common(
    store: SharedStore, base: StoreBase, theirs: Mapping[EntryKey, Tables]
) -> dict[EntryKey, Tables]:
    """Return the entries as files and store last had them in common."""
    common = dict(theirs) if base.number else {}
    if base.number:
        _set_back(common, store.entries_at(base.number))
    for number in sorted(set(base.pushed.values())):
        keys = {key for key, at in base.pushed.items() if at == number}
        for key in keys & theirs.keys():
            common[key] = theirs[key]
        for key in keys - theirs.keys():
            common.pop(key, None)
        later = store.entries_at(number)
        _set_back(common, (entry for entry in later if (entry.kind, entry.key) in keys))
    return common


def _set_back(common: dict[EntryKey, Tables], entries: Iterable[Entry]) -> None:
    for entry in entries:
        if entry.tables is None:
            common.pop((entry.kind, entry.key), None)
        else:
            common[entry.kind, entry.key] = entry.tables


def _base_after_push(sides: _Sides, store: SharedStore, number: int) -> StoreBase:
    base, merge = sides.base, sides.merge
    if not merge.incoming and number in (0, sides.head + 1):
        # Nothing but this push is new: files and store are the same.
        return StoreBase(store.identity, number or sides.head)
    push_numbers = {**base.pushed, **dict.fromkeys(merge.outgoing, number)}
    return base._replace(pushed=push_numbers if number else base.pushed)


def _change(
    action: str,
    by: Author,
    after: Mapping[EntryKey, Tables | None],
    before: Mapping[EntryKey, Tables],
) -> Change:
    rows = row_changes(
        rows_of_entries(before.get(key) for key in after),
        rows_of_entries(after.values()),
    )
    forms = [row.key[2] for row in rows if row.table in ("terms", "decisions")]
    subject = ", ".join([*dict.fromkeys(forms)][:5]) or _GLOSSARY
    return Change(0, action, subject, by, rows)


def _clash_of(conflict: Conflict) -> Clash:
    write, entry = conflict
    return Clash(write.kind, write.key, write.tables, entry.tables, ())

"""A project: a glossary folder with its versions, its undo and its review queue."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from termbank.atomic_files import os_errors, replacing_bytes
from termbank.config import BUILT_IN, FILE_NAME, glossaries_in_use, settings
from termbank.errors import ConfigError, ConflictError, GlossaryError, InputError
from termbank.glossary import csv_journal
from termbank.glossary.csv_snapshot import file_of
from termbank.glossary.csv_tables import value_fault
from termbank.glossary.shipped import place_of
from termbank.messages import say
from termbank.stores.addresses import is_address, without_secrets
from termbank.table_columns import COLUMNS

from .glossary_rows import GlossaryRows, files_of, frames_of_tables
from .journal import Journal
from .row_changes import Change, row_changes
from .team.team_journal import TeamJournal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from termbank.glossary import Glossary

    from .row_changes import Author, RowChange

STATE_FOLDER: Final = ".termbank"
# Times that an edit is tried again where others keep changing the same concepts.
_ATTEMPTS: Final = 20
_SETTINGS: Final = """\
# termbank: https://github.com/termbank/termbank
glossaries = ["{glossary}"]
"""


class Project:
    """A glossary that people edit, with everything that was done to it.

    The four CSV files are the truth: they may be edited by hand or by git at any time.
    The journal (``.termbank/`` beside the glossary folder) holds what undo, review and
    a second build need; it may be deleted, and only these are lost.

    Where a team's store is the truth, the files are this machine's copy of it.

    Attributes:
        name: What people call it: its folder or its database.

    Args:
        folder: Glossary folder, which need not exist yet, or the address of a team's
            store.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(os.path.abspath(place_of(folder)))
        self.name = self.folder.parent.name
        self.journal = Journal(
            self.folder.parent / STATE_FOLDER / f"{self.folder.name}.db"
        )
        if is_address(folder):
            self.name = without_secrets(folder).rpartition("/")[2]
            self.journal = TeamJournal(str(folder))
        self._rows: GlossaryRows | None = None
        self._seen = ""

    @classmethod
    def find(cls, named: str | None = None, start: str | None = None) -> Project:
        """Return the project of a named glossary folder, or of the settings.

        Args:
            named: What ``--glossary`` says.
            start: Folder from which the search for settings climbs.

        Raises:
            ConfigError: Nothing is named, and no settings name a glossary folder.
            InputError: The glossary is a file, which has no decisions or versions.
        """
        own = [
            place for place in glossaries_in_use(settings(start)) if place != BUILT_IN
        ]
        place = named if named not in (None, BUILT_IN) else next(iter(own), None)
        if place is None:
            raise ConfigError(
                named or FILE_NAME,
                say("プロジェクトの用語集がありません", "no glossary of a project"),
                say(
                    "termbank init で作るか --glossary DIR を付ける",
                    "make one with termbank init, or name one: --glossary DIR",
                ),
            )
        if os.path.isfile(place):
            raise InputError(
                place,
                say("用語集のファイル", "a glossary file"),
                say(
                    "用語集のフォルダー (termbank init --from FILE で取り込む)",
                    "a glossary folder (termbank init --from FILE takes it in)",
                ),
            )
        return cls(place)

    @classmethod
    def begin(
        cls, folder: str | os.PathLike[str], glossary: str = "glossary"
    ) -> Project:
        """Write ``termbank.toml`` and an empty glossary; return the project.

        Args:
            folder: Where the project stands.
            glossary: Name of the glossary folder in it.

        Raises:
            ConfigError: There are settings or a glossary already.
            InputError: It cannot be written there.
        """
        refuse_begun(folder, glossary)
        project = cls(Path(folder) / glossary)
        project.write_files(COLUMNS, GlossaryRows({name: {} for name in COLUMNS}))
        write_texts({Path(folder) / FILE_NAME: _settings_of(glossary)})
        return project

    def exists(self) -> bool:
        """Whether there is a glossary in the folder."""
        return os.path.isfile(file_of(os.fspath(self.folder), "terms"))

    def rows(self) -> GlossaryRows:
        """Return the rows as the files hold them now.

        Raises:
            FormatError: A file is broken; the error says where.
        """
        self.journal.refresh()
        fingerprint = self._fingerprint()
        if self._rows is None or fingerprint != self._seen:
            self._rows, self._seen = GlossaryRows.read(self.folder), fingerprint
        return self._rows

    def glossary(self) -> Glossary:
        """Return the whole glossary as an object."""
        from termbank.glossary import Glossary

        return Glossary(**frames_of_tables(self.rows().tables)._asdict())

    @property
    def version(self) -> str:
        """What changes whenever the files do, sixteen hex digits."""
        return sha256(self._fingerprint().encode()).hexdigest()[:16]

    def preview(
        self,
        action: str,
        subject: str,
        edit: Callable[[GlossaryRows], Iterable[RowChange]],
        by: Author,
    ) -> Change:
        """Return what :meth:`change` would do, with nothing written."""
        return Change(0, action, subject, by, tuple(edit(self.rows())))

    def change(
        self,
        action: str,
        subject: str,
        edit: Callable[[GlossaryRows], Iterable[RowChange]],
        by: Author,
    ) -> Change:
        """Do something to the glossary as one transaction.

        Args:
            action: Name of the operation.
            subject: What it is done to, in words.
            edit: Called with the rows as they are once nobody else can change them; an
                error it raises leaves everything as it was.
            by: Who does it, when and why.

        Returns:
            The change; numbered 0, with no rows, where nothing had to be done.

        Raises:
            GlossaryError: What ``edit`` raises.
            InputError: The files cannot be written.
        """
        return self._transact(action, subject, edit, by)

    def undo(
        self, by: Author, number: int | None = None, *, own: bool = False
    ) -> Change:
        """Take a change back, the last one where none is named.

        Args:
            by: Who takes it back.
            number: Number of the change.
            own: Whether only changes of the same person are looked at.

        Raises:
            GlossaryError: There is nothing to undo, or a row of the change was edited
                since; every such row is named.
        """
        with self.journal.exclusive():
            change = self.to_undo(number, by.who if own else None)
        return self._transact(
            "undo",
            change.subject,
            lambda rows: _inverse(rows, change),
            by,
            undoes=change.number,
        )

    def to_undo(self, number: int | None = None, who: str | None = None) -> Change:
        """Return the change that :meth:`undo` would take back.

        Raises:
            GlossaryError: There is none.
        """
        change = (
            self.journal.last_to_undo(who)
            if number is None
            else self.journal.change(number)
        )
        if change is None or change.undone:
            raise GlossaryError(
                str(number or self.folder),
                say("取り消せる変更がありません", "no change to undo"),
                say("termbank undo --list にある変更", "one that undo --list shows"),
            )
        return change

    def history(self, limit: int = 50, subject: str = "") -> list[Change]:
        """Return what was done, the newest first."""
        return self.journal.changes(limit, subject)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the glossary: nobody else changes it meanwhile."""
        with self.journal.exclusive():
            self._write_what_a_killed_process_left()
            yield

    def replace_rows(self, changes: Iterable[RowChange]) -> None:
        """Put rows into the files without a line in the journal, as git would.

        Raises:
            InputError: The files cannot be written.
        """
        row_changes = tuple(changes)
        rows = self.rows()
        rows.apply(row_changes)
        self._rows = None
        tables = dict.fromkeys(row.table for row in row_changes)
        self.write_files({**tables, **dict.fromkeys(self._missing())}, rows)

    def write_files(self, tables: Iterable[str], rows: GlossaryRows) -> None:
        """Write files of the glossary together: readers see all of them or none.

        Raises:
            InputError: They cannot be written.
        """
        place = os.fspath(self.folder)
        csv_journal.write_texts(place, {name: rows.csv(name) for name in tables})

    def _transact(
        self,
        action: str,
        subject: str,
        edit: Callable[[GlossaryRows], Iterable[RowChange]],
        by: Author,
        undoes: int = 0,
    ) -> Change:
        with self.exclusive():
            change, rows = self._add(Change(0, action, subject, by, (), undoes), edit)
            if not change.rows:
                return change
            try:
                self._write(rows, [change])
            except BaseException:
                self.journal.withdraw(change)
                raise
        return change

    def _add(
        self,
        change: Change,
        edit: Callable[[GlossaryRows], Iterable[RowChange]],
    ) -> tuple[Change, GlossaryRows]:
        """Commit what an edit does to the rows; over again where others were faster."""
        for left in reversed(range(_ATTEMPTS)):
            rows = self.rows()
            change = change._replace(rows=tuple(edit(rows)))
            refuse_unreadable(change)
            if not change.rows:
                break
            try:
                return change._replace(number=self.journal.add(change)), rows
            except ConflictError:
                if not left:
                    raise
                self.journal.refresh(at_once=True)
        return change, rows

    def _write_what_a_killed_process_left(self) -> None:
        left = self.journal.unwritten()
        if left:
            self._write(self.rows(), left)

    def _write(self, rows: GlossaryRows, changes: list[Change]) -> None:
        if not self.journal.writes_files:
            self._rows = None
            return
        tables: dict[str, None] = {}
        try:
            for change in changes:
                rows.apply(change.rows)
                tables |= dict.fromkeys(row.table for row in change.rows)
            self.write_files({**tables, **dict.fromkeys(self._missing())}, rows)
            self.journal.note_written(change.number for change in changes)
        except BaseException:
            self._rows = None
            raise
        self._rows, self._seen = rows, self._fingerprint()

    def _missing(self) -> list[str]:
        place = os.fspath(self.folder)
        return [name for name in COLUMNS if not os.path.isfile(file_of(place, name))]

    def _fingerprint(self) -> str:
        parts = []
        for path in files_of(self.folder):
            try:
                stat = os.stat(path)
            except OSError:
                parts.append("-")
            else:
                parts.append(f"{stat.st_mtime_ns},{stat.st_size},{stat.st_ino}")
        return ";".join(parts)


def refuse_begun(folder: str | os.PathLike[str], glossary: str) -> None:
    """Refuse a folder in which a project stands.

    Settings as :meth:`Project.begin` writes them, without their glossary, are what a
    killed process left, and no project.

    Raises:
        ConfigError: There are other settings, or a glossary.
    """
    file, terms = Path(folder) / FILE_NAME, Path(folder) / glossary / "terms.csv"
    for place in (terms, file):
        if place.exists():
            if place == file and file.read_bytes() == _settings_of(glossary).encode():
                return
            raise ConfigError(
                str(place),
                say("すでにあります", "it is there already"),
                say("用語集のないフォルダー", "a folder without a glossary"),
            )


def _settings_of(glossary: str) -> str:
    escaped_path = glossary.replace("\\", "\\\\").replace('"', '\\"')
    return _SETTINGS.format(glossary=escaped_path)


def refuse_unreadable(change: Change) -> None:
    """Refuse rows that no reader would accept: what is written can always be read.

    Raises:
        GlossaryError: A value has, say, a control character.
    """
    for row in change.rows:
        fault = value_fault(row.table, row.after) if row.after is not None else None
        if fault is not None:
            raise GlossaryError(change.subject, *fault)


def _inverse(rows: GlossaryRows, change: Change) -> list[RowChange]:
    """Return the changes that take one back, where its rows stand as it left them."""
    later_edits = [
        row for row in change.rows if rows.tables[row.table].get(row.key) != row.after
    ]
    if later_edits:
        keys = ", ".join(
            " ".join(part for part in row.key if part) for row in later_edits
        )
        raise GlossaryError(
            change.subject,
            say(f"その後に変わった行: {keys}", f"rows changed since: {keys}"),
            say("後の変更から順に取り消す", "the later change undone first"),
        )
    return [row.inverse for row in change.rows]


def write_texts(texts: Mapping[Path, str]) -> None:
    """Write files, the first one replaced only when all are complete.

    Raises:
        InputError: One cannot be written; all are what they were.
    """
    with ExitStack() as stack:
        for path, text in texts.items():
            with os_errors(path.parent):
                path.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(replacing_bytes(path)).write(text.encode("utf-8"))


def changed_rows(before: GlossaryRows, after: GlossaryRows) -> tuple[RowChange, ...]:
    """Return what turns the rows of one glossary into those of another."""
    return row_changes(
        {name: rows.values() for name, rows in before.tables.items()},
        {name: rows.values() for name, rows in after.tables.items()},
    )

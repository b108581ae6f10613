"""An edited sheet brought back: what its reader changed goes in, conflicts are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termbank.errors import GlossaryError, TermbankError
from termbank.messages import say
from termbank.operations.concept_edits import Draft, add
from termbank.operations.glossary_rows import KIND, NOTE, STATUS
from termbank.operations.term_values import NewTerm

from .term_sheet import EDITED, SheetRow, parts, sheet_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from termbank.operations.glossary_rows import GlossaryRows
    from termbank.operations.row_changes import Author, RowChange

    from .sheet_files import Sheet


class Conflict(NamedTuple):
    """A cell that the sheet and the glossary both changed, or that cannot be taken.

    Attributes:
        form: Leading form of the row.
        ours: What the glossary says.
        theirs: What the sheet says, with the line.
    """

    form: str
    ours: str
    theirs: str


class SheetMerge:
    """Takes the rows of a sheet into a glossary and notes what it did.

    Args:
        by: Who brings the sheet back.
        theirs: Whether the sheet wins where both changed.
    """

    def __init__(self, by: Author, *, theirs: bool = False) -> None:
        self._by, self._theirs = by, theirs
        self.new: list[str] = []
        self.changed: list[str] = []
        self.unchanged = 0
        self.conflicts: list[Conflict] = []
        self.questions: list[tuple[str, str]] = []

    def take(self, rows: GlossaryRows, sheet: Sheet) -> None:
        """Change rows as the sheet says, row by row; a row that fails changes nothing."""
        for line, row in sheet.rows:
            try:
                step = tuple(self._row_changes(rows, sheet, line, row))
            except TermbankError as fault:
                self._refuse(row, line, str(fault))
                continue
            rows.apply(step)
        self.questions += sheet.comments

    def _row_changes(
        self, rows: GlossaryRows, sheet: Sheet, line: int, row: SheetRow
    ) -> Iterator[RowChange]:
        concept = self._home(rows, row)
        if concept is None:
            yield from self._new(rows, sheet, row)
            return
        ours = sheet_row(rows, concept)
        base = sheet.base.get(row.concept, ours)
        target = self._target(ours, base, row, line, has_base=bool(sheet.base))
        if row.question and row.question != base.question:
            self.questions.append((ours.japanese, row.question))
        if target == ours._replace(mentions=target.mentions, example=target.example):
            self.unchanged += 1
            return
        draft = Draft(rows)
        draft.take([concept])
        _carry_out(draft, concept, ours, target, self._by)
        changes = draft.changes()
        if changes:
            self.changed.append(ours.japanese or row.japanese)
        yield from changes

    def _home(self, rows: GlossaryRows, row: SheetRow) -> str | None:
        if (row.concept,) in rows.tables["concepts"]:
            return row.concept
        concepts = rows.concepts(row.japanese, "ja") if row.japanese else []
        return concepts[0] if concepts else None

    def _new(
        self, rows: GlossaryRows, sheet: Sheet, row: SheetRow
    ) -> Iterator[RowChange]:
        # A row of ours whose concept is gone was taken out meanwhile: it stays out.
        gone = bool(row.concept) and row.concept in sheet.base
        if not row.japanese or gone or row.status == "rejected":
            return
        term = NewTerm(
            row.japanese,
            english=tuple(parts(row.english)),
            variants=tuple(parts(row.deprecated)),
            admitted=tuple(parts(row.admitted)),
            kind=row.kind,
            note=row.note,
        )
        changes = add(rows, term, self._by)
        self.new.append(row.japanese)
        if row.question:
            self.questions.append((row.japanese, row.question))
        yield from changes

    def _target(
        self,
        ours: SheetRow,
        base: SheetRow,
        row: SheetRow,
        line: int,
        *,
        has_base: bool,
    ) -> SheetRow:
        """Return the row as it is to be: cells that the reader changed, else ours."""
        values = ours._asdict()
        for field in EDITED:
            cell, was, now = (getattr(version, field) for version in (row, base, ours))
            same = parts(cell) == parts(was) if field in _LISTS else cell == was
            # Without a base an empty cell says nothing; with one it was emptied.
            if same or field == "question" or (not cell and (not has_base or not was)):
                continue
            if not cell and field in ("japanese", "kind", "status"):
                continue
            if now not in (was, cell) and not self._theirs:
                place = say(f"{line} 行目", f"line {line}")
                self.conflicts.append(Conflict(ours.japanese, now, f"{cell} ({place})"))
                continue
            values[field] = cell
        return SheetRow(**values)

    def _refuse(self, row: SheetRow, line: int, reason: str) -> None:
        place = say(f"{line} 行目", f"line {line}")
        self.conflicts.append(Conflict(row.japanese or row.concept, reason, place))


_LISTS = ("english", "admitted", "deprecated")


def _carry_out(
    draft: Draft, concept: str, ours: SheetRow, target: SheetRow, by: Author
) -> None:
    if target.status == "rejected":
        draft.reject_concept(concept, by)
        return
    if target.kind != ours.kind:
        draft.set_concept(concept, KIND, target.kind)
    if target.japanese != ours.japanese and target.japanese:
        _refuse_other_home(draft, concept, target.japanese)
        draft.put_term(concept, "ja", target.japanese)
        draft.set_status(concept, "ja", target.japanese, "prefer", by)
        if ours.japanese and ours.japanese not in parts(target.admitted):
            draft.set_status(concept, "ja", ours.japanese, "retire", by)
    _set_forms(draft, concept, ours, target, by)
    if target.english != ours.english:
        _set_english(draft, concept, parts(target.english), parts(ours.english), by)
    lead = target.japanese or ours.japanese
    if target.note != ours.note and lead:
        draft.set_term((concept, "ja", lead), NOTE, target.note)
    if target.status == "preferred" != ours.status:
        draft.approve(concept, "ja" if lead else "en", by)


def _set_forms(
    draft: Draft, concept: str, ours: SheetRow, target: SheetRow, by: Author
) -> None:
    lead = target.japanese or ours.japanese
    remaining = {lead, ours.japanese}
    for field, action, usable in (
        ("admitted", "admit", ("admitted", "proposed")),
        ("deprecated", "retire", ("deprecated", "forbidden")),
    ):
        before, after = parts(getattr(ours, field)), parts(getattr(target, field))
        for form in after:
            remaining.add(form)
            if form in (lead, *before):
                continue
            _refuse_other_home(draft, concept, form)
            draft.put_term(concept, "ja", form)
            row = draft.rows.tables["terms"][concept, "ja", form]
            if row[STATUS] not in usable or action == "retire":
                draft.set_status(concept, "ja", form, action, by)
    before_all = {*parts(ours.admitted), *parts(ours.deprecated)}
    for form in sorted(before_all - remaining):
        draft.reject(concept, "ja", form, by)


def _set_english(
    draft: Draft, concept: str, target: list[str], before: list[str], by: Author
) -> None:
    if target:
        draft.choose_english(concept, target, by)
    for form in before:
        if form in target:
            continue
        if (concept, "en", form) in draft.rows.tables["terms"] and target:
            draft.reject(concept, "en", form, by)
        elif not target:
            draft.forget_term(concept, "en", form, by)


def _refuse_other_home(draft: Draft, concept: str, form: str) -> None:
    homes = draft.homes(form, "ja")
    if homes and concept not in homes:
        raise GlossaryError(
            form,
            say(
                f"すでに {draft.lead_of(homes[0])} の語形",
                f"a form of {draft.lead_of(homes[0])} already",
            ),
            say("termbank merge でまとめる", "termbank merge"),
        )

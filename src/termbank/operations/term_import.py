"""Foreign lists of terms into a glossary: what is new, what changes, what contradicts.

A concept of a list is the glossary's own where both bear one identifier and share a
form, or share a Japanese form, or, where the list has no Japanese, an English one. An
empty cell says nothing; what a person decided stands, and is listed where a list says
otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.arguments import require_texts
from termbank.errors import InputError
from termbank.messages import say
from termbank.table_columns import COLUMNS
from termbank.text.normalise import norm

from .glossary_rows import (
    CONCEPT_STATUS,
    FORM,
    LANG,
    STATUS,
    GlossaryRows,
)
from .project import changed_rows
from .requests import ask
from .row_changes import RowChange
from .sheet.sheet_files import is_sheet, read_sheet
from .sheet.sheet_import import SheetMerge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termbank.glossary import Glossary

    from .project import Project
    from .row_changes import Author, Change, Row

_SEGMENT_FORMATS: Final = ("tmx", "xliff", "xliff1", "po")
_UNSTATED: Final = '"unstated"'  # in extra: the list named no status, the reader chose
_ABOUT_STATUS: Final = ("prefer", "admit", "deprecate", "retire", "reject")


class Contradiction(NamedTuple):
    """What a list says against the glossary; the glossary stands.

    Attributes:
        form: The form concerned.
        ours: What the glossary says.
        theirs: What the list says.
    """

    form: str
    ours: str
    theirs: str


class Imported(NamedTuple):
    """What an import did, or would do.

    Attributes:
        change: Its rows.
        new: Forms of concepts that come in.
        changed: Forms of concepts that get more or other values.
        unchanged: How many concepts say nothing new.
        contradictions: What was left as it is, for a person to decide.
    """

    change: Change
    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    contradictions: tuple[Contradiction, ...]


def import_files(
    project: Project,
    paths: Sequence[str],
    by: Author,
    *,
    theirs: bool = False,
    dry: bool = False,
) -> Imported:
    """Merge files of terms into a glossary.

    Args:
        project: Where to.
        paths: TBX, UTX, CSV, XLSX, prh … or glossary folders.
        by: Who imports.
        theirs: Whether the list wins where it contradicts.
        dry: Whether nothing is written.

    Raises:
        InputError: A file cannot be read, or holds segments instead of terms; or
            ``paths`` is one text, not several.
    """
    require_texts("paths", paths)
    sheets = [read_sheet(path) for path in paths if is_sheet(path)]
    lists = [GlossaryRows.of(read_terms(path)) for path in paths if not is_sheet(path)]
    merge = Merge(theirs=theirs)
    sheet_merge = SheetMerge(by, theirs=theirs)

    def edit(rows: GlossaryRows) -> Iterable[RowChange]:
        after = GlossaryRows({name: dict(rows.tables[name]) for name in COLUMNS})
        merge.take(after, lists)
        for sheet in sheets:
            sheet_merge.take(after, sheet)
        return changed_rows(rows, after)

    step = project.preview if dry else project.change
    change = step("import", ", ".join(paths), edit, by)
    if not dry:
        _ask_questions(project, sheet_merge.questions, by)
    conflicts = [Contradiction(*conflict) for conflict in sheet_merge.conflicts]
    return Imported(
        change,
        (*merge.new, *sheet_merge.new),
        (*merge.changed, *sheet_merge.changed),
        merge.unchanged + sheet_merge.unchanged,
        (*merge.contradictions, *conflicts),
    )


def _ask_questions(
    project: Project, questions: Sequence[tuple[str, str]], by: Author
) -> None:
    """Put questions and comments of a sheet into the queue, each once."""
    rows = project.journal.read("SELECT subject, body FROM requests")
    for subject, body in dict.fromkeys(questions):
        if subject and (subject, body) not in rows:
            ask(project, "question", subject, body, by)


def read_terms(path: str) -> Glossary:
    """Return the glossary in a file or folder.

    Raises:
        InputError: It cannot be read, or holds segments: ``memory import`` takes those.
    """
    import os

    from termbank.glossary import Glossary

    if not os.path.isdir(path) and os.path.exists(path):
        from termbank.formats.detection import recognise_format

        if recognise_format(path) in _SEGMENT_FORMATS:
            raise InputError(
                path,
                say("セグメントのファイル", "a file of segments"),
                say(f"termbank memory import {path}", f"termbank memory import {path}"),
            )
    return Glossary.read(path)


class Merge:
    """Takes lists into a glossary and notes what it did.

    Args:
        theirs: Whether a list wins over what was decided.
    """

    def __init__(self, *, theirs: bool = False) -> None:
        self._theirs = theirs
        self.new: list[str] = []
        self.changed: list[str] = []
        self.contradictions: list[Contradiction] = []
        self.unchanged = 0

    def take(self, ours: GlossaryRows, lists: Iterable[GlossaryRows]) -> None:
        """Change rows as the lists say, the earlier list first."""
        for theirs in lists:
            for key in sorted(theirs.tables["concepts"]):
                self._take(ours, theirs, key[0])
            self._decisions(ours, theirs)

    def _take(self, ours: GlossaryRows, theirs: GlossaryRows, concept: str) -> None:
        terms = theirs.terms(concept)
        if not terms:
            return
        home = self._home(ours, concept, terms)
        edits = [*self._edits(ours, theirs, concept, home)]
        lead = theirs.lead(concept)
        if home is None:
            if any(edit.table == "terms" for edit in edits):
                self.new.append(lead)
                ours.apply(edits)
        elif edits:
            self.changed.append(lead)
            ours.apply(edits)
        else:
            self.unchanged += 1

    def _home(
        self, ours: GlossaryRows, concept: str, terms: Sequence[Row]
    ) -> str | None:
        def homes(row: Row) -> list[str]:
            return ours.concepts(row[FORM], row[LANG])

        if (concept,) in ours.tables["concepts"] and any(
            concept in homes(row) for row in terms
        ):
            return concept
        japanese = [row for row in terms if row[LANG] == "ja"]
        order = sorted(japanese or terms, key=lambda row: row[STATUS] != "preferred")
        for row in order:
            for concept_of_form in homes(row):
                return concept_of_form
        return None

    def _edits(
        self, ours: GlossaryRows, theirs: GlossaryRows, concept: str, home: str | None
    ) -> Iterator[RowChange]:
        target = home or self._free(ours, concept, theirs.terms(concept)[0])
        yield from self._concept_edits(ours, theirs, concept, target)
        for lang, text in theirs.definitions(concept).items():
            old = ours.tables["definitions"].get((target, lang))
            if old is None or old[2] != text:
                source = theirs.tables["definitions"][concept, lang][3]
                new_row = (target, lang, text, source)
                yield RowChange("definitions", (target, lang), old, new_row)
        led = {
            row[LANG]: row[FORM]
            for row in (ours.terms(home) if home else [])
            if row[STATUS] == "preferred"
        }
        for row in theirs.terms(concept):
            yield from self._term_edits(ours, (target, *row[1:]), led)

    def _concept_edits(
        self, ours: GlossaryRows, theirs: GlossaryRows, concept: str, target: str
    ) -> Iterator[RowChange]:
        row = (target, *theirs.tables["concepts"][(concept,)][1:])
        old = ours.tables["concepts"].get((target,))
        if old is None:
            yield RowChange("concepts", (target,), None, row)
            return
        merged_row = tuple(
            mine if place == CONCEPT_STATUS and value == "proposed" else value or mine
            for place, (mine, value) in enumerate(zip(old, row, strict=True))
        )
        # A list without kinds reads as terms: that is no statement.
        if row[1] == "term":
            merged_row = (merged_row[0], old[1], *merged_row[2:])
        if merged_row != old:
            yield RowChange("concepts", (target,), old, merged_row)

    def _term_edits(
        self, ours: GlossaryRows, row: Row, led: dict[str, str]
    ) -> Iterator[RowChange]:
        concept, lang, form = row[:3]
        old = ours.tables["terms"].get((concept, lang, form))
        if old is None and not self._may_come_in(ours, row):
            return
        if old is None:
            alike = [
                term
                for term in ours.terms(concept, lang)
                if norm(term[FORM]) == norm(form)
            ]
            if alike:
                old, row = alike[0], (*alike[0][:3], *row[3:])
        status = self._status(ours, row, old, led.get(lang, ""))
        new = (*row[:STATUS], status, *row[STATUS + 1 :])
        if old is not None:
            # What a format carries beside its terms is no statement about ours.
            pairs = zip(old[:-1], new[:-1], strict=True)
            new = (*(value or mine for mine, value in pairs), old[-1])
        if new != old:
            yield RowChange("terms", new[:3], old, new)
            former = led.get(lang)
            if status == "preferred" and former not in (None, new[FORM]):
                before = ours.tables["terms"].get((concept, lang, former or ""))
                if before is not None:
                    after = (*before[:STATUS], "admitted", *before[STATUS + 1 :])
                    yield RowChange("terms", before[:3], before, after)
        if status == "preferred":
            led[lang] = new[FORM]

    def _may_come_in(self, ours: GlossaryRows, row: Row) -> bool:
        concept, lang, form = row[:3]
        is_rejected = any(
            decision[1] == "reject" and norm(decision[2]) == norm(form)
            for decision in ours.decisions(lang, form)
        )
        elsewhere = [each for each in ours.concepts(form, lang) if each != concept]
        if is_rejected and not self._theirs:
            verdict = say("除外した語形", "rejected")
            self.contradictions.append(Contradiction(form, verdict, row[STATUS]))
            return False
        if elsewhere and lang == "ja" and not self._theirs:
            lead = ours.lead(elsewhere[0])
            other = say(f"{lead} の語形", f"a form of {lead}")
            self.contradictions.append(Contradiction(form, other, row[STATUS]))
            return False
        return True

    def _status(self, ours: GlossaryRows, row: Row, old: Row | None, leads: str) -> str:
        """Return the status that a form gets."""
        _, lang, form = row[:3]
        status = row[STATUS]
        if _UNSTATED in row[-1] and (old is not None or leads):
            return old[STATUS] if old is not None else "admitted"
        if old is not None and old[STATUS] == status:
            return status
        if old is not None and status == "proposed":
            return old[STATUS]
        is_decided = old is not None and any(
            decision[1] in _ABOUT_STATUS and norm(decision[2]) == norm(form)
            for decision in ours.decisions(lang, form)
        )
        rival = status == "preferred" and leads not in ("", form)
        rival = rival and self._is_decided(ours, lang, leads, "prefer")
        if (is_decided or rival) and not self._theirs:
            mine = (
                old[STATUS]
                if old is not None
                else say(f"{leads} を推奨", f"{leads} preferred")
            )
            self.contradictions.append(Contradiction(form, mine, status))
            return old[STATUS] if old is not None else "admitted"
        return status

    def _is_decided(
        self, ours: GlossaryRows, lang: str, form: str, action: str
    ) -> bool:
        return any(
            decision[1] == action and decision[2] == form
            for decision in ours.decisions(lang, form)
        )

    def _free(self, ours: GlossaryRows, concept: str, first: Row) -> str:
        from termbank.identifiers import concept_id

        if (concept,) not in ours.tables["concepts"]:
            return concept
        used_ids = {key[0] for key in ours.tables["concepts"]}
        return concept_id(first[LANG], first[FORM], used_ids)

    def _decisions(self, ours: GlossaryRows, theirs: GlossaryRows) -> None:
        """Take in decisions about forms that nobody decided about here."""
        for key, row in theirs.tables["decisions"].items():
            lang, action, left, right = key
            mine = [
                decision
                for decision in ours.decisions(lang, left)
                if {decision[2], decision[3]} == {left, right}
                and (right or decision[1] in _ABOUT_STATUS)
            ]
            if not mine:
                ours.apply([RowChange("decisions", key, None, row)])
            elif key not in ours.tables["decisions"]:
                contradiction = Contradiction(left, mine[0][1], action)
                self.contradictions.append(contradiction)

"""Edits of a few concepts as changed rows: the same rules as ``Glossary``'s own edits."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from termbank.errors import GlossaryError
from termbank.glossary import editing
from termbank.identifiers import concept_id
from termbank.messages import say
from termbank.table_columns import COLUMNS, KINDS

from .glossary_rows import (
    CONCEPT_STATUS,
    DOMAIN,
    FORM,
    KIND,
    READING,
    STATUS,
    GlossaryRows,
    frames_of_tables,
)
from .row_changes import RowChange, row_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .row_changes import Author, Key, Row, Tables
    from .term_values import NewTerm, Update

_NOTE, _REASON, _TYPE, _RELATION = (
    COLUMNS["terms"].index(name) for name in ("note", "reason", "term_type", "relation")
)
_ABOUT_ONE_FORM = (*editing.STATUS_OF, "reject")
_PERSON = "person"  # where a row that somebody typed comes from


class Draft:
    """Some concepts, changed step by step; nothing of the glossary itself changes.

    Args:
        rows: The glossary as it is.
    """

    def __init__(self, rows: GlossaryRows) -> None:
        self._all = rows
        self._now = GlossaryRows({name: {} for name in COLUMNS})
        self._before: Tables = {name: {} for name in COLUMNS}
        self._taken: set[str] = set()

    @property
    def rows(self) -> GlossaryRows:
        """The rows of the concepts taken so far, as they are now."""
        return self._now

    def take(
        self, concepts: Iterable[str], forms: Iterable[tuple[str, str]] = ()
    ) -> None:
        """Take concepts, and the decisions about their forms, into the draft."""
        new = [concept for concept in concepts if concept not in self._taken]
        part = self._all.part(new, forms)
        for name, rows in part.items():
            for key, row in rows.items():
                if key not in self._before[name]:
                    self._before[name][key] = row
                    self._put(name, key, row)
        self._taken |= {key[0] for key in part["concepts"]}

    def changes(self) -> tuple[RowChange, ...]:
        """Return what the steps did."""
        return row_changes(
            {name: rows.values() for name, rows in self._before.items()},
            {name: rows.values() for name, rows in self._now.tables.items()},
        )

    def approve(
        self, concept: str, lang: str, by: Author, *, english: Sequence[str] = ()
    ) -> None:
        """Approve a concept, its proposed forms and its English."""
        self.take([concept])
        self.set_concept(concept, CONCEPT_STATUS, "preferred")
        lead = self._now.lead(concept, lang)
        self.set_status(concept, lang, lead, "prefer", by)
        for row in self._now.terms(concept, lang):
            if row[STATUS] == "proposed":
                self.set_status(concept, lang, row[FORM], "admit", by)
        if lang != "en":
            self.choose_english(concept, english, by)

    def choose_english(self, concept: str, chosen: Sequence[str], by: Author) -> None:
        """Make English forms usable: the chosen ones, else the first that is proposed."""
        self.take([concept], [("en", form) for form in chosen])
        rows = self._now.terms(concept, "en")
        in_use = [row[FORM] for row in rows if row[STATUS] == "preferred"]
        proposals = [row[FORM] for row in rows if row[STATUS] == "proposed"]
        forms = list(chosen) or ([] if in_use else proposals[:1])
        for number, form in enumerate(forms):
            self.put_term(concept, "en", form)
            leads = number == 0 and (bool(chosen) or not in_use)
            row = self._now.tables["terms"][concept, "en", form]
            if leads or row[STATUS] != "preferred":
                self.set_status(concept, "en", form, "prefer" if leads else "admit", by)

    def put_term(
        self, concept: str, lang: str, form: str, status: str = "admitted"
    ) -> None:
        """Add a form to a concept where it lacks it."""
        if (concept, lang, form) in self._now.tables["terms"]:
            return
        values = {"status": status, "source": _PERSON, "term_type": "full form"}
        if lang == "ja" and status in ("admitted", "deprecated"):
            values |= {"term_type": "variant", "relation": "spelling"}
        row = (
            concept,
            lang,
            form,
            *(values.get(name, "") for name in COLUMNS["terms"][3:]),
        )
        self._put("terms", row[:3], row)

    def set_status(
        self, concept: str, lang: str, form: str, action: str, by: Author
    ) -> None:
        """Decide the status of one form; without a reason the former one stays.

        Raises:
            GlossaryError: The preferred form beside others is to give way.
        """
        self.take([concept])
        key = (concept, lang, form)
        old = self._now.tables["terms"][key]
        if action != "prefer":
            self._refuse_orphans(concept, lang, form)
        new = dict(zip(COLUMNS["terms"], old, strict=True))
        new["status"] = editing.STATUS_OF[action]
        new["reason"] = by.why or old[_REASON]
        if new["status"] != old[STATUS]:
            new["since"] = ""
        if action == "prefer":
            new |= {"until": "", "relation": ""}
        self._put("terms", key, tuple(new.values()))
        siblings = [row[FORM] for row in self._now.terms(concept, lang)]
        if action == "prefer":
            for row in self._now.terms(concept, lang):
                if row[STATUS] == "preferred" and row[FORM] != form:
                    self.set_term(row[:3], STATUS, "admitted")
        self.decide(action, lang, form, "", by, siblings)

    def reject(self, concept: str, lang: str, form: str, by: Author) -> None:
        """Take a form out of a concept for good.

        Raises:
            GlossaryError: It is the preferred form beside others.
        """
        self.take([concept])
        self._refuse_orphans(concept, lang, form)
        self._drop("terms", (concept, lang, form))
        if not self._now.terms(concept):
            self._drop_concept(concept)
        self.decide("reject", lang, form, "", by)

    def reject_concept(self, concept: str, by: Author) -> None:
        """Take a whole concept out; none of its Japanese forms comes back."""
        self.take([concept])
        terms = self._now.terms(concept)
        japanese = [row[FORM] for row in terms if row[1] == "ja"] or [
            row[FORM] for row in terms
        ]
        lang = "ja" if any(row[1] == "ja" for row in terms) else terms[0][1]
        for row in terms:
            self._drop("terms", row[:3])
        self._drop_concept(concept)
        for form in japanese:
            self.decide("reject", lang, form, "", by)

    def forget_term(self, concept: str, lang: str, form: str, by: Author) -> None:
        """Take a form out for good, be it the preferred one beside others."""
        self._drop("terms", (concept, lang, form))
        self.decide("reject", lang, form, "", by)

    def homes(self, form: str, lang: str) -> list[str]:
        """Return the concepts of the whole glossary that have a form."""
        return self._all.concepts(form, lang)

    def lead_of(self, concept: str) -> str:
        """Return the leading form of any concept of the glossary."""
        return self._all.lead(concept)

    def merge(
        self,
        kept: str,
        gone: str,
        lang: str,
        forms: tuple[str, str],
        by: Author,
    ) -> None:
        """Make two concepts one, and decide that two of their forms are the same."""
        self.take([kept, gone])
        led = {row[1] for row in self._now.terms(kept) if row[STATUS] == "preferred"}
        for row in self._now.terms(gone):
            key = (kept, *row[1:3])
            status = row[STATUS]
            if status == "preferred" and row[1] in led:
                status = "admitted"
            if key not in self._now.tables["terms"]:
                new_row = (kept, *row[1:STATUS], status, *row[STATUS + 1 :])
                self._put("terms", key, new_row)
            self._drop("terms", row[:3])
        for tongue in self._now.definitions(gone):
            row = self._now.tables["definitions"][gone, tongue]
            if (kept, tongue) not in self._now.tables["definitions"]:
                self._put("definitions", (kept, tongue), (kept, *row[1:]))
        self._drop_concept(gone)
        left, right = forms
        if left != right:
            self.decide("same", lang, left, right, by)

    def split(self, concept: str, lang: str, forms: Sequence[str], by: Author) -> str:
        """Move forms to a concept of their own; return its identifier.

        Raises:
            GlossaryError: Nothing would be left of the old concept.
        """
        self.take([concept], [(lang, form) for form in forms])
        forms_to_move = [*dict.fromkeys(forms)]
        if len(forms_to_move) == len(self._now.terms(concept)):
            raise GlossaryError(
                forms_to_move[0],
                say("概念のすべての語形", "all forms of its concept"),
                say("その一部", "only some of them"),
            )
        used_ids = {key[0] for key in self._now.tables["concepts"]}
        new_id = concept_id(lang, forms_to_move[0], used_ids)
        old = self._now.tables["concepts"][(concept,)]
        self._put("concepts", (new_id,), (new_id, *old[1:-1], ""))
        self._taken.add(new_id)
        for form in forms_to_move:
            self._move(concept, new_id, lang, form, leads=form == forms_to_move[0])
        left = self._now.terms(concept, lang)
        self._crown_heir(left)
        for form in forms_to_move:
            for row in left:
                self.decide("different", lang, form, row[FORM], by)
        return new_id

    def decide(
        self,
        action: str,
        lang: str,
        left: str,
        right: str,
        by: Author,
        siblings: Sequence[str] = (),
    ) -> None:
        """Write a decision down; what it overrules goes.

        Args:
            action: The decision.
            lang: Language of the forms.
            left: Form.
            right: Other form; empty where the action needs one.
            by: Who decides, when and why.
            siblings: Forms of which only one can be preferred.
        """
        if action == "different" and right < left:
            # Of two forms that are the same, the left one leads; here none does.
            left, right = right, left
        self.take([], [(lang, form) for form in (left, right) if form])
        for form in dict.fromkeys((left, *(siblings if action == "prefer" else ()))):
            for row in self._now.decisions(lang, form):
                if _is_overruled(row, action, left, right, siblings):
                    self._drop("decisions", row[:4])
        when = by.when.astimezone(UTC).isoformat().replace("+00:00", "Z")
        row = (lang, action, left, right, by.who, when, by.why)
        self._put("decisions", row[:4], row)

    def forget_decision(
        self, action: str, lang: str, left: str, right: str = ""
    ) -> None:
        """Take a decision back."""
        self.take([], [(lang, left)])
        self._drop("decisions", (lang, action, left, right))

    def set_concept(self, concept: str, place: int, value: str) -> None:
        """Set one value of a concept."""
        self._set("concepts", (concept,), place, value)

    def set_term(self, key: Key, place: int, value: str) -> None:
        """Set one value of a term."""
        self._set("terms", key, place, value)

    def make_concept(self, lang: str, form: str, kind: str, domain: str) -> str:
        """Add a concept without forms; return its identifier."""
        self.take([], [(lang, form)])
        used_ids = {key[0] for key in self._now.tables["concepts"]}
        used_ids |= {key[0] for key in self._all.tables["concepts"]}
        new_id = concept_id(lang, form, used_ids)
        self._put("concepts", (new_id,), (new_id, kind, domain, "preferred", "", ""))
        self._taken.add(new_id)
        return new_id

    def define(self, concept: str, lang: str, text: str) -> None:
        """Set the definition of a concept in a language; an empty text takes it out."""
        old = self._now.tables["definitions"].get((concept, lang))
        if not text:
            self._drop("definitions", (concept, lang))
        elif old is None or old[2] != text:
            self._put("definitions", (concept, lang), (concept, lang, text, _PERSON))

    def _drop_concept(self, concept: str) -> None:
        for lang in [*self._now.definitions(concept)]:
            self._drop("definitions", (concept, lang))
        self._drop("concepts", (concept,))

    def _move(self, old: str, new: str, lang: str, form: str, *, leads: bool) -> None:
        row = self._now.tables["terms"][old, lang, form]
        status = row[STATUS]
        if leads:
            status = "preferred"
        elif status == "preferred":
            status = "admitted"
        relation = "" if leads else row[_RELATION]
        values = [new, *row[1:]]
        values[STATUS], values[_RELATION] = status, relation
        self._drop("terms", row[:3])
        self._put("terms", (new, lang, form), tuple(values))

    def _crown_heir(self, left: Sequence[Row]) -> None:
        """Make a form the preferred one where none of those left is."""
        if left and "preferred" not in [row[STATUS] for row in left]:
            order = ("admitted", "proposed", "deprecated", "forbidden")
            heir = min(left, key=lambda row: (order.index(row[STATUS]), row[FORM]))
            self.set_term(heir[:3], STATUS, "preferred")

    def _refuse_orphans(self, concept: str, lang: str, form: str) -> None:
        rows = self._now.terms(concept, lang)
        others = [row[FORM] for row in rows if row[FORM] != form]
        status = self._now.tables["terms"][concept, lang, form][STATUS]
        if status == "preferred" and others:
            raise GlossaryError(
                form,
                say("推奨されている語形", "the preferred form"),
                say(
                    f"先にほかの語形を推奨する: {others[0]}",
                    f"another to be preferred first: {others[0]}",
                ),
            )

    def _set(self, table: str, key: Key, place: int, value: str) -> None:
        row = self._now.tables[table][key]
        if row[place] != value:
            self._put(table, key, (*row[:place], value, *row[place + 1 :]))

    def _put(self, table: str, key: Key, row: Row) -> None:
        self._now.apply([RowChange(table, key, None, row)])

    def _drop(self, table: str, key: Key) -> None:
        self._now.apply([RowChange(table, key, None, None)])


def add(rows: GlossaryRows, term: NewTerm, by: Author) -> tuple[RowChange, ...]:
    """Return what adds a term, or what is new about it."""
    homes = rows.concepts(term.form, term.lang)
    concept = rows.locate(term.form, term.lang)[0] if homes else ""
    draft = Draft(rows)
    if not concept:
        concept = draft.make_concept(
            term.lang, term.form, term.kind or "term", term.domain
        )
        draft.put_term(concept, term.lang, term.form, "preferred")
        draft.set_term((concept, term.lang, term.form), _TYPE, "full form")
        draft.set_status(concept, term.lang, term.form, "prefer", by)
    else:
        draft.take([concept])
        status = rows.tables["concepts"][(concept,)][CONCEPT_STATUS]
        if status == "proposed":
            draft.approve(concept, term.lang, by, english=term.english)
        _fill_concept(draft, concept, term)
    _fill_forms(draft, concept, term, by)
    _refuse_faults(draft.rows.tables)
    return draft.changes()


def _fill_concept(draft: Draft, concept: str, term: NewTerm) -> None:
    for place, value in ((KIND, term.kind), (DOMAIN, term.domain)):
        if value:
            draft.set_concept(concept, place, value)


def _fill_forms(draft: Draft, concept: str, term: NewTerm, by: Author) -> None:
    terms = draft.rows.tables["terms"]
    exact = draft.rows.locate(term.form, term.lang, concept)[2]
    draft.forget_decision("reject", term.lang, exact)
    for place, value in ((READING, term.reading), (_NOTE, term.note)):
        if value:
            draft.set_term((concept, term.lang, exact), place, value)
    if term.definition:
        draft.define(concept, term.lang, term.definition)
    for forms, status, action in (
        (term.variants, "deprecated", "retire"),
        (term.admitted, "admitted", "admit"),
    ):
        for form in forms:
            _refuse_home_elsewhere(draft, concept, term.lang, form)
            draft.put_term(concept, term.lang, form, status)
            if terms[concept, term.lang, form][STATUS] != status or action == "retire":
                draft.set_status(concept, term.lang, form, action, by)
    lacking = [form for form in term.english if (concept, "en", form) not in terms]
    if lacking:
        draft.choose_english(concept, term.english, by)


def _refuse_home_elsewhere(draft: Draft, concept: str, lang: str, form: str) -> None:
    homes = draft.homes(form, lang)
    if homes and concept not in homes:
        lead = draft._all.lead(homes[0], lang)
        raise GlossaryError(
            form,
            say(f"すでに {lead} の語形", f"a form of {lead} already"),
            say(f"termbank merge で {lead} とまとめる", f"termbank merge with {lead}"),
        )


def updated(
    rows: GlossaryRows, place: tuple[str, str, str], update: Update, by: Author
) -> tuple[RowChange, ...]:
    """Return what changes a term as a person wants it."""
    concept, lang, form = place
    draft = Draft(rows)
    draft.take([concept])
    for column, value in ((KIND, update.kind), (DOMAIN, update.domain)):
        if value is not None:
            draft.set_concept(concept, column, value)
    if update.form is not None and update.form != form:
        _refuse_home_elsewhere(draft, concept, lang, update.form)
        status = draft.rows.tables["terms"][concept, lang, form][STATUS]
        draft.put_term(concept, lang, update.form, "admitted")
        if status == "preferred":
            draft.set_status(concept, lang, update.form, "prefer", by)
            draft.set_term((concept, lang, update.form), _TYPE, "full form")
        draft.set_status(concept, lang, form, "retire", by)
        form = update.form
    for column, value in ((READING, update.reading), (_NOTE, update.note)):
        if value is not None:
            draft.set_term((concept, lang, form), column, value)
    if update.definition is not None:
        draft.define(concept, lang, update.definition)
    if update.english:
        draft.choose_english(concept, update.english, by)
    _refuse_faults(draft.rows.tables)
    return draft.changes()


def _is_overruled(
    row: Row, action: str, left: str, right: str, siblings: Sequence[str]
) -> bool:
    """Whether an older decision says the contrary of a new one."""
    _, older, first, second, *_ = row
    if right:
        return {first, second} == {left, right}
    if older not in _ABOUT_ONE_FORM:
        return False
    return first == left or (
        action == "prefer" and older == "prefer" and first in siblings
    )


def _refuse_faults(tables: Tables) -> None:
    """Raise GlossaryError or SchemaError where a typed value is none of its column's."""
    from termbank.glossary import Glossary

    for row in tables["concepts"].values():
        if row[KIND] not in KINDS:
            raise GlossaryError(row[KIND], say("種類", "a kind"), " | ".join(KINDS))
    Glossary(**frames_of_tables(tables)._asdict())

"""A glossary folder as rows of texts in memory, found by form; an edit touches few rows.

Frames answer questions about all rows; a decision about one concept among a hundred
thousand is quicker here, and the files keep every value that no edit touches as it was
written.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from termbank.errors import GlossaryError
from termbank.glossary.csv_folder import csv_line, frame_of_rows, rows_of_frame
from termbank.glossary.csv_snapshot import file_of
from termbank.glossary.csv_tables import read_tables
from termbank.glossary.frames import Frames
from termbank.identifiers import concept_id
from termbank.messages import say
from termbank.table_columns import ACTIONS, COLUMNS
from termbank.text.normalise import norm

from .form_index import FormIndex
from .row_changes import RowChange, key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from termbank.glossary import Glossary

    from .row_changes import Key, Row, Tables

LANG, FORM, READING, STATUS, NOTE, SOURCE, REASON = (
    COLUMNS["terms"].index(name)
    for name in ("lang", "form", "reading", "status", "note", "source", "reason")
)
KIND, DOMAIN, CONCEPT_STATUS = (
    COLUMNS["concepts"].index(name) for name in ("kind", "domain", "status")
)
_ACTION_RANK: Final = {action: rank for rank, action in enumerate(ACTIONS)}
# Identifiers that the forms of an edit may take; more clashes than this nobody meets.
_CLASHES: Final = 3


class GlossaryRows:
    """The four tables of a glossary, by key, with their forms indexed."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._concepts: dict[tuple[str, str], set[str]] = {}
        self._terms: dict[str, set[Key]] = {}
        self._definitions: dict[str, set[Key]] = {}
        self._decisions: dict[tuple[str, str], set[Key]] = {}
        # Of tables that were written once: their keys and lines as the file has them.
        self._order: dict[str, list[Key]] = {}
        self._lines: dict[str, list[str]] = {}
        self._form_index: FormIndex | None = None
        for table, rows in tables.items():
            for key in rows:
                self._index(table, key)

    @classmethod
    def read(cls, folder: Path) -> GlossaryRows:
        """Return the rows of a folder; no folder or file is an empty glossary.

        Raises:
            FormatError: A file is broken; the error says where.
        """
        place = os.fspath(folder)
        tables: Tables = {
            name: {key_of(name, row): row for row in rows}
            for name, rows in read_tables(place, tuple(COLUMNS)).items()
        }
        concepts = tables["concepts"]
        for name in ("terms", "definitions"):
            for key in tables[name]:
                concepts.setdefault(key[:1], (key[0], "term", "", "preferred", "", ""))
        return cls(tables)

    @classmethod
    def of(cls, glossary: Glossary) -> GlossaryRows:
        """Return the rows of a glossary object."""
        return cls(tables_of(frames_of(glossary)))

    def concepts(self, form: str, lang: str) -> list[str]:
        """Return the identifiers of the concepts that have a form, sorted.

        The form as it is written wins over its other widths and letter cases.
        """
        concepts = sorted(self._concepts.get((lang, norm(form)), ()))
        terms = self.tables["terms"]
        return [
            concept for concept in concepts if (concept, lang, form) in terms
        ] or concepts

    def terms(self, concept: str, lang: str | None = None) -> list[Row]:
        """Return the terms of a concept by language and form, sorted."""
        rows = [
            self.tables["terms"][key] for key in sorted(self._terms.get(concept, ()))
        ]
        return rows if lang is None else [row for row in rows if row[LANG] == lang]

    def lead(self, concept: str, lang: str = "ja") -> str:
        """Return the form that stands for a concept: in ``lang`` where it has one."""
        rows = self.terms(concept, lang) or self.terms(concept)
        order = ("preferred", "admitted", "proposed", "deprecated", "forbidden")
        best = min(
            rows, key=lambda row: (order.index(row[STATUS]), row[FORM]), default=None
        )
        return best[FORM] if best else concept

    def definitions(self, concept: str) -> dict[str, str]:
        """Return the definitions of a concept by language."""
        keys = sorted(self._definitions.get(concept, ()))
        return {key[1]: self.tables["definitions"][key][2] for key in keys}

    def decisions(self, lang: str, form: str) -> list[Row]:
        """Return the decisions that name a form, sorted."""
        keys = sorted(self._decisions.get((lang, norm(form)), ()))
        return [self.tables["decisions"][key] for key in keys]

    def locate(
        self, form: str, lang: str | None = None, concept: str | None = None
    ) -> tuple[str, str, str]:
        """Return concept, language and form as the glossary spells it.

        Args:
            form: In any width or letter case.
            lang: Its language; None looks in Japanese, then in all others.
            concept: Identifier, where several concepts have the form.

        Raises:
            GlossaryError: No such form (the nearest is named), or several concepts
                have it (they are listed).
        """
        langs = [lang] if lang else self._languages()
        for tongue in langs:
            concepts = self.concepts(form, tongue)
            if concept:
                concepts = [each for each in concepts if each == concept]
            if len(concepts) > 1:
                raise self._ambiguous(form, concepts)
            if concepts:
                rows = self.terms(concepts[0], tongue)
                spellings = [row[FORM] for row in rows if norm(row[FORM]) == norm(form)]
                return concepts[0], tongue, form if form in spellings else spellings[0]
        raise self._unknown(form, langs)

    def part(
        self, concepts: Iterable[str], forms: Iterable[tuple[str, str]] = ()
    ) -> Tables:
        """Return the rows of some concepts and all decisions that name their forms.

        Args:
            concepts: Identifiers.
            forms: Further (language, form) pairs whose decisions come along, and whose
                natural identifiers do where they are taken.
        """
        all_concepts = {*concepts}
        pairs = {
            (key[1], key[2])
            for concept in all_concepts
            for key in self._terms.get(concept, ())
        }
        pairs |= {*forms}
        for lang, form in pairs:
            used_ids: set[str] = set()
            for _ in range(_CLASHES):
                used_ids.add(concept_id(lang, form, used_ids))
            all_concepts |= {
                concept for concept in used_ids if (concept,) in self.tables["concepts"]
            }
        keys: dict[str, set[Key]] = {
            "concepts": {
                key
                for key in ((concept,) for concept in all_concepts)
                if key in self.tables["concepts"]
            },
            "terms": {
                key for concept in all_concepts for key in self._terms.get(concept, ())
            },
            "definitions": {
                key
                for concept in all_concepts
                for key in self._definitions.get(concept, ())
            },
            "decisions": {
                key
                for lang, form in pairs
                for key in self._decisions.get((lang, norm(form)), ())
            },
        }
        return {
            name: {key: self.tables[name][key] for key in sorted(keys[name])}
            for name in COLUMNS
        }

    def form_index(self) -> FormIndex:
        """Return the index of all forms and readings, made on first use."""
        if self._form_index is None:
            terms = self.tables["terms"]
            readings = (
                (row[READING], row[0]) for row in terms.values() if row[READING]
            )
            self._form_index = FormIndex(
                [*((key[2], key[0]) for key in terms), *readings]
            )
        return self._form_index

    def apply(self, changes: Iterable[RowChange]) -> None:
        """Put the rows of changes in place of those that stand under their keys."""
        self._form_index = None
        for change in changes:
            rows = self.tables[change.table]
            self._forget(change.table, change.key)
            had_row = rows.pop(change.key, None) is not None
            if change.after is not None:
                rows[change.key] = change.after
                self._index(change.table, change.key)
            self._keep_order(change, existed=had_row)

    def csv(self, table: str) -> str:
        """Return a table as the text of its file, sorted."""
        rows = self.tables[table]
        if table not in self._order:
            order = self._order[table] = sorted(rows, key=_sort_key(table))
            self._lines[table] = [csv_line(rows[key]) + "\n" for key in order]
        return csv_line(COLUMNS[table]) + "\n" + "".join(self._lines[table])

    def frames(self) -> Frames:
        """Return all rows as frames."""
        return frames_of_tables(self.tables)

    def _languages(self) -> list[str]:
        langs = dict.fromkeys(lang for lang, _ in self._concepts)
        return sorted(langs, key=lambda lang: (lang != "ja", lang != "en", lang))

    def _ambiguous(self, form: str, concepts: Sequence[str]) -> GlossaryError:
        kinds = [self.tables["concepts"][(concept,)][KIND] for concept in concepts]
        places = ", ".join(
            f"{self.lead(concept)} ({kind}, {concept})"
            for concept, kind in zip(concepts, kinds, strict=True)
        )
        return GlossaryError(
            form,
            say(f"複数の概念にあります: {places}", f"several concepts: {places}"),
            say("--concept で一つを選ぶ", "--concept with the identifier of one"),
        )

    def _unknown(self, form: str, langs: Sequence[str]) -> GlossaryError:
        from difflib import get_close_matches

        forms = [key[2] for key in self.tables["terms"] if key[1] in langs]
        near = get_close_matches(form, forms, 1)
        return GlossaryError(
            form,
            say("用語集にない語形", "a form that the glossary lacks"),
            near[0] if near else say("用語集にある語形", "a form of the glossary"),
        )

    def _keep_order(self, change: RowChange, *, existed: bool) -> None:
        """Bring the order and the lines of a table up to date for one row."""
        order = self._order.get(change.table)
        if order is None:
            return
        by = _sort_key(change.table)
        place = bisect_left(order, by(change.key), key=by)
        if existed:
            del order[place]
            del self._lines[change.table][place]
        if change.after is not None:
            order.insert(place, change.key)
            self._lines[change.table].insert(place, csv_line(change.after) + "\n")

    def _index(self, table: str, key: Key) -> None:
        if table == "terms":
            concept, lang, form = key
            self._concepts.setdefault((lang, norm(form)), set()).add(concept)
            self._terms.setdefault(concept, set()).add(key)
        elif table == "definitions":
            self._definitions.setdefault(key[0], set()).add(key)
        elif table == "decisions":
            for form in (key[2], key[3]):
                if form:
                    pair = (key[0], norm(form))
                    self._decisions.setdefault(pair, set()).add(key)

    def _forget(self, table: str, key: Key) -> None:
        if key not in self.tables[table]:
            return
        if table == "terms":
            concept, lang, form = key
            self._terms[concept].discard(key)
            if not any(
                row[LANG] == lang and norm(row[FORM]) == norm(form)
                for row in self.terms(concept)
            ):
                self._concepts[lang, norm(form)].discard(concept)
        elif table == "definitions":
            self._definitions[key[0]].discard(key)
        elif table == "decisions":
            for form in (key[2], key[3]):
                if form:
                    self._decisions[key[0], norm(form)].discard(key)


def _sort_key(table: str) -> Callable[[Key], tuple[object, ...]]:
    return _decision_order if table == "decisions" else _as_it_is


def _as_it_is(key: Key) -> tuple[object, ...]:
    return key


def _decision_order(key: Key) -> tuple[object, ...]:
    lang, action, left, right = key
    return lang, _ACTION_RANK[action], left, right


def frames_of_tables(tables: Tables) -> Frames:
    """Return tables of texts as frames; statuses and kinds stay texts."""
    return Frames(*(frame_of_rows(name, [*tables[name].values()]) for name in COLUMNS))


def tables_of(frames: Frames) -> Tables:
    """Return frames as tables of texts."""
    return {
        name: {
            key_of(name, row): row for row in rows_of_frame(frame.select(COLUMNS[name]))
        }
        for name, frame in frames._asdict().items()
    }


def frames_of(glossary: Glossary) -> Frames:
    """Return the four frames of a glossary object."""
    return Frames(*(getattr(glossary, name) for name in COLUMNS))


def files_of(folder: Path) -> list[str]:
    """Return the paths of the four files of a glossary folder."""
    return [file_of(os.fspath(folder), name) for name in COLUMNS]

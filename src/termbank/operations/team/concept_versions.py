"""Versions of a concept: an edit made on an older one is refused, with both shown.

The version is made from the rows, so edits by hand, by git and by other doors count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from termbank.errors import GlossaryError
from termbank.messages import say
from termbank.operations.glossary_rows import (
    CONCEPT_STATUS,
    DOMAIN,
    FORM,
    KIND,
    LANG,
    NOTE,
    READING,
    STATUS,
    GlossaryRows,
)
from termbank.operations.review_queue import card_version
from termbank.operations.term_editing import edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termbank.operations.project import Project
    from termbank.operations.row_changes import Author, Change, RowChange
    from termbank.operations.term_values import Update

_CHANGES = 100  # of a concept that are looked through for an older version


class TermState(NamedTuple):
    """One form of a concept, as :class:`ConceptState` has it."""

    lang: str
    form: str
    status: str
    reading: str
    note: str


class ConceptState(NamedTuple):
    """What the glossary says of a concept at one time.

    Attributes:
        id: Identifier.
        version: Sixteen hex digits; another one whenever anything of it changes.
        kind: person, place, organization, product, event or term.
        domain: Subject field; empty where none.
        status: preferred or proposed.
        definitions: By language.
        terms: All forms by language and form.
    """

    id: str
    version: str
    kind: str
    domain: str
    status: str
    definitions: dict[str, str]
    terms: tuple[TermState, ...]


class StaleConceptError(GlossaryError):
    """An edit was made on a version of a concept that is no longer the current one.

    Attributes:
        concept: Identifier.
        version: The version that the edit was made on.
    """

    def __init__(self, concept: str, version: str) -> None:
        super().__init__(
            concept,
            say(
                "ほかの人が先に変えた概念", "a concept that somebody changed meanwhile"
            ),
            say("今の内容を見て書き直す", "an edit of what it is now"),
        )
        self.args = (concept, version)
        self.concept, self.version = concept, version


class UnknownConceptError(GlossaryError):
    """No concept of the glossary has an identifier."""

    def __init__(self, concept: str) -> None:
        absent = say("そのような概念はありません", "no such concept")
        super().__init__(concept, absent, say("概念の番号", "an identifier"))
        self.args = (concept,)


def concept_state(rows: GlossaryRows, concept: str) -> ConceptState | None:
    """Return what rows say of a concept; None where there is none."""
    row = rows.tables["concepts"].get((concept,))
    if row is None:
        return None
    return ConceptState(
        concept,
        card_version(rows, [concept]),
        row[KIND],
        row[DOMAIN],
        row[CONCEPT_STATUS],
        rows.definitions(concept),
        tuple(
            TermState(*(term[at] for at in (LANG, FORM, STATUS, READING, NOTE)))
            for term in rows.terms(concept)
        ),
    )


def older_state(project: Project, concept: str, version: str) -> ConceptState | None:
    """Return a concept as it was at a version.

    The journal's changes are taken back until the version is met; None where they do
    not lead there, for example after an edit by hand.
    """
    rows = GlossaryRows(project.rows().part([concept]))
    headlines = project.journal.headlines(_CHANGES, holding=f'"{concept}"')
    for headline in headlines:
        state = concept_state(rows, concept)
        if state is not None and state.version == version:
            return state
        change = project.journal.change(headline.number)
        rows.apply(_inverses_within(rows, change))
    state = concept_state(rows, concept)
    return state if state is not None and state.version == version else None


def edit_version(
    project: Project,
    concept: str,
    version: str,
    update: Update,
    by: Author,
    *,
    form: str | None = None,
    lang: str | None = None,
) -> ConceptState:
    """Edit a concept if it still is what the editor saw; return what it is now.

    Args:
        project: Whose concept.
        concept: Identifier.
        version: Of the concept that the editor saw.
        update: What changes.
        by: Who edits.
        form: Which of its forms the edit is about; the leading one where absent.
        lang: Language of the form.

    Raises:
        StaleConceptError: Somebody changed the concept since, or deleted it.
        GlossaryError: No such form, or a value is refused.
    """
    term_form = form or project.rows().lead(concept)

    def refuse_stale(rows: GlossaryRows) -> None:
        if card_version(rows, [concept]) != version:
            raise StaleConceptError(concept, version)

    edit(
        project, term_form, update, by, lang=lang, concept=concept, before=refuse_stale
    )
    state = concept_state(project.rows(), concept)
    if state is None:
        raise StaleConceptError(concept, version)
    return state


def _inverses_within(rows: GlossaryRows, change: Change | None) -> Iterable[RowChange]:
    """Yield what takes a change back, as far as these rows and their decisions go."""
    concepts = {key[0] for key in rows.tables["concepts"]}
    for row in change.rows if change else ():
        if row.table == "decisions" or row.key[0] in concepts:
            yield row.inverse

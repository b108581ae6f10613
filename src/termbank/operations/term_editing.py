"""Edits by form: add, edit, approve, reject, merge, split, prefer, admit, retire.

Each finds its concepts by any form in any width or letter case, works on their rows
alone, and returns the :class:`~termbank.operations.row_changes.Change`. With
``dry=True`` nothing is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.arguments import require_text, require_texts
from termbank.errors import GlossaryError
from termbank.messages import say

from . import concept_edits as edits
from .glossary_rows import CONCEPT_STATUS, STATUS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .glossary_rows import GlossaryRows
    from .project import Project
    from .row_changes import Author, Change, RowChange
    from .term_values import NewTerm, Update

LANG: Final = "ja"


def add(project: Project, term: NewTerm, by: Author, *, dry: bool = False) -> Change:
    """Add a term, or what is new about it to the concept that has it, approved.

    Raises:
        GlossaryError: Nothing about it is new, several concepts have the form, or a
            form is no printable text on one line.
        InputError: A value of ``term`` is of another type.
    """
    require_text("term.form", term.form)
    for name in ("english", "variants", "admitted"):
        require_texts(f"term.{name}", getattr(term, name))

    def edit(rows: GlossaryRows) -> Iterable[RowChange]:
        changes = edits.add(rows, term, by)
        if not changes:
            raise GlossaryError(
                term.form,
                say("すでにそのとおりあります", "it is there already, just so"),
                say("新しい語形や訳語", "a new form or equivalent"),
            )
        return changes

    return _run(project, "add", term.form, edit, by, dry)


def edit(
    project: Project,
    form: str,
    update: Update,
    by: Author,
    *,
    lang: str | None = None,
    concept: str | None = None,
    dry: bool = False,
    before: Callable[[GlossaryRows], None] | None = None,
) -> Change:
    """Change what the glossary says about a term.

    Args:
        project: Whose term.
        form: In any width or letter case.
        update: What changes.
        by: Who edits.
        lang: Language of the form.
        concept: Identifier, where several concepts have the form.
        dry: Whether to show only what would change.
        before: Called with the rows once nobody else can change them; what it raises
            leaves everything as it was.

    Raises:
        GlossaryError: No such form, several concepts have it, or a value is refused.
        InputError: ``form`` is no text, or ``update.english`` one text.
    """
    require_text("form", form)
    require_texts("update.english", update.english)

    def edit_rows(rows: GlossaryRows) -> Iterable[RowChange]:
        if before is not None:
            before(rows)
        place = rows.locate(form, lang, concept)
        return edits.updated(rows, place, update, by)

    return _run(project, "edit", form, edit_rows, by, dry)


def approve(
    project: Project,
    forms: Sequence[str],
    by: Author,
    *,
    english: Sequence[str] = (),
    lang: str | None = None,
    concept: str | None = None,
    dry: bool = False,
) -> Change:
    """Approve concepts: their proposed forms become usable.

    Args:
        project: Where.
        forms: A form of each concept.
        by: Who, when, why.
        english: English of the one concept, the preferred form first; where absent, the
            first proposed one becomes preferred and the others stay proposed.
        lang: Language of the forms; Japanese first where absent.
        concept: Identifier where several concepts have the form.
        dry: Whether nothing is written.

    Raises:
        GlossaryError: No such form, or several concepts have it.
        InputError: ``forms`` or ``english`` is one text, not several.
    """
    require_texts("forms", forms)
    require_texts("english", english)

    def edit_rows(rows: GlossaryRows) -> Iterable[RowChange]:
        draft = edits.Draft(rows)
        for form in forms:
            identifier, tongue, _ = rows.locate(form, lang, concept)
            draft.approve(identifier, tongue, by, english=english)
        return draft.changes()

    return _run(project, "approve", "、".join(forms), edit_rows, by, dry)


def reject(
    project: Project,
    forms: Sequence[str],
    by: Author,
    *,
    lang: str | None = None,
    concept: str | None = None,
    dry: bool = False,
) -> Change:
    """Take forms out; no later run proposes them again.

    The leading form of a concept that only the machine proposes takes the concept with
    it.

    Raises:
        GlossaryError: No such form, several concepts have it, or it is the preferred
            form of a reviewed concept beside others.
        InputError: ``forms`` is one text, not several.
    """
    require_texts("forms", forms)

    def edit_rows(rows: GlossaryRows) -> Iterable[RowChange]:
        draft = edits.Draft(rows)
        for form in forms:
            identifier, tongue, exact = rows.locate(form, lang, concept)
            status = rows.tables["concepts"][(identifier,)][CONCEPT_STATUS]
            leads = (
                rows.tables["terms"][identifier, tongue, exact][STATUS] == "preferred"
            )
            if status == "proposed" and leads and tongue == LANG:
                draft.reject_concept(identifier, by)
            else:
                draft.reject(identifier, tongue, exact, by)
        return draft.changes()

    return _run(project, "reject", "、".join(forms), edit_rows, by, dry)


def merge(
    project: Project,
    left: str,
    *others: str,
    by: Author,
    lang: str | None = None,
    dry: bool = False,
) -> Change:
    """Make the concepts of forms one; that of ``left`` stays and leads.

    Raises:
        GlossaryError: No such form, several concepts have one, or all are of one.
        InputError: A form is no text.
    """
    require_texts("forms", (left, *others))

    def edit_rows(rows: GlossaryRows) -> Iterable[RowChange]:
        survivor, tongue, exact = rows.locate(left, lang)
        draft = edits.Draft(rows)
        for form in others:
            gone, _, other = rows.locate(form, tongue)
            if gone == survivor:
                raise GlossaryError(
                    form,
                    say(f"{exact} と同じ概念の語形", f"a form of {exact}'s concept"),
                    say("別々の概念の語形", "forms of two concepts"),
                )
            draft.merge(survivor, gone, tongue, (exact, other), by)
        return draft.changes()

    return _run(project, "merge", " + ".join((left, *others)), edit_rows, by, dry)


def split(
    project: Project,
    form: str,
    *others: str,
    by: Author,
    lang: str | None = None,
    concept: str | None = None,
    dry: bool = False,
) -> Change:
    """Move forms of one concept to a concept of their own.

    Raises:
        GlossaryError: No such form, forms of two concepts, or nothing would be left.
        InputError: A form is no text.
    """
    require_texts("forms", (form, *others))

    def edit_rows(rows: GlossaryRows) -> Iterable[RowChange]:
        old, tongue, _ = rows.locate(form, lang, concept)
        forms = [rows.locate(each, tongue, old)[2] for each in (form, *others)]
        draft = edits.Draft(rows)
        draft.split(old, tongue, forms, by)
        return draft.changes()

    return _run(project, "split", "、".join((form, *others)), edit_rows, by, dry)


def prefer(
    project: Project,
    form: str,
    by: Author,
    *,
    lang: str | None = None,
    concept: str | None = None,
    dry: bool = False,
) -> Change:
    """Make a form the preferred one; the former one is admitted.

    Raises:
        GlossaryError: No such form, or several concepts have it.
        InputError: ``form`` is no text.
    """
    return _with_status(project, "prefer", form, by, lang, concept, dry)


def admit(
    project: Project,
    form: str,
    by: Author,
    *,
    lang: str | None = None,
    concept: str | None = None,
    dry: bool = False,
) -> Change:
    """Allow a form beside the preferred one.

    Raises:
        GlossaryError: As :func:`prefer`; or it is the preferred one.
    """
    return _with_status(project, "admit", form, by, lang, concept, dry)


def retire(
    project: Project,
    form: str,
    by: Author,
    *,
    lang: str | None = None,
    concept: str | None = None,
    dry: bool = False,
) -> Change:
    """Deprecate a form: checks offer the preferred one in its place.

    Raises:
        GlossaryError: As :func:`prefer`; or it is the preferred one.
    """
    return _with_status(project, "retire", form, by, lang, concept, dry)


def _with_status(
    project: Project,
    action: str,
    form: str,
    by: Author,
    lang: str | None,
    concept: str | None,
    dry: bool,
) -> Change:
    require_text("form", form)

    def edit_rows(rows: GlossaryRows) -> Iterable[RowChange]:
        identifier, tongue, exact = rows.locate(form, lang, concept)
        draft = edits.Draft(rows)
        draft.set_status(identifier, tongue, exact, action, by)
        return draft.changes()

    return _run(project, action, form, edit_rows, by, dry)


def _run(
    project: Project,
    action: str,
    subject: str,
    edit: Callable[[GlossaryRows], Iterable[RowChange]],
    by: Author,
    dry: bool,
) -> Change:
    step = project.preview if dry else project.change
    return step(action, subject, edit, by)

"""A rendering that somebody proposes: it waits in the review queue, and is never more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.errors import GlossaryError
from termbank.messages import say
from termbank.table_columns import TERMS

from .concept_edits import Draft
from .glossary_rows import CONCEPT_STATUS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .glossary_rows import GlossaryRows
    from .project import Project
    from .row_changes import Author, Change, RowChange

_SOURCE, _NOTE = TERMS.index("source"), TERMS.index("note")
_LONGEST = 500  # code points of evidence that are kept


def propose(
    project: Project,
    term: str,
    rendering: str,
    by: Author,
    *,
    lang: str = "ja",
    to: str = "en",
    evidence: str = "",
    dry: bool = False,
) -> Change:
    """Add a term and a rendering as ``proposed``; a person approves or rejects them.

    Args:
        project: Where it waits.
        term: Form in ``lang``; its concept gets the rendering, or is made.
        rendering: Form in ``to``.
        by: Who proposes it.
        lang: Language of the term.
        to: Language of the rendering.
        evidence: Where it was found; at most 500 characters are kept, as data.
        dry: Whether to show only what would change.

    Raises:
        GlossaryError: A form is empty, the rendering is there already, or a person has
            rejected it.
    """

    def edit_rows(rows: GlossaryRows) -> Iterable[RowChange]:
        _refuse(rows, term, rendering, lang, to)
        draft = Draft(rows)
        if rows.concepts(term, lang):
            concept = rows.locate(term, lang)[0]
            draft.take([concept])
        else:
            concept = draft.make_concept(lang, term, "term", "")
            draft.set_concept(concept, CONCEPT_STATUS, "proposed")
            draft.put_term(concept, lang, term, "proposed")
            draft.set_term((concept, lang, term), _SOURCE, by.who)
        if (concept, to, rendering) in rows.tables["terms"]:
            raise _already(rendering)
        draft.put_term(concept, to, rendering, "proposed")
        draft.set_term((concept, to, rendering), _SOURCE, by.who)
        if evidence.strip():
            note = " ".join(evidence.split())[:_LONGEST]
            draft.set_term((concept, to, rendering), _NOTE, note)
        return draft.changes()

    step = project.preview if dry else project.change
    return step("propose", term, edit_rows, by)


def _refuse(rows: GlossaryRows, term: str, rendering: str, lang: str, to: str) -> None:
    for form, language in ((term, lang), (rendering, to)):
        if not form.strip():
            problem = say("空の語形", "an empty form")
            raise GlossaryError(form, problem, say("語", "a word"))
        if any("\ud800" <= char <= "\udfff" for char in form):
            problem = say("UTF-8 にない文字", "half of a surrogate pair")
            raise GlossaryError(ascii(form), problem, say("語", "a word"))
        if (language, "reject", form, "") in rows.tables["decisions"]:
            problem = say("以前に除外された語形", "a form that was rejected")
            right = say("ほかの訳語", "another rendering")
            raise GlossaryError(form, problem, right)


def _already(rendering: str) -> GlossaryError:
    problem = say("すでにある訳語", "a rendering that is there already")
    return GlossaryError(rendering, problem, say("新しい訳語", "a new rendering"))

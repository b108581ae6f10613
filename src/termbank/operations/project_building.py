"""Mined documents into a project's glossary: rows come in, no edit or decision goes out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from termbank.building import TERMS_KEPT, Built, build
from termbank.glossary.glossary import Glossary
from termbank.text.normalise import norm

from .glossary_rows import STATUS, frames_of, tables_of
from .row_changes import row_changes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .glossary_rows import GlossaryRows
    from .project import Project
    from .row_changes import Author, Change, RowChange, Tables


class BuildOptions(NamedTuple):
    """How a build goes.

    Attributes:
        base: A further glossary whose concepts and decisions are known; the project's
            own win over it.
        whole_base: Whether concepts of ``base`` that no mention meets come in too.
        profile: How a new concept's preferred form is chosen.
        terms: How many new term candidates are taken, best first.
    """

    base: Glossary | None = None
    whole_base: bool = False
    profile: str = "majority"
    terms: int = TERMS_KEPT


class Outcome(NamedTuple):
    """What a build did.

    Attributes:
        built: The glossary as it is now, with what the documents hold of it.
        change: What came into the files.
        skipped: Rows that somebody edited while the documents were read; they stand.
    """

    built: Built
    change: Change
    skipped: int


def build_into_project(
    project: Project,
    mentions: pl.DataFrame,
    by: Author,
    *,
    options: BuildOptions | None = None,
    subject: str = "",
    dry: bool = False,
) -> Outcome:
    """Add what mentions hold to the glossary of a project.

    Rows that are there stay: a row that was edited by hand since the last build keeps
    its values, one that was taken out by hand stays out, and what is edited while the
    build runs is not touched.

    Args:
        project: Where to; an absent glossary is made.
        mentions: Frame of schema ``Mentions``.
        by: Who builds, when and why.
        options: What is known besides, and how much comes in.
        subject: What was built from, in words.
        dry: Whether nothing is written.

    Raises:
        GlossaryError: Decisions contradict each other.
    """
    options = options or BuildOptions()
    own, base = project.glossary(), options.base
    all_known = own if base is None else with_base(own, base)
    result = build(mentions, all_known, profile=options.profile, terms=options.terms)
    used_ids = {*own.concepts["concept_id"], *result.counts["concept_id"]}
    if base is not None and options.whole_base:
        used_ids |= {*all_known.concepts["concept_id"]}
    glossary = _only(result.glossary, used_ids, mentions)
    before, after = (tables_of(frames_of(state)) for state in (own, glossary))
    delta = row_changes(
        {name: rows.values() for name, rows in before.items()},
        {name: rows.values() for name, rows in after.items()},
    )
    delta = _without_hand_edits(project, before, delta)
    skips: list[RowChange] = []

    def edit(rows: GlossaryRows) -> Iterable[RowChange]:
        # Meanwhile edited rows stand as people left them.
        normal = tables_of(rows.frames())
        fits = []
        for row in delta:
            if normal[row.table].get(row.key) == row.before:
                exact = rows.tables[row.table].get(row.key)
                fits.append(row._replace(before=exact))
            else:
                skips.append(row)
        return fits

    step = project.preview if dry else project.change
    change = step("build", subject, edit, by)
    if not dry:
        remember_build(project)
    outcome = glossary if dry else project.glossary()
    return Outcome(result._replace(glossary=outcome), change, len(skips))


def with_base(own: Glossary, base: Glossary) -> Glossary:
    """Return one's own glossary with what another adds to it; one's own rows win."""
    pairs = own.terms.select("lang", "form").rows()
    forms = {(lang, norm(form)) for lang, form in pairs}
    rejections = {
        (lang, norm(form))
        for lang, action, form in own.decisions.select("lang", "action", "left").rows()
        if action == "reject"
    }
    theirs = base.terms.select("concept_id", "lang", "form").rows()
    same_concepts = {
        concept
        for concept, lang, form in theirs
        if lang == "ja" and (lang, norm(form)) in forms | rejections
    }
    same_concepts |= {*own.concepts["concept_id"]}
    new = ~pl.col("concept_id").is_in(sorted(same_concepts))
    keys = ["lang", "action", "left", "right"]
    own_pairs = own.decisions.select("lang", "left", "right")
    decisions = base.decisions.join(
        own_pairs, on=["lang", "left", "right"], how="anti"
    ).select(own.decisions.columns)
    return Glossary(
        pl.concat([own.concepts, base.concepts.filter(new)]),
        pl.concat([own.definitions, base.definitions.filter(new)]),
        pl.concat([own.terms, base.terms.filter(new)]),
        pl.concat([own.decisions, decisions]).unique(keys, keep="first"),
    )


def remember_build(project: Project) -> None:
    """Note the terms and decisions as they are, to tell hand edits from old rows."""
    rows = project.rows().tables
    terms = [(*key, row[STATUS]) for key, row in rows["terms"].items()]
    decisions = [list(key) for key in rows["decisions"]]
    texts = [("terms", json.dumps(terms)), ("decisions", json.dumps(decisions))]
    project.journal.replace({"built": list(texts)})


def _only(glossary: Glossary, concepts: set[str], mentions: pl.DataFrame) -> Glossary:
    """Return the glossary with some concepts, and the decisions that touch them.

    A decision about a form that a document holds stays too: a rejected form, say.
    """
    in_concepts = pl.col("concept_id").is_in(sorted(concepts))
    terms = glossary.terms.filter(in_concepts)
    forms = {norm(form) for form in terms["form"]} | {*mentions["norm"].unique()}
    about_forms = pl.Series(
        [
            norm(left) in forms or norm(right) in forms
            for left, right in glossary.decisions.select("left", "right").iter_rows()
        ],
        dtype=pl.Boolean,
    )
    return Glossary(
        glossary.concepts.filter(in_concepts),
        glossary.definitions.filter(in_concepts),
        terms,
        glossary.decisions.filter(about_forms),
    )


def _without_hand_edits(
    project: Project, before: Tables, delta: tuple[RowChange, ...]
) -> tuple[RowChange, ...]:
    """Return the changes that overrule nothing edited by hand since the last build."""
    # A decision of one's own never goes, whatever the documents hold.
    delta = tuple(
        row for row in delta if row.table != "decisions" or row.after is not None
    )
    last_build = dict(project.journal.read("SELECT name, rows FROM built"))
    known_keys = {(key[1], norm(key[2])) for key in before["terms"]}
    built_terms = json.loads(last_build.get("terms", "[]"))
    # A folder that was deleted is built anew: nobody took single rows out.
    gone = (
        {(lang, norm(form)) for _, lang, form, _ in built_terms} - known_keys
        if known_keys
        else set()
    )
    written = _decided_by_hand(
        project, before, json.loads(last_build.get("decisions", "[]"))
    )
    open_ = {
        (key[0], key[1]) for key in before["terms"] if (key[1], norm(key[2])) in written
    }
    remaining = [
        row
        for row in delta
        if row.table != "terms"
        or not (_comes_back(row, gone) or _overrules(row, open_))
    ]
    return _without_bare_concepts(before, remaining)


def _decided_by_hand(
    project: Project, before: Tables, old_keys: list[list[str]]
) -> set[tuple[str, str]]:
    """Return the forms of decisions that somebody wrote into the file since.

    Decisions made by an operation are carried out already, on the concept they were
    made about; another concept may have the same form.
    """
    known_keys = {tuple(key) for key in old_keys}
    for change in project.history(1_000_000):
        known_keys |= {row.key for row in change.rows if row.table == "decisions"}
    return {
        (key[0], norm(form))
        for key in before["decisions"]
        if key not in known_keys
        for form in key[2:]
        if form
    }


def _comes_back(row: RowChange, gone: set[tuple[str, str]]) -> bool:
    return row.before is None and (row.key[1], norm(row.key[2])) in gone


def _overrules(row: RowChange, open_: set[tuple[str, str]]) -> bool:
    """Whether a row that stands would get another status with nobody deciding so."""
    is_edit = row.before is not None and row.after is not None
    return is_edit and row.key[:2] not in open_


def _without_bare_concepts(
    before: Tables, delta: list[RowChange]
) -> tuple[RowChange, ...]:
    """Return changes without new concepts that would have no term."""
    with_terms = {
        row.key[0] for row in delta if row.table == "terms" and row.after is not None
    }
    with_terms |= {key[0] for key in before["terms"]}
    return tuple(
        row
        for row in delta
        if row.table not in ("concepts", "definitions")
        or row.after is None
        or row.before is not None
        or row.key[0] in with_terms
    )

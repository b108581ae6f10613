"""Edits by people: each gives new frames and writes the decision down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import polars as pl

from termbank.errors import GlossaryError
from termbank.identifiers import concept_id
from termbank.messages import say
from termbank.text.normalise import norm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from .frames import Frames

STATUS_OF: Final = {
    "prefer": "preferred",
    "admit": "admitted",
    "deprecate": "deprecated",
    "retire": "deprecated",
}
_ABOUT_ONE_FORM: Final = (*STATUS_OF, "reject")
_KEY: Final = ["concept_id", "lang", "form"]


class Edit(NamedTuple):
    """What every edit says beside the forms.

    Attributes:
        lang: Language of the forms.
        concept: concept_id where several concepts have the form, else None.
        reason: Why.
        since: From when the new status holds.
        who: Person that decides.
        when: Time of the decision, UTC.
    """

    lang: str
    concept: str | None
    reason: str | None
    since: date | None
    who: str | None
    when: datetime | None


def with_status(frames: Frames, form: str, action: str, edit: Edit) -> Frames:
    """Return the glossary with the status of one form decided."""
    concept, exact = locate_form(frames, form, edit.lang, edit.concept)
    if action != "prefer":
        _refuse_orphans(frames, concept, exact, edit.lang)
    in_language = (pl.col("concept_id") == concept) & (pl.col("lang") == edit.lang)
    that_form = in_language & (pl.col("form") == exact)
    terms = set_status(frames.terms, concept, edit.lang, exact, STATUS_OF[action])
    new: dict[str, Any] = {"reason": edit.reason, "since": edit.since}
    if action == "prefer":
        new |= {"until": None, "relation": None}
    terms = terms.with_columns(
        pl.when(that_form).then(pl.lit(value)).otherwise(name).alias(name)
        for name, value in new.items()
    )
    siblings = frames.terms.filter(in_language)["form"].to_list()
    decisions = _add_decision(frames.decisions, action, exact, "", edit, siblings)
    return frames._replace(terms=terms, decisions=decisions)


def set_status(
    terms: pl.DataFrame, concept: str, lang: str, form: str, status: str
) -> pl.DataFrame:
    """Return terms with the status of one; a new preferred form makes the old admitted."""
    in_language = (pl.col("concept_id") == concept) & (pl.col("lang") == lang)
    demotes = in_language & (pl.col("status") == "preferred") & (status == "preferred")
    return terms.with_columns(
        status=pl.when(in_language & (pl.col("form") == form))
        .then(pl.lit(status))
        .when(demotes)
        .then(pl.lit("admitted"))
        .otherwise(pl.col("status").cast(pl.String))
    )


def without(frames: Frames, form: str, edit: Edit) -> Frames:
    """Return the glossary without one form, rejected for later runs too."""
    concept, exact = locate_form(frames, form, edit.lang, edit.concept)
    _refuse_orphans(frames, concept, exact, edit.lang)
    in_language = (pl.col("concept_id") == concept) & (pl.col("lang") == edit.lang)
    terms = frames.terms.filter(~(in_language & (pl.col("form") == exact)))
    decisions = _add_decision(frames.decisions, "reject", exact, "", edit, ())
    bare = {concept} - set(terms["concept_id"])
    return frames._replace(
        concepts=frames.concepts.filter(~pl.col("concept_id").is_in(bare)),
        definitions=frames.definitions.filter(~pl.col("concept_id").is_in(bare)),
        terms=terms,
        decisions=decisions,
    )


def merge_concepts(frames: Frames, left: str, right: str, edit: Edit) -> Frames:
    """Return the glossary with two concepts made one."""
    survivor, left = locate_form(frames, left, edit.lang, None)
    gone, right = locate_form(frames, right, edit.lang, None)
    if survivor == gone:
        raise GlossaryError(
            right,
            say(f"{left} と同じ概念の語形", f"a form of the same concept as {left}"),
            say("別々の概念の語形", "forms of two concepts"),
        )
    joint = join_frames(
        frames.concepts, frames.definitions, frames.terms, survivor, gone
    )
    decisions = _add_decision(frames.decisions, "same", left, right, edit, ())
    return frames._replace(**joint, decisions=decisions)


def join_frames(
    concepts: pl.DataFrame,
    definitions: pl.DataFrame,
    terms: pl.DataFrame,
    kept: str,
    gone: str,
) -> dict[str, pl.DataFrame]:
    """Return the frames with everything of concept ``gone`` moved to ``kept``."""
    there = terms.filter(pl.col("concept_id") == kept, pl.col("status") == "preferred")
    langs = there["lang"].to_list()
    moving = pl.col("concept_id") == gone
    demotes = moving & (pl.col("status") == "preferred") & pl.col("lang").is_in(langs)
    status = pl.when(demotes).then(pl.lit("admitted"))
    ours_first = moving.alias("moved")
    new_id = pl.when(moving).then(pl.lit(kept)).otherwise("concept_id")
    return {
        "concepts": concepts.filter(pl.col("concept_id") != gone),
        "definitions": definitions.sort(ours_first)
        .with_columns(concept_id=new_id)
        .unique(["concept_id", "lang"], keep="first", maintain_order=True),
        "terms": terms.sort(ours_first)
        .with_columns(
            status=status.otherwise(pl.col("status").cast(pl.String)),
            concept_id=new_id,
        )
        .unique(_KEY, keep="first", maintain_order=True),
    }


def split_concept(frames: Frames, forms: Sequence[str], edit: Edit) -> Frames:
    """Return the glossary with some forms of a concept in one of their own."""
    old, forms_to_move = _of_one_concept(frames, forms, edit)
    new = concept_id(edit.lang, forms_to_move[0], set(frames.concepts["concept_id"]))
    here = (pl.col("concept_id") == old) & (pl.col("lang") == edit.lang)
    goes = here & pl.col("form").is_in(forms_to_move)
    if frames.terms.filter((pl.col("concept_id") == old) & ~goes).is_empty():
        raise GlossaryError(
            forms_to_move[0],
            say("概念のすべての語形", "all forms of its concept"),
            say("その一部", "only some of them"),
        )
    terms = _move(frames.terms, goes, forms_to_move[0], new)
    terms = _with_a_preferred_form(terms, old, edit.lang)
    concepts = frames.concepts.with_columns(pl.col("kind", "status").cast(pl.String))
    new_concept = concepts.filter(pl.col("concept_id") == old).with_columns(
        concept_id=pl.lit(new), extra=pl.lit(None, pl.String)
    )
    decisions: pl.DataFrame = frames.decisions
    for form in forms_to_move:
        for other in terms.filter(here)["form"].to_list():
            decisions = _add_decision(decisions, "different", form, other, edit, ())
    return frames._replace(
        concepts=pl.concat([concepts, new_concept]), terms=terms, decisions=decisions
    )


def _of_one_concept(
    frames: Frames, forms: Sequence[str], edit: Edit
) -> tuple[str, list[str]]:
    """Return the one concept of forms, and the forms as the glossary spells them."""
    places = [locate_form(frames, form, edit.lang, edit.concept) for form in forms]
    (old, first), *others = places
    for concept, exact in others:
        if concept != old:
            raise GlossaryError(
                exact,
                say("ほかの概念の語形", "a form of another concept"),
                say(f"{first} と同じ概念の語形", f"a form beside {first}"),
            )
    return old, [exact for _, exact in places]


def _move(terms: pl.DataFrame, goes: pl.Expr, first: str, concept: str) -> pl.DataFrame:
    """Return terms with some of them in another concept, the first one preferred."""
    leads = goes & (pl.col("form") == first)
    relation, status = (pl.col(name).cast(pl.String) for name in ("relation", "status"))
    return terms.with_columns(
        concept_id=pl.when(goes).then(pl.lit(concept)).otherwise("concept_id"),
        relation=pl.when(~leads).then(relation),
        status=pl.when(leads)
        .then(pl.lit("preferred"))
        .when(goes & (pl.col("status") == "preferred"))
        .then(pl.lit("admitted"))
        .otherwise(status),
    )


def locate_form(
    frames: Frames, form: str, lang: str, concept: str | None
) -> tuple[str, str]:
    """Return the concept of a form and the form as the glossary spells it.

    Raises:
        GlossaryError: No such form (the nearest is named), or several concepts have
            it.
    """
    rows = frames.terms.filter(pl.col("lang") == lang).select("concept_id", "form")
    if concept is not None:
        rows = rows.filter(pl.col("concept_id") == concept)
    matches = rows.filter(pl.col("form") == form).rows()
    if not matches:
        key = norm(form)
        matches = [row for row in rows.rows() if norm(row[1]) == key]
    if len(matches) == 1:
        return matches[0]
    if matches:
        places = ", ".join(sorted({row[0] for row in matches}))
        raise GlossaryError(
            form,
            say(f"複数の概念にあります: {places}", f"several places: {places}"),
            say("正確な語形と concept=…", "the exact form, and concept=…"),
        )
    from difflib import get_close_matches

    near = get_close_matches(form, rows["form"].to_list(), 1)
    raise GlossaryError(
        form,
        say(f"その語形はありません ({lang})", f"no such form ({lang})"),
        near[0] if near else say("用語集にある語形", "a form of the glossary"),
    )


def _refuse_orphans(frames: Frames, concept: str, form: str, lang: str) -> None:
    rows = frames.terms.filter(pl.col("concept_id") == concept, pl.col("lang") == lang)
    status = rows.filter(pl.col("form") == form)["status"][0]
    others = rows.filter(pl.col("form") != form)["form"].to_list()
    if status == "preferred" and others:
        raise GlossaryError(
            form,
            say("推奨されている語形", "the preferred form"),
            say(
                f"先にほかの語形を推奨する: {others[0]}",
                f"another to be preferred first: {others[0]}",
            ),
        )


def _with_a_preferred_form(
    terms: pl.DataFrame, concept: str, lang: str
) -> pl.DataFrame:
    """Return terms where what is left of a concept has a preferred form again."""
    left = terms.filter(pl.col("concept_id") == concept, pl.col("lang") == lang)
    if left.is_empty() or "preferred" in left["status"]:
        return terms
    order = {"admitted": 0, "proposed": 1, "deprecated": 2, "forbidden": 3}
    rank = pl.col("status").replace_strict(order, default=9)
    heir = left.sort(rank, "form")["form"][0]
    return set_status(terms, concept, lang, heir, "preferred")


def _add_decision(
    decisions: pl.DataFrame,
    action: str,
    left: str,
    right: str,
    edit: Edit,
    siblings: Sequence[str],
) -> pl.DataFrame:
    """Return decisions with one more; what it overrules is taken out.

    Args:
        decisions: Frame of schema ``Decisions``.
        action: The new decision.
        left: Form.
        right: Other form; empty where the action needs one.
        edit: Language, reason, person and time.
        siblings: Forms of which only one can be preferred.
    """
    if action == "different" and right < left:
        # Of two forms that are the same, the left one leads; here none does.
        left, right = right, left
    same_lang = pl.col("lang") == edit.lang
    if right:
        pair = (pl.col("left") == left) & (pl.col("right") == right)
        reverse = (pl.col("left") == right) & (pl.col("right") == left)
        is_overruled = same_lang & (pair | reverse)
    else:
        one_form = pl.col("action").cast(pl.String).is_in(_ABOUT_ONE_FORM)
        is_overruled = same_lang & one_form & (pl.col("left") == left)
        if action == "prefer":
            rival = (pl.col("action") == "prefer") & pl.col("left").is_in(siblings)
            is_overruled |= same_lang & rival
    remaining = decisions.filter(~is_overruled).with_columns(
        pl.col("action").cast(pl.String)
    )
    row = {
        "lang": edit.lang,
        "action": action,
        "left": left,
        "right": right,
        "who": edit.who,
        "when": edit.when,
        "why": edit.reason,
    }
    return pl.concat([remaining, pl.DataFrame([row], schema=remaining.schema)])

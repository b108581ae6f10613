"""What tables, short names, names by part and letters say of pairs handed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from termbank.reconciliation.features.pair_features import NUMBERS
from termbank.reconciliation.model.latin_katakana import (
    BY_PART,
    CrossScript,
    cross_script,
)
from termbank.text.normalise import norm
from termbank.tokenise import tokeniser

from .link import BY_BRACKET, BY_TABLE, UNSURE
from .personal_names import (
    Name,
    given_names_of,
    name_of,
    surnames,
    without_titles,
)
from .short_forms import short_form

if TYPE_CHECKING:
    from termbank.reconciliation.features.form_features import Described
    from termbank.reconciliation.model.scored import Scored

    from .relation_tables import Relations

TRANSLITERATION: Final = "transliteration"
_LATIN: Final = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
_MEANING: Final = NUMBERS.index("same_meaning")
# Similarity, relation, reasons and verdict.
_Answer = tuple[float, str, list[str], str]
_Answers = dict[int, _Answer]


def with_relations(
    frame: pl.DataFrame, about: Described, scored: Scored, tables: Relations
) -> pl.DataFrame:
    """Put what is known of relations in the place of the model's answer.

    Args:
        frame: Answers of the model: similarity, relation, reasons, verdict.
        about: Described forms.
        scored: The pairs.
        tables: Relation tables.
    """
    answers = _by_short_name(about, scored, tables)
    answers |= _by_letters(about, scored, frame["verdict"])
    answers |= _by_name(about, scored, tables)
    answers |= _by_table(about, scored, tables)
    return _replace(frame, [(at, *answers[at]) for at in sorted(answers)])


def _by_table(about: Described, judgements: Scored, tables: Relations) -> _Answers:
    forms = about.forms.to_list()
    is_listed = np.array([tables.lists(norm(form)) for form in forms], bool)
    rows = np.flatnonzero(
        is_listed[judgements.left] & is_listed[judgements.right]
    ).tolist()
    relations = {
        at: tables.between(forms[judgements.left[at]], forms[judgements.right[at]])
        for at in rows
    }
    return {
        at: (BY_TABLE, relation.name, ["table"], "related")
        for at, relation in relations.items()
        if relation is not None
    }


def _by_short_name(about: Described, judgements: Scored, tables: Relations) -> _Answers:
    length, kanji = about.units.length, about.units.kanji > 0
    left, right = judgements.left, judgements.right
    rows = np.flatnonzero((length[left] != length[right]) & kanji[left] & kanji[right])
    forms = about.forms.to_list()
    answers: _Answers = {}
    for at in rows.tolist():
        short, full = sorted((forms[left[at]], forms[right[at]]), key=len)
        synonyms = bool(judgements.numbers[at, _MEANING])
        reason = short_form(short, full, tables, synonyms=synonyms)
        if reason is not None:
            answers[at] = (BY_BRACKET, "short-name", [reason], "related")
    return answers


def _by_name(about: Described, judgements: Scored, tables: Relations) -> _Answers:
    """Judge names beside the same names with an honorific or with parts left out."""
    forms = about.forms.to_list()
    names = [name_of(form, tables, offices=False) for form in forms]
    bare = [without_titles(form, tables, offices=False) for form in forms]
    answers: _Answers = {}
    for at, (left, right) in enumerate(
        zip(judgements.left.tolist(), judgements.right.tolist(), strict=True)
    ):
        if left != right and bare[left] == bare[right]:
            answers[at] = (BY_TABLE, "spelling", ["honorific"], "same")
        elif _part_of(names[left], names[right]) or _part_of(names[right], names[left]):
            answers[at] = (UNSURE, "short-name", ["name-part"], "ask")
    return answers


def _part_of(short: Name, full: Name) -> bool:
    """Tell whether a name lacks parts of a full name: the given one, or middle ones."""
    few, many = short.keys, full.keys
    if len(few) == 1:
        whole = (*surnames(full), *given_names_of(full)) if len(many) > 1 else ()
        return few[0] in whole or _in_kanji_name(short, full)
    ends = few[:1] + few[-1:] == many[:1] + many[-1:]
    rest = iter(many)
    return 1 < len(few) < len(many) and ends and all(key in rest for key in few)


def _in_kanji_name(short: Name, full: Name) -> bool:
    """Tell whether a lone name is the given name of one in kanji: 家康, 徳川家康."""
    if len(full.parts) != 1 or short.keys[0] not in given_names_of(full):
        return False
    tokens = list(tokeniser(mode="A").tokens(full.parts[0]))
    return len(tokens) > 1 and all("人名" in token.pos for token in tokens)


def _by_letters(about: Described, judgements: Scored, verdict: pl.Series) -> _Answers:
    """Judge pairs of which one form alone has Latin letters by what these sound like."""
    forms = about.forms.to_list()
    latin = np.array([_LATIN.search(form) is not None for form in forms], bool)
    is_same = verdict.is_in(["same", "related"]).to_list()
    answers: _Answers = {}
    for at in np.flatnonzero(
        latin[judgements.left] != latin[judgements.right]
    ).tolist():
        written = cross_script(forms[judgements.left[at]], forms[judgements.right[at]])
        if written is None:
            continue
        if not is_same[at] or (written.whole and written.common):
            answers[at] = _as_cross_script(written)
    return answers


def _as_cross_script(written: CrossScript) -> _Answer:
    """Return similarity, relation, reasons and verdict of katakana for Latin letters."""
    if not written.whole:
        return written.score, "spelling", [TRANSLITERATION], "same"
    if written.common:
        return UNSURE, "synonym", [TRANSLITERATION, "common-word"], "ask"
    return min(written.score, BY_PART), "synonym", [TRANSLITERATION], "related"


def _replace(
    frame: pl.DataFrame, answers: list[tuple[int, float, str, list[str], str]]
) -> pl.DataFrame:
    if not answers:
        return frame
    new = pl.DataFrame(
        answers,
        schema={
            "at": pl.UInt32,
            **{name: frame.schema[name] for name in frame.columns},
        },
        orient="row",
    )
    return frame.with_row_index("at").update(new, on="at").drop("at")

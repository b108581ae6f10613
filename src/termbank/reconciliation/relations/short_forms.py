"""Short names of organisations and terms, where no bracket says so: 衆院, 国連安保理."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import product
from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.mining.terms.mention_evidence import ALONE
from termbank.reconciliation.features.dictionary_features import facts
from termbank.text.normalise import norm

from .gloss_evidence import BODY, is_abbreviation
from .link import BY_BRACKET, make_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .link import Link
    from .relation_tables import Relations

SYNONYMS: Final = "synonyms"  # reasons
TABLE: Final = "table"
LONGEST_SHORT: Final = 5  # code points of a short name in kanji
_KANJI: Final = r"^[\u3400-\u9fff々]+$"
_DAY: Final = re.compile(r"[月火水木金土日]曜")


def short_form(
    short: str, full: str, tables: Relations, *, synonyms: bool
) -> str | None:
    """Return what shows that one form is the short name of another, or None.

    Args:
        short: The shorter form.
        full: The longer form.
        tables: Short names that are known; they count within longer forms too.
        synonyms: Whether the dictionary holds the two for synonyms.

    >>> from .relation_tables import shipped_relations
    >>> short_form("衆院", "衆議院", shipped_relations(), synonyms=True)
    'synonyms'
    >>> short_form("国連安保理", "国連安全保障理事会", shipped_relations(), synonyms=False)
    'table'
    >>> short_form("停戦", "停戦案", shipped_relations(), synonyms=False)
    """
    if synonyms and (is_abbreviation(short, full) or _is_clipped(short, full)):
        return SYNONYMS
    return TABLE if norm(full) in expansions(norm(short), tables) else None


def _is_clipped(short: str, full: str) -> bool:
    """Tell whether a name lacks but what kind of body it is: 民主, 民主党; 月曜, 月曜日."""
    rest = full.removeprefix(short)
    return rest != full and bool(
        (len(rest) == 1 and BODY.search(full))
        or (_DAY.fullmatch(short) and rest == "日")
    )


def expansions(form: str, tables: Relations) -> set[str]:
    """Return the form with a short name at its beginning or end written out.

    Args:
        form: In its normal form.
        tables: Short names.
    """
    long_forms = set()
    for size in range(2, len(form)):
        for part, before, behind in (
            (form[:size], "", form[size:]),
            (form[-size:], form[:-size], ""),
        ):
            for full in tables.partners.get(part, ()):
                relation = tables.between(part, full)
                if (
                    relation
                    and relation.name == "short-name"
                    and relation.lesser == part
                ):
                    long_forms.add(before + full + behind)
    return long_forms


def short_form_links(
    forms: pl.DataFrame, seen: pl.DataFrame, tables: Relations
) -> Iterator[Link]:
    """Yield links from short names that stand alone somewhere to their long names."""
    alone = _rows_alone(forms, seen)
    texts = forms["form"].to_list()
    place = {
        (lang, norm(form)): row
        for row, (lang, form) in enumerate(forms.select("lang", "form").iter_rows())
        if len(form) > 1
    }
    languages = forms["lang"].to_list()
    for row in sorted(alone):
        for written in sorted(expansions(norm(texts[row]), tables)):
            there = place.get((languages[row], written))
            if there is not None and there != row:
                yield _link(row, there, TABLE)
    for short, full in _synonyms(forms, alone):
        if short_form(texts[short], texts[full], tables, synonyms=True):
            yield _link(short, full, SYNONYMS)


def _link(short: int, full: int, reason: str) -> Link:
    return make_link(
        short, full, BY_BRACKET, "short-name", (reason,), "related", lesser=short
    )


def _synonyms(forms: pl.DataFrame, alone: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield (short, long) rows of kanji that the dictionary holds for synonyms."""
    rows = forms.select(pl.col("form").str.contains(_KANJI)).to_series().arg_true()
    meanings = facts(forms["form"].gather(rows)).meaning.to_list()
    by_meaning: dict[str, list[int]] = defaultdict(list)
    for row, meaning in zip(rows.to_list(), meanings, strict=True):
        by_meaning[meaning].append(row)
    alone_rows, texts = set(alone), forms["form"].to_list()
    for some in by_meaning.values():
        shorts = [row for row in some if row in alone_rows]
        for short, full in product(shorts, some):
            if 2 <= len(texts[short]) <= LONGEST_SHORT and len(texts[short]) < len(
                texts[full]
            ):
                yield short, full


def _rows_alone(forms: pl.DataFrame, mentions: pl.DataFrame) -> set[int]:
    """Return the forms that are a whole noun run somewhere, or of which nobody knows."""
    if "evidence" not in mentions.columns:
        return set(range(forms.height))
    whole = pl.col("evidence").is_null() | ((pl.col("evidence") & ALONE) != 0)
    stands = mentions.filter(whole).select("lang", form="surface").unique()
    rows = forms.with_row_index("row").join(stands, on=["lang", "form"], how="semi")
    return set(rows["row"].to_list())

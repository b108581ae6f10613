"""Distinct forms of mentions, of plain sequences, and of the glossary they meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.schemas import Mentions, check_frame
from termbank.table_columns import KINDS
from termbank.text.lone_surrogates import without_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from termbank.reconciliation.known_glossary import KnownGlossary

PLAIN_LANG: Final = "ja"
_OUTER_FIRST: Final = [pl.col("start"), -pl.col("end").cast(pl.Int64), pl.col("form")]
COLUMNS: Final = {
    "lang": pl.String,
    "form": pl.String,
    "kind": pl.String,
    "reading": pl.String,
    "mentions": pl.UInt32,
    "documents": pl.UInt32,
    "concept_id": pl.String,
}


def of_mentions(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return one row a form with its counts, sorted by language and form.

    The kind is the commonest one of the form's mentions, of those that stand alone if any
    does (see :func:`standing_alone`), and so is the reading of all; on a tie the earlier
    kind of ``columns.KINDS`` and the lower reading win, so that the order of mentions
    never matters. Several miners may see one place: it counts once.
    """
    mention_frame = check_frame(Mentions, mentions, "mentions")
    forms = (
        mention_frame.rename({"surface": "form"})
        .with_columns(pl.col("kind").cast(pl.Enum(KINDS)))
        .filter(pl.col("form").str.strip_chars() != "")
    )
    places = forms.unique(["lang", "form", "doc_id", "start"])
    counts = places.group_by("lang", "form").agg(
        mentions=pl.len().cast(pl.UInt32),
        documents=pl.col("doc_id").n_unique().cast(pl.UInt32),
    )
    kind = pl.col("kind").cast(pl.Enum(KINDS))
    alone = _commonest(standing_alone(mention_frame).with_columns(kind), "kind")
    kinds = _commonest(forms, "kind").join(
        alone.rename({"kind": "alone"}), on=["lang", "form"], how="left"
    )
    kinds = kinds.select("lang", "form", kind=pl.coalesce("alone", "kind"))
    readings = _commonest(forms.filter(pl.col("reading").is_not_null()), "reading")
    return (
        counts.join(kinds, on=["lang", "form"], how="left")
        .join(readings, on=["lang", "form"], how="left")
        .with_columns(
            pl.col("kind").cast(pl.String), concept_id=pl.lit(None, pl.String)
        )
        .select(*COLUMNS)
        .sort("lang", "form")
    )


def standing_alone(seen: pl.DataFrame) -> pl.DataFrame:
    """Return doc_id, lang, form and kind of mentions that no person's name covers.

    Miners may report the parts of a name as mentions of their own; a surname inside a
    full name says nothing about whom the surname alone means.
    """
    places = seen.select(
        "doc_id",
        "lang",
        "start",
        "end",
        "kind",
        form="surface",
        person=pl.col("kind") == "person",
    ).unique()
    covers_to = (
        pl.when("person")
        .then(pl.col("end"))
        .cum_max()
        .forward_fill()  # where a row has no value, cum_max has none either
        .shift(1)
        .over("doc_id", order_by=_OUTER_FIRST)
    )
    return places.filter((covers_to < pl.col("end")).fill_null(value=True)).select(
        "doc_id", "lang", "form", "kind"
    )


def of_sequence(forms: Iterable[str | None]) -> pl.DataFrame:
    """Return one row a distinct form, each counted once, kind ``term``; nulls drop out."""
    if isinstance(forms, pl.Series):
        series = forms
    else:
        series = pl.Series([form and without_surrogates(form) for form in forms])
    column = series.cast(pl.String).alias("form").to_frame()
    return (
        column.filter(pl.col("form").str.strip_chars() != "")
        .unique()
        .sort("form")
        .select(
            lang=pl.lit(PLAIN_LANG),
            form="form",
            kind=pl.lit("term"),
            reading=pl.lit(None, pl.String),
            mentions=pl.lit(1, pl.UInt32),
            documents=pl.lit(1, pl.UInt32),
            concept_id=pl.lit(None, pl.String),
        )
    )


def with_glossary(forms: pl.DataFrame, glossary: KnownGlossary | None) -> pl.DataFrame:
    """Return the forms and those of the glossary, each known one with its concept.

    Forms that a decision rejects drop out. A form that stands in several concepts takes
    the one where it is preferred, then the lowest identifier.
    """
    if glossary is None:
        return forms
    rejections = glossary.decisions.filter(pl.col("action") == "reject")
    glossary_forms = (
        glossary.terms.join(
            glossary.concepts.select("concept_id", "kind"), on="concept_id"
        )
        .with_columns(rank=pl.col("status").cast(pl.String) != "preferred")
        .sort("lang", "form", "rank", "concept_id")
        .unique(["lang", "form"], keep="first", maintain_order=True)
        .select(
            "lang",
            "form",
            "concept_id",
            known=pl.col("kind").cast(pl.String),
            spoken="reading",
        )
    )
    all_forms = _in_their_language(forms, glossary_forms).join(
        glossary_forms, on=["lang", "form"], how="full", coalesce=True
    )
    return (
        all_forms.join(
            rejections.select("lang", form="left"), on=["lang", "form"], how="anti"
        )
        .with_columns(
            kind=pl.coalesce("known", "kind"),
            reading=pl.coalesce("spoken", "reading"),
            mentions=pl.col("mentions").fill_null(0),
            documents=pl.col("documents").fill_null(0),
        )
        .select(*COLUMNS)
        .sort("lang", "form")
    )


def _in_their_language(
    forms: pl.DataFrame, glossary_forms: pl.DataFrame
) -> pl.DataFrame:
    """Return the forms, a foreign word in a Japanese text in the language of its term.

    Trump in a Japanese article is the English form of トランプ, no spelling of it.
    """
    pairs = ["lang", "form"]
    foreign = (
        forms.select(pairs)
        .join(glossary_forms.select(pairs), on=pairs, how="anti")
        .join(glossary_forms.select(other="lang", form="form"), on="form")
        .group_by(pairs)
        .agg(pl.col("other").min())
        # Where both languages hold the form among the mentions, each keeps its own.
        .join(forms.select(other="lang", form="form"), on=["other", "form"], how="anti")
    )
    return (
        forms.drop("concept_id")
        .join(foreign, on=pairs, how="left")
        .with_columns(lang=pl.coalesce("other", "lang"))
        .drop("other")
    )


def _commonest(forms: pl.DataFrame, column: str) -> pl.DataFrame:
    return (
        forms.group_by("lang", "form", column)
        .len()
        .sort("lang", "form", "len", column, descending=[False, False, True, False])
        .unique(["lang", "form"], keep="first", maintain_order=True)
        .drop("len")
    )

"""Why a form ranks where it ranks: its counts, factors, measures and company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.errors import InputError
from termbank.messages import say
from termbank.schemas import Mentions, check_frame
from termbank.text.normalise import norm

from .collection_counts import count_forms
from .measures import c_value, flr, tf_idf
from .termhood import factors, termhood

if TYPE_CHECKING:
    from collections.abc import Mapping

# Code points within which another form counts as company: about a sentence.
_NEAR: Final = 60
_COMPANY: Final = 8


class Explanation(NamedTuple):
    """The account of one form.

    Attributes:
        form: Its commonest surface.
        kind: person, place, organization, product, event or term.
        rank: Place among all forms by termhood, from 1.
        forms: How many forms there are.
        counts: mentions, alone, nested, hosts, quoted, heading, documents, words.
        factors: Factors whose product is the score, in order.
        measures: termhood, c-value, flr and tf-idf.
        documents: Document and how often the form is in it, most first.
        company: Other candidates within a sentence's length, and how often, most first.
    """

    form: str
    kind: str
    rank: int
    forms: int
    counts: Mapping[str, int]
    factors: Mapping[str, float]
    measures: Mapping[str, float]
    documents: list[tuple[str, int]]
    company: list[tuple[str, int]]


_COUNTS: Final = (
    *(
        "mentions",
        "alone",
        "nested",
        "hosts",
        "quoted",
        "heading",
        "documents",
        "words",
    ),
)


def explanation(form: str, mentions: pl.DataFrame) -> Explanation:
    """Return the account of a form among mentions.

    Raises:
        InputError: The form is not among them.
        SchemaError: ``mentions`` does not follow its schema.
    """
    table = check_frame(Mentions, mentions, "mentions")
    rows = count_forms(table, by="collection")
    key = norm(form)
    at = rows["norm"].index_of(key)
    if at is None:
        raise InputError(
            form,
            say("文書にその語形はありません", "no such form in the documents"),
            say("抽出された名前か用語", "a mined name or term"),
        )
    score = termhood(rows)
    measures = {"termhood": score, "c-value": c_value(rows), "flr": flr(rows)}
    measures["tf-idf"] = tf_idf(rows)
    row = rows.row(at, named=True)
    return Explanation(
        row["form"],
        row["kind"],
        int((score > score[at]).sum()) + 1,
        rows.height,
        {name: int(row[name]) for name in _COUNTS},
        factors(rows).row(at, named=True),
        {name: float(column[at]) for name, column in measures.items()},
        _spread(table, key),
        company(table, key),
    )


def _spread(mentions: pl.DataFrame, key: str) -> list[tuple[str, int]]:
    documents = mentions.filter(pl.col("norm") == key).group_by("doc_id").len("times")
    return documents.sort("times", "doc_id", descending=[True, False]).rows()


def company(
    mentions: pl.DataFrame, wanted: str, *, limit: int = _COMPANY
) -> list[tuple[str, int]]:
    """Return candidates that stand within 60 code points of a form, most frequent first.

    Only names and mentions that stand alone count, so that the parts of compounds do
    not crowd the list.
    """
    from .mention_evidence import ALONE

    places = mentions.filter(pl.col("norm") == wanted).select(
        "doc_id", at="start", to="end"
    )
    stands = (pl.col("evidence").fill_null(ALONE) & ALONE) != 0
    others = mentions.filter(
        (pl.col("norm") != wanted) & (stands | (pl.col("kind") != "term"))
    ).select("doc_id", "start", "end", "norm", "surface")
    near = places.join(others, on="doc_id").filter(
        (pl.col("start") >= pl.col("to")) & (pl.col("start") - pl.col("to") <= _NEAR)
        | (pl.col("end") <= pl.col("at")) & (pl.col("at") - pl.col("end") <= _NEAR)
    )
    counts = near.group_by("norm").agg(pl.col("surface").min(), pl.len().alias("times"))
    most_frequent = counts.sort("times", "norm", descending=[True, False]).head(limit)
    return most_frequent.select("surface", "times").rows()

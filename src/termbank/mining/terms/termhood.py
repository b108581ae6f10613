"""The combined score of termhood, and the account of where it comes from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

# Weights of the factors' logarithms, in quarters: a logistic regression of "is a key phrase"
# on them over the development documents, drawn to the plain product (frequency, rarity,
# length, early and specific 1, all else 0) by a ridge that was chosen by cross-validation
# over documents (docs/design/mining.md gives the spread).
# A mention inside a longer run counts as this much of one that stands alone, XのY as that.
_NESTED: Final = 0.02
_PHRASE: Final = 0.2
_FREQUENCY: Final = 0.75
_RARITY: Final = 1.25
_SPECIFIC: Final = 1.25
_EARLY: Final = 1.25
_QUOTED: Final = 0.5
_HOSTS: Final = 0.1
_HEADING: Final = 0.25
# The others are there or not.
_FLAGS: Final = {
    "name": 0.25,  # persons, places and products are what a text is about
    "defined": 0.75,  # 以下「本規約」という; not among what was fitted
    "bracketed": 0.25,  # 北大西洋条約機構(NATO)
    "loanword": 0.25,
    "speech": -0.5,  # a clause
    "latin": -0.25,  # in Japanese text mostly labels
    "quality": -0.5,  # 重要, 具体的
    "deed": -0.25,  # 承認: makes a verb with する
    "phrase": -0.25,  # XのY
    "one_word": -0.5,
    "in_longer": -0.25,  # コイン of ビットコイン
    "holds_word": -0.5,  # 普及日程, where 普及 stands alone too
}
# トルコ南部 and ムアレム外相 are a name and a word beside it.
_NAMED: Final = -1.5
# In a glossary of news 「安全の保証」 in quotes is a fixed term; looked at in the source
# documents, where no key phrases are marked.
_PHRASE_KEPT: Final = 0.5
_QUOTED_KEPT: Final = 1.5
# A whole clause in quotes is speech or a heading; かろみ in plain hiragana is a word.
_HIRAGANA: Final = "^[ぁ-ん]+$"
_NOMINAL: Final = "^[^ぁ-ん、。]+(の[^ぁ-ん、。]+)?$"
_CLAUSE: Final = "[、。をがは]|[ぁ-ん]{3}|な$"
# Within a document its subject is wanted, however common the word; for a glossary the
# words that a translator would not look up must sink: rarity then counts for more.
_GLOSSARY: Final = 3.0
# So must what a dictionary of general words has: single common nouns, deeds, qualities
# and clauses weigh more against a form (looked at in news and documentation).
_FLAGS_OF_GLOSSARY: Final = _FLAGS | {
    "speech": -2.0,
    "quality": -0.75,
    "deed": -0.75,
    "phrase": 0.0,
    "one_word": -1.0,
    "loanword": 0.5,
    "holds_word": 0.0,  # 停戦案, where 停戦 stands alone too: both are wanted
}
# A document's person is one of its terms, by whichever name is the better one.
_ECHO: Final = 0.3
_FAMILY_LENGTHS: Final = (2, 3)  # of family names in kanji; shorter ones are too common
# Bodies are named after what documents are about too often to be raised.
_RAISED: Final = ("person", "place", "product")


def factors(counts: pl.DataFrame) -> pl.DataFrame:
    """Return the factors of :func:`termhood`, one column each; their product is the score.

    Columns: ``frequency`` ln(1 + mentions that are a whole noun run + a fiftieth of the
    others + a fifth of those that are XのY), ``rarity`` mean rarity of the words in
    general Japanese over 10, ``length`` ln(1 + words), ``specific`` ln(collection /
    documents) + 1, only when ranked by document, ``early`` 1 / (1 + first place / length
    of the document), ``quoted`` 1 + share of mentions that fill quotes or brackets,
    ``hosts`` 1 + longer forms it stands in, ``heading`` 1 + mentions in headings,
    ``named`` for the share of mentions that hold a name and more, each to the power of its
    weight; a constant for what ``_FLAGS`` names; and, by document, ``echo`` 3/10 for the
    lower of a person's full name and a part of it (ゼレンスキー, ウラジーミル・ゼレンスキー).
    """
    by_document = "doc_id" in counts.columns
    col = pl.col
    others = col("mentions") - col("alone")
    phrase = (_PHRASE if by_document else _PHRASE_KEPT) * col("phrase")
    nominal = col("norm").str.contains(_NOMINAL) & (not by_document)
    quote_weight = pl.when(nominal).then(_QUOTED_KEPT).otherwise(_QUOTED)
    specific = ((col("collection") / col("documents")).log() + 1) ** _SPECIFIC
    frequency = (col("alone") + _NESTED * others + phrase + 1).log()
    rarity = _RARITY if by_document else _GLOSSARY
    table = counts.select(
        (frequency**_FREQUENCY).alias("frequency"),
        ((col("rarity") / 10) ** rarity).alias("rarity"),
        (col("words") + 1).log().alias("length"),
        (specific if by_document else pl.lit(1.0)).alias("specific"),
        ((1 + col("place")) ** -_EARLY).alias("early"),
        ((1 + col("quoted") / col("mentions")) ** quote_weight).alias("quoted"),
        ((1.0 + col("hosts")) ** _HOSTS).alias("hosts"),
        ((1.0 + col("heading")) ** _HEADING).alias("heading"),
        (_NAMED * col("named") / col("mentions")).exp().alias("named"),
        *_flags(by_document),
    )
    if not by_document:
        return table
    lower = _lower_of_one_person(counts, _product(table))
    return table.with_columns(pl.when(lower).then(_ECHO).otherwise(1.0).alias("echo"))


def _flags(by_document: bool) -> Iterator[pl.Expr]:
    """Yield a factor for each thing that a form is or is not."""
    norm = pl.col("norm")
    clause = norm.str.contains(_CLAUSE) & ~norm.str.contains(_HIRAGANA)
    conditions = {
        "name": pl.col("kind").cast(pl.String).is_in(_RAISED),
        "defined": pl.col("defined") > 0,
        "bracketed": pl.col("bracketed") > 0,
        "loanword": norm.str.contains("^[ァ-ヺー・]+$"),
        "speech": clause,
        "latin": norm.str.contains("[a-z]"),
        "quality": pl.col("quality"),
        "deed": pl.col("deed"),
        "phrase": norm.str.contains("の", literal=True),
        "one_word": pl.col("words") == 1,
        "in_longer": pl.col("in_longer"),
        "holds_word": pl.col("holds_word"),
    }
    weights = _FLAGS if by_document else _FLAGS_OF_GLOSSARY
    for name, answer in conditions.items():
        factor = math.exp(weights[name])
        yield pl.when(answer).then(factor).otherwise(1.0).alias(name)


def _lower_of_one_person(counts: pl.DataFrame, score: pl.Series) -> pl.Series:
    """Tell which forms are the lower of a full name and a part of it in one document."""
    norm = pl.col("norm")
    people = (
        counts.select(
            "doc_id", "norm", score.alias("score"), kind=pl.col("kind").cast(pl.String)
        )
        .with_row_index("row")
        .filter(pl.col("kind") == "person")
    )
    family = [norm.str.slice(0, length) for length in _FAMILY_LENGTHS]
    has_joint = norm.str.contains("・", literal=True)
    parts = (
        pl.when(has_joint).then(norm.str.split("・")).otherwise(pl.concat_list(family))
    )
    pairs = (
        people.with_columns(part=parts)
        .explode("part")
        .filter((pl.col("part") != norm) & (pl.col("part").str.len_chars() > 1))
        .join(people, left_on=["doc_id", "part"], right_on=["doc_id", "norm"])
    )
    beaten = pl.col("score") < pl.col("score_right")
    rows = pairs.select(pl.when(beaten).then("row").otherwise("row_right")).to_series()
    lower = np.zeros(counts.height, bool)
    lower[rows.to_numpy()] = True
    return pl.Series("lower", lower)


def _product(table: pl.DataFrame) -> pl.Series:
    product = pl.fold(pl.lit(1.0), lambda left, right: left * right, pl.all())
    return table.select(product.alias("termhood")).to_series()


def termhood(counts: pl.DataFrame) -> pl.Series:
    """Return the combined termhood of each form: the product of :func:`factors`.

    The strongest signal is how often a form stands alone times its rarity in general
    text; the rest is evidence of the document.
    """
    return _product(factors(counts))

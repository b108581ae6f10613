"""The combined score of termhood, and the account of where it comes from."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

# Exponents of the factors, in steps of a half, chosen on the development half of the
# key phrase documents by ``python -m bench mine`` (F1 of the ten best).
# A mention inside a longer run counts as this much of one that stands alone.
_NESTED: Final = 0.02
# XのY is a term far less often than a compound is.
_PHRASE: Final = 0.2
_SPECIFIC: Final = 1.5
_EARLY: Final = 1.5
_QUOTED: Final = 0.5
# In a glossary of news 「安全の保証」 in quotes is a fixed term; looked at in the source
# documents, where no key phrases are marked.
_PHRASE_KEPT: Final = 0.5
_QUOTED_KEPT: Final = 1.5
# A whole clause in quotes is speech or a heading; かろみ in plain hiragana is a word.
_SPEECH: Final = 0.1
_HIRAGANA: Final = "^[ぁ-ん]+$"
_NOMINAL: Final = "^[^ぁ-ん、。]+(の[^ぁ-ん、。]+)?$"
_CLAUSE: Final = "[、。をがは]|[ぁ-ん]{3}|な$"
_NAME: Final = 0.5
_LATIN: Final = -1.0
# Within a document its subject is wanted, however common the word; for a glossary the
# words that a translator would not look up must sink: rarity then counts threefold.
_GLOSSARY: Final = 3.0
_QUALITY: Final = 0.5
_DEED: Final = 0.6
_FIGURES: Final = -0.5
# A document's person is one of its terms, by whichever name is the better one.
_ECHO: Final = 0.3
_FAMILY_LENGTHS: Final = (2, 3)  # of family names in kanji; shorter ones are too common
# Bodies and products are named after what documents are about too often to be raised.
_RAISED: Final = ("person", "place", "event")


def factors(counts: pl.DataFrame) -> pl.DataFrame:
    """Return the factors of :func:`termhood`, one column each; their product is the score.

    Columns: ``frequency`` ln(1 + mentions that are a whole noun run + a fiftieth of the
    others + a fifth of those that are XのY), ``rarity`` mean
    rarity of the words in general Japanese over 10, ``length`` ln(1 + words),
    ``specific`` (ln(collection / documents) + 1) ** 1.5, only when ranked by document,
    ``early`` (1 + first place / length of the document) ** -1.5, ``quoted`` root of 1 +
    share of mentions that fill quotes or brackets (to the power of 1.5 for a collection,
    XのY and compounds only), ``name`` root of 2 for persons, places and events,
    ``speech`` a tenth for clauses,
    ``latin`` 1/2 for forms with Latin letters, which in Japanese text are mostly labels,
    ``figures`` root of 1/2 for forms with numerals, and, by document, ``echo`` 3/10 for the
    lower of a person's full name and a part of it (ゼレンスキー, ウラジーミル・ゼレンスキー).
    """
    col = pl.col
    by_document = "doc_id" in counts.columns
    specific = ((col("collection") / col("documents")).log() + 1) ** _SPECIFIC
    raised = col("kind").cast(pl.String).is_in(_RAISED).cast(pl.Float64)
    figures = col("norm").str.contains("[0-9一二三四五六七八九十]").cast(pl.Float64) + 1
    latin = col("norm").str.contains("[a-z]").cast(pl.Float64) + 1
    others = col("mentions") - col("alone")
    nominal = col("norm").str.contains(_NOMINAL) & (not by_document)
    quoted = pl.when(nominal).then(_QUOTED_KEPT).otherwise(_QUOTED)
    clause = col("norm").str.contains(_CLAUSE)
    speech = clause & ~col("norm").str.contains(_HIRAGANA)
    phrase = (_PHRASE if by_document else _PHRASE_KEPT) * col("phrase")
    table = counts.select(
        (col("alone") + _NESTED * others + phrase + 1).log().alias("frequency"),
        ((col("rarity") / 10) ** (1.0 if by_document else _GLOSSARY)).alias("rarity"),
        (col("words") + 1).log().alias("length"),
        (specific if by_document else pl.lit(1.0)).alias("specific"),
        ((1 + col("place")) ** -_EARLY).alias("early"),
        ((1 + col("quoted") / col("mentions")) ** quoted).alias("quoted"),
        ((1 + raised) ** _NAME).alias("name"),
        pl.when(speech).then(_SPEECH).otherwise(1.0).alias("speech"),
        (latin**_LATIN).alias("latin"),
        (figures**_FIGURES).alias("figures"),
        pl.when(col("quality")).then(_QUALITY).otherwise(1.0).alias("quality"),
        pl.when(col("deed")).then(_DEED).otherwise(1.0).alias("deed"),
    )
    if not by_document:
        return table
    lower = _lower_of_one_person(counts, _product(table))
    return table.with_columns(pl.when(lower).then(_ECHO).otherwise(1.0).alias("echo"))


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
    joined = norm.str.contains("・", literal=True)
    parts = pl.when(joined).then(norm.str.split("・")).otherwise(pl.concat_list(family))
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

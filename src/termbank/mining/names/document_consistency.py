"""One name, one name everywhere: what is learned in one place counts in all.

Works on mentions alone: wherever a known name stands as a run of words of its own, the
miner has left a row of kind ``term``; here such rows are given the kind of the name.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from termbank.mining.terms.mention_evidence import ALONE, RESERVED, TITLED
from termbank.mining.tokens.word_statistics import general
from termbank.text.kana import JOINTS

_JOINTS: Final = rf"[{JOINTS}\s]"
_KATAKANA: Final = r"^[ァ-ヺー]{2,}$"
# Words more common than this in general Japanese (doublings of the frequency rank; 14 is
# the 16,000th word) are names only where a title follows.
_COMMON: Final = 14.0
# A form seen as a common word more often than as a name stays one: of ten places where
# the tagger missed it, four or more must have been found.
_LEAST_SHARE: Final = 0.4
_LEAST_SHARE_OF_PARTS: Final = 0.2


def evidence_of_names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return for each form that is a name somewhere how often it is one, and how often not.

    Columns: ``surface``, ``kind``, ``times`` (as a name of that kind; for kind term,
    standing alone without being a name), ``full`` (times as part of a joined full name).
    """
    names = names_of(mentions)
    return merge_evidence([names, others_of(mentions, names)])


def counted_forms(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return all that some documents tell others about names, without asking them.

    The names of :func:`names_of`; and each form that is no name somewhere, as kind term,
    with the times it stands alone: 0 for what only a title makes a name.
    """
    stands_alone = _has(ALONE).sum().cast(pl.UInt32)
    others = (
        mentions.filter(~_is_name() & (_has(ALONE) | _has(TITLED)))
        .group_by("surface", "kind")
        .agg(stands_alone.alias("times"), pl.lit(0, pl.UInt32).alias("full"))
    )
    return merge_evidence([names_of(mentions), others])


def names_of(mentions: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the evidence that tell of names."""
    counts = _count(mentions.filter(_is_name()))
    return pl.concat([counts, _parts(counts)])


def others_of(mentions: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the evidence that tell where forms of names are none."""
    alone = mentions.filter(~_is_name() & _has(ALONE))
    return _count(alone.join(names, on="surface", how="semi"))


def _count(rows: pl.DataFrame) -> pl.DataFrame:
    return (
        rows.group_by("surface", "kind")
        .agg(pl.len().cast(pl.UInt32).alias("times"))
        .with_columns(pl.lit(0, pl.UInt32).alias("full"))
    )


def _parts(counts: pl.DataFrame) -> pl.DataFrame:
    """Return the parts of joined personal names: ウシャコフ of ユーリ・ウシャコフ."""
    with_joints = counts.filter(
        (pl.col("kind") == "person") & pl.col("surface").str.contains(_JOINTS)
    )
    return (
        with_joints.with_columns(
            pl.col("surface").str.replace_all(_JOINTS, "・").str.split("・")
        )
        .explode("surface")
        .filter(pl.col("surface").str.contains(_KATAKANA))
        .select(
            "surface", "kind", pl.lit(0, pl.UInt32).alias("times"), full=pl.col("times")
        )
    )


def merge_evidence(tables: list[pl.DataFrame]) -> pl.DataFrame:
    """Return several tables of evidence as one."""
    return (
        pl.concat(tables)
        .group_by("surface", "kind")
        .agg(pl.col("times").sum(), pl.col("full").sum())
        .sort("surface", "kind")
    )


def known_names(evidence: pl.DataFrame) -> pl.DataFrame:
    """Return the names to look for everywhere: ``surface``, ``name`` (kind), ``common``."""
    is_name = pl.col("kind") != "term"
    names = (
        evidence.filter(is_name)
        .with_columns((pl.col("times") + pl.col("full")).alias("weight"))
        .sort("surface", "weight", "kind", descending=[False, True, False])
        .group_by("surface", maintain_order=True)
        .agg(
            pl.col("kind").first().alias("name"),
            pl.col("weight").sum(),
            pl.col("full").sum(),
        )
    )
    others = evidence.filter(~is_name).select("surface", alone="times")
    table = names.join(others, on="surface", how="left").with_columns(
        pl.col("alone").fill_null(0)
    )
    rarity = pl.Series(general().doublings(table["surface"].to_list()))
    share = pl.col("weight") / (pl.col("weight") + pl.col("alone"))
    # A part of a full name needs less, but ウォッチャー is no person for one slip of a dot.
    least = pl.when(pl.col("full") > 0).then(_LEAST_SHARE_OF_PARTS)
    likely = share >= least.otherwise(_LEAST_SHARE)
    return table.with_columns((rarity < _COMMON).alias("common")).filter(
        likely & (pl.col("surface").str.len_chars() > 1)
    )


def apply_known_names(mentions: pl.DataFrame, name_table: pl.DataFrame) -> pl.DataFrame:
    """Return the mentions with the missed places of known names given their kind.

    A place counts when its noun run holds nothing else (figures aside) or a title
    follows, and no name is around it, in it or across its rim; a common word needs the
    title, and so does any in a technical text. A form that is a name gets one kind everywhere, its commonest.
    """
    name_columns = name_table.select("surface", "name", "common")
    table = mentions.join(name_columns, on="surface", how="left", maintain_order="left")
    alone = _has(ALONE) & ~_has(RESERVED) & ~pl.col("common")
    stands = _has(TITLED) | alone
    take = ~_is_name() & pl.col("name").is_not_null() & stands & ~_touches()
    known_name = _is_name() & pl.col("name").is_not_null()
    kind = pl.when(take | known_name).then(pl.col("name")).otherwise(pl.col("kind"))
    return table.with_columns(kind.alias("kind")).select(mentions.columns)


def _is_name() -> pl.Expr:
    return pl.col("kind") != "term"


def _has(bit: int) -> pl.Expr:
    return (pl.col("evidence").fill_null(0) & bit) != 0


def _touches() -> pl.Expr:
    """Tell the rows that share a code point with a name; rows are in order of place."""
    ends = pl.when(_is_name()).then(pl.col("end")).otherwise(0)
    starts = pl.when(_is_name()).then(pl.col("start")).otherwise(pl.lit(2**32 - 1))
    overlaps_before = ends.cum_max().over("doc_id") > pl.col("start")
    ahead = starts.cum_min(reverse=True).over("doc_id") < pl.col("end")
    return overlaps_before | ahead

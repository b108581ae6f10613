"""From mentions to ranked candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from termbank.errors import ConfigError, InputError
from termbank.messages import say
from termbank.schemas import Candidates, Mentions, check_frame

from .collection_counts import count_forms
from .measures import c_value, flr, tf_idf
from .termhood import termhood

if TYPE_CHECKING:
    import dataframely as dy

MEASURES: Final = {
    "termhood": termhood,
    "c-value": c_value,
    "flr": flr,
    "tf-idf": tf_idf,
}
# Of the reference terms of documents of 20,000 characters, 96 % are among the best 850.
_OF_DOCUMENT: Final = 850
_BY: Final = ("collection", "document")


def candidates(
    mentions: pl.DataFrame,
    *,
    by: str = "collection",
    measure: str = "termhood",
    limit: int | None = None,
) -> dy.DataFrame[Candidates]:
    """Return the distinct forms among mentions, ranked.

    Args:
        mentions: Frame of schema ``Mentions``.
        by: collection ranks over all documents; document ranks within each, with
            ``doc_id`` set and the statistics of the whole collection kept.
        measure: termhood (all evidence together), c-value, flr or tf-idf; see
            :mod:`termbank.mining.terms.measures`.
        limit: Most rows, of each document when by document; None is all of a
            collection, and 850 of a document.

    Returns:
        Rows by falling score (within each document, when by document), then norm.
        ``form`` is the commonest surface; ``documents`` counts the collection.

    Raises:
        ConfigError: ``by`` or ``measure`` is none of these.
        SchemaError: ``mentions`` does not follow its schema.

    >>> import termbank
    >>> found = termbank.mine(termbank.documents(["停戦案を示した。停戦案に応じる。"]))
    >>> candidates(found)["form"][0]
    '停戦案'
    """
    if not isinstance(mentions, pl.DataFrame):
        problem = f"{type(mentions).__name__} {mentions!r}"[:80]
        raise InputError(
            "mentions",
            problem,
            say(
                "MENTIONS のフレーム (termbank.mine の結果)",
                "a frame MENTIONS, as termbank.mine returns",
            ),
        )
    for choice, choices in ((by, _BY), (measure, MEASURES)):
        if choice not in choices:
            raise ConfigError("candidates", choice, ", ".join(choices))
    rows = count_forms(check_frame(Mentions, mentions, "mentions"), by=by)
    score = MEASURES[measure](rows).alias("score")
    rows = rows.with_columns(score, pl.lit(measure).alias("measure"))
    order = ["doc_id"] if by == "document" else []
    rows = rows.sort(
        *order, "score", "norm", descending=[*[False for _ in order], True, False]
    )
    if by == "document":
        rows = rows.group_by("doc_id", maintain_order=True).head(limit or _OF_DOCUMENT)
    elif limit is not None:
        rows = rows.head(limit)
    return check_frame(Candidates, rows, "candidates")

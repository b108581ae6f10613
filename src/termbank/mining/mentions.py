"""From documents to MENTIONS: the loop over batches of texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from ..schemas import Documents, Mentions, checked
from ..sources import collection
from .miner import Miner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    import dataframely as dy

    from ..sources.collection import Document

# Code points worked on at once: large enough that the columns pay, small enough that
# memory stays flat (about 60 MB).
_BATCH: Final = 60_000


def mine(
    sources: str | Path | Sequence[str | Path] | pl.DataFrame,
    *,
    tokeniser: str = "sudachi",
    dictionary: str | None = None,
    names: str = "best",
) -> dy.DataFrame[Mentions]:
    """Return the names and term candidates of documents.

    Args:
        sources: Files, folders and globs, or a frame of schema ``Documents``, which
            :func:`termbank.documents` makes from texts. Documents in other languages
            than Japanese are passed over.
        tokeniser: sudachi, scripts, or one that another package offers.
        dictionary: full, core or small; None takes the best installed.
        names: best finds names by the trained model where its file is installed, else
            by rule; rules never asks the model.

    Returns:
        Rows ordered by document (as given), start and end. Names have the kinds
        person, place, organization, product and event; all else is ``term``. Nested
        names and the parts of a compound are rows of their own.

    Raises:
        InputError: A source cannot be read, or holds no document.
        PluginError: Tokeniser or dictionary is not installed.

    >>> import termbank
    >>> found = mine(termbank.documents(["ゼレンスキー大統領はキーウで会談した。"]))
    >>> found.filter(found["kind"] != "term")["surface"].to_list()
    ['ゼレンスキー', 'キーウ']
    """
    miner = Miner(tokeniser, dictionary, names)
    frames = [miner.mentions(batch) for batch in batches(_rows(sources))]
    return Mentions.cast(pl.concat([miner.empty(), *frames]))


def _rows(
    sources: str | Path | Sequence[str | Path] | pl.DataFrame,
) -> Iterator[Document]:
    if not isinstance(sources, pl.DataFrame):
        seen: set[str] = set()
        for row in collection.stream(sources):
            if row.doc_id not in seen:
                seen.add(row.doc_id)
                yield row
        return
    frame = checked(Documents, sources, "sources")
    yield from map(collection.Document._make, frame.iter_rows())


def batches(rows: Iterable[Document], size: int = _BATCH) -> Iterator[list[Document]]:
    """Yield Japanese documents in groups of about ``size`` code points."""
    group: list[Document] = []
    total = 0
    for row in rows:
        if row.lang.split("-")[0] != "ja":
            continue
        group.append(row)
        total += len(row.text)
        if total >= size:
            yield group
            group, total = [], 0
    if group:
        yield group

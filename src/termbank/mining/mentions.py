"""From documents to MENTIONS: the loop over batches of texts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, overload

import polars as pl

from termbank.arguments import refuse_other_frames, require_path
from termbank.errors import ConfigError, InputError
from termbank.messages import say
from termbank.mining.names.document_consistency import (
    apply_known_names,
    evidence_of_names,
    known_names,
)
from termbank.mining.tokens.text_chunks import batches
from termbank.schemas import Documents, Mentions, check_frame
from termbank.sources import collection
from termbank.tokenise import chosen_dictionary

from .miner import Miner
from .parallel import Settings, crew
from .streaming import mine_to_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import dataframely as dy

    Sources = str | Path | Sequence[str | Path] | pl.DataFrame

    from termbank.sources.collection import Document


@overload
def mine(
    sources: Sources,
    *,
    tokeniser: str = "sudachi",
    dictionary: str | None = None,
    names: str = "best",
    workers: int = 1,
    to: None = None,
) -> dy.DataFrame[Mentions]: ...


@overload
def mine(
    sources: Sources,
    *,
    tokeniser: str = "sudachi",
    dictionary: str | None = None,
    names: str = "best",
    workers: int = 1,
    to: str | Path,
) -> pl.LazyFrame: ...


def mine(
    sources: Sources,
    *,
    tokeniser: str = "sudachi",
    dictionary: str | None = None,
    names: str = "best",
    workers: int = 1,
    to: str | Path | None = None,
) -> dy.DataFrame[Mentions] | pl.LazyFrame:
    """Return the names and term candidates of documents.

    Args:
        sources: Files, folders and globs, or a frame of schema ``Documents``, which
            :func:`termbank.documents` makes from texts. Documents in other languages
            than Japanese are passed over.
        tokeniser: sudachi, scripts, or one that another package offers.
        dictionary: full, core or small; None takes the one of the project's settings, else
            the best installed.
        names: best finds names by the trained model where its file is installed, else
            by rule; rules never asks the model.
        workers: Processes to mine in; it pays from some megabytes of text on.
        to: Parquet file to write instead of returning a frame in memory. Memory then
            does not grow with the text, only with the number of distinct names.

    Returns:
        Rows ordered by document (as given), start and end. Names have the kinds
        person, place, organization, product and event; all else is ``term``. Nested
        names and the parts of a compound are rows of their own. A name found in one
        document is found in all. With ``to``, a LazyFrame over the file.

    Raises:
        ConfigError: ``names`` is neither best nor rules, or ``workers`` below 1.
        InputError: A source cannot be read, or holds no document.
        PluginError: Tokeniser or dictionary is not installed.
        EngineError: A worker process died.

    >>> import termbank
    >>> found = mine(termbank.documents(["ゼレンスキー大統領はキーウで会談した。"]))
    >>> found.filter(found["kind"] != "term")["surface"].to_list()
    ['ゼレンスキー', 'キーウ']
    """
    right = say(
        "ファイル・フォルダー・glob か DOCUMENTS のフレーム (termbank.documents)",
        "files, folders, globs, or a frame DOCUMENTS (termbank.documents)",
    )
    refuse_other_frames("sources", sources, right)
    several = hasattr(sources, "__iter__") and not isinstance(sources, bytes)
    if not several and not isinstance(sources, os.PathLike):
        source_text = f"{type(sources).__name__} {sources!r}"[:80]
        raise InputError("sources", source_text, right)
    if isinstance(sources, list | tuple):
        for number, source in enumerate(sources):
            require_path(f"sources[{number}]", source)
    if names not in ("best", "rules"):
        raise ConfigError("names", names, "best | rules")
    if workers < 1:
        raise ConfigError("workers", str(workers), say("1 以上", "1 or more"))
    settings = Settings(tokeniser, chosen_dictionary(dictionary), names)
    texts = batches(_rows(sources))
    with crew(settings, workers, keep=to is None) as processes:
        if to is not None:
            return mine_to_file(texts, Path(to), processes)
        frame = pl.concat([Miner.empty(), *processes.mined(texts, _as_it_is)])
    name_table = known_names(evidence_of_names(frame))
    return Mentions.cast(apply_known_names(frame, name_table))


def _as_it_is(_: int, mentions: pl.DataFrame) -> pl.DataFrame:
    return mentions


def _rows(
    sources: str | Path | Sequence[str | Path] | pl.DataFrame,
) -> Iterator[Document]:
    if not isinstance(sources, pl.DataFrame):
        doc_ids: set[str] = set()
        for row in collection.stream(sources):
            if row.doc_id not in doc_ids:
                doc_ids.add(row.doc_id)
                yield row
        return
    frame = check_frame(Documents, sources, "sources")
    yield from map(collection.Document._make, frame.iter_rows())

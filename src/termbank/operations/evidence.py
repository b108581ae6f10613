"""What the documents say about each form: counts, dates and sentences, for the review.

Kept in the journal and made anew by each build from the documents it read.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.text.normalise import norm

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from termbank.proposal import Proposal
    from termbank.sources.collection import Document

    from .project import Project

SENTENCES: Final = 5  # a form; from as many documents as there are
_AROUND: Final = 70  # code points on either side, where the sentence is longer
_ENDS: Final = "。！？!?\n\r"


class FormEvidence(NamedTuple):
    """How often a form stands in the documents.

    Attributes:
        mentions: How often.
        documents: In how many.
        first: Date of the earliest dated document with it; empty where none is dated.
        last: Date of the latest one.
    """

    mentions: int = 0
    documents: int = 0
    first: str = ""
    last: str = ""


class Sentence(NamedTuple):
    """One place of a form.

    Attributes:
        document: Path as the build was given it, below the project where it lies there.
        line: From 1.
        left: Text before, of the same sentence.
        form: As it stands there.
        right: Text after.
    """

    document: str
    line: int
    left: str
    form: str
    right: str


class Evidence(NamedTuple):
    """Counts and sentences of one form.

    Attributes:
        counts: How often it stands where.
        sentences: At most five.
    """

    counts: FormEvidence
    sentences: tuple[Sentence, ...]


def evidence_of(project: Project, lang: str, form: str) -> Evidence:
    """Return what the last build saw of a form; nothing where it saw none."""
    counts_rows = project.journal.read(
        "SELECT mentions, documents, first, last FROM forms WHERE lang = ? AND form = ?",
        (lang, form),
    )
    sentences = project.journal.read(
        "SELECT uri, line, left, found, right FROM contexts"
        " WHERE lang = ? AND form = ? ORDER BY place",
        (lang, form),
    )
    counts = FormEvidence(*counts_rows[0]) if counts_rows else FormEvidence()
    return Evidence(counts, tuple(Sentence(*row) for row in sentences))


def record_evidence(
    project: Project,
    mentions: pl.DataFrame,
    proposal: Proposal,
    documents: Iterable[Document],
) -> None:
    """Keep what the review shows of each form of a proposal.

    Args:
        project: Where to.
        mentions: Frame of schema ``Mentions`` that the proposal was made from.
        proposal: Its forms and links.
        documents: The documents, in any order; each is looked at once.
    """
    forms = proposal.terms.select("lang", "form").unique(maintain_order=True)
    with_norms = forms.with_columns(
        norm=pl.Series([norm(form) for form in forms["form"]], dtype=pl.String)
    )
    places = (
        mentions.select("doc_id", "start", "end", "norm", "lang")
        .unique()
        .join(with_norms, on=["norm", "lang"])
        .sort("lang", "form", "doc_id", "start")
    )
    uris: dict[str, Document] = {}
    sentences = _sentences(_choose(places), documents, uris)
    dates = {
        doc_id: document.published.isoformat() if document.published else ""
        for doc_id, document in uris.items()
    }
    root = project.folder.parent
    project.journal.replace(
        {
            "documents": [
                (_below(document.uri, root), doc_id, dates[doc_id])
                for doc_id, document in sorted(uris.items())
            ],
            "forms": _count(places, dates),
            "contexts": [
                (lang, form, number, _below(uri, root), *rest)
                for (lang, form), rows_of_form in sentences.items()
                for number, (uri, *rest) in enumerate(rows_of_form)
            ],
            "links": [
                (left, right, similarity, ",".join(reasons), relation or "", verdict)
                for left, right, similarity, reasons, relation, verdict in (
                    proposal.links.select(
                        "left", "right", "similarity", "reasons", "relation", "verdict"
                    ).iter_rows()
                )
            ],
        }
    )


def _choose(places: pl.DataFrame) -> dict[str, list[tuple[int, int, str, str]]]:
    """Return places to show by document: of each form the first of each document first."""
    rank = pl.int_range(pl.len()).over("lang", "form", "doc_id")
    best = (
        places.with_columns(rank=rank)
        .sort("lang", "form", "rank", "doc_id", "start")
        .group_by("lang", "form", maintain_order=True)
        .head(SENTENCES)
    )
    chosen: dict[str, list[tuple[int, int, str, str]]] = {}
    for doc_id, *rest in best.select(
        "doc_id", "start", "end", "lang", "form"
    ).iter_rows():
        chosen.setdefault(doc_id, []).append(tuple(rest))
    return chosen


def _sentences(
    chosen: dict[str, list[tuple[int, int, str, str]]],
    documents: Iterable[Document],
    uris: dict[str, Document],
) -> dict[tuple[str, str], list[tuple[str, int, str, str, str]]]:
    by_form: dict[tuple[str, str], list[tuple[str, int, str, str, str]]] = {}
    for document in documents:
        if document.doc_id in uris:
            continue
        uris[document.doc_id] = document._replace(text="")
        for start, end, lang, form in chosen.get(document.doc_id, ()):
            row = (document.uri, *sentence_at(document.text, start, end))
            by_form.setdefault((lang, form), []).append(row)
    return by_form


def sentence_at(text: str, start: int, end: int) -> tuple[int, str, str, str]:
    """Return line, text before, form and text after of a place, one sentence at most.

    >>> sentence_at("雨だ。サーバを止めた。次。", 3, 6)
    (1, '', 'サーバ', 'を止めた。')
    """
    left = max(start - _AROUND, *(text.rfind(mark, 0, start) + 1 for mark in _ENDS))
    ends = [at for mark in _ENDS if (at := text.find(mark, end)) >= 0]
    right = min([end + _AROUND, len(text), *(at + 1 for at in ends)])
    line = text.count("\n", 0, start) + 1
    return line, text[left:start].lstrip(), text[start:end], text[end:right].rstrip()


def _count(places: pl.DataFrame, dates: dict[str, str]) -> list[tuple[object, ...]]:
    with_dates = places.with_columns(
        date=pl.col("doc_id").replace_strict(dates, default="", return_dtype=pl.String)
    )
    some = pl.col("date").filter(pl.col("date") != "")
    return (
        with_dates.group_by("lang", "form", maintain_order=True)
        .agg(
            mentions=pl.len(),
            documents=pl.col("doc_id").n_unique(),
            first=some.min().fill_null(""),
            last=some.max().fill_null(""),
        )
        .select("lang", "form", "mentions", "documents", "first", "last")
        .rows()
    )


def _below(uri: str, root: Path) -> str:
    """Return a path as seen from the project, where it lies in it."""
    full = os.path.abspath(uri)
    inside = full.startswith(os.fspath(root) + os.sep)
    return os.path.relpath(full, root) if inside else uri

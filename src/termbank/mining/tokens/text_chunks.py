"""Documents as stretches of text, in batches that bound the memory of mining."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.sources.masks import mask_markup
from termbank.text.language_tags import primary_language
from termbank.tokenise.pieces import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.sources.collection import Document

# Code points worked on at once: large enough that the columns pay, small enough that
# memory stays flat (about 30 MB).
BATCH: Final = 25_000


class Stretch(NamedTuple):
    """A document, or a part of a long one.

    Attributes:
        doc_id: As in the frame of documents.
        uri: Its suffix says how to mask the text; '' where that is done.
        lang: BCP 47.
        text: The document's own from ``start`` on.
        start: Code points of the document before it.
    """

    doc_id: str
    uri: str
    lang: str
    text: str
    start: int = 0


def batches(rows: Iterable[Document], size: int = BATCH) -> Iterator[list[Stretch]]:
    """Yield Japanese documents in groups of about ``size`` code points."""
    group: list[Stretch] = []
    total = 0
    for row in rows:
        if primary_language(row.lang) != "ja":
            continue
        for stretch in _stretches(row, size):
            group.append(stretch)
            total += len(stretch.text)
            if total >= size:
                yield group
                group, total = [], 0
    if group:
        yield group


def _stretches(row: Document, size: int) -> Iterator[Stretch]:
    """Yield a document, cut where the tokeniser would cut it if it is a long one."""
    if len(row.text) <= 2 * size:
        yield Stretch(row.doc_id, row.uri, row.lang, row.text)
        return
    text = mask_markup(row.text, row.uri)
    start = end = 0
    for at, piece in pieces(text):
        if at - start >= size:
            yield Stretch(row.doc_id, "", row.lang, text[start:end], start)
            start = at
        end = at + len(piece)
    yield Stretch(row.doc_id, "", row.lang, text[start:end], start)

"""Key words in context: every place of a form with the text around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.normalise import norm, normalise_mapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.sources.collection import Document

WIDTH: Final = 30  # code points on either side
_SPACES: Final = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u3000": " "})


class Line(NamedTuple):
    """One place of a form.

    Attributes:
        uri: Document.
        start: First code point in the untouched text.
        line: Line of the text, from 1.
        left: Text before, line ends as spaces.
        form: As it stands in the text.
        right: Text after.
    """

    uri: str
    start: int
    line: int
    left: str
    form: str
    right: str


def concordance(
    form: str, documents: Iterable[Document], *, width: int = WIDTH
) -> Iterator[Line]:
    """Yield every place of a form, in order, whatever its width and case.

    Args:
        form: What to look for; compared by :func:`termbank.text.normalise.norm`.
        documents: Where to look.
        width: Code points of text on either side.
    """
    key = norm(form)
    if not key:
        return
    for document in documents:
        text_map = normalise_mapped(document.text)
        at = text_map.text.find(key)
        while at >= 0:
            yield _line(document, *text_map.original(at, at + len(key)), width)
            at = text_map.text.find(key, at + len(key))


def _line(document: Document, start: int, end: int, width: int) -> Line:
    text = document.text
    return Line(
        document.uri,
        start,
        text.count("\n", 0, start) + 1,
        text[max(0, start - width) : start].translate(_SPACES),
        text[start:end],
        text[end : end + width].translate(_SPACES),
    )

"""What changed between a stored source and the query, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS: Final = re.compile(r"\w+|\s+|.", re.DOTALL)
_JAPANESE: Final = re.compile(r"[ぁ-ヿ㐀-鿿]")


class Edit(NamedTuple):
    """One stretch of text.

    Attributes:
        kind: same, deleted (only in the stored text) or inserted (only in the query).
        text: The stretch.
    """

    kind: str
    text: str


def edits(stored: str, query: str) -> list[Edit]:
    """Return how a stored text becomes the query: whole words, in reading order.

    Japanese is compared by Sudachi's words, everything else by words and marks.

    >>> [tuple(one) for one in edits("会談は月曜に始まる", "会談は火曜に始まる")]
    [('same', '会談は'), ('deleted', '月曜'), ('inserted', '火曜'), ('same', 'に始まる')]
    """
    old, new = _words(stored), _words(query)
    return list(_edits(old, new))


def _edits(old: list[str], new: list[str]) -> Iterator[Edit]:
    for kind, start, stop, at, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind == "equal":
            yield Edit("same", "".join(old[start:stop]))
            continue
        if stop > start:
            yield Edit("deleted", "".join(old[start:stop]))
        if end > at:
            yield Edit("inserted", "".join(new[at:end]))


def _words(text: str) -> list[str]:
    if not _JAPANESE.search(text):
        return _WORDS.findall(text)
    from termbank.tokenise import tokeniser

    words, at = [], 0
    for token in tokeniser().tokens(text):
        words += [text[at : token.start], text[token.start : token.end]]
        at = token.end
    return [word for word in [*words, text[at:]] if word]

"""Latin words of running text that may be a name, single and in runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’ʼ`]+")
_POSSESSIVE: Final = re.compile(r"['’]s?$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[ \u00a0]|\.? ?|-|[-‐–][ ]?|, (?=[JS]r)")
_LONGEST_RUN: Final = 6  # words


def spans(text: str, parts: int) -> Iterator[tuple[str, bool]]:
    """Yield stretches of a text that may spell a name of so many parts.

    Args:
        text: Running text; words that are not Latin are passed over.
        parts: Parts of the Japanese form; a stretch has at most two words more.

    Yields:
        The stretch as written, and whether all its words open with a capital letter
        (always true in a text without capitals, which says nothing).

    >>> [span for span, capital in spans("Putin's aide met Xi.", 1) if capital]
    ['Putin', 'Xi']
    """
    matches = [each for each in _WORD.finditer(text) if _LATIN.fullmatch(each.group())]
    plain = not any(each.group()[0].isupper() for each in matches)
    longest = widest(parts)
    for first, start in enumerate(matches):
        capital = True
        for last in range(first, min(len(matches), first + longest)):
            word = matches[last]
            if last > first and not _BETWEEN.fullmatch(
                text, matches[last - 1].end(), word.start()
            ):
                break
            after_hyphen = last > first and text[word.start() - 1] in "-‐–"
            large = plain or after_hyphen or word.group()[0].isupper()
            capital = capital and large
            if last > first and not large:
                continue  # a run ends in a name, not in an article
            if last > first and not (start.group()[0].isupper() or plain):
                break
            yield _POSSESSIVE.sub("", text[start.start() : word.end()]), capital
            if _POSSESSIVE.search(word.group()):
                break


def widest(parts: int) -> int:
    """Return the most words that a name of so many parts may have."""
    return min(parts + 2, _LONGEST_RUN)


class Standing(NamedTuple):
    """How a stretch stands in running text.

    Attributes:
        capital: It opens its words with capital letters somewhere.
        inside: It does so inside a sentence, where capitals mean a name.
        places: Places where it stands.
    """

    capital: bool
    inside: bool
    places: int


def standings(texts: Iterable[str], parts: int) -> dict[str, Standing]:
    """Return the stretches that may spell a name of so many parts, and how they stand.

    >>> found = standings(["Reading aloud, Kofi met Kofi."], 1)
    >>> found["Kofi"], found["Reading"].inside
    (Standing(capital=True, inside=True, places=2), False)
    """
    by_span: dict[str, Standing] = {}
    for text in texts:
        places: dict[str, int] = {}
        for span, capital in spans(text, parts):
            at = text.find(span, places.get(span, 0))
            places[span] = at + 1
            opens = at <= 0 or _SENTENCE_START.search(text, max(0, at - 6), at)
            before = by_span.get(span, _NOWHERE)
            by_span[span] = Standing(
                before.capital or capital,
                before.inside or (capital and not opens),
                before.places + 1,
            )
    return by_span


_NOWHERE: Final = Standing(False, False, 0)
_SENTENCE_START: Final = re.compile(
    r"(?:\A|[.!?:;\n•*#>|-]\s*|[.!?]\s)[\"'“‘(\[]?\s*\Z"
)

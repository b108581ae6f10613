"""Language tags that can be none are refused, in every format, where records come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from termbank.errors import FormatError
from termbank.messages import say
from termbank.text.language_syntax import LONGEST, is_impossible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .bilingual_units import BilingualUnit
    from .concept_records import Concept, Segment


def refuse_impossible(tag: str, path: str, line: int = 1) -> None:
    """Raise where a text can be no language tag.

    Raises:
        FormatError: It is over-long, or holds control characters or markup.
    """
    if is_impossible(tag):
        tag_text = repr(tag if len(tag) <= LONGEST else tag[:LONGEST] + "…")
        problem = say(f"言語タグ {tag_text}", f"language tag {tag_text}")
        expected = say("BCP 47 の言語タグ (ja、en-US …)", "a BCP 47 tag (ja, en-US …)")
        raise FormatError(path, line, problem, expected)


def with_possible_languages(records: Iterable[Concept], path: str) -> Iterator[Concept]:
    """Yield concepts; each new language tag is looked at once."""
    checked_tags: set[str] = set()
    for record in records:
        tags = [term.lang for term in record.terms]
        for tag in (*tags, *[each.lang for each in record.definitions]):
            if tag not in checked_tags:
                refuse_impossible(tag, path, record.line or 1)
                checked_tags.add(tag)
        yield record


def pairs_with_possible_languages(
    pairs: Iterable[Segment], path: str
) -> Iterator[Segment]:
    """Yield pairs; each new language tag is looked at once."""
    checked_tags: set[str | None] = {None}
    for pair in pairs:
        _check_pair(pair, path, 1, checked_tags)
        yield pair


def units_with_possible_languages(
    units: Iterable[BilingualUnit], path: str
) -> Iterator[BilingualUnit]:
    """Yield units; each new language tag is looked at once."""
    checked_tags: set[str | None] = {None}
    for unit in units:
        _check_pair(unit.segment, path, unit.line or 1, checked_tags)
        yield unit


def _check_pair(
    pair: Segment, path: str, line: int, checked_tags: set[str | None]
) -> None:
    for tag in (pair.source_lang, pair.target_lang):
        if tag not in checked_tags:
            refuse_impossible(tag or "", path, line)
            checked_tags.add(tag)

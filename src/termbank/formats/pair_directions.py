"""Pairs in one direction, for formats that hold one pair of languages.

Nothing is mixed: a file of more than two languages is refused unless the caller names
the pair, and then pairs in other languages are left out and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from termbank.errors import InputError
from termbank.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.model.concept_records import Concept, Losses, Segment

_SIDES: Final = (("source", "target"), ("source_lang", "target_lang"))

Direction = tuple[str, str]


def direction_of_pairs(pairs: Iterable[Segment], path: str) -> Direction:
    """Return the direction of the first pair of a file.

    Raises:
        InputError: The pairs are in more than two languages; they are named.
    """
    directions = dict.fromkeys(_direction(pair) for pair in pairs if not _alone(pair))
    if len({frozenset(each) for each in directions}) > 1:
        raise _refusal({lang for each in directions for lang in each}, path)
    return next(iter(directions), ("", ""))


def direction_of_concepts(records: Iterable[Concept], path: str) -> Direction:
    """Return the two languages of some concepts in the order in which they appear.

    Raises:
        InputError: There are more than two languages, or fewer.
    """
    langs: dict[str, None] = {}
    for record in records:
        langs.update(dict.fromkeys(_primary(term.lang) for term in record.terms))
    if len(langs) != 2:
        raise _refusal(langs, path)
    first, second = langs
    return first, second


def in_direction(
    pairs: Iterable[Segment], wanted: Direction, path: str, losses: Losses
) -> Iterator[Segment]:
    """Yield the pairs in two languages, all in one direction.

    Args:
        pairs: Of a file.
        wanted: Source and target language.
        path: The file.
        losses: Counts the pairs in other languages.

    Raises:
        InputError: No pair is in these languages; those of the file are named.
    """
    first, second = (_primary(lang) for lang in wanted)
    others: dict[Direction, None] = {}
    any_pair = False
    for pair in pairs:
        direction = _direction(pair)
        if _alone(pair):
            if direction[0] == first:
                pair.target_lang = wanted[1]
                yield pair
            else:
                losses.add("segments.source", "no translation")
        elif direction in ((first, second), (second, first)):
            any_pair = True
            yield _turn_round(pair) if direction != (first, second) else pair
        else:
            others[direction] = None
            losses.add("segments.source", "other languages than the pair asked for")
    if others and not any_pair:
        raise _refusal({lang for each in others for lang in each}, path)


def _alone(pair: Segment) -> bool:
    """Say whether a segment has neither a translation nor the language of one."""
    return pair.target is None and not pair.target_lang


def _turn_round(pair: Segment) -> Segment:
    """Return a pair with its sides exchanged; one without a translation stays."""
    if pair.target is not None:
        for left, right in _SIDES:
            mine, theirs = getattr(pair, left), getattr(pair, right)
            setattr(pair, left, theirs)
            setattr(pair, right, mine)
        pair.previous = pair.next = None
    return pair


def _direction(pair: Segment) -> Direction:
    return _primary(pair.source_lang), _primary(pair.target_lang)


def _primary(lang: str | None) -> str:
    return (lang or "").replace("_", "-").partition("-")[0].casefold()


def _refusal(langs: Iterable[str], path: str) -> InputError:
    langs_text = ", ".join(sorted(lang or "und" for lang in langs))
    problem = (
        say(f"言語 {langs_text}", f"languages {langs_text}")
        if langs_text
        else say("空", "nothing")
    )
    expected = say(
        "一組の言語。--source と --target で選ぶ",
        "one pair of languages; choose it with --source and --target",
    )
    return InputError(path, problem, expected)

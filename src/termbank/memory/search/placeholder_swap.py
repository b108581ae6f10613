"""Tags and variables of the query put where those of a stored source stand."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from termbank.text.placeholders import placeholders

if TYPE_CHECKING:
    from collections.abc import Sequence

# Formatting around words: where the translation cannot take it over, a translator places
# it. Everything else names a thing, and another thing would be another sentence.
FORMATTING: Final = frozenset(("tag", "comment", "entity", "escape", "accelerator"))
_REMOVABLE: Final = frozenset(("tag", "comment"))


def with_placeholders(target: str, query: str, stored: str) -> str | None:
    """Return a translation with the placeholders of the query, None where that is not sure.

    Tags that only the stored source has are taken out; tags that only the query has are
    left to the translator.

    Args:
        target: Translation of the stored source.
        query: Text to be translated.
        stored: Source that the translation belongs to.

    >>> with_placeholders("Share {old}", "{name}を共有", "{old}を共有")
    'Share {name}'
    >>> with_placeholders("%d of %d", "{a}/{b}", "%d/%d")
    '{a} of {b}'
    >>> with_placeholders("Hello", "{name}さん", "{old}さん") is None
    True
    """
    mine, theirs = placeholders(query), placeholders(stored)
    if [mark.text for mark in mine] == [mark.text for mark in theirs]:
        return target
    new = [mark.text for mark in mine if mark.kind not in FORMATTING]
    old = [mark.text for mark in theirs if mark.kind not in FORMATTING]
    own_target = _swap(target, new, old)
    if own_target is None:
        return None
    new = [mark.text for mark in mine if mark.kind in _REMOVABLE]
    old = [mark.text for mark in theirs if mark.kind in _REMOVABLE]
    if not new and old:
        return _without(own_target, old)
    with_tags = _swap(own_target, new, old)
    return own_target if with_tags is None else with_tags


def _swap(target: str, new: Sequence[str], old: Sequence[str]) -> str | None:
    """Write each new placeholder where the old one stands that it replaces."""
    if Counter(new) == Counter(old):
        return target
    if len(new) != len(old):
        return None
    more_new, more_old = _difference(new, old), _difference(old, new)
    if len(set(more_old)) == len(more_old) == len(more_new):
        pairs = list(zip(more_old, more_new, strict=True))
    else:  # one notation for several (%d of %d): they are told apart by their order
        pairs = [
            pair for pair in zip(old, new, strict=True) if pair[0] in set(more_old)
        ]
    waiting: dict[str, list[str]] = {}
    for was, now in pairs:
        waiting.setdefault(was, []).append(now)
    places = [mark for mark in placeholders(target) if mark.text in waiting]
    stands, counts = Counter(mark.text for mark in places), Counter(old)
    if any(stands[was] != counts[was] for was in waiting):
        return None
    pieces, at = [], 0
    for place in places:
        choices = waiting[place.text]
        pieces += [target[at : place.start], choices[0]]
        if len(choices) > 1:
            choices.pop(0)
        at = place.end
    return "".join([*pieces, target[at:]])


def _without(target: str, old: Sequence[str]) -> str:
    places = [mark for mark in placeholders(target) if mark.kind in _REMOVABLE]
    if Counter(mark.text for mark in places) != Counter(old):
        return target
    for place in reversed(places):
        target = target[: place.start] + target[place.end :]
    return re.sub(r"  +", " ", target).strip()


def _difference(some: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return what stands more often in the first, as often as it does, in order."""
    more = Counter(some) - Counter(others)
    return [text for text in dict.fromkeys(some) for _ in range(more[text])]

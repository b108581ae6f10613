"""Which English words a text uses as verbs: told by what stands before them.

"to play", "they play", "can play" speak for a verb, "the play", "of play" against it. A
list of verbs would not know the text at hand, and a tagger would be a dependency.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .english import Word

_BEFORE_VERBS: Final = frozenset(
    """to will would can could shall should may might must i you he she it we they who
    not t don doesn didn won wouldn couldn shouldn let lets please never always often did
    does do cannot and""".split()  # noqa: SIM905 - a list of words is read as words
)
_BEFORE_NOUNS: Final = frozenset(
    """a an the this that these those my your his her its our their no some any every
    each another of in on at by for with from into about such one two three many few
    several more most other same""".split()  # noqa: SIM905
)
_LEAST: Final = 2  # places that must speak for a verb, so that no accident makes one
_MOSTLY: Final = 2.0  # times as many as speak for a noun
# Verbs without much meaning of their own, which stand beside any noun; a short text need
# not show what they are.
LIGHT_VERBS: Final = frozenset(
    """be am is are was were been being have has had do does did done make makes made
    take takes took taken get gets got gotten go goes went gone come comes came give gives
    gave given keep keeps kept put puts let lets become becomes became play plays played
    bring brings brought hold holds held set sets run runs ran pay pays paid""".split()  # noqa: SIM905
)


def verbs_of(lines: Iterable[Sequence[Word]]) -> frozenset[str]:
    """Return the words that a text uses mostly as verbs, in lower case.

    Forms in -ing are left out: they stand before nouns as often (driving licence).

    >>> from .english import words
    >>> "play" in verbs_of([words("I play tennis."), words("They want to play tennis.")])
    True
    >>> "tennis" in verbs_of([words("I play tennis."), words("to play tennis")])
    False
    """
    verbs: dict[str, int] = {}
    nouns: dict[str, int] = {}
    for line in lines:
        for before, word in pairwise(line):
            if before.form in _BEFORE_VERBS:
                verbs[word.form] = verbs.get(word.form, 0) + 1
            elif before.form in _BEFORE_NOUNS:
                nouns[word.form] = nouns.get(word.form, 0) + 1
    verb_forms = {
        form
        for form, count in verbs.items()
        if count >= _LEAST
        and count > _MOSTLY * nouns.get(form, 0)
        and not form.endswith(("ing", "ly"))
    }
    return frozenset(verb_forms | LIGHT_VERBS)

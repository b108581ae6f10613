"""Compiled glossaries: names to be looked up, patterns to be found in running text.

Both are plain tuples and bytes, so that :mod:`termbank.cache` can keep them under the
signature of the files they were made from; the first run after a change compiles anew.
"""

from __future__ import annotations

from .. import cache
from ..records import NamedTuple
from . import stack as stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .stack import GlossaryLike, One

# The order in which forms of one concept are shown.
STATUSES = ("preferred", "admitted", "deprecated", "forbidden", "proposed")
MAIN = "ja"  # the language a concept is met in, where it has forms in it
FORM, READING, PART = 100.0, 97.0, 90.0  # what a perfect match of each is worth
# Purposes in the cache; the number counts the layouts of what is stored.
_NAMES, _PATTERNS = "names-1", "patterns-1"
_REMEMBERED = 8  # compiled glossaries kept by one process
_remembered: list[tuple[str, object, Any]] = []


class Names(NamedTuple):
    """What ``lookup`` needs, with numbers for places in its own lists.

    Attributes:
        concepts: (concept_id, kind, tongues, definitions): tongues are (lang, forms)
            pairs, the main language first; forms are (form, status, reading), by
            status and form; definitions are (lang, text) pairs.
        exact: :func:`norm` of a form to its (concept, tongue, form) places.
        near: (spelling, worth, concept, tongue, form) of each form, reading and part
            of a person's name.
        pairs: Two neighbouring characters of a folded spelling, the edges included, to
            the numbers of ``near`` that have them, as 32-bit integers.
    """

    concepts: list[tuple[str, str, tuple[Any, ...], tuple[tuple[str, str], ...]]]
    exact: dict[str, list[tuple[int, int, int]]]
    near: list[tuple[str, float, int, int, int]]
    pairs: dict[str, bytes]


class Patterns(NamedTuple):
    """What ``scan`` needs.

    Attributes:
        automaton: Serialised, over the normalised forms; empty where there are none.
        terms: For each pattern the (concept_id, form, status, lang) it stands for.
    """

    automaton: bytes
    terms: list[list[tuple[str, str, str, str]]]


def names(glossary: GlossaryLike) -> Names:
    """Return the compiled names of a glossary, or of several (an earlier one wins)."""
    return Names(*_kept(_NAMES, glossary))


def patterns(glossary: GlossaryLike) -> tuple[Any, Patterns]:
    """Return the automaton ready to use (None without forms) and what it stands for."""
    kept = Patterns(*_kept(_PATTERNS, glossary))
    if not kept.automaton:
        return None, kept
    from daachorse import CharwiseDoubleArrayAhoCorasick

    return CharwiseDoubleArrayAhoCorasick.deserialize(kept.automaton), kept


def _kept(purpose: str, glossary: GlossaryLike) -> tuple[Any, ...]:
    stack = stacks.stacked(glossary)
    key = stacks.key_of(stack)
    # Objects never change, so they are their own key.
    for known, what, found in _remembered:
        if known == purpose and (what == key if key else _same(what, stack)):
            return found  # type: ignore[no-any-return]
    made = cache.load(purpose, key) if key else None
    if made is None:
        made = _compiled(purpose, stack)
        if key:
            cache.store(purpose, key, made)
    _remembered.insert(0, (purpose, key or stack, made))
    del _remembered[_REMEMBERED:]
    return made


def _compiled(purpose: str, stack: tuple[One, ...]) -> tuple[Any, ...]:
    from . import compiling

    rows, definitions = stacks.combined(stack)
    if purpose == _PATTERNS:
        return tuple(compiling.patterns(rows))
    return tuple(compiling.names(rows, definitions))


def _same(known: object, stack: tuple[One, ...]) -> bool:
    return (
        isinstance(known, tuple)
        and len(known) == len(stack)
        and all(one is other for one, other in zip(known, stack, strict=True))
    )

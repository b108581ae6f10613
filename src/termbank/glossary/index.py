"""Compiled glossaries: names to be looked up, patterns to be found in running text.

Both are plain tuples and bytes, so that :mod:`termbank.cache` can keep them under the
signature of the files they were made from; the first run after a change compiles anew.
"""

from __future__ import annotations

from marshal import loads

from termbank import cache
from termbank.records import NamedTuple

from . import glossary_sources as stacks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from .glossary_sources import GlossaryLike, One

    Concept: TypeAlias = tuple[str, str, tuple[Any, ...], tuple[tuple[str, str], ...]]

# The order in which forms of one concept are shown.
STATUSES = ("preferred", "admitted", "deprecated", "forbidden", "proposed")
MAIN = "ja"  # the language a concept is met in, where it has forms in it
# What a perfect match of each is worth; sounds are those of the name of somebody or
# something, of a part of it, and of a word.
FORM, READING, PART = 100, 97, 90
SOUND, SOUND_OF_PART, SOUND_OF_WORD = 95, 89, 94
# Purposes in the cache; the number counts the layouts of what is stored.
_NAMES, _SPELLINGS = "names-2", "spellings-2"
_SOUNDS, _PATTERNS = "sounds-2", "patterns-2"
_REMEMBERED = 16  # compiled glossaries kept by one process
_remembered: list[tuple[str, object, Any]] = []


class Names(NamedTuple):
    """The concepts of a glossary and the way from an exact form to them.

    Attributes:
        packed: Each concept marshalled: a look-up opens only those it answers with.
        exact: Normalised form to its (concept, tongue, form) places.
    """

    packed: list[bytes]
    exact: dict[str, list[tuple[int, int, int]]]

    def concept(self, number: int) -> Concept:
        """Return (concept_id, kind, tongues, definitions) of one concept.

        Tongues are (lang, forms) pairs, the main language first; forms are (form,
        status, reading), by status and form; definitions are (lang, text) pairs.
        """
        return loads(self.packed[number])  # type: ignore[no-any-return]  # noqa: S302


class Spellings(NamedTuple):
    """What near forms are found by: forms, readings, parts of names; or their sounds.

    Attributes:
        texts: All spellings (or sounds), a line each.
        numbers: For each spelling four 32-bit integers: its worth and the concept,
            tongue and form it stands for (places in :class:`Names`).
        pairs: Two neighbouring characters of a folded spelling, the edges included, to
            the numbers of the spellings that have them, as 32-bit integers.
    """

    texts: str
    numbers: bytes
    pairs: dict[str, bytes]


class Patterns(NamedTuple):
    """What running text is searched with.

    Attributes:
        automaton: Serialised, over the normalised forms; empty where there are none.
        packed: For each pattern, marshalled, the (concept_id, form, status, lang) it
            stands for.
    """

    automaton: bytes
    packed: list[bytes]

    def terms(self, number: int) -> list[tuple[str, str, str, str]]:
        """Return the (concept_id, form, status, lang) that a pattern stands for."""
        return loads(self.packed[number])  # type: ignore[no-any-return]  # noqa: S302


def names(glossary: GlossaryLike) -> Names:
    """Return the names of a glossary, or of several (an earlier one wins)."""
    return Names(*_kept(_NAMES, glossary))


def spellings(glossary: GlossaryLike) -> Spellings:
    """Return the spellings of a glossary's names, for near forms."""
    return Spellings(*_kept(_SPELLINGS, glossary))


def sounds(glossary: GlossaryLike) -> Spellings:
    """Return how the Japanese names of a glossary sound, for queries in letters."""
    return Spellings(*_kept(_SOUNDS, glossary))


def patterns(glossary: GlossaryLike) -> tuple[Any, Patterns]:
    """Return the automaton ready to use (None without forms) and what it stands for."""
    kept = Patterns(*_kept(_PATTERNS, glossary))
    if not kept.automaton:
        return None, kept
    from daachorse import CharwiseDoubleArrayAhoCorasick

    return CharwiseDoubleArrayAhoCorasick.deserialize(kept.automaton), kept


def _kept(purpose: str, glossary: GlossaryLike) -> tuple[Any, ...]:
    stack = stacks.stacked(glossary)
    return _of_stack(purpose, stack, stacks.key_of(stack))


def _of_stack(purpose: str, stack: tuple[One, ...], key: str) -> tuple[Any, ...]:
    # Objects never change, so they are their own key.
    for known, what, found in _remembered:
        if known == purpose and (what == key if key else _same(what, stack)):
            return found  # type: ignore[no-any-return]
    made = cache.load(purpose, key) if key else None
    if made is None:
        made = _compiled(purpose, stack, key)
        if key:
            cache.store(purpose, key, made)
    _remembered.insert(0, (purpose, key or stack, made))
    del _remembered[_REMEMBERED:]
    return made


def _compiled(purpose: str, stack: tuple[One, ...], key: str) -> tuple[Any, ...]:
    from . import compiling

    if purpose == _NAMES:
        return tuple(compiling.names(*stacks.combined(stack)))
    known = Names(*_of_stack(_NAMES, stack, key))
    return tuple(getattr(compiling, purpose.partition("-")[0])(known))


def _same(known: object, stack: tuple[One, ...]) -> bool:
    return (
        isinstance(known, tuple)
        and len(known) == len(stack)
        and all(one is other for one, other in zip(known, stack, strict=True))
    )

"""Compiled glossaries: names to be looked up, patterns to be found in running text.

Both are plain tuples and bytes, so that :mod:`termbank.cache` can keep them under the
signature of the files they were made from; the first run after a change compiles anew.
"""

from __future__ import annotations

from termbank import cache

from . import glossary_sources as stacks
from .index_tables import Names, Patterns, Spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .glossary_sources import GlossaryLike, One

# Purposes in the cache; the number counts the layouts of what is stored.
_NAMES, _SPELLINGS = "names-3", "spellings-3"
_SOUNDS, _PATTERNS, _BARE = "sounds-3", "patterns-3", "bare_names-2"
_REMEMBERED = 16  # compiled glossaries kept by one process
_remembered: list[tuple[str, object, Any]] = []


def names(glossary: GlossaryLike) -> Names:
    """Return the names of a glossary, or of several (an earlier one wins)."""
    return Names(*_compiled_tables(_NAMES, glossary))


def spellings(glossary: GlossaryLike) -> Spellings:
    """Return the spellings of a glossary's names, for near forms."""
    return Spellings(*_compiled_tables(_SPELLINGS, glossary))


def sounds(glossary: GlossaryLike) -> Spellings:
    """Return how the Japanese names of a glossary sound, for queries in letters."""
    return Spellings(*_compiled_tables(_SOUNDS, glossary))


def bare_names(glossary: GlossaryLike) -> dict[str, list[tuple[int, int, int]]]:
    """Return the places of forms in letters by their bare words."""
    (found,) = _compiled_tables(_BARE, glossary)
    return found  # type: ignore[no-any-return]


def patterns(glossary: GlossaryLike) -> tuple[Any, Patterns]:
    """Return the automaton ready to use (None without forms) and what it stands for."""
    kept = Patterns(*_compiled_tables(_PATTERNS, glossary))
    if not kept.automaton:
        return None, kept
    from daachorse import CharwiseDoubleArrayAhoCorasick

    return CharwiseDoubleArrayAhoCorasick.deserialize(kept.automaton), kept


def _compiled_tables(purpose: str, glossary: GlossaryLike) -> tuple[Any, ...]:
    stack = stacks.glossary_stack(glossary)
    return _of_stack(purpose, stack, stacks.key_of(stack))


def _of_stack(purpose: str, stack: tuple[One, ...], key: str) -> tuple[Any, ...]:
    # Objects never change, so they are their own key.
    for known, what, found in _remembered:
        if known == purpose and (what == key if key else _same(what, stack)):
            return found  # type: ignore[no-any-return]
    made = cache.load(purpose, key) if key else None
    if made is None:
        made = _compile(purpose, stack, key)
        if key:
            cache.store(purpose, key, made)
    _remembered.insert(0, (purpose, key or stack, made))
    del _remembered[_REMEMBERED:]
    return made


def _compile(purpose: str, stack: tuple[One, ...], key: str) -> tuple[Any, ...]:
    from . import compiling

    if purpose == _NAMES:
        return tuple(compiling.names(*stacks.combine(stack)))
    known = Names(*_of_stack(_NAMES, stack, key))
    return tuple(getattr(compiling, purpose.partition("-")[0])(known))


def _same(known: object, stack: tuple[One, ...]) -> bool:
    return (
        isinstance(known, tuple)
        and len(known) == len(stack)
        and all(one is other for one, other in zip(known, stack, strict=True))
    )

"""Compiled glossaries: names to be looked up, patterns to be found in running text.

Both are plain tuples and bytes, so that :mod:`termbank.cache` can keep them under the
signature of the files they were made from; the first run after a change compiles anew.
"""

from __future__ import annotations

from termbank import cache
from termbank.glossary_places import is_same_stack

from . import glossary_sources as stacks
from .index_tables import Names, Patterns, Spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .glossary_sources import GlossaryLike, One

# Purposes in the cache; the number counts the layouts of what is stored.
_NAMES, _SPELLINGS = "names-4", "spellings-3"
_SOUNDS, _PATTERNS, _BARE = "sounds-3", "patterns-4", "bare_names-2"
_REMEMBERED = 16  # compiled glossaries kept by one process
_recent: list[tuple[str, object, Any]] = []
_last_automaton: tuple[bytes, Any] = (b"", None)


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
    (table,) = _compiled_tables(_BARE, glossary)
    return table  # type: ignore[no-any-return]


def patterns(glossary: GlossaryLike) -> tuple[Any, Patterns]:
    """Return the automaton ready to use (None without forms) and what it stands for."""
    compiled_patterns = Patterns(*_compiled_tables(_PATTERNS, glossary))
    return _automaton_of(compiled_patterns.automaton), compiled_patterns


def _automaton_of(content: bytes) -> Any:
    """Return the automaton that bytes hold, the last one without reading it anew."""
    global _last_automaton  # noqa: PLW0603  # one assignment, safe among threads
    if not content:
        return None
    last_content, automaton = _last_automaton
    if last_content is not content:
        from daachorse import CharwiseDoubleArrayAhoCorasick

        automaton = CharwiseDoubleArrayAhoCorasick.deserialize(content)
        _last_automaton = content, automaton
    return automaton


def _compiled_tables(purpose: str, glossary: GlossaryLike) -> tuple[Any, ...]:
    stack = stacks.glossary_stack(glossary)
    return _of_stack(purpose, stack, stacks.key_of(stack))


def _of_stack(purpose: str, stack: tuple[One, ...], key: str) -> tuple[Any, ...]:
    # Objects never change, so they are their own key.
    for entry_purpose, entry_key, tables_before in _recent:
        if entry_purpose == purpose and (
            entry_key == key if key else is_same_stack(entry_key, stack)
        ):
            return tables_before  # type: ignore[no-any-return]
    tables = cache.load(purpose, key) if key else None
    if tables is None:
        tables = _compile(purpose, stack, key)
        if key:
            cache.store(purpose, key, tables)
    _recent.insert(0, (purpose, key or stack, tables))
    del _recent[_REMEMBERED:]
    return tables


def _compile(purpose: str, stack: tuple[One, ...], key: str) -> tuple[Any, ...]:
    from . import compiling

    if purpose == _NAMES:
        return tuple(compiling.names(*stacks.combine(stack)))
    names = Names(*_of_stack(_NAMES, stack, key))
    return tuple(getattr(compiling, purpose.partition("-")[0])(names))

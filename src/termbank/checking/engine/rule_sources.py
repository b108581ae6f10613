"""From the glossaries of a check to their compiled rules and their patterns."""

from __future__ import annotations

from termbank import cache
from termbank.config import glossaries_in_use
from termbank.errors import ConfigError
from termbank.glossary_places import (
    files_of,
    is_rule_list,
    is_same_stack,
    path_of,
    stack_of,
)
from termbank.messages import say
from termbank.version import __version__

from .compiled_rules import Book, compile_rules
from .rule_cache import keep, load_rules

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from termbank.config import Settings
    from termbank.formats.rule_lists.prh import RuleFile
    from termbank.glossary import Glossary
    from termbank.glossary.glossary_sources import Rows
    from termbank.glossary.light_rows import TermRow

    from .pattern_rules import PatternRules

    GlossaryLike: TypeAlias = str | os.PathLike[str] | Glossary | Rows
    Exceptions: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

_REMEMBERED = 4  # books of glossary objects kept between calls
_books: list[tuple[object, object, Book]] = []


def glossaries_of(
    glossary: GlossaryLike | Sequence[GlossaryLike] | None,
    settings: Settings,
    *,
    needed: bool = True,
) -> list[GlossaryLike]:
    """Return the glossaries that hold, an earlier one wins.

    Raises:
        ConfigError: There is none. The shipped glossary serves look-up: it is taken
            for checking only by its name ``builtin``.
        StoreError: A team's store is out of reach.
    """
    stack: list[GlossaryLike]
    stack = list(stack_of(glossary, glossaries_in_use(settings)))  # type: ignore[arg-type]
    if needed and not stack:
        raise ConfigError(
            settings.path or "termbank.toml",
            say("用語集の指定がありません", "no glossary for checking"),
            say(
                'glossaries = ["glossary/"] と書くか --glossary を付ける',
                'glossaries = ["glossary/"], or --glossary FOLDER | builtin',
            ),
        )
    return [_on_this_machine(glossary) for glossary in stack]


def _on_this_machine(glossary: GlossaryLike) -> GlossaryLike:
    """Return the path of this machine's copy for the address of a team's store."""
    if not isinstance(glossary, str) or "://" not in glossary:
        return glossary
    from termbank.glossary.shipped import place_of

    return place_of(glossary)


def book_of(
    glossaries: Sequence[GlossaryLike],
    exceptions: Exceptions,
) -> Book:
    """Return the compiled rules of stacked glossaries, from the cache where known."""
    places = [path_of(glossary) for glossary in glossaries]
    if not all(places):
        return _recall(glossaries, exceptions)
    files = [file for place in places for file in files_of(place)]
    key = f"{__version__}\n{cache.signature(files)}\n{exceptions!r}"

    def again() -> Book:
        new_book = compile_rules(_rows(glossaries), exceptions)
        keep(new_book, key)
        return new_book

    book = load_rules(key, again) or again()
    book.key = key
    return book


def _recall(glossaries: Sequence[GlossaryLike], exceptions: Exceptions) -> Book:
    # Glossaries are immutable, so the object itself is the key.
    for objects, others, book in _books:
        if others == exceptions and is_same_stack(objects, glossaries):
            return book
    book = compile_rules(_rows(glossaries), exceptions)
    _books.insert(0, (list(glossaries), exceptions, book))
    del _books[_REMEMBERED:]
    return book


def _rows(glossaries: Sequence[GlossaryLike]) -> list[list[TermRow]]:
    # Only here: a check of compiled rules starts without the glossary package.
    from termbank.glossary.glossary_sources import rows_of

    return [rows_of(glossary) for glossary in glossaries]


def patterns_of(glossaries: Sequence[GlossaryLike]) -> PatternRules | None:
    """Return the rules of rule lists that stay regular expressions; None for none."""
    places = _rule_lists(glossaries)
    if not places:
        return None
    from .pattern_rules import PatternRules

    return (
        PatternRules(
            pattern for _, rule_file in _read(places) for pattern in rule_file.patterns
        )
        or None
    )


def rules_left_behind(
    glossaries: Sequence[GlossaryLike],
) -> list[tuple[str, int, str, str]]:
    """Return (path, line, rule, reason) of the rules that could not be brought over."""
    left: list[tuple[str, int, str, str]] = []
    for place, rule_file in _read(_rule_lists(glossaries)):
        from .pattern_rules import PatternRules

        left += rule_file.left
        left += [
            (place, pattern.line, f"/{pattern.expression}/", reason)
            for pattern, reason in PatternRules(rule_file.patterns).refused
        ]
    return left


def _rule_lists(glossaries: Sequence[GlossaryLike]) -> list[str]:
    return [place for place in map(path_of, glossaries) if is_rule_list(place)]


def _read(places: Sequence[str]) -> Iterator[tuple[str, RuleFile]]:
    from termbank.formats.rule_lists.prh import is_prh, read_rules

    for place in places:
        with open(place, encoding="utf-8", errors="replace") as file:
            if is_prh(file.read()):
                yield place, read_rules(place)

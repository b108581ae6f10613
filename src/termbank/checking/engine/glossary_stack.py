"""From what a caller calls a glossary to the book of its targets and shields."""

from __future__ import annotations

import os

from termbank import cache
from termbank.config import BUILT_IN, glossaries_in_use
from termbank.errors import ConfigError
from termbank.isolation.project_root import refuse_leading_out
from termbank.messages import say
from termbank.version import __version__

from .compiled_rules import Book, compile_rules
from .rule_cache import keep, load_rules

TYPE_CHECKING = False


class Rows:
    """Rows in the place of a glossary object."""

    __slots__ = ("rows",)

    def __init__(self, rows: Sequence[TermRow]) -> None:
        self.rows = list(rows)


if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from termbank.config import Settings
    from termbank.formats.rule_lists.prh import RuleFile
    from termbank.glossary import Glossary
    from termbank.glossary.light_rows import TermRow

    from .pattern_rules import PatternRules

    GlossaryLike: TypeAlias = str | os.PathLike[str] | Glossary | Rows
    Exceptions: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]

# The journal (glossary.csv_snapshot) holds what a writer is about to put into them.
RULE_LISTS = (".yml", ".yaml")
_FILES = ("terms.csv", "concepts.csv", ".termbank-journal")
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
    if glossary is None:
        stack = list(glossaries_in_use(settings))
    elif isinstance(glossary, (list, tuple)):
        stack = list(glossary)
    else:
        stack = [glossary]  # type: ignore[list-item]  # only lists and tuples stack
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
    if any(not isinstance(glossary, (str, os.PathLike)) for glossary in glossaries):
        return _recall(glossaries, exceptions)
    places = [os.fspath(glossary) for glossary in glossaries]  # type: ignore[arg-type]
    files = [file for place in places for file in files_of(place)]
    key = f"{__version__}\n{cache.signature(files)}\n{exceptions!r}"

    def again() -> Book:
        new_book = compile_rules(
            [rows_of(glossary) for glossary in glossaries], exceptions
        )
        keep(new_book, key)
        return new_book

    book = load_rules(key, again) or again()
    book.key = key
    return book


def _recall(glossaries: Sequence[GlossaryLike], exceptions: Exceptions) -> Book:
    # Glossaries are immutable, so the object itself is the key.
    for objects, others, book in _books:
        if others == exceptions and _same(objects, glossaries):
            return book
    book = compile_rules([rows_of(glossary) for glossary in glossaries], exceptions)
    _books.insert(0, (list(glossaries), exceptions, book))
    del _books[_REMEMBERED:]
    return book


def _same(left: object, right: Sequence[object]) -> bool:
    return (
        isinstance(left, list)
        and len(left) == len(right)
        and all(ours is other for ours, other in zip(left, right, strict=True))
    )


def files_of(place: str) -> list[str]:
    """Return the files that a glossary named in settings or a flag is read from."""
    if place == BUILT_IN:
        # Only here: a check of compiled rules starts without the glossary package.
        from termbank.glossary.shipped import folder

        place = folder()
    if os.path.isdir(place):
        return [os.path.join(place, name) for name in _FILES]
    return [place, *_named_in(place)] if is_rule_list(place) else [place]


def is_rule_list(place: str) -> bool:
    """Answer whether a glossary may be a list of rules, by its name."""
    return place.lower().endswith(RULE_LISTS)


def _named_in(place: str) -> list[str]:
    """Return the lists that a list of rules names: what it imports, and perhaps more."""
    import re

    try:
        with open(place, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        return []
    folder = os.path.dirname(place)
    lists = [
        os.path.join(folder, name) for name in re.findall(r"[\w./+-]+\.ya?ml", text)
    ]
    return sorted({path for path in lists if os.path.isfile(path)})


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
    places = [
        os.fspath(glossary)
        for glossary in glossaries
        if isinstance(glossary, (str, os.PathLike))
    ]
    return [place for place in places if is_rule_list(place)]


def _read(places: Sequence[str]) -> Iterator[tuple[str, RuleFile]]:
    from termbank.formats.rule_lists.prh import is_prh, read_rules

    for place in places:
        with open(place, encoding="utf-8", errors="replace") as file:
            if is_prh(file.read()):
                yield place, read_rules(place)


def rows_of(one: GlossaryLike) -> list[TermRow]:
    """Return the terms of one glossary: a folder, ``builtin``, a file, an object.

    Raises:
        InputError: Nothing is there, or it breaks the rules of its format.
    """
    from termbank.glossary import light_rows, shipped

    if isinstance(one, Rows):
        return one.rows
    if not isinstance(one, (str, os.PathLike)):
        return light_rows.rows_of(one)
    place = shipped.place_of(one)
    refuse_leading_out(place)
    if os.path.isfile(place):
        from termbank.glossary import Glossary

        return light_rows.rows_of(Glossary.read(place))
    return light_rows.read_rows(place)

"""The compiled rules of a check: which forms are targets, which ones shield.

A target is a form that must not be written; a shield is a form that may. Both lie in one
leftmost-longest automaton, so that a right word hides the wrong one inside it
(サーバー hides サーバ). A second automaton of the targets alone finds the few lines that
need the first one: most lines of most files are read only once, at full speed.
"""

from __future__ import annotations

from .. import cache
from ..records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    import daachorse

    from ..glossary.rows import TermRow

LAYOUT = 4  # of what is kept in the cache; raise it when the tuples change
_LEFTMOST_LONGEST = 1  # daachorse.MATCH_KIND_LEFTMOST_LONGEST
_TARGETS = ("deprecated", "forbidden")
# What a remark of a term may carry, one a line or between bars: longer forms that
# are right although they hold the variant.
EXCEPTION_MARKS = ("except:", "例外:", "例外：")


class Target(NamedTuple):
    """A form that must not be written.

    Attributes:
        form: As the glossary spells it.
        better: Preferred form of the same concept and language; empty where none.
        concept_id: Twelve hex digits.
        lang: BCP 47 tag of the form.
        status: deprecated or forbidden.
        relation: To the preferred form; empty where unknown.
        since: ISO date from which the status holds; empty for always.
        until: ISO date up to which it holds; empty for ever.
        reason: Why, for the message.
        kind: Of the concept.
    """

    form: str
    better: str
    concept_id: str
    lang: str
    status: str
    relation: str
    since: str
    until: str
    reason: str
    kind: str


class Rest(NamedTuple):
    """What a book opens only when a line holds a target.

    Attributes:
        targets: In the order of their numbers in both automata.
        shields: Forms that may be written.
        automaton: Over the targets, then the shields.
        people: (concept_id, preferred form, other right forms) of each person.
    """

    targets: Sequence[Target]
    shields: Sequence[str]
    automaton: daachorse.DoubleArrayAhoCorasick
    people: Sequence[tuple[str, str, tuple[str, ...]]]


class Book:
    """Targets, shields and the automata over both; the second opens when needed.

    Attributes:
        first: Automaton of the targets alone; None where there are none.
        memory: What a rule works out once for all texts, under the rule's code.
    """

    __slots__ = ("_open", "_rest", "first", "memory")

    def __init__(
        self,
        first: daachorse.DoubleArrayAhoCorasick | None,
        open_rest: Callable[[], Rest],
    ) -> None:
        self.first = first
        self.memory: dict[str, Any] = {}
        self._open = open_rest
        self._rest: Rest | None = None

    @property
    def rest(self) -> Rest:
        """Targets, shields and the automaton over both."""
        if self._rest is None:
            self._rest = self._open()
        return self._rest


def compiled(
    stacked: Sequence[Sequence[TermRow]],
    exceptions: Iterable[tuple[str, tuple[str, ...]]] = (),
) -> Book:
    """Return the book of several glossaries.

    Args:
        stacked: Rows of each glossary; an earlier glossary decides about a form that
            a later one has too.
        exceptions: (variant, longer forms) of the settings.

    A form that is a target of one concept and a right form of another is a shield: a
    check says nothing where the glossary contradicts itself (TB402 does).
    """
    targets: dict[str, Target] = {}
    shields: dict[str, None] = {}
    for rows in stacked:
        mine, right = _split(rows)
        for form in right:
            if form not in targets:
                shields[form] = None
        for form, target in mine.items():
            if form not in shields and form not in targets:
                targets[form] = target
    for _, longer in exceptions:
        shields.update(dict.fromkeys(longer))
    for form in shields:
        targets.pop(form, None)
    people = {one[0]: one for rows in reversed(stacked) for one in _people(rows)}
    return _book(sorted(targets.values()), sorted(shields), sorted(people.values()))


def _people(rows: Sequence[TermRow]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    forms: dict[tuple[str, str], list[TermRow]] = {}
    for row in rows:
        if row[1] == "person" and row.status not in _TARGETS:
            forms.setdefault((row.concept_id, row.lang), []).append(row)
    for (concept_id, _), listed in forms.items():
        preferred = next((r.form for r in listed if r.status == "preferred"), "")
        others = tuple(sorted(r.form for r in listed if r.form != preferred))
        if preferred:
            yield concept_id, preferred, others


def _book(
    targets: list[Target],
    shields: list[str],
    people: list[tuple[str, str, tuple[str, ...]]],
) -> Book:
    forms = [target.form for target in targets]

    def open_rest() -> Rest:
        return Rest(targets, shields, _automaton(forms + shields), people)

    return Book(_automaton(forms) if forms else None, open_rest)


def _split(rows: Sequence[TermRow]) -> tuple[dict[str, Target], dict[str, None]]:
    # Rows are taken apart at once: this runs over every term of a glossary, and reading
    # the fields by name costs three times as much.
    better: dict[tuple[str, str], str] = {}
    for concept_id, _, _, lang, form, _, status, *_ in rows:
        if status == "preferred":
            better.setdefault((concept_id, lang), form)
    targets: dict[str, Target] = {}
    shields: dict[str, None] = {}
    for (
        concept_id, kind, _, lang, form, _, status, relation, since, until, reason, note,
    ) in rows:  # fmt: skip
        if status not in _TARGETS:
            shields[form] = None
            continue
        if note:
            shields.update(dict.fromkeys(exceptions_in(note)))
        targets[form] = Target(
            form,
            better.get((concept_id, lang), ""),
            concept_id,
            lang,
            status,
            relation,
            since,
            until,
            reason,
            kind,
        )
    return targets, shields


def exceptions_in(note: str) -> list[str]:
    """Return the exceptions that a term's remark lists.

    >>> exceptions_in("旧称|例外: キエフ大公国、キエフ・ルーシ")
    ['キエフ大公国', 'キエフ・ルーシ']
    """
    for part in note.replace("\n", "|").split("|"):
        for mark in EXCEPTION_MARKS:
            head, found, tail = part.partition(mark)
            if found and not head.strip():
                listed = tail.replace("、", ",").replace(";", ",").split(",")
                return [form.strip() for form in listed if form.strip()]
    return []


def kept(purpose: str, key: str, again: Callable[[], Book]) -> Book | None:
    """Return the book stored under ``key``, or None; only its first part is read.

    Args:
        purpose: Prefix of the two cache entries.
        key: Everything the book depends on.
        again: Compiles it, where the second part was swept away in between.
    """
    stored = cache.load(f"{purpose}-first-{LAYOUT}", key)
    if stored is None:
        return None

    def open_rest() -> Rest:
        rest = cache.load(f"{purpose}-rest-{LAYOUT}", key)
        if rest is None:
            return again().rest
        targets, shields, automaton, people = rest
        made = [Target(*row) for row in targets]
        return Rest(made, shields, _restored(automaton), people)

    return Book(_restored(stored) if stored else None, open_rest)


def keep(book: Book, purpose: str, key: str) -> None:
    """Store a book under ``key``; the rest first, so that no half book is found."""
    targets, shields, automaton, people = book.rest
    rows = [tuple(row) for row in targets]
    rest = (rows, list(shields), automaton.serialize(), list(people))
    cache.store(f"{purpose}-rest-{LAYOUT}", key, rest)
    first = book.first.serialize() if book.first else b""
    cache.store(f"{purpose}-first-{LAYOUT}", key, first)


def _restored(stored: bytes) -> daachorse.DoubleArrayAhoCorasick:
    from daachorse import DoubleArrayAhoCorasick

    return DoubleArrayAhoCorasick.deserialize(stored)


def _automaton(forms: list[str]) -> daachorse.DoubleArrayAhoCorasick:
    from daachorse import DoubleArrayAhoCorasick

    # An automaton of nothing is refused; NUL stands in no text.
    patterns = [form.encode() for form in forms] or [b"\0"]
    return DoubleArrayAhoCorasick(patterns, _LEFTMOST_LONGEST)

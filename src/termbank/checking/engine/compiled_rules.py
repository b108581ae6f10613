"""The compiled rules of a check: which forms are targets, which ones shield.

A target is a form that must not be written; a shield is a form that may. Both lie in one
leftmost-longest automaton, so that a right word hides the wrong one inside it
(サーバー hides サーバ). A second automaton of the targets alone finds the few lines that
need the first one: most lines of most files are read only once, at full speed.
"""

from __future__ import annotations

from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, Protocol

    import daachorse

    from termbank.glossary.light_rows import TermRow

    class PatternSearch(Protocol):
        """Regular expressions that find targets, see :mod:`.pattern_rules`."""

        def occurrences(self, text: str, prose: str) -> Iterator[Any]:
            """Yield what the patterns find in the prose of a text."""
            ...


_LEFTMOST_LONGEST = 1  # daachorse.MATCH_KIND_LEFTMOST_LONGEST
_TARGETS = ("deprecated", "forbidden")


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
        note: Remark, exceptions and other senses, see :mod:`termbank.text.term_notes`.
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
    note: str = ""


class Rest:
    """What a book opens only when a line holds a target, each part by itself.

    Args:
        load: Gives a part by its name: targets, shields, people, hiding or automaton.
    """

    __slots__ = ("_load", "_parts")

    def __init__(self, load: Callable[[str], Any]) -> None:
        self._load = load
        self._parts: dict[str, Any] = {}

    def _part(self, name: str) -> Any:
        if name not in self._parts:
            self._parts[name] = self._load(name)
        return self._parts[name]

    @property
    def targets(self) -> Sequence[Target]:
        """In the order of their numbers in both automata."""
        targets: Sequence[Target] = self._part("targets")
        return targets

    @property
    def shields(self) -> Sequence[str]:
        """Forms that may be written."""
        shields: Sequence[str] = self._part("shields")
        return shields

    @property
    def people(self) -> Sequence[tuple[str, str, tuple[str, ...]]]:
        """(concept_id, preferred form, other right forms) of each person."""
        people: Sequence[tuple[str, str, tuple[str, ...]]] = self._part("people")
        return people

    @property
    def hiding(self) -> frozenset[int]:
        """Targets inside which another target may begin."""
        hiding: frozenset[int] = self._part("hiding")
        return hiding

    @property
    def automaton(self) -> daachorse.DoubleArrayAhoCorasick:
        """Over the targets, then the shields."""
        automaton: daachorse.DoubleArrayAhoCorasick = self._part("automaton")
        return automaton


class Book:
    """Targets, shields and the automata over both; the second opens when needed.

    Attributes:
        first: Automaton of the targets alone; None where there are none.
        rest: Targets, shields and the automaton over both.
        memory: What a rule works out once for all texts, under the rule's code.
        key: Under which the cache keeps the book; empty where it does not.
        patterns: Rules that stay regular expressions; None where there are none.
    """

    __slots__ = ("first", "key", "memory", "patterns", "rest")

    def __init__(
        self, first: daachorse.DoubleArrayAhoCorasick | None, rest: Rest
    ) -> None:
        self.first, self.rest = first, rest
        self.key = ""
        self.patterns: PatternSearch | None = None
        self.memory: dict[str, Any] = {}


def compile_rules(
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
    people = {
        person[0]: person for rows in reversed(stacked) for person in _people(rows)
    }
    return _book(sorted(targets.values()), sorted(shields), sorted(people.values()))


def _people(rows: Sequence[TermRow]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    forms: dict[tuple[str, str], list[TermRow]] = {}
    for row in rows:
        if row[1] == "person" and row.status not in _TARGETS:
            forms.setdefault((row.concept_id, row.lang), []).append(row)
    for (concept_id, _), term_rows in forms.items():
        preferred = next((r.form for r in term_rows if r.status == "preferred"), "")
        others = tuple(sorted(r.form for r in term_rows if r.form != preferred))
        if preferred:
            yield concept_id, preferred, others


def _book(
    targets: list[Target],
    shields: list[str],
    people: list[tuple[str, str, tuple[str, ...]]],
) -> Book:
    forms = [target.form for target in targets]

    parts: dict[str, Callable[[], Any]] = {
        "targets": lambda: targets,
        "shields": lambda: shields,
        "people": lambda: people,
        "hiding": lambda: hiding_of(forms),
        "automaton": lambda: _automaton(forms + shields),
    }
    rest = Rest(lambda name: parts[name]())
    return Book(_automaton(forms) if forms else None, rest)


def _split(rows: Sequence[TermRow]) -> tuple[dict[str, Target], dict[str, None]]:
    # Needed only where a glossary is compiled; most runs read the cache.
    from termbank.text.term_notes import exceptions_in

    from .name_shapes import NAMES, other_shapes

    # Rows are taken apart at once: this runs over every term of a glossary, and reading
    # the fields by name costs three times as much.
    better: dict[tuple[str, str], str] = {}
    for concept_id, _, _, lang, form, _, status, *_ in rows:
        if status == "preferred":
            better.setdefault((concept_id, lang), form)
    targets: dict[str, Target] = {}
    shields: dict[str, None] = {}
    for (
        concept_id, kind, _, lang, form, _, status, relation, since, until, reason, note, _,
    ) in rows:  # fmt: skip
        if status not in _TARGETS:
            shields[form] = None
            continue
        for exception in exceptions_in(note, form) if note else ():
            shields.update(dict.fromkeys(_in_any_case(exception, form)))
        target = Target(
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
            note,
        )
        targets[form] = target
        for shape in other_shapes(form) if kind in NAMES else ():
            if shape != target.better:
                targets.setdefault(shape, target._replace(form=shape))
    return targets, shields


def _in_any_case(exception: str, form: str) -> Iterator[str]:
    """Yield an exception in the letter cases of running text, the form inside as it is.

    Great Gate of Kiev: great gate of Kiev, Great gate of Kiev, GREAT GATE OF Kiev.
    """
    yield exception
    head, inside, tail = exception.partition(form)
    if not inside or not any(char.isascii() and char.isalpha() for char in head + tail):
        return
    for change_case in (str.lower, str.upper, str.title):
        variant = change_case(head) + form + change_case(tail)
        yield variant
        yield variant[:1].upper() + variant[1:]


def hiding_of(forms: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the forms inside which another form may begin.

    >>> sorted(hiding_of(["クソ", "ソウル", "エラ"]))
    [0]
    """
    beginnings = {form[:end] for form in forms for end in range(1, len(form) + 1)}
    whole = set(forms)
    longest = max(map(len, forms), default=0)

    def hides(form: str) -> bool:
        for start in range(1, len(form)):
            rest = form[start:]
            if rest in beginnings:
                return True
            ends = range(1, min(len(rest), longest))
            if rest[0] in beginnings and any(rest[:end] in whole for end in ends):
                return True
        return False

    return frozenset(number for number, form in enumerate(forms) if hides(form))


def _automaton(forms: list[str]) -> daachorse.DoubleArrayAhoCorasick:
    from daachorse import DoubleArrayAhoCorasick

    # An automaton of nothing is refused; NUL stands in no text.
    patterns = [form.encode() for form in forms] or [b"\0"]
    return DoubleArrayAhoCorasick(patterns, _LEFTMOST_LONGEST)

r"""Rules of prh (and so of textlint-rule-prh) as concepts.

Keeps: expected forms and patterns, look-around as exceptions, specs as examples, imports.
A pattern without an end (``\d+``) stays a pattern, which the check runs with RE2. What
neither can carry is named with its line and reason (:func:`read_rules`).
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from termbank.formats.model.concept_records import Concept, Term
from termbank.messages import say

from .regex_expansion import EndlessExpressionError, expand, replace
from .regex_syntax import UnreadableExpressionError
from .yaml_nodes import entries_of, line_of, mapping_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# A reference that lost its number: "うま$" would be written as it stands.
_UNNUMBERED: Final = re.compile(r"\$(?![0-9$&])")
_REGEX: Final = re.compile(r"/(.*)/([a-z]*)", re.DOTALL)
_LATIN: Final = re.compile("[A-Za-z]")
_SAMPLE: Final = 3  # specs kept a rule: more would hide the remark in the note
_DEEPEST: Final = 8  # imports of imports
_SIGN: Final = re.compile(r"^(?:rules|imports)[ \t]*:", re.MULTILINE)
_RULE: Final = re.compile(
    r"^[ \t]*-?[ \t]*(?:expected|pattern|patterns|path)[ \t]*:", re.MULTILINE
)


class Rule(NamedTuple):
    """One rule as forms.

    Attributes:
        expected: What to write.
        forms: (form that gives way, longer forms left alone).
        line: Where it stands, from 1.
        specs: (text before, text after).
        reason: What the list says about it.
    """

    expected: str
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    line: int
    specs: tuple[tuple[str, str], ...] = ()
    reason: str = ""


class Pattern(NamedTuple):
    """A rule that stays a regular expression.

    Attributes:
        expected: What to write, ``$1`` for the first group.
        expression: JavaScript, without slashes.
        ignore_case: Whether letter case does not matter.
        line: Where it stands, from 1.
        must_be_empty: Group that has to be empty; 0 for none.
    """

    expected: str
    expression: str
    ignore_case: bool
    line: int
    must_be_empty: int = 0


class LeftBehind(NamedTuple):
    """A rule that could not be brought over: file, line from 1, rule and reason."""

    path: str
    line: int
    rule: str
    reason: str


class RuleFile(NamedTuple):
    """What a file and its imports hold.

    Attributes:
        rules: As forms; a rule that concerns letter case or width alone has none.
        patterns: Rules that stay regular expressions.
        left: What could not be brought over.
    """

    rules: list[Rule]
    patterns: list[Pattern]
    left: list[LeftBehind]


def is_prh(text: str) -> bool:
    """Answer whether a text looks like a list of prh."""
    return _SIGN.search(text) is not None and _RULE.search(text) is not None


def read_rules(path: str) -> RuleFile:
    """Return the rules of a file and of what it imports.

    Args:
        path: YAML as prh reads it.

    Raises:
        FormatError: It is no YAML, or no list of rules.
        InputError: It cannot be read, or PyYAML is not installed.
    """
    rule_file = RuleFile([], [], [])
    _read(os.path.abspath(path), rule_file, (), path)
    return _without_conflicts(rule_file, path)


def concepts(path: str) -> Iterator[Concept]:
    """Yield the rules with plain forms as concepts, one for each expected form.

    Raises:
        FormatError: As :func:`read_rules`.
    """
    by_expected: dict[str, Concept] = {}
    for rule in read_rules(path).rules:
        concept = by_expected.get(rule.expected)
        if concept is None:
            concept = by_expected[rule.expected] = Concept(line=rule.line)
            concept.kind = "term"
            good = Term("ja", rule.expected)
            good.status = "preferred"
            concept.terms.append(good)
        for term in _terms(rule):
            if all(term.form != other.form for other in concept.terms):
                concept.terms.append(term)
    yield from by_expected.values()


def _terms(rule: Rule) -> Iterator[Term]:
    for number, (form, exceptions) in enumerate(rule.forms):
        term = Term("ja", form)
        term.status, term.relation, term.reason = "deprecated", "spelling", rule.reason
        notes = [f"例外: {longer}" for longer in exceptions]
        if not number:
            notes += [
                f"例: {before} → {after}" for before, after in rule.specs[:_SAMPLE]
            ]
        term.note = "|".join(notes)
        yield term


def _read(
    path: str, rule_file: RuleFile, above: tuple[str, ...], shown_path: str
) -> None:
    rules = mapping_of(path, shown_path, _expectation())
    for place in _list_imports(rules.get("imports")):
        inner = os.path.normpath(os.path.join(os.path.dirname(path), place))
        line = line_of(rules["imports"])
        if not os.path.isfile(inner):
            absent = say(
                "取り込むファイルが見つかりません", "the imported file is absent"
            )
            rule_file.left.append(LeftBehind(shown_path, line, place, absent))
        elif inner not in above and inner != path and len(above) < _DEEPEST:
            _read(inner, rule_file, (*above, path), inner)
    rule_nodes = rules.get("rules")
    for node in (
        rule_nodes.value
        if rule_nodes is not None and isinstance(rule_nodes.value, list)
        else ()
    ):
        _add(node, rule_file, shown_path)


def _expectation() -> str:
    return say(
        "prh の YAML (version: 1 と rules:)", "YAML of prh: version: 1 and rules:"
    )


def _values(node: Any) -> dict[str, Any]:
    return {
        key.value: value
        for key, value in entries_of(node)
        if isinstance(key.value, str)
    }


def _list_imports(node: Any) -> Iterator[str]:
    for entry in _list_entries(node):
        if isinstance(entry.value, str):
            yield entry.value
        elif isinstance(entry.value, list):
            path = next((v.value for k, v in entry.value if k.value == "path"), "")
            if path:
                yield str(path)


def _list_entries(node: Any) -> list[Any]:
    if node is None:
        return []
    scalar = isinstance(node.value, str)
    mapping = not scalar and bool(node.value) and isinstance(node.value[0], tuple)
    return [node] if scalar or mapping else list(node.value)


def _add(node: Any, rule_file: RuleFile, shown_path: str) -> None:
    """Read one rule into forms, a pattern, or what is left behind."""
    line = line_of(node)
    if isinstance(node.value, str):
        rule_file.rules.append(Rule(node.value, (), line))
        return
    fields = _values(node)
    expected = fields["expected"].value if "expected" in fields else ""
    if not isinstance(expected, str) or not expected:
        rule_file.left.append(
            LeftBehind(
                shown_path, line, "", say("expected がありません", "no expected")
            )
        )
        return
    empty = fields["regexpMustEmpty"].value if "regexpMustEmpty" in fields else ""
    group = int(empty[1:]) if re.fullmatch(r"\$\d", str(empty)) else 0
    forms: list[tuple[str, str, tuple[str, ...]]] = []
    sources = [
        str(entry.value)
        for name in ("pattern", "patterns")
        for entry in _list_entries(fields.get(name))
    ]
    if not sources:
        rule_file.rules.append(Rule(expected, (), line))
        return
    for source in sources:
        if "(" in source and _UNNUMBERED.search(expected):
            reason = say(
                f"{expected} の $ に番号がない", f"no number after $: {expected}"
            )
            rule_file.left.append(LeftBehind(shown_path, line, source, reason))
            continue
        try:
            forms += _forms(source, expected, group)
        except EndlessExpressionError:
            regex = _REGEX.fullmatch(source)
            if regex is not None:
                pattern = Pattern(expected, regex[1], "i" in regex[2], line, group)
                rule_file.patterns.append(pattern)
        except UnreadableExpressionError as fault:
            reason = say(f"読めない正規表現 {fault}", f"unreadable expression {fault}")
            rule_file.left.append(LeftBehind(shown_path, line, source, reason))
    specs = tuple(_specs(fields.get("specs")))
    reason = str(fields["prh"].value) if "prh" in fields else ""
    rule_file.rules.extend(_by_expected(forms, expected, line, specs, reason))


def _by_expected(
    forms: Iterable[tuple[str, str, tuple[str, ...]]],
    expected: str,
    line: int,
    specs: tuple[tuple[str, str], ...],
    reason: str,
) -> Iterator[Rule]:
    groups: dict[str, dict[str, tuple[str, ...]]] = {}
    for form, better, exceptions in forms:
        exceptions_of = groups.setdefault(better, {})
        exceptions_of[form] = (*exceptions_of.get(form, ()), *exceptions)
    if not groups and "$" not in expected:
        yield Rule(expected, (), line, specs, reason)  # letter case or width alone
    for better, exceptions_of in groups.items():
        mine = tuple(
            (form, tuple(dict.fromkeys(left))) for form, left in exceptions_of.items()
        )
        own = tuple(
            spec for spec in specs if any(form in spec[0] for form in exceptions_of)
        )
        yield Rule(better, mine, line, own, reason)


def _forms(
    source: str, expected: str, must_be_empty: int
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (form, what to write, longer forms left alone) of one pattern."""
    regex = _REGEX.fullmatch(source)
    if regex is None:
        if source != expected:
            yield source, expected, ()
        return
    expansions = expand(regex[1])
    longer_forms = [
        expansion.form
        for expansion in expansions
        if must_be_empty and expansion.groups.get(must_be_empty)
    ]
    for expansion in expansions:
        if expansion.form in longer_forms:
            continue
        better = replace(expected, expansion.groups)
        mine = tuple(longer for longer in longer_forms if expansion.form in longer)
        for form in _in_cases(expansion.form) if "i" in regex[2] else (expansion.form,):
            same = form.casefold() == better.casefold() and "i" in regex[2]
            if form != better and not same:
                yield form, better, (*expansion.excepted, *mine)


def _in_cases(form: str) -> tuple[str, ...]:
    """Return the letter cases in which a word is likely to stand."""
    if not _LATIN.search(form):
        return (form,)
    cases = (form, form.lower(), form.upper(), form.capitalize(), form.title())
    return tuple(dict.fromkeys(cases))


def _specs(node: Any) -> Iterator[tuple[str, str]]:
    for spec in _list_entries(node):
        if isinstance(spec.value, str):
            continue
        fields = {key.value: value.value for key, value in spec.value}
        before, after = fields.get("from"), fields.get("to")
        if not isinstance(before, str) or not isinstance(after, str):
            continue
        if not any(mark in before + after for mark in "|→\n"):
            yield before, after


def _without_conflicts(rule_file: RuleFile, shown_path: str) -> RuleFile:
    """Return the rules without forms of an earlier rule, chains followed to their end.

    prh applies the first rule that fits, and at its next run what that rule wrote is
    found by another: 今更 becomes 今さら, and that いまさら.
    """
    owner: dict[str, Rule] = {}
    for rule in rule_file.rules:
        for form, _ in rule.forms:
            owner.setdefault(form, rule)
    rules: list[Rule] = []
    for rule in rule_file.rules:
        final = _final(rule.expected, owner)
        remaining = []
        for form, exceptions in rule.forms:
            first = owner[form]
            if first is not rule and first.expected != rule.expected:
                reason = _conflict(form, first.expected, first.line)
                rule_file.left.append(LeftBehind(shown_path, rule.line, form, reason))
            elif not final or form == final:
                reason = say("規則が循環しています", "rules that turn in a circle")
                rule_file.left.append(LeftBehind(shown_path, rule.line, form, reason))
            else:
                remaining.append((form, exceptions))
        if remaining or not rule.forms:
            better = final or rule.expected
            rules.append(rule._replace(expected=better, forms=tuple(remaining)))
    return RuleFile(rules, rule_file.patterns, rule_file.left)


def _final(expected: str, owner: dict[str, Rule]) -> str:
    """Return what a chain of rules makes of an expected form; empty for a circle."""
    chain = {expected}
    while expected in owner:
        expected = owner[expected].expected
        if expected in chain:
            return ""
        chain.add(expected)
    return expected


def _conflict(form: str, expected: str, line: int) -> str:
    return say(
        f"「{form}」は {line} 行目で「{expected}」になる",
        f"{form} becomes {expected} on line {line}",
    )

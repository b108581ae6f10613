"""Lists for proofreading tools: prh (and textlint-rule-prh), textlint, Vale.

Keeps: forms of one language, the one to use and those that give way to it; exceptions as
look-around, so that no right word is touched.
Drops: other languages, definitions, all fields but the status.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from termbank.formats.model.concept_records import Concept, Losses, Term
from termbank.formats.model.loss_count import count_lost
from termbank.formats.safe_files import replacing
from termbank.text.language_tags import answers
from termbank.text.term_notes import exceptions_in

from . import prh
from .safe_patterns import RightForms, safe_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from termbank.formats.model.file_head import Head


_DROPS: Final = ("other languages", "definitions", "all fields but the status")
_RETIRED: Final = ("deprecated", "forbidden")


class RuleList:
    """One tool's list as a format that is written."""

    CHOSEN_BY_SUFFIX = False

    def __init__(
        self,
        name: str,
        suffixes: tuple[str, ...],
        lines: Callable[[Iterable[Concept], str], Iterator[str]],
        *,
        rules: bool = True,
    ) -> None:
        self.NAME, self.SUFFIXES, self.DROPS = name, suffixes, _DROPS
        self._lines, self._rules = lines, rules

    def write_records(
        self,
        records: Iterable[Concept],
        path: str,
        *,
        source: str = "ja",
        strict: bool = False,
        **_: Any,
    ) -> Losses:
        """Write the forms of one language (``source``)."""
        losses = Losses()
        counted_records = self._count_lost(records, source, losses)
        with replacing(path) as file:
            for line in self._lines(counted_records, source):
                file.write(line)
            for _record in counted_records:
                pass
            if strict:
                losses.refuse(path)
        return losses

    def _count_lost(
        self, records: Iterable[Concept], lang: str, losses: Losses
    ) -> Iterator[Concept]:
        for record in records:
            carried_concept = Concept()
            good, retired_terms = _sides(record, lang)
            used = (
                [good, *retired_terms]
                if good and (retired_terms or not self._rules)
                else []
            )
            for term in used:
                again = Term(term.lang, term.form)
                again.status = term.status
                carried_concept.terms.append(again)
            count_lost(
                record, [carried_concept], losses, lambda *_: f"no place in {self.NAME}"
            )
            yield record


def _sides(record: Concept, lang: str) -> tuple[Term | None, list[Term]]:
    """Return the form to use and those that give way, longest first."""
    spoken = [term for term in record.terms if term.form and answers(term.lang, lang)]
    good = next((t for t in spoken if t.status in ("preferred", "")), None)
    retired_terms = [t for t in spoken if t.status in _RETIRED]
    # The first pattern that fits wins, so a longer spelling stands before a shorter.
    return good, sorted(retired_terms, key=lambda term: (-len(term.form), term.form))


def _rules(records: Iterable[Concept], lang: str) -> Iterator[tuple[str, list[str]]]:
    for record in records:
        good, retired_terms = _sides(record, lang)
        if good and retired_terms:
            yield good.form, [term.form for term in retired_terms]


class _SafeRule:
    """One form to use, the patterns that give way to it, and what they leave alone."""

    def __init__(self, expected: str) -> None:
        self.expected = expected
        self.patterns: list[tuple[str, str]] = []  # form, pattern
        self.untouched: list[str] = []


def _safe_rules(records: Iterable[Concept], lang: str) -> Iterator[_SafeRule]:
    all_records = list(records)
    right = RightForms(_right_forms(all_records, lang))
    for record in all_records:
        good, retired_terms = _sides(record, lang)
        if good is None or not retired_terms:
            continue
        rule = _SafeRule(good.form)
        for term in retired_terms:
            around = right.around(term.form)
            rule.patterns.append((term.form, safe_pattern(term.form, around)))
            rule.untouched += [left + term.form + after for left, after in around]
        yield rule


def _right_forms(records: Iterable[Concept], lang: str) -> Iterator[str]:
    for record in records:
        for term in record.terms:
            if not term.form or not answers(term.lang, lang):
                continue
            if term.status not in _RETIRED:
                yield term.form
            yield from exceptions_in(term.note, term.form)


def _prh(records: Iterable[Concept], lang: str) -> Iterator[str]:
    yield "version: 1\n"
    empty = True
    for rule in _safe_rules(records, lang):
        if empty:
            yield "rules:\n"
        empty = False
        yield f"  - expected: {_scalar(rule.expected)}\n    patterns:\n"
        for _, pattern in rule.patterns:
            yield f"      - {_scalar(f'/{pattern}/')}\n"
        yield "    specs:\n"
        for form, _ in rule.patterns:
            yield _spec(form, rule.expected)
        for form in dict.fromkeys(rule.untouched):
            yield _spec(form, form)
    if empty:
        yield "rules: []\n"


def _spec(source: str, target: str) -> str:
    return f"      - from: {_scalar(source)}\n        to: {_scalar(target)}\n"


def _scalar(text: str) -> str:
    # A JSON string is a YAML double-quoted scalar.
    return json.dumps(text, ensure_ascii=False)


def _textlint(records: Iterable[Concept], lang: str) -> Iterator[str]:
    terms = [
        # A dollar sign in a replacement of JavaScript is written twice.
        [pattern, rule.expected.replace("$", "$$")]
        for rule in _safe_rules(records, lang)
        for _, pattern in rule.patterns
    ]
    rule = {"terminology": {"defaultTerms": False, "terms": terms}}
    yield json.dumps({"rules": rule}, ensure_ascii=False, indent=2) + "\n"


def _vale(records: Iterable[Concept], lang: str) -> Iterator[str]:
    """Yield a Vale substitution rule: one swap a retired spelling."""
    yield "extends: substitution\nmessage: \"'%s' を使います (use '%s')\"\nlevel: error\n"
    yield "nonword: true\nignorecase: false\nswap:\n"
    empty = True
    for good, retired_forms in _rules(records, lang):
        empty = False
        yield from (
            f"  {_scalar(re.escape(bad))}: {_scalar(good)}\n" for bad in retired_forms
        )
    if empty:
        yield "  {}\n"


def _vocabulary(records: Iterable[Concept], lang: str) -> Iterator[str]:
    """Yield the entries of a Vale vocabulary's accept.txt: patterns, one a line."""
    forms: set[str] = set()
    for record in records:
        good, _ = _sides(record, lang)
        if good and good.form not in forms:
            forms.add(good.form)
            yield re.escape(good.form) + "\n"


class PrhList(RuleList):
    """prh is read, too."""

    def recognise(self, head: Head) -> bool:
        """Answer whether a file is a list of prh."""
        return head.suffix in self.SUFFIXES and prh.is_prh(head.text)

    def concepts(self, path: str) -> Iterator[Concept]:
        """Yield the rules with plain forms as concepts."""
        return prh.concepts(path)


PRH: Final = PrhList("prh", (".yml", ".yaml"), _prh)
TEXTLINT: Final = RuleList("textlint", (".json",), _textlint)
VALE: Final = RuleList("vale", (".yml",), _vale)
VOCABULARY: Final = RuleList("vale-vocabulary", (".txt",), _vocabulary, rules=False)

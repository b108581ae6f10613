"""Checking a file against the rules of its format: each fault with line and column."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import FormatError, sentence
from termbank.formats.tbx.data_categories import CORE
from termbank.formats.tbx.dialect_rules import Place, faults, points
from termbank.formats.tbx.element_structure import is_foreign, misfits
from termbank.formats.xml.element_tree import XML_LANG, Node
from termbank.formats.xml.positioned_reader import stream
from termbank.messages import say
from termbank.text.language_syntax import language_fault

from .detection import recognise_format
from .inspection import inspect

if TYPE_CHECKING:
    from collections.abc import Iterator

_WHOLE: Final = ("conceptEntry", "tbxHeader", "refObjectSec")


class Problem(NamedTuple):
    """One fault of a file.

    Attributes:
        path: The file.
        line: From 1.
        column: From 1; 0 where unknown.
        severity: error or warning.
        message: What was found and what would be right.
    """

    path: str
    line: int
    column: int
    severity: str
    message: str

    def __str__(self) -> str:
        column = f":{self.column}" if self.column else ""
        return f"{self.path}:{self.line}{column}: {self.severity}: {self.message}"


def validate(path: str | os.PathLike[str]) -> list[Problem]:
    """Return all faults of a file, in the order of the file.

    TBX v3 is checked against the core structure, its dialect's rules, identifiers,
    references and language tags. Other formats are checked for what reading them
    shows: a broken file is one error, everything odd is a warning.

    Raises:
        InputError: The file cannot be read.
    """
    place = os.fspath(path)
    try:
        if recognise_format(place) == "tbx":
            problems = list(_tbx(place))
            if problems is not None and not _other_version(problems):
                return sorted(problems, key=lambda each: each[1:3])
        return _odd(place)
    except FormatError as fault:
        message = sentence(fault.found, fault.expected)
        return [Problem(place, fault.line, fault.column, "error", message)]


def _odd(path: str) -> list[Problem]:
    return [Problem(path, 1, 0, "warning", text) for text in inspect(path).warnings]


def _other_version(problems: list[Problem]) -> bool:
    return len(problems) == 1 and problems[0].severity == "other"


def _tbx(path: str) -> Iterator[Problem]:
    checker: _Checker | None = None
    for node, complete in stream(path, _WHOLE, home=(CORE,), places=True):
        if checker is None:
            if node.tag != "tbx":
                yield Problem(path, node.line, node.column, "other", node.tag)
                return
            checker = _Checker(path, node)
        if complete:
            yield from checker.element(node)
        else:
            checker.enter(node)
    if checker is not None:
        yield from checker.references()


class _Checker:
    """Checks elements as they are complete."""

    def __init__(self, path: str, root: Node) -> None:
        self._path = path
        self._dialect = root.attrs.get("type", "")
        self._style = root.attrs.get("style", "dca")
        self._open: list[Node] = []
        self._ids: dict[str, tuple[int, int]] = {}
        self._idrefs: list[tuple[str, int, int]] = []

    def enter(self, node: Node) -> None:
        """Note the start of an element that is checked when it ends."""
        self._open.append(node)

    def element(self, node: Node) -> Iterator[Problem]:
        """Check an element and all below it."""
        if self._open and self._open[-1] is node:
            self._open.pop()
        above = [each.tag for each in self._open]
        outside = node.tag in ("tbxHeader", "refObjectSec", "back")
        parents = ["", "", *above][-2:]
        place = Place(parents[1], parents[0], False, False, outside)
        yield from self._check(node, place)

    def _check(self, node: Node, place: Place) -> Iterator[Problem]:
        if not node.stub:
            yield from self._check_node(node, place)
        children = list(node.elements())
        tags = [child.tag for child in children]
        for number, child in enumerate(children):
            if child.stub:
                continue
            inside = Place(
                node.tag,
                place.parent,
                "sc" in tags[:number],
                "ec" in tags[number + 1 :],
                place.outside or child.tag in ("tbxHeader", "back"),
            )
            yield from self._check(child, inside)

    def _check_node(self, node: Node, place: Place) -> Iterator[Problem]:
        for fault in misfits(node):
            yield self._problem(fault.node, fault.found, fault.expected)
        for rule in faults(node, place, self._dialect, self._style):
            severity = "warning" if rule.warning else "error"
            yield self._problem(node, rule.found, rule.expected, severity)
        tag = node.attrs.get(XML_LANG)
        if tag and language_fault(tag):
            fault_of = language_fault(tag)
            yield self._problem(
                node, f"xml:lang={tag!r} ({fault_of})", "BCP 47", "warning"
            )
        yield from self._note_identifiers(node)

    def _note_identifiers(self, node: Node) -> Iterator[Problem]:
        target = points(node, self._style) if self._has_rules else ""
        if target:
            self._idrefs.append((target, node.line, node.column))
        if is_foreign(node):
            return
        key = " ".join(node.attrs.get("id", "").split())
        if key and key in self._ids:
            line, column = self._ids[key]
            problem = say(
                f"id {key!r} が重複しています (最初は {line}:{column})",
                f"id {key!r} a second time (first at {line}:{column})",
            )
            expected = say("重複のない id", "unique identifiers")
            yield self._problem(node, problem, expected)
        elif key:
            self._ids[key] = (node.line, node.column)
        for name in ("target", "startRef"):
            value = " ".join(node.attrs.get(name, "").split())
            if (
                value
                and node.tag not in ("xref", "tbx")
                and not (node.tag == "ec" and name == "target")
            ):
                self._idrefs.append((value, node.line, node.column))

    @property
    def _has_rules(self) -> bool:
        from termbank.formats.tbx.data_categories import DIALECTS

        return self._dialect in DIALECTS

    def references(self) -> Iterator[Problem]:
        """Yield references to what the file does not hold."""
        for target, line, column in dict.fromkeys(self._idrefs):
            if target not in self._ids:
                message = sentence(
                    say(f"{target!r} への参照", f"a reference to {target!r}"),
                    say("このファイルにある id", "an id of this file"),
                )
                yield Problem(self._path, line, column, "error", message)

    def _problem(
        self, node: Node, problem: str, expected: str, severity: str = "error"
    ) -> Problem:
        one_line = re.sub(r"\s+", " ", problem)
        message = sentence(one_line, expected)
        return Problem(self._path, node.line, node.column, severity, message)

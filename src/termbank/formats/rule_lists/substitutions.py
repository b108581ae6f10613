"""Plain lists of what to write for what: Vale, RedPen, and tables of NG and OK words.

Keeps: the form to use and those that give way to it; of Vale's expressions those that
stand for finite lists. Each reader gives concepts, one for each form to use.
"""

from __future__ import annotations

import csv
import os
import re
from typing import TYPE_CHECKING, Final

from termbank import strict_csv
from termbank.errors import FormatError
from termbank.formats.model.concept_records import Concept, Term
from termbank.formats.safe_files import bom_of, chunks
from termbank.messages import say

from .regex_expansion import EndlessExpressionError, expand, replace
from .regex_syntax import UnreadableExpressionError
from .yaml_nodes import entries_of, line_of, mapping_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termbank.formats.model.file_head import Head

_SWAP: Final = re.compile(r"^swap[ \t]*:", re.MULTILINE)
_SUBSTITUTION: Final = re.compile(
    r"^extends[ \t]*:[ \t]*[\"']?substitution", re.MULTILINE
)
_VOCABULARY: Final = {"accept.txt": "preferred", "reject.txt": "forbidden"}
_WRONG: Final = frozenset(
    ("ng", "×", "✕", "誤", "誤り", "誤表記", "使わない", "不可", "変換前", "修正前", "置換前",
     "旧表記", "非推奨", "非推奨表記", "ng表記", "ng例", "ngワード", "避ける表現", "before")
)  # fmt: skip
_RIGHT: Final = frozenset(
    ("ok", "○", "〇", "◯", "正", "正しい表記", "使う", "推奨", "推奨表記", "変換後", "修正後",
     "置換後", "統一表記", "新表記", "ok表記", "ok例", "okワード", "表記", "after")
)  # fmt: skip
_LISTED: Final = re.compile(r"\s*[、,;；/／|\n]\s*")


class _List:
    """A list that is read only: NAME, SUFFIXES, DROPS, recognise, concepts."""

    CHOSEN_BY_SUFFIX = False
    DROPS = ("all but the forms",)

    def __init__(self, name: str, suffixes: tuple[str, ...]) -> None:
        self.NAME, self.SUFFIXES = name, suffixes


class ValeStyle(_List):
    """A substitution style of Vale: ``swap:`` with patterns and what to write."""

    def recognise(self, head: Head) -> bool:
        """Answer whether a file is a substitution style."""
        if head.suffix not in self.SUFFIXES:
            return False
        return bool(_SWAP.search(head.text) and _SUBSTITUTION.search(head.text))

    def concepts(self, path: str) -> Iterator[Concept]:
        """Yield the swaps as concepts; an expression without an end is left out."""
        return _group(_swaps(path))


class Vocabulary(_List):
    """``accept.txt`` and ``reject.txt`` of a vocabulary of Vale: one word a line."""

    def recognise(self, head: Head) -> bool:
        """Answer whether a file has one of the two names."""
        return os.path.basename(head.path).lower() in _VOCABULARY

    def concepts(self, path: str) -> Iterator[Concept]:
        """Yield each word as a concept, preferred or forbidden."""
        status = _VOCABULARY.get(os.path.basename(path).lower(), "preferred")
        for number, line in enumerate(_text(path).splitlines(), 1):
            pattern = line.strip()
            if not pattern or pattern.startswith("#"):
                continue
            for form in _forms(pattern.removeprefix("(?i)")):
                concept = Concept(line=number)
                concept.terms.append(_term(form, status))
                yield concept


class RedPen(_List):
    """Rules of RedPen's SuggestExpression: a wrong and a right form a line, a tab between."""

    def recognise(self, head: Head) -> bool:
        """Answer whether the name says so; the lines could be of anything."""
        name = os.path.basename(head.path).lower()
        return "suggest" in name and "\t" in head.text

    def concepts(self, path: str) -> Iterator[Concept]:
        """Yield the rules as concepts.

        Raises:
            FormatError: A line without a tab.
        """
        return _group(_rows_with_tabs(path))


class WordingTable(_List):
    """A table of words with a column of wrong forms (NG) and one of right ones (OK)."""

    def recognise(self, head: Head) -> bool:
        """Answer whether the first row names both columns."""
        if head.suffix not in self.SUFFIXES:
            return False
        first = head.text.split("\n", 1)[0]
        try:
            names = next(csv.reader([first], delimiter=_separator(first)), [])
        except csv.Error:  # a lone carriage return, or a field without end
            return False
        return _columns(names) is not None

    def concepts(self, path: str) -> Iterator[Concept]:
        """Yield the rows as concepts; a cell may list several wrong forms."""
        return _group(_wordings(path))


def _group(rules: Iterable[tuple[int, str, str]]) -> Iterator[Concept]:
    """Yield one concept for each right form of (line, wrong, right)."""
    concepts: dict[str, Concept] = {}
    for line, wrong, right in rules:
        concept = concepts.get(right)
        if concept is None:
            concept = concepts[right] = Concept(line=line)
            concept.kind = "term"
            concept.terms.append(_term(right, "preferred"))
        if all(term.form != wrong for term in concept.terms):
            concept.terms.append(_term(wrong, "deprecated"))
    yield from concepts.values()


def _term(form: str, status: str) -> Term:
    term = Term("ja", form)
    term.status = status
    term.relation = "spelling" if status == "deprecated" else ""
    return term


def _forms(pattern: str) -> list[str]:
    try:
        return [expansion.form for expansion in expand(pattern)]
    except (EndlessExpressionError, UnreadableExpressionError):
        return []


def _swaps(path: str) -> Iterator[tuple[int, str, str]]:
    expected = say("swap: のある Vale のスタイル", "a style of Vale with swap:")
    fields = mapping_of(path, path, expected)
    if "swap" not in fields:
        raise FormatError(path, 1, say("swap がありません", "no swap"), expected)
    for key, value in entries_of(fields["swap"]):
        try:
            expansions = expand(str(key.value))
        except (EndlessExpressionError, UnreadableExpressionError):
            continue
        for expansion in expansions:
            right = replace(str(value.value), expansion.groups)
            if right != expansion.form:
                yield line_of(key), expansion.form, right


def _rows_with_tabs(path: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        wrong, tab, right = line.partition("\t")
        if not tab or not wrong.strip() or not right.strip():
            expected = say("誤り、タブ、正しい形", "a wrong form, a tab, a right one")
            raise FormatError(path, number, repr(line[:40]), expected)
        yield number, wrong.strip(), right.split("\t")[0].strip()


def _wordings(path: str) -> Iterator[tuple[int, str, str]]:
    text = _text(path)
    rows = strict_csv.records(path, text, separator=_separator(text))
    columns = _columns(next(rows, (1, []))[1])
    if columns is None:
        expected = say("NG と OK の列", "a column NG and a column OK")
        raise FormatError(path, 1, text.split("\n", 1)[0][:40], expected)
    wrong, right = columns
    for line, row in rows:
        if len(row) <= max(columns) or not row[right].strip():
            continue
        for form in _LISTED.split(row[wrong]):
            if form.strip() and form.strip() != row[right].strip():
                yield line, form.strip(), row[right].strip()


def _columns(header: Sequence[str]) -> tuple[int, int] | None:
    names = [cell.strip().lower().lstrip("\ufeff") for cell in header]
    wrong = [at for at, name in enumerate(names) if name in _WRONG]
    right = [at for at, name in enumerate(names) if name in _RIGHT]
    return (wrong[0], right[0]) if wrong and right else None


def _separator(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",\t;", key=first.count)


def _text(path: str) -> str:
    content = b"".join(chunks(path))
    encoding, length = bom_of(content)
    for codec in (encoding or "utf-8", "cp932"):
        try:
            return content[length:].decode(codec)
        except UnicodeDecodeError:
            continue
    problem = say("文字コードが分かりません", "an unknown encoding")
    raise FormatError(path, 1, problem, "UTF-8")


VALE_STYLE: Final = ValeStyle("vale-style", (".yml", ".yaml"))
VALE_WORDS: Final = Vocabulary("vale-words", (".txt",))
REDPEN: Final = RedPen("redpen", (".tsv", ".txt"))
WORDINGS: Final = WordingTable("wordings", (".csv", ".tsv"))

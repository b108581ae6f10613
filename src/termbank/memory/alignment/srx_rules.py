"""Segmentation rules read from an SRX file that nobody vouches for.

Entities and depth are refused by the XML reader. Patterns are of a checked subset: no
back-reference, no repetition without bound over another one or a choice, and no two that
could share out one row of characters. What is left takes time in proportion to the
characters it sees, and a search sees a window of bounded size.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.errors import FormatError, InputError
from termbank.formats.xml.subtree_reader import units
from termbank.messages import say

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BUILT_IN: Final = Path(__file__).with_name("segmentation.srx")
WINDOW: Final = 300  # characters that a pattern sees before a place, and after it
_LONGEST: Final = 2000  # characters of a pattern; Okapi's longest list has 1,300
_REPEATS: Final = 3  # repetitions without bound in one pattern
_RULES: Final = 5000  # of one file; LanguageTool's file has 3,600
# What SRX files use of ICU's syntax and Python lacks.
_CLASSES: Final = {
    r"\p{Lu}": "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚΑ-ΩА-ЯЁ",
    r"\p{Ll}": "a-zß-öø-ÿāăąćĉċčďđēĕėęěα-ωа-яё",
    r"\p{L}": r"^\W\d_",
    r"\p{N}": r"\d",
    r"\p{Nd}": r"\d",
    r"\p{P}": r"!-/:-@\[-`{-~、-〿！-／：-＠",
    r"\p{Ps}": "(\\[{「『（【〈《〔",
    r"\p{Pe}": ")\\]}」』）】〉》〕",
    r"\p{Pf}": "”’»",
    r"\p{Pi}": "“‘«",
    r"\h": r" \t\u3000",
}
_PIECE: Final = re.compile(
    r"\\(?:[pP]\{\w+\}|x\{[0-9A-Fa-f]+\}|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[a-zA-Z]*:|\(\?<?[=!]|\(\?>|\(|\)|\|"
    r"|[*+?]\+?\??|\{\d*,?\d*\}[?+]?|.",
    re.DOTALL,
)
# One character of each class that SRX files name.
_SAMPLE: Final = (
    "".join(map(chr, range(0x09, 0x7F)))
    + "\xa0«»àÀßΑαЯя―‘’“”…\u3000、。「」『』（）！？・ー々あア漢０Ａａ"
)
_UNBOUNDED: Final = re.compile(r"[*+]|\{\d*,\}")


class Rule(NamedTuple):
    """Break, or keep together, between two patterns."""

    breaks: bool
    before: re.Pattern[str]  # anchored at its end
    after: re.Pattern[str]
    both: re.Pattern[str]


class Rules(NamedTuple):
    """Rules by name, and which language takes which."""

    named: dict[str, list[Rule]]
    languages: list[tuple[re.Pattern[str], str]]
    cascade: bool

    def of(self, lang: str) -> list[Rule]:
        """Return the rules of a language in order, an earlier one wins."""
        rules: list[Rule] = []
        for pattern, name in self.languages:
            if pattern.fullmatch(lang):
                rules += self.named.get(name, [])
                if not self.cascade:
                    break
        return rules


def read(path: Path) -> Rules:
    """Return the rules of an SRX 1.0 or 2.0 file.

    Raises:
        InputError: The file cannot be read.
        FormatError: No SRX, or a pattern is refused, with the pattern.
    """
    if not path.is_file():
        raise InputError(
            str(path),
            say("ファイルが見つかりません", "no file"),
            say("SRX ファイル", "an SRX file"),
        )
    rule_lists: dict[str, list[Rule]] = {}
    languages: list[tuple[re.Pattern[str], str]] = []
    cascade, first = False, True
    for element, complete in units(str(path), ("languagerule", "languagemap")):
        tag = element.tag.rpartition("}")[2]
        if first and tag != "srx":
            expected = say("SRX ファイル (<srx>)", "an SRX file (<srx>)")
            raise FormatError(str(path), 1, f"<{tag}>", expected)
        first = False
        if tag == "header":
            cascade = element.get("cascade") == "yes"
        elif tag == "languagerule" and complete:
            rule_lists[element.get("languagerulename", "")] = _rules(path, element)
        elif tag == "languagemap" and complete:
            pattern = _compile_break(path, element.get("languagepattern", ".*"))
            languages.append((pattern, element.get("languagerulename", "")))
    return Rules(rule_lists, languages, cascade)


def _rules(path: Path, element: Element) -> list[Rule]:
    rules = []
    for rule in element:
        if rule.tag.rpartition("}")[2] != "rule":
            continue
        texts = {child.tag.rpartition("}")[2]: child.text or "" for child in rule}
        before, after = texts.get("beforebreak", ""), texts.get("afterbreak", "")
        rules.append(
            Rule(
                rule.get("break", "yes") != "no",
                _compile_break(path, before, r"(?:{})\Z"),
                _compile_break(path, after),
                _compile_break(
                    path, f"(?:{before})(?=(?:{after}))", parts=(before, after)
                ),
            )
        )
        if len(rules) > _RULES:
            raise FormatError(
                str(path),
                1,
                say("規則が多すぎます", "too many rules"),
                say(f"{_RULES} まで", f"at most {_RULES}"),
            )
    return rules


def _compile_break(
    path: Path, text: str, frame: str = "{}", *, parts: tuple[str, ...] = ()
) -> re.Pattern[str]:
    for part in parts or (text,):
        reason = danger(part)
        if reason:
            expected = say("短時間で終わるパターン", "a safe pattern")
            raise FormatError(str(path), 1, f"{part[:60]!r}: {reason}", expected)
    try:
        return re.compile(
            frame.format(_translate(text)) if frame != "{}" else _translate(text),
            re.MULTILINE,
        )
    except (re.error, OverflowError, RecursionError) as fault:
        problem = f"{text[:60]!r}: {fault}"
        expected = say("正規表現", "a regular expression")
        raise FormatError(str(path), 1, problem, expected) from fault


def danger(pattern: str) -> str:
    """Return why a pattern could run for very long, empty where it cannot.

    >>> bool(danger("(a+)+$")), bool(danger(r"[。！？][」』]*"))
    (True, False)
    """
    if len(pattern) > _LONGEST:
        return say(f"{_LONGEST} 字を超えます", f"longer than {_LONGEST} characters")
    branching = [False]  # for each open group: does it hold a repetition or a choice?
    group_branches: bool | None = None  # the same of the group just closed
    repeats = 0
    for piece in _PIECE.findall(pattern):
        if re.match(r"\\[1-9k]", piece):
            return say("後方参照", "a back-reference")
        if _quantifies(piece):
            is_unbounded = bool(_UNBOUNDED.match(piece)) or _large(piece)
            if is_unbounded and group_branches:
                return say(
                    "繰り返しや選択の繰り返し",
                    "a repetition over a repetition or choice",
                )
            repeats += is_unbounded
            branching[-1] = branching[-1] or is_unbounded or piece[0] == "?"
            group_branches = None
            continue
        group_branches = None
        if piece[0] == "(":
            branching.append(False)
        elif piece == ")" and len(branching) > 1:
            group_branches = branching.pop()
            branching[-1] = branching[-1] or group_branches
        elif piece == "|":
            branching[-1] = True
    return _danger_of_repeats(pattern, repeats)


def _danger_of_repeats(pattern: str, count: int) -> str:
    if count > _REPEATS:
        return say(
            "上限のない繰り返しが多すぎます", "too many repetitions without bound"
        )
    if _meeting_repeats(pattern):
        return say(
            "同じ文字を取り合う繰り返し", "repetitions that could share characters"
        )
    return ""


def _meeting_repeats(pattern: str) -> bool:
    """Answer whether two repetitions without bound can take the same character in turn.

    Then a row of it can be shared out among them in as many ways as it has places. It
    cannot where a piece stands between them that must be there and that the first one
    does not take.
    """
    running: list[str] = []  # atoms of repetitions that nothing has stopped yet
    groups: list[list[str]] = [[]]  # atoms of each open group
    atom = ""
    for piece in _PIECE.findall(pattern):
        if _quantifies(piece):
            if _UNBOUNDED.match(piece) or _large(piece):
                if any(_overlap(atom, other) for other in running):
                    return True
                running.append(atom)
            if piece[0] != "+":
                atom = ""
            continue
        if atom:
            running = [other for other in running if _overlap(atom, other)]
        atom = _atom(piece, groups)
    return False


def _atom(piece: str, groups: list[list[str]]) -> str:
    """Return what a piece takes as a pattern; of a group, any character of it."""
    if piece[0] == "(":
        groups.append([])
    elif piece == ")" and len(groups) > 1:
        inner = groups.pop()
        groups[-1] += inner
        return f"(?:{'|'.join(inner)})" if inner else ""
    elif piece[0] not in "|^$)" and piece not in (r"\b", r"\B", r"\A", r"\Z"):
        groups[-1].append(piece)
        return piece
    return ""


@lru_cache(maxsize=4096)
def _overlap(atom: str, other: str) -> bool:
    try:
        first, second = re.compile(_translate(atom)), re.compile(_translate(other))
    except (re.error, OverflowError):
        return True
    return any(first.fullmatch(char) and second.fullmatch(char) for char in _SAMPLE)


def _quantifies(piece: str) -> bool:
    return piece[0] in "*+?" or (piece[0] == "{" and len(piece) > 1)


def _large(piece: str) -> bool:
    bound = re.fullmatch(r"\{\d*,?(\d+)\}[?+]?", piece)
    return bound is not None and int(bound[1]) > WINDOW


def _translate(pattern: str) -> str:
    pieces = []
    for piece in _PIECE.findall(pattern):
        if piece in _CLASSES:
            pieces.append(f"[{_CLASSES[piece]}]")
        elif piece[0] == "[" and "\\" in piece:
            pieces.append(_in_class(piece))
        elif piece.startswith(r"\x{"):
            pieces.append(re.escape(chr(int(piece[3:-1], 16) % 0x110000)))
        else:
            pieces.append(piece)
    return "".join(pieces)


def _in_class(piece: str) -> str:
    for name, members in _CLASSES.items():
        if not members.startswith("^"):
            piece = piece.replace(name, members)
    piece = piece.replace(r"\p{L}", "A-Za-zÀ-ɏͰ-ӿ぀-ヿ㐀-鿿")
    return re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda m: f"\\u{int(m[1], 16):04x}", piece)

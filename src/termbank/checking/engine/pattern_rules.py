"""Rules that stay regular expressions, run by RE2, which no text can make slow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from termbank.messages import say
from termbank.types import Span

from .compiled_rules import Target
from .hit_kinds import DOUBTFUL
from .occurrences import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from termbank.formats.rule_lists.prh import Pattern

_REFERENCE = re.compile(r"\$(\d)")


class PatternRules:
    """Patterns ready to run.

    Args:
        patterns: As a rule list holds them.

    Attributes:
        refused: (pattern, reason) of those that RE2 cannot run.
    """

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._compiled: list[tuple[Pattern, Any]] = []
        self.refused: list[tuple[Pattern, str]] = []
        for pattern in patterns:
            try:
                self._compiled.append((pattern, _compile_pattern(pattern)))
            except ImportError:
                command = 'pip install "termbank[rules]"'
                reason = say(f"RE2 が必要: {command}", f"needs RE2: {command}")
                self.refused.append((pattern, reason))
            except Exception as fault:  # re2.error is no public class
                reason = say(f"RE2 にない書き方: {fault}", f"not of RE2: {fault}")
                self.refused.append((pattern, reason))

    def __bool__(self) -> bool:
        """True where a pattern can run."""
        return bool(self._compiled)

    def occurrences(self, text: str, prose: str) -> Iterator[Occurrence]:
        """Yield what the patterns find in the prose of a text.

        Args:
            text: Untouched.
            prose: The same with all that is no prose as spaces.
        """
        for pattern, expression in self._compiled:
            for match in expression.finditer(prose):
                start, end = match.span()
                surface = text[start:end]
                if start == end or surface != match.group():
                    continue
                if pattern.must_be_empty and match.group(pattern.must_be_empty):
                    continue
                better = _fill(pattern.expected, match)
                if better != surface:
                    yield _occurrence(text, start, end, better)


def _compile_pattern(pattern: Pattern) -> Any:
    import re2

    flags = "(?im)" if pattern.ignore_case else "(?m)"
    return re2.compile(flags + pattern.expression)


def _fill(expected: str, match: Any) -> str:
    count = match.re.groups

    def text_of(reference: re.Match[str]) -> str:
        number = int(reference[1])
        return str(match.group(number) or "") if number <= count else ""

    return _REFERENCE.sub(text_of, expected)


def _occurrence(text: str, start: int, end: int, better: str) -> Occurrence:
    target = Target(
        text[start:end], better, "", "ja", "deprecated", "spelling", "", "", "", "term"
    )
    line = text.count("\n", 0, start) + 1
    column = start - text.rfind("\n", 0, start)
    # No dictionary confirms a pattern, so a person reads its fixes.
    return Occurrence(Span(start, end), line, column, target, DOUBTFUL, False)

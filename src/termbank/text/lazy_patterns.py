"""Regular expressions that are compiled when one is first asked for.

Compiling a dozen patterns takes as long as starting the interpreter, and a look-up or a
scan needs one of them at most.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match
    from typing import Any


class LazyPattern:
    """A pattern like that of :func:`re.compile`, compiled on first use.

    >>> LazyPattern("停戦|休戦").search("きょう停戦").start()
    3
    """

    __slots__ = ("_compiled", "_ignores_case", "pattern")

    def __init__(self, pattern: str, *, ignore_case: bool = False) -> None:
        self.pattern, self._ignores_case = pattern, ignore_case
        self._compiled: Any = None

    def search(self, text: str, *bounds: int) -> Match[str] | None:
        """Return the first match in the text, between bounds where given."""
        match: Match[str] | None = self._made().search(text, *bounds)
        return match

    def match(self, text: str, *bounds: int) -> Match[str] | None:
        """Return the match at the beginning, at the first bound where given."""
        match: Match[str] | None = self._made().match(text, *bounds)
        return match

    def fullmatch(self, text: str, *bounds: int) -> Match[str] | None:
        """Return the match of the whole text, or between bounds."""
        match: Match[str] | None = self._made().fullmatch(text, *bounds)
        return match

    def finditer(self, text: str) -> Iterator[Match[str]]:
        """Return all matches, in order."""
        matches: Iterator[Match[str]] = self._made().finditer(text)
        return matches

    def sub(self, by: str, text: str) -> str:
        """Return the text with each match replaced."""
        return str(self._made().sub(by, text))

    def _made(self) -> Any:
        if self._compiled is None:
            import re

            flags = re.IGNORECASE if self._ignores_case else 0
            self._compiled = re.compile(self.pattern, flags)
        return self._compiled

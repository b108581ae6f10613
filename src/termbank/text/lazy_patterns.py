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

    Args:
        pattern: Regular expression.
        ignore_case: Whether letter case does not matter.
        begins: Characters that a match can begin with, where that is cheaply told;
            :meth:`match` answers without compiling at every other character.
        begins_with_kanji: Whether a match can begin with any kanji, too.
        ends: Characters that a text can end with in which a pattern that closes with
            ``$`` is found; :meth:`search` answers without compiling at every other
            (the pattern must not match an empty text).

    >>> LazyPattern("停戦|休戦").search("きょう停戦").start()
    3
    >>> LazyPattern("氏|さん", begins="氏さ").match("の氏") is None
    True
    """

    __slots__ = ("_begins", "_compiled", "_ends", "_ignores_case", "_kanji", "pattern")

    def __init__(
        self,
        pattern: str,
        *,
        ignore_case: bool = False,
        begins: str = "",
        begins_with_kanji: bool = False,
        ends: str = "",
    ) -> None:
        self.pattern, self._ignores_case = pattern, ignore_case
        self._begins, self._kanji, self._ends = begins, begins_with_kanji, ends
        self._compiled: Any = None

    def search(self, text: str, *bounds: int) -> Match[str] | None:
        """Return the first match in the text, between bounds where given."""
        if self._ends and not bounds and not self._can_end(text):
            return None
        match: Match[str] | None = self._compile().search(text, *bounds)
        return match

    def match(self, text: str, *bounds: int) -> Match[str] | None:
        """Return the match at the beginning, at the first bound where given."""
        if self._begins and not self._can_begin(text, *bounds):
            return None
        match: Match[str] | None = self._compile().match(text, *bounds)
        return match

    def fullmatch(self, text: str, *bounds: int) -> Match[str] | None:
        """Return the match of the whole text, or between bounds."""
        match: Match[str] | None = self._compile().fullmatch(text, *bounds)
        return match

    def finditer(self, text: str) -> Iterator[Match[str]]:
        """Return all matches, in order."""
        matches: Iterator[Match[str]] = self._compile().finditer(text)
        return matches

    def sub(self, by: str, text: str) -> str:
        """Return the text with each match replaced."""
        return str(self._compile().sub(by, text))

    def _can_begin(self, text: str, start: int = 0, end: int | None = None) -> bool:
        first = text[start : start + 1] if end is None else text[start:end][:1]
        if not first:
            return False
        return first in self._begins or (self._kanji and "一" <= first <= "龥")

    def _can_end(self, text: str) -> bool:
        last = text[-1:]
        return last == "\n" or bool(last and last in self._ends)

    def split(self, text: str, maxsplit: int = 0) -> list[str | Any]:
        """Return the text between matches."""
        pieces: list[str | Any] = self._compile().split(text, maxsplit)
        return pieces

    def findall(self, text: str) -> list[Any]:
        """Return the texts of all matches, in order."""
        texts: list[Any] = self._compile().findall(text)
        return texts

    def _compile(self) -> Any:
        if self._compiled is None:
            import re

            flags = re.IGNORECASE if self._ignores_case else 0
            self._compiled = re.compile(self.pattern, flags)
        return self._compiled

"""Regular expressions of JavaScript as trees, as far as rule lists use them."""

from __future__ import annotations

from typing import Final, NamedTuple

_ENDLESS: Final = 1 << 16
_DIGITS: Final = frozenset("0123456789")
_SPACES: Final = frozenset(" \u3000")
_WORD: Final = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
)
_CLASSES: Final = {"d": _DIGITS, "s": _SPACES, "w": _WORD}
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v"}


class UnreadableExpressionError(ValueError):
    """An expression that this reader does not know; the argument says what."""


class Letters(NamedTuple):
    """One character out of a set, or out of all but a set."""

    chars: frozenset[str]
    negated: bool = False


class Group(NamedTuple):
    """Alternatives; ``number`` is 0 for a group that is not captured."""

    number: int
    branches: tuple[tuple[Node, ...], ...]


class Look(NamedTuple):
    """A look ahead or behind."""

    ahead: bool
    negative: bool
    branches: tuple[tuple[Node, ...], ...]


class Repeat(NamedTuple):
    """An item some times over; ``most`` is above 65,535 where there is no bound."""

    item: Node
    least: int
    most: int

    @property
    def endless(self) -> bool:
        """True where no bound is given."""
        return self.most >= _ENDLESS


class Edge(NamedTuple):
    r"""A word boundary (``\b``) or an anchor (``^``, ``$``)."""

    sign: str


Node = Letters | Group | Look | Repeat | Edge


def parse(pattern: str) -> Group:
    r"""Return the tree of a pattern without its slashes.

    Raises:
        UnreadableExpressionError: It is broken or uses what rule lists do not.

    >>> len(parse("サーバ(?!ー)|サーヴァ").branches)
    2
    """
    parser = _Parser(pattern)
    branches = parser.alternatives()
    if parser.at < len(pattern):
        raise UnreadableExpressionError(pattern[parser.at :])
    return Group(0, branches)


class _Parser:
    def __init__(self, pattern: str) -> None:
        self._pattern, self.at, self._groups = pattern, 0, 0

    def _peek(self) -> str:
        return self._pattern[self.at : self.at + 1]

    def _take(self, text: str) -> bool:
        if self._pattern.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def alternatives(self) -> tuple[tuple[Node, ...], ...]:
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        return tuple(branches)

    def _sequence(self) -> tuple[Node, ...]:
        items: list[Node] = []
        while self._peek() not in ("", "|", ")"):
            items.append(self._with_quantifier(self._atom()))
        return tuple(items)

    def _with_quantifier(self, item: Node) -> Node:
        least, most = 1, 1
        sign = self._peek()
        if sign and sign in "?*+":
            self.at += 1
            least, most = {"?": (0, 1), "*": (0, _ENDLESS), "+": (1, _ENDLESS)}[sign]
        elif sign == "{":
            close = self._pattern.find("}", self.at)
            low, comma, high = self._pattern[self.at + 1 : close].partition(",")
            if close < 0 or not low.isdigit() or (high and not high.isdigit()):
                raise UnreadableExpressionError(self._pattern[self.at :])
            self.at = close + 1
            least = int(low)
            most = int(high) if high else (_ENDLESS if comma else least)
        else:
            return item
        self._take("?")
        return Repeat(item, least, most)

    def _atom(self) -> Node:
        for opening, ahead, negative in (
            ("(?=", True, False),
            ("(?!", True, True),
            ("(?<=", False, False),
            ("(?<!", False, True),
        ):
            if self._take(opening):
                return Look(ahead, negative, self._branches())
        if self._take("("):
            captures = not self._take("?:")
            if captures and self._peek() == "?":
                raise UnreadableExpressionError(self._pattern)
            self._groups += captures
            number = self._groups if captures else 0
            return Group(number, self._branches())
        char = self._peek()
        self.at += 1
        if char == "[":
            return self._letters()
        if char == "\\":
            return self._escape()
        if char in "^$":
            return Edge(char)
        return (
            Letters(frozenset("\n"), True) if char == "." else Letters(frozenset(char))
        )

    def _branches(self) -> tuple[tuple[Node, ...], ...]:
        branches = self.alternatives()
        if not self._take(")"):
            raise UnreadableExpressionError(self._pattern)
        return branches

    def _escape(self) -> Node:
        char = self._peek()
        if char in ("b", "B"):
            self.at += 1
            return Edge(char)
        if char.isdigit() and char != "0":
            raise UnreadableExpressionError(f"\\{char}")
        chars, negates = self._class_escape()
        return Letters(chars, negates)

    def _class_escape(self) -> tuple[frozenset[str], bool]:
        char = self._peek()
        self.at += 1
        if not char:
            raise UnreadableExpressionError(self._pattern)
        if char.lower() in _CLASSES:
            return _CLASSES[char.lower()], char.isupper()
        if char in ("u", "x"):
            length = 4 if char == "u" else 2
            digits = self._pattern[self.at : self.at + length]
            try:
                code = int(digits, 16)
            except ValueError:
                raise UnreadableExpressionError(f"\\{char}{digits}") from None
            self.at += length
            return frozenset(chr(code)), False
        return frozenset(_CONTROLS.get(char, char)), False

    def _letters(self) -> Letters:
        negates = self._take("^")
        chars: set[str] = set()
        while not self._take("]"):
            if not self._peek():
                raise UnreadableExpressionError(self._pattern)
            first = self._letter()
            is_range = (
                self._peek() == "-" and self._pattern[self.at + 1 : self.at + 2] != "]"
            )
            if len(first) == 1 and is_range and self._take("-"):
                last = self._letter()
                low, high = ord(next(iter(first))), ord(max(last))
                chars.update(chr(code) for code in range(low, high + 1))
            else:
                chars |= first
        return Letters(frozenset(chars), negates)

    def _letter(self) -> frozenset[str]:
        if self._take("\\"):
            chars, negates = self._class_escape()
            if negates:
                raise UnreadableExpressionError(self._pattern)
            return chars
        char = self._peek()
        self.at += 1
        return frozenset(char)

"""Judging raw hits at the speed of bytes: a word, a part of one, or chance.

A hit in katakana depends on its katakana run alone, so its judgement is remembered by
that run and nearly always comes without decoding. Any other hit is decoded with what
stands around it and judged by :mod:`termbank.checking.standing`.
"""

from __future__ import annotations

from .scripts import KATAKANA, script
from .standing import NEVER_FIRST, standing
from .verdicts import CHANCE, FREE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .book import Book
    from .words import Words

_AROUND = 240  # bytes decoded on either side of a hit: more than any context needs
_WIDTH = 3  # bytes of a katakana in UTF-8
_BLOCKS = (range(0x30A1, 0x3100), range(0xFF66, 0xFFA0))
KATAKANA_BYTES = frozenset(
    chr(code).encode()
    for block in _BLOCKS
    for code in block
    if script(chr(code)) == KATAKANA
)
_CUT_SHORT = frozenset(char.encode() for char in NEVER_FIRST) & KATAKANA_BYTES


class Judge:
    """Judges hits of one book with one dictionary, and remembers.

    Args:
        book: Opened when the first hit comes.
        words: The dictionary for ambiguous hits.
    """

    __slots__ = ("_book", "_katakana", "_seen", "words")

    def __init__(self, book: Book, words: Words) -> None:
        self._book, self.words = book, words
        self._katakana: dict[int, bool] = {}
        self._seen: dict[tuple[int, bytes, bytes], str] = {}

    def __call__(self, content: bytes, start: int, end: int, number: int) -> str:
        """Return how ``content[start:end]`` stands, see :func:`standing`.

        Args:
            content: UTF-8.
            start: First byte of the hit.
            end: One past the last.
            number: Of the target.
        """
        katakana = self._katakana.get(number)
        if katakana is None:
            form = self._book.rest.targets[number].form
            katakana = all(script(char) == KATAKANA for char in form)
            self._katakana[number] = katakana
        if not katakana:
            return self._decoded(content, start, end, number)
        after = content[end : end + _WIDTH]
        if after in _CUT_SHORT:
            return CHANCE
        close = end
        while after in KATAKANA_BYTES:
            close += _WIDTH
            after = content[close : close + _WIDTH]
        begin = start
        while content[begin - _WIDTH : begin] in KATAKANA_BYTES:
            begin -= _WIDTH
        if begin == start and close == end:
            return FREE
        key = (number, content[begin:start], content[end:close])
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = self._in_run(*key)
        return found

    def _in_run(self, number: int, before: bytes, after: bytes) -> str:
        target, left = self._book.rest.targets[number], before.decode()
        run = left + target.form + after.decode()
        end = len(left) + len(target.form)
        return standing(run, len(left), end, target.better, self.words)

    def _decoded(self, content: bytes, start: int, end: int, number: int) -> str:
        # A code point cut by the window's edge is dropped: it is far from the hit.
        begin = max(content.rfind(b"\n", 0, start) + 1, start - _AROUND)
        left = content[begin:start].decode(errors="ignore")
        close = content.find(b"\n", end, end + _AROUND)
        right = content[end : end + _AROUND if close < 0 else close]
        target, at = self._book.rest.targets[number], len(left)
        text = left + target.form + right.decode(errors="ignore")
        end = at + len(target.form)
        return standing(text, at, end, target.better, self.words)

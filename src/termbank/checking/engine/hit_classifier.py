"""Judging raw hits at the speed of bytes: a word, a part of one, or chance.

A hit in katakana depends on its katakana run alone, so its judgement is remembered by
that run and nearly always comes without decoding. Any other hit is decoded with what
stands around it and judged by :mod:`termbank.checking.engine.boundary_classifier`. What was judged is kept
in the cache, so that the next run over much the same texts need not open the dictionary.
"""

from __future__ import annotations

from termbank import cache

from .boundary_classifier import NEVER_FIRST, standing
from .hit_kinds import CHANCE, FREE
from .script_runs import KATAKANA, LONGEST_RUN, script

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .compiled_rules import Book
    from .word_context import Words

_AROUND = 80  # bytes decoded on either side of a hit
_WINDOW = 18  # code points of them that are judged: more than any context needs
_LAYOUT = "check-verdicts-10"
_KEPT = 20_000  # verdicts, about 1 MB: beyond that they are the texts themselves
# Behind these a word in letters may tell what the katakana before it means.
_GLOSS_OPENERS = tuple(
    mark.encode() for mark in ("(", " (", "（", "」(", "」（", "」 (")
)
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
        key: Under which the cache keeps what was judged; empty for not at all.
    """

    __slots__ = ("_book", "_katakana", "_key", "_new", "_seen", "words")

    def __init__(self, book: Book, words: Words, key: str = "") -> None:
        self._book, self.words, self._key = book, words, key
        self._katakana: dict[int, bool] = {}
        self._seen: dict[tuple[int, bytes | str, bytes | str], str] | None = None
        self._new = False

    def keep(self) -> None:
        """Store what was judged since it was read, for the next run."""
        if self._new and self._key and self._seen and len(self._seen) <= _KEPT:
            cache.store(_LAYOUT, self._key, self._seen)
            self._new = False

    def _verdict(self, number: int, before: bytes | str, after: bytes | str) -> str:
        if self._seen is None:
            self._seen = (cache.load(_LAYOUT, self._key) if self._key else None) or {}
        key = (number, before, after)
        verdict = self._seen.get(key)
        if verdict is None:
            verdict = self._seen[key] = self._judge(number, before, after)
            self._new = True
        return verdict

    def _judge(self, number: int, before: bytes | str, after: bytes | str) -> str:
        left = before if isinstance(before, str) else before.decode()
        right = after if isinstance(after, str) else after.decode()
        target, at = self._book.rest.targets[number], len(left)
        text = left + target.form + right
        end = at + len(target.form)
        return standing(text, at, end, target.better, self.words, target.kind)

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
            return self._decode(content, start, end, number)
        after = content[end : end + _WIDTH]
        if after in _CUT_SHORT:
            return CHANCE
        close, furthest = end, end + LONGEST_RUN * _WIDTH
        while after in KATAKANA_BYTES and close < furthest:
            close += _WIDTH
            after = content[close : close + _WIDTH]
        begin, furthest = start, start - LONGEST_RUN * _WIDTH
        while content[begin - _WIDTH : begin] in KATAKANA_BYTES and begin > furthest:
            begin -= _WIDTH
        if begin == start and close == end:
            has_gloss = content.startswith(_GLOSS_OPENERS, end)
            return self._decode(content, start, end, number) if has_gloss else FREE
        return self._verdict(number, content[begin:start], content[end:close])

    def _decode(self, content: bytes, start: int, end: int, number: int) -> str:
        # A code point cut by the window's edge is dropped: it is far from the hit.
        begin = max(content.rfind(b"\n", 0, start) + 1, start - _AROUND)
        left = content[begin:start].decode(errors="ignore")[-_WINDOW:]
        close = content.find(b"\n", end, end + _AROUND)
        right = content[end : end + _AROUND if close < 0 else close]
        return self._verdict(number, left, right.decode(errors="ignore")[:_WINDOW])

"""What a segment never breaks inside: quotations, brackets, notes and placeholders."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from termbank.text.placeholders import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIRS: Final = {
    "「": "」",
    "『": "』",
    "｢": "｣",
    "（": "）",
    "(": ")",
    "【": "】",
    "〔": "〕",
    "［": "］",
    "[": "]",
    "〈": "〉",
    "《": "》",
    "“": "”",
    "«": "»",
}
_CLOSING: Final = {close: start for start, close in _PAIRS.items()}
# Full-width and half-width brackets are mixed in real texts: （…).
_ALIKE: Final = {"(": "（", "（": "(", "[": "［", "［": "["}
_MARKS: Final = re.compile(r"[「『｢（(【〔［\[〈《“«」』｣）)】〕］\]〉》”»]|\"|[\r\n]")
# Code points. A longer quotation is a passage, and is cut as any passage.
_LONGEST: Final = 300
_LONGEST_NOTE: Final = 2000
_NOTE: Final = re.compile(
    r"[（(【〔［\[]\s{0,2}(?:訳者?注|編者?注|編集部注|注釈?|※|筆者注|原注)"
)
_OPENING_QUOTE: Final = re.compile(r"(?:^|[\s(（「\[—–-])\Z")
_KINDS: Final = frozenset(("address", "code", "comment", "tag", "variable"))


def enclosures(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a text that stay whole, from opening to closing mark.

    Pairs are looked for within a line; what is opened and not closed there encloses
    nothing, and neither does a quotation of more than 300 code points that is no note.

    >>> enclosures("彼は「はい。（訳注。）」と言った。")
    [(2, 12), (6, 11)]
    """
    marks = [
        (mark.start, mark.end) for mark in placeholders(text) if mark.kind in _KINDS
    ]
    return sorted([*_pairs(text), *marks])


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    open_marks: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        if mark in "\r\n":
            open_marks.clear()
        elif mark == '"':
            start = _close(open_marks, ('"',))
            if start is None and _OPENING_QUOTE.search(text, max(0, at - 1), at):
                open_marks.append((mark, at))
            elif start is not None and _fits(text, start, at):
                yield start, at + 1
        elif mark in _PAIRS:
            open_marks.append((mark, at))
        else:
            own = _CLOSING[mark]
            start = _close(open_marks, (own, _ALIKE.get(own, own)))
            if start is not None and _fits(text, start, at):
                yield start, at + 1


def _close(open_marks: list[tuple[str, int]], marks: tuple[str, ...]) -> int | None:
    """Return where the innermost of these marks was opened, and close it."""
    for depth in range(len(open_marks) - 1, max(-1, len(open_marks) - 9), -1):
        if open_marks[depth][0] in marks:
            start = open_marks[depth][1]
            del open_marks[depth:]
            return start
    return None


def _fits(text: str, start: int, end: int) -> bool:
    longest = _LONGEST_NOTE if _NOTE.match(text, start) else _LONGEST
    return end - start <= longest

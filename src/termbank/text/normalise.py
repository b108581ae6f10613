"""Unicode normal forms for matching, with the way back to the untouched text."""

from __future__ import annotations

from unicodedata import combining, normalize

from ..records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = frozenset("ﾞﾟ\u3099\u309a")  # half-width and combining sound marks


class Mapped(NamedTuple):
    """A normalised text that remembers where each of its code points came from.

    Attributes:
        text: The normalised text.
        starts: For each code point of ``text``, the first code point of its cluster in
            the untouched text; one more entry holds the untouched length.
    """

    text: str
    starts: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the untouched range that covers ``text[start:end]``."""
        last = end
        while last < len(self.text) and self.starts[last] == self.starts[end - 1]:
            last += 1
        return self.starts[start], self.starts[last]


def norm(form: str) -> str:
    """Return the form in NFKC, case folded: the key of one spelling in any width.

    >>> norm("ＮＡＴＯ"), norm("ｳｸﾗｲﾅ")
    ('nato', 'ウクライナ')
    """
    if form.isascii():
        return form.lower()
    return normalize("NFKC", normalize("NFKC", form).casefold())


def mapped(text: str) -> Mapped:
    """Return :func:`norm` of a text together with its way back.

    A cluster is a code point with the combining and half-width sound marks after it,
    so that ``ｶﾞ`` becomes ``ガ`` and maps back to two code points.

    >>> mapped("第ⅩⅣ回").text, list(mapped("第ⅩⅣ回").starts)
    ('第xiv回', [0, 1, 2, 2, 3, 4])
    """
    changed = {}
    for char in set(text):
        piece = norm(char)
        if len(piece) != 1 or char in _MARKS or combining(char):
            return _by_cluster(text)
        if piece != char:
            changed[char] = piece
    # Each code point stays one (as in nearly every text), and norm of norm is norm, so
    # that no replacement meets what an earlier one wrote.
    normal = text
    for char, piece in changed.items():
        normal = normal.replace(char, piece)
    return Mapped(normal, range(len(text) + 1))


def _by_cluster(text: str) -> Mapped:
    out: list[str] = []
    starts: list[int] = []
    at, length = 0, len(text)
    while at < length:
        stop = at + 1
        while stop < length and (text[stop] in _MARKS or combining(text[stop])):
            stop += 1
        piece = norm(text[at:stop])
        out.append(piece)
        starts.extend([at] * len(piece))
        at = stop
    starts.append(length)
    return Mapped("".join(out), starts)

"""Unicode normal forms for matching, with the way back to the untouched text."""

from __future__ import annotations

from unicodedata import combining, normalize

from termbank.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MARKS = frozenset("ﾞﾟ\u3099\u309a")  # half-width and combining sound marks

_FIRST_SELECTOR = "\ufe00"


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
    """Return the form in NFKC, case folded, without variation selectors.

    It is the key of one spelling in any width.

    >>> norm("ＮＡＴＯ"), norm("ｳｸﾗｲﾅ")
    ('nato', 'ウクライナ')
    """
    if form.isascii():
        return form.lower()
    if max(form) >= _FIRST_SELECTOR:
        form = "".join([char for char in form if not _is_selector(char)])
    return normalize("NFKC", normalize("NFKC", form).casefold())


def normalise_mapped(text: str) -> Mapped:
    """Return :func:`norm` of a text together with its way back.

    A cluster is a code point with the combining and half-width sound marks after it,
    so that ``ｶﾞ`` becomes ``ガ`` and maps back to two code points.

    >>> normalise_mapped("第ⅩⅣ回").text, list(normalise_mapped("第ⅩⅣ回").starts)
    ('第xiv回', [0, 1, 2, 2, 3, 4])
    """
    replacements, odd = {}, []
    for char in set(text):
        piece = norm(char)
        if len(piece) != 1 or _joins(char):
            odd.append(char)
        elif piece != char:
            replacements[char] = piece
    # Where each code point stays one (as nearly everywhere), offsets stay too; norm of
    # norm is norm, so that no replacement meets what an earlier one wrote.
    normal = text
    for char, piece in replacements.items():
        normal = normal.replace(char, piece)
    if odd:
        return _patch(text, normal, odd)
    return Mapped(normal, range(len(text) + 1))


def _joins(char: str) -> bool:
    """Answer whether a character belongs to the cluster of the one before it."""
    return char in _MARKS or combining(char) != 0 or _is_selector(char)


def _is_selector(char: str) -> bool:
    """Answer whether a character chooses a shape of the kanji before it, and is unseen."""
    return "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def _patch(text: str, normal: str, odd: Iterable[str]) -> Mapped:
    """Return ``normal``, the lines of ``text`` with odd characters done anew."""
    out: list[str] = []
    starts: list[int] = []
    copied_to = 0
    for begin, end in _lines_with(text, odd):
        out.append(normal[copied_to:begin])
        starts.extend(range(copied_to, begin))
        line = _by_cluster(text[begin:end])
        out.append(line.text)
        starts.extend([begin + start for start in line.starts[:-1]])
        copied_to = end
    out.append(normal[copied_to:])
    starts.extend(range(copied_to, len(text) + 1))
    return Mapped("".join(out), starts)


def _lines_with(text: str, odd: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the lines that hold an odd character, each range once."""
    places = [at for char in odd for at in _places(text, char)]
    covered_to = 0
    for at in sorted(places):
        if at < covered_to:
            continue
        begin = text.rfind("\n", covered_to, at) + 1 or covered_to
        # A mark at the beginning of a line is of one cluster with the line end.
        while begin > covered_to and _joins(text[begin]):
            begin = text.rfind("\n", covered_to, begin - 1) + 1 or covered_to
        covered_to = text.find("\n", at) + 1 or len(text)
        while covered_to < len(text) and _joins(text[covered_to]):
            covered_to = text.find("\n", covered_to) + 1 or len(text)
        yield begin, covered_to


def _places(text: str, char: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)


def _by_cluster(text: str) -> Mapped:
    out: list[str] = []
    starts: list[int] = []
    at, length = 0, len(text)
    while at < length:
        stop = at + 1
        while stop < length and _joins(text[stop]):
            stop += 1
        piece = norm(text[at:stop])
        out.append(piece)
        starts.extend([at] * len(piece))
        at = stop
    starts.append(length)
    return Mapped("".join(out), starts)

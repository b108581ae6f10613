"""Names of several parts: every part must find its word, whichever name comes first."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from termbank.text.kana import katakana

from .latin import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Fit = Callable[[str, str], float]

_KANA_PART: Final = re.compile(r"[ァ-ヺー]+|[A-Za-z]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_MANY_PARTS: Final = 6  # beyond this a string is a sentence, not a name
_WIDEST: Final = 3  # words that may stand for one part: Jong-un, Saint Germain
# What a word of the spelling costs that no part asked for, and what joining two parts
# into one word costs, in natural-log units: a middle name is worth less than a doubt
# about a part, an article next to nothing.
_LEFT_OUT: Final = 1.5
_LEFT_OUT_LIGHT: Final = 0.3
_JOINED: Final = 1.0
# What the other parts do for the worst one: a share of their own fit, up to a bound, so
# that Erdogan carries レジェップ but no first name carries a wrong surname.
_SUPPORT: Final = 0.4
_MOST_SUPPORT: Final = 3.0
_LIGHT: Final = frozenset(
    [
        "de",
        "da",
        "di",
        "del",
        "der",
        "den",
        "van",
        "von",
        "la",
        "le",
        "al",
        "el",
        "ad",
        "bin",
        "ibn",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "the",
        "of",
    ]
)
_REFUSED: Final = -60.0
# Best fit of a name whose initial the other side leaves out (George W. Bush, George
# Bush): below that of a spelling that has it.
_WITHOUT_INITIAL: Final = 2.0
# What is written as it stands (initials, Jr) and fits; and "son of", which every
# newspaper spells its own way.
SAME: Final = 6.0
SON_OF: Final = frozenset(("ビン", "イブン", "ベン", "bin", "ibn", "ben"))
# First letters under which an initial may stand for a katakana name, by first sound.
_INITIALS: Final = {
    "v": "vwb",
    "b": "bv",
    "r": "rl",
    "k": "kcqgx",
    "g": "g",
    "S": "sc",
    "s": "scz",
    "C": "ctqz",
    "j": "jgzd",
    "z": "zsx",
    "T": "tzc",
    "t": "t",
    "d": "d",
    "f": "fhpv",
    "h": "hjgk",
    "w": "wvuo",
    "y": "yjie",
    "n": "nk",
    "m": "m",
    "p": "p",
    "a": "aehu",
    "i": "iyeh",
    "u": "uwvho",
    "e": "eayh",
    "o": "oaeh",
    "N": "n",
}


def parts_of(name: str) -> list[str]:
    """Return the parts of a Japanese form: runs of katakana, or Latin initials.

    >>> parts_of("J.D. バンス"), parts_of("キム・ジョンウン氏"), parts_of("ぷーちん")
    (['J', 'D', 'バンス'], ['キム', 'ジョンウン'], ['プーチン'])
    """
    plain = normalize("NFKC", name)
    parts: list[str] = _KANA_PART.findall(plain)
    if not any("ァ" <= sign <= "ヺ" for part in parts for sign in part):
        parts = _KANA_PART.findall(katakana(plain))
    out: list[str] = []
    for part in parts:
        out.extend(
            part if part.isascii() and len(part) <= 3 and part.isupper() else [part]
        )
    return out


@lru_cache(maxsize=8192)
def words_of(spelling: str) -> tuple[str, ...]:
    """Return the words of a Latin form, each folded to the letters a to z.

    >>> words_of("Kim Jong-un"), words_of("J.D. Vance"), words_of("O’Neill")
    (('kim', 'jong', 'un'), ('j', 'd', 'vance'), ('oneill',))
    """
    words = (letters(word) for word in _WORD.findall(spelling))
    return tuple(word for word in words if word)


def orders(parts: Sequence[str]) -> list[list[str]]:
    """Return the orders in which the parts may be written: as given, last part first.

    >>> orders(["シー", "ジンピン"])
    [['シー', 'ジンピン'], ['ジンピン', 'シー']]
    """
    in_order = list(parts)
    if len(in_order) < 2:
        return [in_order]
    return [in_order, [in_order[-1], *in_order[:-1]]] + (
        [[*in_order[1:], in_order[0]]] if len(in_order) > 2 else []
    )


def blocks(words: Sequence[str]) -> Iterator[str]:
    """Yield every run of up to three words, written as one."""
    for start in range(len(words)):
        for stop in range(start + 1, min(len(words), start + _WIDEST) + 1):
            yield "".join(words[start:stop])


def fit_of(parts: Sequence[str], words: Sequence[str], fit: Fit) -> float:
    """Return how well a spelling fits all parts, in the units of ``fit``.

    The worst part decides, the others help it a little. Words that no part asked for, and parts written as one
    word, cost a little.

    Args:
        parts: What :func:`parts_of` gives.
        words: What :func:`words_of` gives.
        fit: The fit of one katakana part (or joined parts) and one word.
    """
    if not words or len(parts) > _MANY_PARTS or len(words) > 2 * _MANY_PARTS:
        return _REFUSED
    return max(_best(order, words, fit) for order in orders(parts))


def _best(parts: Sequence[str], words: Sequence[str], fit: Fit) -> float:
    """Best way to cover all parts by runs of words from left to right."""
    many, width = len(parts), len(words)
    # worst fit so far, and what was paid beside it, for parts and words used up
    table: dict[tuple[int, int], tuple[float, float]] = {(0, 0): (-_REFUSED, 0.0)}
    for part in range(many + 1):
        for word in range(width + 1):
            if (part, word) not in table:
                continue
            worst, paid = table[part, word]
            for to, value, cost in _steps(parts, words, part, word, fit):
                support = _SUPPORT * _within(value) if to[0] > part else 0.0
                state = (min(worst, value), paid + cost + support)
                if to not in table or sum(state) > sum(table[to]):
                    table[to] = state
    worst, paid = table.get((many, width), (_REFUSED, 0.0))
    return worst + paid - _SUPPORT * _within(worst)


def _within(fit: float) -> float:
    """A fit between nothing and what one part can do for another."""
    return min(max(fit, 0.0), _MOST_SUPPORT)


def _steps(
    parts: Sequence[str], words: Sequence[str], part: int, word: int, fit: Fit
) -> Iterator[tuple[tuple[int, int], float, float]]:
    """Ways on from here: (parts and words used then), fit, what it costs beside."""
    if word < len(words):
        light = words[word] in _LIGHT or len(words[word]) == 1
        yield (part, word + 1), -_REFUSED, -(_LEFT_OUT_LIGHT if light else _LEFT_OUT)
    if part == len(parts):
        return
    if _may_be_left_out(parts, part) and not any(len(each) == 1 for each in words):
        yield (part + 1, word), _WITHOUT_INITIAL, -_LEFT_OUT
    for stop in range(word + 1, min(len(words), word + _WIDEST) + 1):
        yield (part + 1, stop), _piece(parts[part], words[word:stop], fit), 0.0
    if word == len(words):
        return
    for last in range(part + 2, min(len(parts), part + _WIDEST) + 1):
        if parts[last - 1].isascii() != parts[part].isascii():
            return
        compound = "".join(parts[part:last])
        value = _piece(compound, words[word : word + 1], fit)
        yield (last, word + 1), value, -_JOINED * (last - part - 1)


def _may_be_left_out(parts: Sequence[str], part: int) -> bool:
    """An initial beside two names or more; "C" of C スタイル says what is meant."""
    spoken = sum(not each.isascii() for each in parts)
    return len(parts[part]) == 1 and parts[part].isascii() and spoken > 1


def _piece(part: str, words: Sequence[str], fit: Fit) -> float:
    written = "".join(words)
    if part.isascii():
        same = written == part.lower()
        initial = len(part) == 1 and len(words) == 1 and written[0] == part.lower()
        return SAME if same else 1.0 if initial else _REFUSED
    return fit(part, written)


def initial_fits(sounds: str, letter: str) -> bool:
    """Say whether a name that sounds so may be shortened to that letter.

    >>> initial_fits("vuraji-miru", "v"), initial_fits("roN", "l"), initial_fits("roN", "d")
    (True, True, False)
    """
    return letter in _INITIALS.get(sounds[:1], "")

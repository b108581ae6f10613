"""Glosses in running text: 戦略国際問題研究所(CSIS), 瀬戸際政策(brinkmanship), NATO(北大西洋条約機構)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from termbank.text.boundaries import script
from termbank.text.kana import JOINTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_BRACKET: Final = re.compile(r"[(（]([^()（）]{2,80})[)）]")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9 .,&'’/-]*")
_LATIN_BEFORE: Final = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9 .&'’/-]*$")
_QUOTED: Final = re.compile(r"[「『\"“]([^「」『』\"“”]{1,40})[」』\"”]$")
_YEARS: Final = re.compile(r"\d")
_ARTICLE: Final = re.compile(r"^(?:the|an?) +", re.IGNORECASE)
# International Energy Agency, IEA: a name with its acronym, two glosses of one term.
_WITH_ACRONYM: Final = re.compile(r"(.+?) *, *([A-Z][A-Za-z0-9&-]{1,9})")
_INSIDE_TERM: Final = "ー" + JOINTS
_BLANKS: Final = " \u3000"  # between a term and its bracket
_LONGEST_TERM: Final = 30  # code points before a bracket that are looked at


class Gloss(NamedTuple):
    """A term and what a bracket after it says in the other language.

    Attributes:
        ja: Japanese side, without quotation marks.
        en: Latin side: an equivalent, or an acronym.
        start: First code point of the whole, in the text.
        end: One past the closing bracket.
    """

    ja: str
    en: str
    start: int
    end: int


def glosses(text: str) -> Iterator[Gloss]:
    """Yield the terms that the text itself gives in both languages, in order.

    A term before a bracket reaches back over one script run of kanji, or kanji and
    katakana, or to the opening quotation mark: where it begins is a guess that the
    miner's mentions make better.

    >>> [(g.ja, g.en) for g in glosses("瀬戸際政策(brinkmanship)とCSIS(戦略国際問題研究所)")]
    [('瀬戸際政策', 'brinkmanship'), ('戦略国際問題研究所', 'CSIS')]
    """
    for match in _BRACKET.finditer(text):
        inside = match[1].strip()
        stop = len(text[: match.start()].rstrip(_BLANKS))
        before = text[max(0, stop - _LONGEST_TERM) : stop]
        if _LATIN.fullmatch(inside) and not inside[0].isdigit():
            term, begins = _japanese_before(before)
            if term:
                start = stop - len(before) + begins
                for en in _forms(inside):
                    yield Gloss(term, en, start, match.end())
        elif _is_japanese(inside):
            latin = _LATIN_BEFORE.search(before)
            term = _ARTICLE.sub("", latin[0].strip()) if latin else ""
            if len(term) > 1:
                start = stop - len(term)
                yield Gloss(inside, term, start, match.end())


def _japanese_before(before: str) -> tuple[str, int]:
    """The Japanese term that ends the text, and where it begins."""
    match = _QUOTED.search(before)
    if match:
        return (match[1], match.start()) if _is_japanese(match[1]) else ("", 0)
    begins = len(before)
    while begins and (
        script(before[begins - 1]) in ("kanji", "katakana")
        or before[begins - 1] in _INSIDE_TERM
    ):
        begins -= 1
    term = before[begins:].lstrip(_INSIDE_TERM)
    return (term, len(before) - len(term)) if len(term) > 1 else ("", 0)


def _forms(inside: str) -> list[str]:
    """What a bracket gives: one form, or a name and its acronym."""
    both = _WITH_ACRONYM.fullmatch(inside)
    if both and sum(sign.isupper() for sign in both[2]) > 1:
        return [both[1], both[2]]
    return [inside]


def _is_japanese(text: str) -> bool:
    """Kanji or kana, and nothing that a note in brackets would have (a year, a stop)."""
    if _YEARS.search(text) or any(mark in text for mark in "。、"):
        return False
    return any(script(char) in ("kanji", "katakana") for char in text)

"""Names whose shape alone gives them away: initials, regnal numbers, Latin names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from termbank.text.kana import JOINTS

from .name_rules import Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from termbank.mining.tokens.token_table import Sheet

# A capitalised word of a name, not one that opens or links the words of a headline.
_WORD: Final = (
    r"(?!(?:A|An|And|As|At|By|For|From|How|In|Of|On|Or|To|What|When|Why|With)\b)"
    r"(?:[A-Z]['’])?[A-Z][A-Za-z]*[a-z](?:['’-][A-Z][a-z]+)*"
)
_MOST_WORDS: Final = 3  # without initials
_NAMES: Final = re.compile(
    # J.D. バンス, J・K・ローリング, J.R.R. Tolkien
    rf"(?<![A-Za-zＡ-Ｚａ-ｚ])(?:[A-ZＡ-Ｚ][.．・]\s?)+(?:[ァ-ヺー]+(?:[{JOINTS}][ァ-ヺー]+)*|[A-Z][a-z]+(?![A-Za-z]))"
    # レオ14世, エリザベス2世, ヨハネ・パウロ二世
    # Only from where a row of katakana begins: what fails there fails at all its places.
    rf"|(?<![ァ-ヺー])(?<![ァ-ヺー][{JOINTS}])[ァ-ヺー]++(?:[{JOINTS}][ァ-ヺー]++)*(?:[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]{{1,5}})世(?![紀界代帯])"
    # ハン・ガンさん
    rf"|(?<![ァ-ヺー{JOINTS}])[ァ-ヺー]+(?:[{JOINTS}][ァ-ヺー]+)+(?=さん|氏|容疑者|被告|首相|大統領|外相|議員|教授|国王|皇太子)"
    # Arne Delfs, Mary-Jane O'Neil; a longer row of such words is a headline.
    rf"|(?<![A-Za-z]){_WORD}(?: (?:[A-Z]\. )?{_WORD})+(?![A-Za-z])"
)


# Words of Latin names that are no person's.
_BODY: Final = re.compile(
    r"\b(?:The|Times|Post|Press|News|Journal|University|Institute|College|School|Inc|Corp"
    r"|Co|Ltd|Group|Bank|Center|Centre|Council|Research|Office|Party|Union|Talks|Day)\b"
)


def pattern_names(
    texts: Sequence[str], sheet: Sheet, names: Sequence[Name]
) -> tuple[list[Name], set[Name]]:
    """Return the names with those of the patterns added, and which are surely persons.

    Of a pattern's name and another that it meets, the longer stays.

    Args:
        texts: Texts of the sheet.
        sheet: Their words.
        names: Names found so far, in order, none inside another.
    """
    surfaces = dict(_rows(texts, sheet))
    if not surfaces:
        return list(names), set()
    people = {name for name, surface in surfaces.items() if not _BODY.search(surface)}
    return merge_names(surfaces, names), people


def merge_names(first: Iterable[Name], then: Iterable[Name]) -> list[Name]:
    """Return names of both lists, in order; of two that overlap, the longer stays."""
    longest_first = sorted(
        {*first, *then}, key=lambda name: (name.first - name.last, name.first)
    )
    used_rows: set[int] = set()
    names = []
    for name in longest_first:
        rows = range(name.first, name.last)
        if used_rows.isdisjoint(rows):
            used_rows.update(rows)
            names.append(name)
    return sorted(names)


def _rows(texts: Sequence[str], sheet: Sheet) -> Iterator[tuple[Name, str]]:
    bounds = np.searchsorted(sheet.texts, np.arange(len(texts) + 1)).tolist()
    for number, text in enumerate(texts):
        matches = [match for match in _NAMES.finditer(text) if not _is_headline(match)]
        spans = [match.span() for match in matches]
        for name in rows_of(sheet, bounds[number], bounds[number + 1], spans):
            start, end = sheet.starts[name.first], sheet.ends[name.last - 1]
            yield name, text[start:end]


def _is_headline(match: re.Match[str]) -> bool:
    words = [word for word in match.group().split(" ") if len(word) > 2]
    return match.group().isascii() and len(words) > _MOST_WORDS


def rows_of(
    sheet: Sheet, low: int, high: int, spans: Iterable[tuple[int, int]]
) -> Iterator[Name]:
    """Yield the rows of spans of one text that begin and end with words, side by side.

    Args:
        sheet: Words.
        low: First row of the text.
        high: One past its last row.
        spans: Code points of the text.
    """
    starts, ends = sheet.starts[low:high], sheet.ends[low:high]
    for start, end in spans:
        first = int(np.searchsorted(starts, start))
        last = int(np.searchsorted(ends, end)) + 1
        if (
            last <= len(ends)
            and starts[first] == start
            and ends[last - 1] == end
            and (starts[first + 1 : last] == ends[first : last - 1]).all()
        ):
            yield Name(low + first, low + last)

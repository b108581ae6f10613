"""Acronyms beside their full form, seen from where mentions stand."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.tokenise import tokeniser

from .link import BY_BRACKET, UNSURE, Link, linked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .relation_tables import Relations

_ACRONYM: Final = re.compile(
    r"(?=(?:[^A-ZＡ-Ｚ]*[A-ZＡ-Ｚ]){2})[A-ZＡ-Ｚ][A-Za-zＡ-Ｚａ-ｚ0-9&.\-]{1,9}"
)
_NOT_LETTER: Final = re.compile(r"[^A-Za-zＡ-Ｚａ-ｚ]")
_JAPANESE: Final = re.compile(r"[\u3400-\u9fffァ-ヺー々]{4,}")
_BODY: Final = re.compile(
    r"(機構|機関|研究所|連合|連盟|会議|協会|委員会|銀行|基金|裁判所|条約|協定|計画|組織|"
    r"評議会|理事会|財団|大学|学会|公社|省|庁|局|軍|社|法|国内総生産)$"
)
SPREAD: Final = 2  # letters more or fewer than words: 国際原子力機関 (3) is IAEA (4)


class _Pair(NamedTuple):
    """An acronym and a full form beside it.

    Attributes:
        short: Row of the acronym.
        full: Row of the full form.
        behind: The acronym stands behind the full form, the usual order.
        body: The full form names a body (機構, 研究所 …).
        misfit: Words of the full form less letters of the acronym, absolute.
    """

    short: int
    full: int
    behind: bool
    body: bool
    misfit: int


def bracketed(forms: pl.DataFrame, seen: pl.DataFrame, tables: Relations) -> list[Link]:
    """Return links between full forms and the acronyms one code point beside them.

    ``戦略国際問題研究所(CSIS)``: one mention ends where the bracket stands and the other
    starts behind it; ``NATO(北大西洋条約機構)`` counts as well. The frame of mentions does
    not show the code point between, which may also be a comma of an enumeration: the
    words of the full form must fit the letters, and it must name a body where the kinds
    do not already agree. An acronym takes its best full form (that of the tables, else
    the longest one before it); other bodies beside it are asked about.
    """
    by_short: dict[int, list[_Pair]] = defaultdict(list)
    for pair in _pairs(forms, seen):
        by_short[pair.short].append(pair)
    texts, kinds = forms["form"].to_list(), forms["kind"].to_list()
    links = []
    for short, pairs in sorted(by_short.items()):
        written = [
            pair for pair in pairs if tables.between(texts[short], texts[pair.full])
        ]
        if written:
            links += [_link(pair, sure=True) for pair in written]
            continue
        # Of nested mentions (国際問題研究所 in 戦略国際問題研究所) the longest is the name.
        best = min(pairs, key=lambda p: (not p.behind, -len(texts[p.full]), p.full))
        alike = best.body or kinds[short] == kinds[best.full]
        links.append(_link(best, sure=alike))
        links += [
            _link(pair, sure=False)
            for pair in pairs
            if pair.body and texts[pair.full] not in texts[best.full]
        ]
    return links


def _link(pair: _Pair, *, sure: bool) -> Link:
    score, verdict = (BY_BRACKET, "related") if sure else (UNSURE, "ask")
    return linked(pair.short, pair.full, score, "acronym", ("bracketed",), verdict)


def _pairs(forms: pl.DataFrame, seen: pl.DataFrame) -> Iterator[_Pair]:
    rows = {
        key: row for row, key in enumerate(forms.select("lang", "form").iter_rows())
    }
    kinds = forms["kind"].to_list()
    for lang, first, second in _beside(seen):
        behind = _ACRONYM.fullmatch(second) is not None
        short, full = (second, first) if behind else (first, second)
        if not _ACRONYM.fullmatch(short) or not _JAPANESE.fullmatch(full):
            continue
        here, there = rows.get((lang, short)), rows.get((lang, full))
        if here is None or there is None or kinds[there] in ("person", "place"):
            continue
        misfit = abs(_words(full) - len(_NOT_LETTER.sub("", short)))
        body = _BODY.search(full) is not None
        if misfit <= SPREAD and (body or behind):
            yield _Pair(here, there, behind, body, misfit)


def _beside(seen: pl.DataFrame) -> list[tuple[str, str, str]]:
    """Return (lang, first, second) of mentions with one code point between them."""
    places = seen.select("doc_id", "lang", "start", "end", "surface").unique()
    second = places.with_columns(gap=pl.col("start").cast(pl.Int64) - 1)
    first = places.with_columns(gap=pl.col("end").cast(pl.Int64))
    return (
        first.join(second, on=["doc_id", "lang", "gap"], suffix="_second")
        .select("lang", "surface", "surface_second")
        .unique()
        .sort("lang", "surface", "surface_second")
        .rows()
    )


@cache
def _words(form: str) -> int:
    return sum(1 for _ in tokeniser("sudachi", mode="A").tokens(form))

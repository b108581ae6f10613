"""One name in Latin letters and in katakana: Gerrard, ジェラード; スペースX, スペースエックス."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from termbank.equivalents.latin import letters
from termbank.equivalents.romaji import symbols
from termbank.equivalents.spelling import chances
from termbank.reconciliation.model.latin_katakana import (
    BY_PART,
    common_word,
    cross_script,
)
from termbank.text.kana import SEPARATORS

from .link import make_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import polars as pl

    from .link import Link

TRANSLITERATION: Final = "transliteration"
NAMES: Final = frozenset({"person", "organization", "place", "product", "event"})
# Likeness of letters and the letters of sounds below which the model is not asked: ジェラード
# (jera-do) and gerrard have .67.
NEAR: Final = 0.5
# Chance, 0-100, from which two words found in a collection are joined: of so many pairs
# that nobody chose, more look alike than among the hundred that the score is made for.
SURE: Final = 99.3
MOST_DOUBT: Final = 3.0  # times the doubt about the likeliest partner of either word
SHORT: Final = 5  # letters, katakana; longer words are alike by chance less often
SHORTEST: Final = 3  # letters; shorter ones are acronyms
_LATIN: Final = re.compile(r"[A-Z][A-Za-zÀ-ɏ'’.]*(?:[ \-][A-Z][A-Za-zÀ-ɏ'’.]*)*")
_KATAKANA: Final = re.compile(rf"[ァ-ヺー]{{2,}}(?:[{SEPARATORS}][ァ-ヺー]+)*")
_RUN: Final = re.compile(r"[A-Za-zＡ-Ｚａ-ｚァ-ヺー・ ]+")
_HAS_LATIN: Final = re.compile("[A-Za-zＡ-Ｚａ-ｚ]")
_HAS_JAPANESE: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_GAP: Final = "\0"
_ENDS: Final = 2  # code points that a mixed form and its katakana share at one end


def cross_script_links(
    forms: pl.DataFrame, seen: pl.DataFrame | None = None
) -> Iterator[Link]:
    """Yield links between forms in Latin letters and the katakana that write them.

    A short word of one part says little by itself (Busch, ブッシュ): it must stand in a
    document with its katakana, where there are documents.

    Args:
        forms: Frame of :mod:`.form_table`.
        seen: The mentions; None for plain sequences.
    """
    if not forms["form"].str.contains("[A-Za-zＡ-Ｚａ-ｚ]").any():
        return  # most large vocabularies
    texts, kinds = forms["form"].to_list(), forms["kind"].to_list()
    names = [
        link for rows in _by_language(forms) for link in _names(texts, kinds, rows)
    ]
    yield from names if seen is None else _beside_each_other(names, texts, seen)
    for rows in _by_language(forms):
        yield from _mix(texts, rows)


def _by_language(forms: pl.DataFrame) -> Iterator[list[int]]:
    for rows in forms.with_row_index("row").group_by("lang").agg("row")["row"]:
        yield sorted(rows.to_list())


def _beside_each_other(
    links: list[Link], texts: Sequence[str], mentions: pl.DataFrame
) -> Iterator[Link]:
    """Yield the links of long names, and those whose two forms share a document."""
    texts_of_links = {texts[row] for link in links for row in (link.left, link.right)}
    places = mentions.filter(mentions["surface"].is_in(list(texts_of_links)))
    documents: dict[str, set[str]] = defaultdict(set)
    for form, document in places.select("surface", "doc_id").unique().iter_rows():
        documents[form].add(document)
    for link in links:
        left, right = texts[link.left], texts[link.right]
        long_ = " " in f"{left}{right}".strip() or min(map(len, (left, right))) > SHORT
        if long_ or documents[left] & documents[right]:
            yield link


def _names(
    texts: Sequence[str], kinds: Sequence[str], rows: list[int]
) -> Iterator[Link]:
    latin = [
        row
        for row in rows
        if len(texts[row]) >= SHORTEST
        and _LATIN.fullmatch(texts[row])
        and not texts[row].isupper()
    ]
    katakana = [row for row in rows if _KATAKANA.fullmatch(texts[row])]
    if not latin or not katakana:
        return
    near = cdist(
        [symbols(texts[row]).lower() for row in katakana],
        [letters(texts[row]) for row in latin],
        scorer=Indel.normalized_similarity,
        score_cutoff=NEAR,
        dtype=np.float32,
    )
    words = np.array([len(re.split(r"[ \-]", texts[row])) for row in latin])
    parts = np.array([len(re.split(f"[{SEPARATORS}]", texts[row])) for row in katakana])
    near[words[None, :] != parts[:, None]] = 0
    scores = []
    for at in np.flatnonzero(near.any(axis=1)).tolist():
        theirs = katakana[at]
        some = [latin[other] for other in np.flatnonzero(near[at]).tolist()]
        sure = [
            (100 * chance, ours, theirs)
            for ours, chance in zip(
                some, chances(texts[theirs], [texts[row] for row in some]), strict=True
            )
            if 100 * chance >= SURE
        ]
        if sure and (kinds[theirs] in NAMES or not common_word(texts[theirs])):
            scores += sure
    yield from _best_for_both(scores)


def _best_for_both(scores: list[tuple[float, int, int]]) -> Iterator[Link]:
    """Yield links between words of which neither has a likelier partner.

    Australia sounds like オーストリア until オーストラリア is there.
    """
    best: dict[int, float] = {}
    for score, ours, theirs in scores:
        for row in (ours, theirs):
            best[row] = max(best.get(row, 0.0), score)
    for score, ours, theirs in scores:
        doubt = 100 - score
        if all(doubt <= MOST_DOUBT * (100 - best[row]) for row in (ours, theirs)):
            similarity = min(score, BY_PART)
            yield make_link(
                ours, theirs, similarity, "synonym", (TRANSLITERATION,), "related"
            )


def _mix(texts: Sequence[str], rows: list[int]) -> Iterator[Link]:
    """Yield links from forms with letters among Japanese to those in katakana there."""
    katakana: dict[tuple[str, str], list[int]] = defaultdict(list)
    mixes = []
    for row in rows:
        text = texts[row]
        if _HAS_LATIN.search(text):
            if _HAS_JAPANESE.search(text):
                mixes.append(row)
        else:
            for key in _keys(text):
                katakana[key].append(row)
    for row in mixes:
        near = {other for key in _keys(texts[row]) for other in katakana.get(key, ())}
        for other in sorted(near):
            written = cross_script(texts[row], texts[other])
            if written is not None and not written.whole:
                yield make_link(
                    row, other, written.score, "spelling", (TRANSLITERATION,), "same"
                )


def _keys(text: str) -> set[tuple[str, str]]:
    """Return keys that a mixed form and its katakana share: the rest, and one end."""
    rest = _RUN.sub(_GAP, text)
    if rest == _GAP:
        return {(rest, "<" + text[:_ENDS]), (rest, text[-_ENDS:] + ">")}
    return {(rest, "")} if _GAP in rest else set()

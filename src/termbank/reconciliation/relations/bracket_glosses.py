"""What a text glosses in brackets: 戦略国際問題研究所(CSIS), 李在明（イ・ジェミョン）.

Two mentions with one code point between them may stand on both sides of a bracket, or of a
comma. The evidence bits of mined mentions tell; where a frame has none, the two must fit
better. Either way a bracket joins only what speaks for it by itself (:mod:`.gloss_evidence`).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.mining.terms.mention_evidence import ALONE, BRACKETED, PHRASE, QUOTED

from .gloss_evidence import ACRONYM, BODY, gloss_evidence
from .link import BY_BRACKET, UNSURE, make_link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .gloss_evidence import Gloss
    from .link import Link
    from .relation_tables import Relations

_NAMES: Final = frozenset({"person", "organization", "place", "product", "event"})


class _Place(NamedTuple):
    """Two mentions with one code point between them.

    Attributes:
        outer: Row of the form before it.
        inner: Row of the form behind it.
        bracket: Whether a bracket stands between; None where nobody knows.
    """

    outer: int
    inner: int
    bracket: bool | None


def bracketed_links(
    forms: pl.DataFrame, seen: pl.DataFrame, tables: Relations
) -> list[Link]:
    """Return links between forms and what the text glosses them by in brackets.

    Of the mentions that end where the bracket opens, those count that begin with their
    noun run or phrase: what stands before a bracket is glossed as a whole. The longest
    one with evidence is joined; where there is none, the longest is asked about, if both
    are names of one kind or one names a body and the other is an acronym.
    """
    kinds = forms["kind"].to_list()
    texts = forms["form"].to_list()
    links: dict[tuple[int, int], Link] = {}
    for inner, outers in _by_inner(forms, seen).items():
        outers.sort(key=lambda place: (-len(texts[place.outer]), place.outer))
        link = _join(outers, texts, tables)
        closest = outers[0]
        pair = texts[closest.outer], texts[inner]
        alike = closest.bracket and kinds[closest.outer] == kinds[inner] in _NAMES
        if link is None and (alike or _letters_of_body(pair)):
            link = make_link(
                closest.outer, inner, UNSURE, "acronym", ("bracketed",), "ask"
            )
        if link is not None:
            links.setdefault((link.left, link.right), link)
    return [links[pair] for pair in sorted(links)]


def _join(outers: list[_Place], texts: list[str], tables: Relations) -> Link | None:
    for place in outers:
        gloss = gloss_evidence(
            texts[place.outer], texts[place.inner], tables, bracket=place.bracket
        )
        if gloss is not None:
            return _link(place, gloss, texts)
    return None


def _link(place: _Place, gloss: Gloss, texts: list[str]) -> Link:
    verdict = "same" if gloss.relation == "spelling" else "related"
    lesser = -1
    if gloss.relation in ("acronym", "short-name"):
        lesser = min(place[:2], key=lambda row: len(texts[row]))
    return make_link(
        place.outer,
        place.inner,
        BY_BRACKET,
        gloss.relation,
        ("bracketed", gloss.reason),
        verdict,
        lesser=lesser,
    )


def _letters_of_body(pair: tuple[str, str]) -> bool:
    """Tell whether one form is an acronym and the other names a body."""
    acronyms = [ACRONYM.fullmatch(form) is not None for form in pair]
    bodies = [BODY.search(form) is not None for form in pair]
    return acronyms != bodies and any(acronyms) and any(bodies)


def _by_inner(forms: pl.DataFrame, mentions: pl.DataFrame) -> dict[int, list[_Place]]:
    rows = {
        key: row for row, key in enumerate(forms.select("lang", "form").iter_rows())
    }
    places: dict[int, list[_Place]] = defaultdict(list)
    for lang, outer, inner, bracket in _beside(mentions):
        before, behind = rows.get((lang, outer)), rows.get((lang, inner))
        if before is not None and behind is not None and before != behind:
            places[behind].append(_Place(before, behind, bracket))
    return dict(sorted(places.items()))


def _beside(mentions: pl.DataFrame) -> Iterator[tuple[str, str, str, bool | None]]:
    """Yield language and surfaces of mentions with one code point between them."""
    evidence = (
        pl.col("evidence")
        if "evidence" in mentions.columns
        else pl.lit(None, pl.UInt32)
    )
    places = mentions.select(
        "doc_id", "lang", "start", "end", "surface", bits=evidence
    ).unique()
    inner = places.with_columns(gap=pl.col("start").cast(pl.Int64) - 1)
    outer = places.with_columns(gap=pl.col("end").cast(pl.Int64))
    bits, inner_bits = pl.col("bits"), pl.col("bits_inner")
    has_evidence = bits.is_not_null() & inner_bits.is_not_null()
    whole = (bits & (ALONE | PHRASE)) != 0
    opens = ((bits & BRACKETED) != 0) & ((inner_bits & QUOTED) != 0)
    beside = (
        outer.join(inner, on=["doc_id", "lang", "gap"], suffix="_inner")
        .filter(~has_evidence | (whole & opens))
        .select(
            "lang",
            "surface",
            "surface_inner",
            bracket=pl.when(has_evidence).then(opens),
        )
        .unique()
        .sort("lang", "surface", "surface_inner", "bracket")
    )
    yield from beside.iter_rows()

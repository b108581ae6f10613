"""Pairs of terms out of a finished translation."""

from __future__ import annotations

import re
from math import exp, log
from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl

from termbank.arguments import require_count, require_number
from termbank.text.boundaries import script
from termbank.tokenise import tokeniser as tokeniser_named

from .bitext import bitext_of, segments_of
from .links import own_links, pharaoh_links
from .noun_forms import family, noun_of
from .pair_frame import SHAPE
from .term_evidence import SHORTEST_TEXT, evidence_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .term_evidence import Evidence

_JAPANESE: Final = ("hiragana", "katakana", "kanji")
_KATAKANA: Final = re.compile(r"[ァ-ヺー]{2,}")
# Exponent of the Dice coefficient beside the share of the links: the links say which
# phrase stands where the term stands, the coefficient that it stands nowhere else.
_DICE_POWER: Final = 0.25
# Most that the name model can add to a katakana term's share (エクスポート: export).
_NAME_BONUS: Final = 1.0
# Below this log-likelihood ratio (one chance in twenty) two forms met by accident, and
# the pair is not offered.
_FLOOR: Final = 3.84
# Above this ratio (a chance of one in a million) more is no surer.
_ENOUGH: Final = 25.0
# Most that another phrase of the term counts against one, as a multiple of its share.
_RIVAL: Final = 2.0


class _Odds(NamedTuple):
    """Weights of the log odds that a dictionary would agree with a pair.

    By logistic regression over the development half of both termgold sets, texts of
    1,000 to 50,000 segments, every size with the same weight
    (docs/design/equivalents.md).
    """

    constant: float
    share: float  # of ln(share)
    places: float  # of ln(count)
    segments: float  # of ln(segments of the text)
    rival: float  # of the share of the best other phrase, as a part of this one's
    likelihood: float  # of ln(log-likelihood ratio), from 1 to _ENOUGH


_ODDS: Final = _Odds(-4.157, 0.892, 0.040, 0.242, -1.688, 1.352)


# Below this most terms that were missed are also missed by every other method; the rows
# above it are right four times in five.
WORTH_SHOWING: Final = 40.0


class _Choice(NamedTuple):
    ja: str
    en: str
    score: float
    places: int
    examples: Sequence[int]


def mine_pairs(
    segments: pl.DataFrame | Iterable[tuple[str, str]],
    *,
    tokeniser: str = "sudachi",
    alignments: Iterable[str] | None = None,
    at_least: float = WORTH_SHOWING,
    limit: int = 1,
) -> pl.DataFrame:
    """Return terms of a translation with their English, the surest first.

    Tags, entities, variables, code and addresses are no words of either side; terms that
    stand in Latin letters in the Japanese are left out.

    Args:
        segments: A SEGMENTS frame in either direction, or pairs (Japanese, English).
        tokeniser: For the Japanese side.
        alignments: Word links made by another tool, a line a segment in the Pharaoh
            form ``0-0 1-2`` over the words of :func:`.links.aligner_input`; None takes
            termbank's own aligner (segments beyond 100 words are aligned up to there).
        at_least: Lowest score of a row, 0-100.
        limit: Most rows for one Japanese term.

    Returns:
        A frame with ja (NFKC), en (as the translation spells it, a noun where it has
        one), score (0-100, the calibrated chance that a dictionary would agree), count
        (places where en answered to ja) and evidence (ids of up to three segments;
        places counted from 0 where the segments have none).

    Raises:
        InputError: A pair is not a pair of texts, or an alignment does not fit.
        SchemaError: The frame lacks source or target.

    >>> pairs = [("停戦に合意した。", "They agreed on a ceasefire."),
    ...          ("停戦は続く。", "The ceasefire holds."),
    ...          ("停戦の監視を始める。", "Monitoring of the ceasefire will begin.")]
    >>> mine_pairs(pairs).filter(pl.col("ja") == "停戦").get_column("en").to_list()
    ['ceasefire']
    """
    require_number("at_least", at_least)
    require_count("limit", limit)
    all_segments = segments_of(segments)
    bitext = bitext_of(all_segments, tokeniser_named(tokeniser))
    links = (
        own_links(bitext) if alignments is None else pharaoh_links(bitext, alignments)
    )
    rows = [
        (
            each.ja,
            each.en,
            each.score,
            each.places,
            [all_segments[at].segment_id for at in each.examples],
        )
        for term, evidence in evidence_of(bitext, links).items()
        if not _is_left_as_it_is(term)
        for each in choices(term, evidence)[:limit]
        if each.score >= at_least
    ]
    frame = pl.DataFrame(rows, schema=SHAPE, orient="row")
    return frame.sort(
        "score", "count", "ja", "en", descending=[True, True, False, False]
    )


def _is_left_as_it_is(term: str) -> bool:
    """Tell whether a term is Latin already, and so says nothing in a glossary."""
    return not any(script(char) in _JAPANESE for char in term)


def choices(term: str, found: Sequence[Evidence]) -> list[_Choice]:
    """Return the English of one term, one row a word family, the likeliest first."""
    shares = _shares(term, found)
    likely = [at for at in range(len(found)) if not _by_chance(found[at])]
    order = sorted(likely, key=lambda at: (-shares[at], found[at].phrase))
    out: list[_Choice] = []
    families: set[str] = set()
    for at in order:
        best = found[at]
        forms = _family_forms(best, found)
        en = noun_of(forms)
        if family(en) in families:
            continue
        families.add(family(en))
        score = _confidence(best, shares[at], _rival(shares, at))
        examples = best.sighting.examples
        out.append(_Choice(term, en, score, best.sighting.count, examples))
    return out


def _shares(term: str, evidence: Sequence[Evidence]) -> list[float]:
    """How much of the term each phrase accounts for, 0 to about 1."""
    shares = [
        each.sighting.weight / (each.term_count + 1) * each.dice**_DICE_POWER
        for each in evidence
    ]
    best, second = sorted([0.0, 0.0, *shares])[:-3:-1]
    if not _KATAKANA.fullmatch(term) or second * (1.0 + _NAME_BONUS) < best:
        return shares  # how it sounds would change nothing
    return [
        share * (1.0 + _NAME_BONUS * sound)
        for share, sound in zip(shares, _sounds(term, evidence), strict=True)
    ]


def _sounds(term: str, evidence: Sequence[Evidence]) -> list[float]:
    """Chance that each phrase spells the katakana term, 0-1."""
    from .spelling import chances

    return chances(term, [_commonest(each.sighting.forms) for each in evidence])


def _commonest(forms: dict[str, int]) -> str:
    return max(sorted(forms), key=lambda form: forms[form])


def _family_forms(best: Evidence, evidence: Sequence[Evidence]) -> dict[str, int]:
    """Spellings of all phrases that are forms of the best one."""
    key = family(_commonest(best.sighting.forms))
    forms: dict[str, int] = {}
    for each in evidence:
        for form, count in each.sighting.forms.items():
            if each is best or family(form) == key:
                forms[form] = forms.get(form, 0) + count
    return {
        form: count for form, count in forms.items() if family(form) == key
    } or forms


def _by_chance(pair: Evidence) -> bool:
    """Say whether term and phrase met no more often than by accident."""
    return pair.log_likelihood < _FLOOR


def _rival(shares: Sequence[float], at: int) -> float:
    """The largest other share, as a part of this one, up to a bound."""
    other = max((share for to, share in enumerate(shares) if to != at), default=0.0)
    return min(other / (shares[at] + 1e-9), _RIVAL)


def _confidence(pair: Evidence, share: float, rival: float) -> float:
    likelihood = min(max(pair.log_likelihood, 1.0), _ENOUGH)
    odds = (
        _ODDS.constant
        + _ODDS.share * log(share + 1e-9)
        + _ODDS.places * log(pair.sighting.count)
        + _ODDS.segments * log(max(pair.segments, SHORTEST_TEXT))
        + _ODDS.rival * rival
        + _ODDS.likelihood * log(likelihood)
    )
    return 100.0 / (1.0 + exp(-odds))

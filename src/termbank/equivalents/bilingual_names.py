"""Names of people, places and bodies out of a translation, by how they sound."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

import numpy as np
import polars as pl

from termbank.arguments import require_number
from termbank.text.kana import JOINTS
from termbank.tokenise import tokeniser as tokeniser_named

from .bitext import segments_of
from .brackets import glosses
from .name_parts import parts_of, words_of
from .pair_frame import SHAPE
from .spelling import MATCH, fits_of, score_of, standing_worth
from .text_spans import Standing, standings, widest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from termbank.tokenise import Tokeniser

    _Name = tuple[str, str]  # as written, and how it sounds

_KATAKANA: Final = re.compile(
    rf"(?:[A-Z]\.?\s?){{0,2}}[ァ-ヺ][ァ-ヺー]+(?:[{JOINTS}][ァ-ヺ][ァ-ヺー]*)*"
)
_PROPER: Final = "固有名詞"
_EXAMPLES: Final = 3  # segments named as evidence
_WRITTEN: Final = 99.0  # score of a pair that the text itself gives in brackets


def match_names(
    segments: pl.DataFrame | Iterable[tuple[str, str]],
    *,
    tokeniser: str = "sudachi",
    at_least: float = MATCH,
) -> pl.DataFrame:
    """Return the names of a translation in both languages, the surest first.

    Katakana names are matched by the spelling model, names in kanji by the reading that
    the tokeniser gives, and what a bracket glosses (戦略国際問題研究所(CSIS)) is taken
    as it stands. Where a name meets several spellings, the one wins that it meets in
    most segments and best.

    Args:
        segments: A SEGMENTS frame in either direction, or pairs (Japanese, English);
            whole documents do as well, one a pair.
        tokeniser: For the Japanese side.
        at_least: Lowest score of a row, 0-100.

    Returns:
        A frame as :func:`.bilingual_terms.mine_pairs` gives: ja, en, score, count (of
        segments), evidence.

    Raises:
        InputError: A pair is not a pair of texts.
        SchemaError: The frame lacks source or target.

    >>> pairs = [("シビハ外相はルビオ国務長官と話した。", "Sybiha spoke with Secretary Rubio.")]
    >>> match_names(pairs).sort("ja").get_column("en").to_list()
    ['Sybiha', 'Rubio']
    """
    require_number("at_least", at_least)
    bitext = segments_of(segments)
    reader = tokeniser_named(tokeniser)
    names_of = [dict.fromkeys(_names(each.ja, reader)) for each in bitext]
    spellings_found = _Spellings([each.en for each in bitext], names_of, at_least)
    by_name: dict[str, dict[tuple[str, ...], list[tuple[float, str, str]]]] = {}
    for at, segment in enumerate(bitext):
        meetings = _meetings(segment.ja, names_of[at], spellings_found.best(at))
        for name, en, score in dict.fromkeys(meetings):
            places = by_name.setdefault(name, defaultdict(list))
            places[words_of(en)].append((score, en, segment.segment_id))
    rows = []
    for name, spellings in sorted(by_name.items()):
        _, occurrences = max(
            spellings.items(),
            key=lambda item: (sum(each[0] for each in item[1]), item[0]),
        )
        score, en, _ = max(occurrences)
        examples = list(dict.fromkeys(place for _, _, place in occurrences))
        rows.append((name, en, score, len(examples), examples[:_EXAMPLES]))
    frame = pl.DataFrame(rows, schema=SHAPE, orient="row")
    return frame.sort("score", "count", "ja", descending=[True, True, False])


class _Spellings:
    """Best spelling of each sound in each text.

    A sound is scored once, against all that stands beside it anywhere: names return, and
    one sweep over a thousand spellings costs less than fifty over twenty.
    """

    def __init__(
        self, texts: Sequence[str], names_of: Sequence[Iterable[_Name]], at_least: float
    ) -> None:
        self._texts, self._at_least = texts, at_least
        self._spans: dict[tuple[int, int], dict[str, Standing]] = {}
        self._beside: dict[int, list[str]] = defaultdict(list)
        places: dict[str, list[int]] = defaultdict(list)
        for at, names in enumerate(names_of):
            for sound in dict.fromkeys(sound for _, sound in names):
                places[sound].append(at)
                self._beside[at].append(sound)
        self._found: dict[tuple[int, str], tuple[str, float]] = {}
        for sound, where in places.items():
            self._score(sound, where)

    def best(self, at: int) -> dict[str, tuple[str, float]]:
        """Return spelling and score of each sound that the text spells, by sound."""
        scores = ((sound, self._found.get((at, sound))) for sound in self._beside[at])
        return {sound: best for sound, best in scores if best is not None}

    def _score(self, sound: str, where: Sequence[int]) -> None:
        parts = len(parts_of(sound))
        beside = [self._standings(at, parts) for at in where]
        pool = list(dict.fromkeys(span for spans in beside for span in spans))
        fits = dict(zip(pool, fits_of(sound, pool).tolist(), strict=True))
        for at, spans in zip(where, beside, strict=True):
            fit, span = max(
                (
                    (fits[span] + standing_worth(stands), span)
                    for span, stands in spans.items()
                ),
                key=lambda item: item[0],  # the first of equals
                default=(-np.inf, ""),
            )
            if span and score_of(fit) >= self._at_least:
                self._found[at, sound] = span, score_of(fit)

    def _standings(self, at: int, parts: int) -> dict[str, Standing]:
        longest = widest(parts)
        if (at, longest) not in self._spans:
            self._spans[at, longest] = standings([self._texts[at]], parts)
        return self._spans[at, longest]


def _meetings(
    ja: str, names: Iterable[_Name], spellings: Mapping[str, tuple[str, float]]
) -> Iterator[tuple[str, str, float]]:
    for name, sound in names:
        if sound in spellings:
            yield name, *spellings[sound]
    for gloss in glosses(ja):
        yield normalize("NFKC", gloss.ja), gloss.en, _WRITTEN


def _names(text: str, reader: Tokeniser) -> Iterator[tuple[str, str]]:
    """Yield names with how they sound, in katakana."""
    plain = normalize("NFKC", text)
    for match in _KATAKANA.finditer(plain):
        yield match.group(), match.group()
    run: list[tuple[str, str]] = []
    last = -1
    for token in reader.tokens(plain):
        proper = token.pos[1] == _PROPER and not _KATAKANA.match(token.surface)
        if run and (not proper or token.start != last):
            yield from _kanji_name(run)
            run = []
        if proper and token.reading and not token.surface.isascii():
            run.append((token.surface, token.reading))
            last = token.end
    yield from _kanji_name(run)


def _kanji_name(run: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """A name in kanji, whole, with its parts' readings set off by ・."""
    if run:
        yield "".join(word for word, _ in run), "・".join(reading for _, reading in run)
